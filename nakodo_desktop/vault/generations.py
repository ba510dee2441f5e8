"""Copy, verify, switch: the only way the whole database is ever rewritten (rotation, restore, migration).

The old file stays as it is until the header names the new one; that one rename is the commit point.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from nakodo_desktop.errors import DiskFull, VaultDamaged
from nakodo_desktop.vault import files
from nakodo_desktop.vault.checks import CopyFacts, facts_of, facts_of_sound_copy
from nakodo_desktop.vault.connection import Connection, copy_pages, open_vault_connection, size_bytes
from nakodo_desktop.vault.header import Header, HeaderState, write_header
from nakodo_desktop.vault.header_notes import note_header
from nakodo_desktop.vault.keys import database_key, new_master_key
from nakodo_desktop.vault.slots import Slot, seal

Change = Callable[[Connection], None]

_SIDE_FILES = ("", "-wal", "-shm")


def new_generation(header: Header, *, slots: tuple[Slot, ...], generation: int) -> tuple[Header, bytes]:
    """A header for the next database file and its new master key; needs nobody's passphrase."""
    master_key = new_master_key()
    sealed = tuple(seal(slot, header.vault_id, master_key=master_key) for slot in slots)
    return replace(header, epoch=header.epoch + 1, generation=generation, slots=sealed), master_key


def write_generation(folder: Path, header: Header, *, master_key: bytes, source: Connection, change: Change) -> None:
    """Everything but the switch: `header`'s database file under its final name, not yet referred to.

    `change` runs on the copy and opens its own transactions; the header is noted before it.
    """

    def noted(db: Connection) -> None:
        with changing(db):
            note_header(db, header)
        change(db)

    final = folder / header.database_name
    aside = final.with_name(final.name + ".tmp")
    write_copy(source, aside, key=database_key(master_key, header.vault_id), change=noted)
    try:
        files.replace(aside, final)
    except OSError as exc:
        remove_database(aside)
        raise files.write_error(exc) from exc


def switch(folder: Path, header: Header, *, master_key: bytes) -> HeaderState:
    """The commit point. On failure the new file goes and the old state stands."""
    try:
        return write_header(folder, header, master_key=master_key)
    except BaseException:
        remove_database(folder / header.database_name)
        raise


def write_copy(source: Connection, target: Path, *, key: bytes, change: Change | None = None) -> CopyFacts:
    """A verified, synced copy under another key; nothing is left of it on failure.

    Raises DiskFull, NotWritable, VaultDamaged (the copy did not pass, so neither would the original).
    """
    remove_database(target)
    refuse_full_disk(source, target.parent)
    try:
        copy_pages(source, target, key=key)
        facts = facts_of(source)
        if change is not None:
            facts = _changed(target, key, change, facts=facts)
        verify_copy(target, key, facts=facts)
        files.sync_file(target)
        files.sync_folder(target.parent)
    except BaseException:
        remove_database(target)
        raise
    return facts


def verify_copy(path: Path, key: bytes, *, facts: CopyFacts) -> None:
    """By fresh connections, as a stranger would find it. Raises VaultDamaged."""
    if facts_of_sound_copy(path, key) != facts:
        raise _copy_differs()


def _changed(path: Path, key: bytes, change: Change, *, facts: CopyFacts) -> CopyFacts:
    with closing(open_vault_connection(path, key)) as copy:
        if facts_of(copy) != facts:
            raise _copy_differs()
        change(copy)
        facts = facts_of(copy)
        copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return facts


def remove_database(path: Path) -> None:
    for suffix in _SIDE_FILES:
        files.remove(path.with_name(path.name + suffix))


def discard_database(path: Path) -> None:
    """Remove what nothing refers to any more; if somebody still holds it open, the next unlock removes it."""
    with suppress(OSError):
        remove_database(path)


@contextmanager
def changing(db: Connection) -> Iterator[Connection]:
    """One transaction on a maintenance connection."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def refuse_full_disk(source: Connection, folder: Path) -> None:
    """Room for the copy and as much again, before anything is begun. Raises DiskFull."""
    size = size_bytes(source)
    if shutil.disk_usage(folder).free < 2 * size:
        raise DiskFull(
            "ディスクの空き容量が足りないため、始められませんでした。データは前のままです。",
            f"少なくとも {2 * size // 1_000_000 + 1} MB の空きを作ってから、もう一度お試しください。",
        )


def _copy_differs() -> VaultDamaged:
    return VaultDamaged(
        "書き写したデータの検査に合格しなかったため、取りやめました。元のデータには触れていません。",
        "「安全」の画面で点検を行ってください。",
    )
