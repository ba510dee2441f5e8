"""Brings a backup back as a new generation; the present is backed up first and the backup itself is never opened.

Two doors: into a vault that still opens (people keep their present passphrases), or over one that does not.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import NotAVault, NotPermitted, VaultDamaged, VaultTampered
from nakodo_desktop.vault import (
    audit,
    canonical,
    erasing,
    erasure_ledger,
    ledger_mirror,
    legal_holds,
    set_aside,
    this_pc,
)
from nakodo_desktop.vault.backup import Backup, make_backup, verify_content
from nakodo_desktop.vault.backup_shelf import adopt_rows, keep_newest, listed_rows, places_out_there
from nakodo_desktop.vault.checks import facts_of
from nakodo_desktop.vault.connection import Connection, open_vault_connection
from nakodo_desktop.vault.erasure_ledger import Entry
from nakodo_desktop.vault.generations import (
    Change,
    changing,
    discard_database,
    new_generation,
    switch,
    write_generation,
)
from nakodo_desktop.vault.header import Header, read_header
from nakodo_desktop.vault.header_notes import note_header, reserve_generation
from nakodo_desktop.vault.legal_holds import HoldRow
from nakodo_desktop.vault.loan import Loan, append_audit
from nakodo_desktop.vault.lock import take_lock
from nakodo_desktop.vault.rehearsal import working_copy
from nakodo_desktop.vault.schema import migrate, migrations
from nakodo_desktop.vault.slots import Slot, SlotKind
from nakodo_desktop.vault.staff import StaffRecord, adopt_staff, find_staff, list_staff
from nakodo_desktop.vault.unlock import OpenedKeys

BEFORE_RESTORE = "before-restore"

_KEPT = 3


@dataclass(frozen=True)
class _CarriedOver:
    """What the present keeps although the content goes back: people, list of backups, holds, where its log ended.

    And whom it erased: by its own ledger and by the copies in `mirrors`, folders beside backups and on this PC.
    """

    people: list[StaffRecord]
    backups: list[dict[str, object]]
    holds: tuple[HoldRow, ...] | None  # None: there is no present to ask
    erased: tuple[Entry, ...]
    mirrors: tuple[Path, ...]
    lost: audit.Head


def restore_into(
    loan: Loan,
    backup: Backup,
    backup_keys: OpenedKeys,
    *,
    at: datetime,
    data_dir: Path,
) -> OpenedKeys:
    """The content of the backup under the present people and new keys. A job on a lent vault.

    Whom the office erased since the backup is erased again, in the copy and before anybody can see it. `data_dir`: what
    this PC remembers.
    Raises BackupDamaged, NotAVault (another office's), DiskFull, NotWritable, VaultDamaged; then nothing has changed.
    """
    header = loan.keys.state.header
    _refuse_other_vault(backup_keys, header)
    verify_content(backup)
    with closing(loan.connect()) as present:
        lost = audit.head(present)
    make_backup(loan, loan.folder / BEFORE_RESTORE, at=at)
    keep_newest(loan.folder / BEFORE_RESTORE, header.vault_id, count=_KEPT)
    with closing(loan.connect()) as present:
        folders = (_remembered(header, data_dir), *places_out_there(present))
        carried = _CarriedOver(
            people=list_staff(present),
            backups=listed_rows(present),
            holds=legal_holds.holds(present),
            erased=erasure_ledger.entries(present),
            mirrors=(*folders, backup.folder.parent),
            lost=lost,
        )
        generation = reserve_generation(present, at_least=backup.manifest.generation)
    new, master_key = new_generation(header, slots=header.slots, generation=generation)
    with working_copy(backup, loan.folder) as copy, closing(_open_copy(copy, backup_keys)) as source:
        change = _restoring(loan.author, backup, new, carried=carried, at=at)
        write_generation(loan.folder, new, master_key=master_key, source=source, change=change)
    state = switch(loan.folder, new, master_key=master_key)
    discard_database(loan.database)
    return OpenedKeys(state, loan.keys.slot_id, master_key)


def restore_over(
    folder: Path,
    backup: Backup,
    backup_keys: OpenedKeys,
    *,
    present: OpenedKeys | None,
    data_dir: Path,
    now: Callable[[], datetime],
) -> OpenedKeys:
    """Where no vault opens: a new PC, a damaged database, a lost header. What lies there is set aside, never deleted.

    `present`: the keys of the folder's own header if that still opens; then its people keep their present passphrases,
    and nobody removed since the backup comes back. Otherwise the backup's people and passphrases count.
    Raises as `restore_into`, and NotPermitted unless a head or the recovery code opened the backup.
    """
    header = backup_keys.state.header
    if present is not None:
        _refuse_other_vault(backup_keys, present.state.header)
    verify_content(backup)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = take_lock(folder, now=now)
    try:
        keys = backup_keys if present is None else present
        with working_copy(backup, folder) as copy, closing(_open_copy(copy, backup_keys)) as source:
            _refuse_without_head(source, keys)
            slots = _known_slots(source, keys.state.header)
            base = replace(header, epoch=_highest_epoch(folder, keys, data_dir=data_dir))
            new, master_key = new_generation(
                base, slots=slots, generation=_highest_generation(folder, base, data_dir=data_dir) + 1
            )
            author = audit.Author(keys.staff_id or "", "restore")
            carried = _CarriedOver(
                people=list_staff(source),
                backups=listed_rows(source),
                holds=None,
                erased=(),
                mirrors=(_remembered(base, data_dir), backup.folder.parent),
                lost=audit.Head(0, audit.GENESIS),
            )
            change = _restoring(author, backup, new, carried=carried, at=now())
            write_generation(folder, new, master_key=master_key, source=source, change=change)
        set_aside.begin(folder, new)
        state = switch(folder, new, master_key=master_key)
        set_aside.take_in(folder, new)
    finally:
        lock.release()
    return OpenedKeys(state, keys.slot_id, master_key)


def _restoring(
    author: audit.Author,
    backup: Backup,
    header: Header,
    *,
    carried: _CarriedOver,
    at: datetime,
) -> Change:
    def change(db: Connection) -> None:
        migrate(db, migrations())  # a backup of an older release
        mirrors = ledger_mirror.read_mirrors(db, canonical.from_bytes(header.vault_id), carried.mirrors)
        missed = {*carried.erased, *mirrors.entries} - set(erasure_ledger.entries(db))
        in_order = sorted(missed, key=lambda entry: (entry.at, entry.uid, entry.record.value))
        with changing(db):
            for person in carried.people:
                adopt_staff(db, person)
            adopt_rows(db, carried.backups)
            note_header(db, header)
            detail: dict[str, str | int] = {
                "backup": backup.folder.name,
                "seq": audit.head(db).seq,
                "lost_seq": carried.lost.seq,
                "lost_head": canonical.from_bytes(carried.lost.mac),
                "erased_again": len({entry.uid for entry in in_order}),
                "ledgers_unreadable": len(mirrors.unreadable),
            }
            append_audit(db, author, at=at, act="vault.restored", detail=detail)  # first: its day lets records go
            erasing.erase_again(db, in_order)
            erasure_ledger.note(db, in_order, state=erasure_ledger.State.PURGED)
            if carried.holds is not None:
                legal_holds.adopt(db, carried.holds)
        if db.execute("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError("erasing again left orphans")
        db.execute("VACUUM")

    return change


def _remembered(header: Header, data_dir: Path) -> Path:
    return this_pc.pc_folder(data_dir, canonical.from_bytes(header.vault_id))


def _open_copy(copy: Path, keys: OpenedKeys) -> Connection:
    db = open_vault_connection(copy, keys.database_key())
    try:
        facts_of(db)  # every table answers
    except BaseException:
        db.close()
        raise
    return db


def _refuse_other_vault(backup_keys: OpenedKeys, header: Header) -> None:
    if backup_keys.state.header.vault_id != header.vault_id:
        raise NotAVault(
            "このバックアップは、別の事務所のデータのものです。いまのデータには触れていません。",
            "バックアップのフォルダーを選び直してください。",
        )


def _refuse_without_head(db: Connection, keys: OpenedKeys) -> None:
    record = None if keys.staff_id is None else find_staff(db, keys.staff_id)
    if keys.staff_id is not None and (record is None or record.staff.role is not Role.HEAD):
        raise NotPermitted(
            "バックアップからの復元は、所長だけができます。", "所長のパスワードか、紙の復旧コードで開いてください。"
        )


def _known_slots(db: Connection, header: Header) -> tuple[Slot, ...]:
    """Whoever was added after the backup has to be added again: nobody knows their name and role any more."""
    return tuple(slot for slot in header.slots if slot.kind is SlotKind.RECOVERY or _is_present(db, slot))


def _is_present(db: Connection, slot: Slot) -> bool:
    return any(person.staff.id == slot.staff_id and person.removed_at is None for person in list_staff(db))


def _highest_epoch(folder: Path, keys: OpenedKeys, *, data_dir: Path) -> int:
    seen = this_pc.last_seen(data_dir, canonical.from_bytes(keys.state.header.vault_id))
    known = [keys.state.header.epoch, 0 if seen is None else seen.epoch]
    try:
        known.append(read_header(folder).header.epoch)
    except (NotAVault, VaultDamaged, VaultTampered):
        known.append(0)  # nothing there that could be newer
    return max(known)


def _highest_generation(folder: Path, header: Header, *, data_dir: Path) -> int:
    seen = this_pc.last_seen(data_dir, canonical.from_bytes(header.vault_id))
    present = [int(path.name[6:12]) for path in folder.glob("vault-[0-9][0-9][0-9][0-9][0-9][0-9].db*")]
    return max([header.generation, 0 if seen is None else seen.generation, *present])
