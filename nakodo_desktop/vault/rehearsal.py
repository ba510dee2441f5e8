"""Proves that a backup opens and is whole, on a copy, without touching the backup or the present vault."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nakodo_desktop.vault import audit, files
from nakodo_desktop.vault.audit_reading import verify_chain
from nakodo_desktop.vault.backup import Backup, damaged_backup, verify_content
from nakodo_desktop.vault.checkpoints import agrees
from nakodo_desktop.vault.checks import database_findings, facts_of
from nakodo_desktop.vault.connection import Connection, open_vault_connection
from nakodo_desktop.vault.findings import Finding, audit_broken
from nakodo_desktop.vault.header_notes import needs_note
from nakodo_desktop.vault.secret_keys import AUDIT, secret_key
from nakodo_desktop.vault.staff import StaffRecord, list_staff
from nakodo_desktop.vault.unlock import OpenedKeys

_LAST_AT = "SELECT at FROM audit ORDER BY seq DESC LIMIT 1"


@dataclass(frozen=True)
class BackupContents:
    """What a restore would bring back. `findings` empty: the backup is good."""

    made_at: datetime
    rows: Mapping[str, int]  # of every table; `member` is the number of members
    people: tuple[StaffRecord, ...]
    last_entry_at: datetime | None  # the last thing that was done before the backup
    head: audit.Head
    findings: tuple[Finding, ...]


def look_into(backup: Backup, keys: OpenedKeys, *, scratch: Path) -> BackupContents:
    """The restore rehearsal. `keys`: from the backup's own header; `scratch`: a folder for an (encrypted) copy. Slow.

    Raises BackupDamaged, DiskFull, NotWritable.
    """
    verify_content(backup)
    with working_copy(backup, scratch) as copy:
        found = database_findings(copy, keys.database_key())
        if found:
            return BackupContents(backup.manifest.made_at, {}, (), None, audit.Head(0, audit.GENESIS), tuple(found))
        with closing(open_vault_connection(copy, keys.database_key())) as db:
            return _contents(backup, keys, db)


@contextmanager
def working_copy(backup: Backup, scratch: Path) -> Iterator[Path]:
    """A backup's database is never opened in place: that alone would write to it."""
    try:
        scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="rehearsal-", suffix=".tmp", dir=scratch))
        copy = folder / backup.manifest.database_name
        shutil.copyfile(backup.folder / backup.manifest.database_name, copy)
    except OSError as exc:
        raise files.write_error(exc) from exc
    try:
        yield copy
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _contents(backup: Backup, keys: OpenedKeys, db: Connection) -> BackupContents:
    if needs_note(db, keys.state.header) or not agrees(db, backup.manifest.checkpoint.checkpoint):
        raise damaged_backup()
    chain = verify_chain(db, secret_key(db, AUDIT))
    facts = facts_of(db)
    row = db.execute(_LAST_AT).fetchone()
    return BackupContents(
        made_at=backup.manifest.made_at,
        rows=dict(facts.rows),
        people=tuple(list_staff(db)),
        last_entry_at=None if row is None else datetime.fromisoformat(row["at"]),
        head=facts.head,
        findings=() if chain.broken_at is None else (audit_broken(seq=chain.broken_at),),
    )
