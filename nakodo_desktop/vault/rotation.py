"""A new master key and a new database file for everybody who may stay; slow, made for a job on a lent vault."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

from nakodo_desktop.domain.staff import StaffId
from nakodo_desktop.vault import staff as people
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.generations import (
    Change,
    changing,
    discard_database,
    new_generation,
    switch,
    write_generation,
)
from nakodo_desktop.vault.header_notes import reserve_generation
from nakodo_desktop.vault.loan import Loan, append_audit
from nakodo_desktop.vault.slots import Slot, SlotKind
from nakodo_desktop.vault.unlock import OpenedKeys


def rotate(loan: Loan, slots: tuple[Slot, ...], *, change: Change, opened_by: str | None = None) -> OpenedKeys:
    """Old or new state at every moment. `opened_by`: the slot that replaces the one in use.

    Raises DiskFull, NotWritable, VaultDamaged; then nothing has changed.
    """
    state = loan.keys.state
    with closing(loan.connect_to_copy()) as source:
        header, master_key = new_generation(state.header, slots=slots, generation=reserve_generation(source))
        write_generation(loan.folder, header, master_key=master_key, source=source, change=change)
    state = switch(loan.folder, header, master_key=master_key)
    discard_database(loan.database)
    return OpenedKeys(state, opened_by or loan.keys.slot_id, master_key)


def remove_person(loan: Loan, staff_id: StaffId, *, at: datetime) -> OpenedKeys:
    """Neither the passphrase nor a copied header or master key opens the vault any more. Old backups still open."""

    def change(db: Connection) -> None:
        with changing(db):
            people.mark_removed(db, staff_id, at=at)
            append_audit(db, loan.author, at=at, act="slot.removed", subject=staff_id)

    return rotate(
        loan, tuple(slot for slot in loan.keys.state.header.slots if slot.staff_id != staff_id), change=change
    )


def replace_recovery_sheet(loan: Loan, slot: Slot, *, at: datetime) -> OpenedKeys:
    """The old paper must not open anything from now on, not even with a header from before: hence a rotation."""

    def change(db: Connection) -> None:
        with changing(db):
            append_audit(db, loan.author, at=at, act="recovery.printed", detail={"slot": slot.id})

    kept = tuple(slot for slot in loan.keys.state.header.slots if slot.kind is not SlotKind.RECOVERY)
    by_paper = loan.keys.slot.kind is SlotKind.RECOVERY
    return rotate(loan, (*kept, slot), change=change, opened_by=slot.id if by_paper else None)


def rotate_keys(loan: Loan, *, at: datetime) -> OpenedKeys:
    """The same people, new keys: after a medium with a copy was lost."""

    def change(db: Connection) -> None:
        with changing(db):
            append_audit(db, loan.author, at=at, act="vault.rotated")

    return rotate(loan, loan.keys.state.header.slots, change=change)
