"""From opened keys to a checked, repaired, migrated database; the order of the steps is the security of the door."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from nakodo_desktop.domain.staff import Role, Staff, StaffId
from nakodo_desktop.errors import DiskFull, HeaderRolledBack, NotWritable, VaultInUse
from nakodo_desktop.vault import files, findings, set_aside
from nakodo_desktop.vault.audit import Author
from nakodo_desktop.vault.checkpoints import agrees
from nakodo_desktop.vault.connection import Connection, open_vault_connection, restrict
from nakodo_desktop.vault.creation import finish_creation
from nakodo_desktop.vault.findings import Finding
from nakodo_desktop.vault.generations import changing, discard_database
from nakodo_desktop.vault.header import HeaderState, read_header, repair_copies, write_header
from nakodo_desktop.vault.header_notes import needs_note, note_header, slots_of_nobody
from nakodo_desktop.vault.loan import append_audit
from nakodo_desktop.vault.places import sync_service
from nakodo_desktop.vault.schema import migrations, pending
from nakodo_desktop.vault.staff import find_staff
from nakodo_desktop.vault.this_pc import LastSeen
from nakodo_desktop.vault.unlock import OpenedKeys

RECOVERY_STAFF = Staff(StaffId(""), "復旧コード", Role.CLERK)  # its rights are its own: domain.staff

_CLOCK_TOLERANCE = timedelta(minutes=10)
_LONG_ABSENCE = timedelta(days=60)


@dataclass(frozen=True)
class Opened:
    """A restricted connection and what was noticed on the way."""

    db: Connection
    keys: OpenedKeys
    staff: Staff
    findings: tuple[Finding, ...]


Migrate = Callable[[OpenedKeys], OpenedKeys]


def open_database(
    keys: OpenedKeys, *, author: Author, seen: LastSeen | None, now: datetime, migrate: Migrate
) -> Opened:
    """The caller holds the instance lock. Raises as `Vault.open`; then nothing has been changed."""
    folder = keys.state.folder
    keys = _still_current(keys)
    finish_creation(folder, keys.state.header)
    set_aside.take_in(folder, keys.state.header)
    db = _connect(keys)
    try:
        noticed: list[Finding] = []
        if needs_note(db, keys.state.header):
            keys = _complete_change(db, keys, author=author, at=now)
            noticed.append(findings.change_completed())
        if pending(db, migrations()):
            db.close()
            keys = migrate(keys)
            db = _connect(keys)
        staff = staff_of(db, keys)
        noticed += _compare(db, keys, seen=seen, now=now)
        _remove_leftovers(keys.state, seen=seen)
        if keys.state.broken_copies:
            keys, repaired = _repair(keys)
            noticed += repaired
        service = sync_service(folder)
        if service is not None:
            noticed.append(findings.synced_folder(service=service))
        restrict(db)
    except BaseException:
        db.close()
        raise
    return Opened(db, keys, staff, tuple(noticed))


def staff_of(db: Connection, keys: OpenedKeys) -> Staff:
    """Who stands behind the slot that opened. Raises HeaderRolledBack for a way in that was taken away."""
    if keys.staff_id is None:
        return RECOVERY_STAFF
    record = find_staff(db, keys.staff_id)
    if record is None or not record.is_active or record.slot_id != keys.slot_id:
        raise _way_in_gone()
    return record.staff


def _connect(keys: OpenedKeys) -> Connection:
    return open_vault_connection(keys.state.folder / keys.state.header.database_name, keys.database_key())


def _still_current(keys: OpenedKeys) -> OpenedKeys:
    """The header may have changed while the key was derived; then these keys are not to be trusted with it."""
    state = read_header(keys.state.folder)
    if state.signed != keys.state.signed or state.tag != keys.state.tag:
        raise VaultInUse(
            "パスワードを確かめている間に、ほかの画面が鍵を変更しました。", "もう一度パスワードを入力してください。"
        )
    return replace(keys, state=state)


def _complete_change(db: Connection, keys: OpenedKeys, *, author: Author, at: datetime) -> OpenedKeys:
    """The header was written and the program ended before the database learned of it: the header is right.

    But a person whom the database does not know was not added: that way in is taken out again.
    """
    orphans = slots_of_nobody(db, keys.state.header)
    if keys.slot_id in orphans:
        raise _way_in_gone()
    if orphans:
        header = keys.state.header
        kept = tuple(slot for slot in header.slots if slot.id not in orphans)
        state = write_header(
            keys.state.folder, replace(header, epoch=header.epoch + 1, slots=kept), master_key=keys.master_key
        )
        keys = replace(keys, state=state)
    with changing(db):
        note_header(db, keys.state.header)
        ways_in = [slot.id for slot in keys.state.header.slots]
        append_audit(db, author, at=at, act="slot.change_completed", detail={"slots": ways_in})
    return keys


def _way_in_gone() -> HeaderRolledBack:
    return HeaderRolledBack(
        "この担当者のパスワードは、使えなくなっているか、登録が途中で終わっています。",
        "所長に、新しいパスワードの登録を依頼してください。",
    )


def _compare(db: Connection, keys: OpenedKeys, *, seen: LastSeen | None, now: datetime) -> list[Finding]:
    if seen is None:
        return []
    found = []
    header = keys.state.header
    if header.epoch < seen.epoch or header.generation < seen.generation or not agrees(db, seen.proof.checkpoint):
        found.append(
            findings.older_than_last_seen(
                seen=f"{seen.epoch}/{seen.generation}/{seen.proof.checkpoint.seq}",
                found=f"{header.epoch}/{header.generation}",
            )
        )
    if now < seen.at - _CLOCK_TOLERANCE:
        found.append(findings.clock_behind(hours=max(1, round((seen.at - now) / timedelta(hours=1)))))
    if now > seen.at + _LONG_ABSENCE:
        found.append(findings.clock_ahead(days=(now - seen.at).days))
    return found


def _remove_leftovers(state: HeaderState, *, seen: LastSeen | None) -> None:
    """Unfinished work of an interrupted run. A newer file than the header's is that only if this PC never used it."""
    present = state.header.database_name
    for name in {path.name.partition(".")[0] + ".db" for path in state.folder.glob("vault-*.db*")}:
        number = name.removeprefix("vault-").removesuffix(".db")
        used = seen is not None and number.isdigit() and int(number) <= seen.generation
        path = state.folder / name
        if name != present and (name < present or not used) and set_aside.home_of(path, state.header) is None:
            discard_database(path)
    set_aside.drop_begun(state.folder, state.header)
    for path in [*state.folder.glob("*.tmp"), *state.folder.glob("*.tmp-wal")]:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            files.remove(path)


def _repair(keys: OpenedKeys) -> tuple[OpenedKeys, list[Finding]]:
    """A copy that cannot be written now is tried again at the next unlock; the sound one is enough to work."""
    names = keys.state.broken_copies
    try:
        state = repair_copies(keys.state, master_key=keys.master_key)
    except (DiskFull, NotWritable):
        return keys, [findings.header_copy_broken(*names)]
    return replace(keys, state=state), [findings.header_copy_broken(*names)]
