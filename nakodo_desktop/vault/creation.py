"""A new vault in an empty folder; interrupted at any moment it leaves either nothing to open or a whole vault."""

from __future__ import annotations

from pathlib import Path

from nakodo_desktop.domain.staff import Role, Staff, StaffId
from nakodo_desktop.domain.values import Trouble
from nakodo_desktop.errors import FolderNotEmpty
from nakodo_desktop.vault import audit, canonical, files
from nakodo_desktop.vault.beginnings import Beginning, first_entry
from nakodo_desktop.vault.codes import parse_code
from nakodo_desktop.vault.connection import open_vault_connection
from nakodo_desktop.vault.header import Header, database_name, write_header
from nakodo_desktop.vault.header_notes import note_header
from nakodo_desktop.vault.kdf import DEFAULT_KDF, KdfParameters
from nakodo_desktop.vault.keys import database_key, new_master_key
from nakodo_desktop.vault.schema import migrate, migrations
from nakodo_desktop.vault.secret_keys import AUDIT, FINGERPRINT, SIGNING, keep_key, remember_office_key, secret_key
from nakodo_desktop.vault.staff import insert_staff
from nakodo_desktop.vault.unlock import OpenedKeys, SlotMaker

_CREATE_META = """
INSERT INTO meta (id, vault_id, header_epoch, generation, last_generation, created_at)
VALUES (1, :vault_id, 0, :generation, :generation, :at)
"""
_FIRST_EPOCH = 1
_FIRST_GENERATION = 1


def create_vault(
    folder: Path,
    *,
    passphrase: str,
    head_name: str,
    recovery_code: str | None = None,
    office_key: bytes | None = None,
    kdf: KdfParameters = DEFAULT_KDF,
    beginning: Beginning,
) -> OpenedKeys:
    """Slow: run in a job thread. Raises FolderNotEmpty, DiskFull, NotWritable, NotEnoughMemory.

    `recovery_code`: given exactly if `beginning` says so.
    """
    if beginning.with_sheet != (recovery_code is not None):
        raise ValueError("the first entry of the log would count other ways in than there are")
    _prepare(folder)
    head = Staff(StaffId(beginning.author.actor), head_name, Role.HEAD)
    vault_id, master_key = beginning.vault_id, new_master_key()
    maker = SlotMaker(vault_id, master_key, office_key, kdf)
    slots = [maker.for_person(head.id, passphrase)]
    if recovery_code is not None:
        slots.append(maker.for_paper(_checked(recovery_code)))
    header = Header(vault_id, epoch=_FIRST_EPOCH, generation=_FIRST_GENERATION, slots=tuple(slots))
    _create_database(folder, header, master_key, head=head, office_key=office_key, beginning=beginning)
    state = write_header(folder, header, master_key=master_key)
    files.replace(unfinished_database(folder), folder / header.database_name)
    return OpenedKeys(state, slots[0].id, master_key)


def finish_creation(folder: Path, header: Header) -> None:
    """A creation that was cut off after its commit point (the header) is completed; anything else is left alone."""
    aside, final = unfinished_database(folder), folder / header.database_name
    if header.epoch == _FIRST_EPOCH and aside.exists() and not final.exists():
        files.replace(aside, final)


def unfinished_database(folder: Path) -> Path:
    return folder / (database_name(_FIRST_GENERATION) + ".tmp")


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        present = {path.name for path in folder.iterdir()}
    except FileExistsError as exc:
        raise _not_empty() from exc
    except OSError as exc:
        raise files.write_error(exc) from exc
    leftovers = {name for name in present if name.endswith((".tmp", ".tmp-wal"))}
    if present - leftovers:
        raise _not_empty()
    for name in leftovers:  # an earlier attempt that never got its header: nobody can have opened it
        files.remove(folder / name)


def _create_database(
    folder: Path, header: Header, master_key: bytes, *, head: Staff, office_key: bytes | None, beginning: Beginning
) -> None:
    path = unfinished_database(folder)
    db = open_vault_connection(path, database_key(master_key, header.vault_id), create=True)
    try:
        migrate(db, migrations())
        db.execute("BEGIN IMMEDIATE")
        db.execute(
            _CREATE_META,
            {
                "vault_id": canonical.from_bytes(header.vault_id),
                "generation": header.generation,
                "at": beginning.at.isoformat(timespec="milliseconds"),
            },
        )
        keep_key(db, AUDIT, beginning.audit_key)
        for name in (FINGERPRINT, SIGNING):
            secret_key(db, name)
        if office_key is not None:
            remember_office_key(db, office_key)
        insert_staff(db, head, slot_id=header.slots[0].id, at=beginning.at)
        note_header(db, header)
        audit.write(db, beginning.audit_key, first_entry(beginning), after=audit.EMPTY)
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        db.close()
    files.sync_file(path)
    files.sync_folder(folder)


def _checked(recovery_code: str) -> bytes:
    code = parse_code(recovery_code)
    if isinstance(code, Trouble):
        raise ValueError("the recovery code must be checked where it is typed")
    return code


def _not_empty() -> FolderNotEmpty:
    return FolderNotEmpty(
        "このフォルダーは空ではありません。すでにあるファイルを守るため、ここには作れません。",
        "空のフォルダーか、新しい名前のフォルダーを選んでください。",
    )
