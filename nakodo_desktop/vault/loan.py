"""What a job needs to work on a vault whose own connection is closed meanwhile; plain data, no connection inside."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nakodo_desktop.vault import audit
from nakodo_desktop.vault.connection import Connection, open_for_copying, open_vault_connection
from nakodo_desktop.vault.secret_keys import AUDIT, secret_key
from nakodo_desktop.vault.unlock import OpenedKeys


@dataclass(frozen=True)
class Loan:
    """The vault belongs to one job until it is given back; its window writes nothing until then."""

    keys: OpenedKeys
    author: audit.Author

    @property
    def folder(self) -> Path:
        return self.keys.state.folder

    @property
    def database(self) -> Path:
        return self.folder / self.keys.state.header.database_name

    def connect(self) -> Connection:
        return open_vault_connection(self.database, self.keys.database_key())

    def connect_to_copy(self) -> Connection:
        return open_for_copying(self.database, self.keys.database_key())


def append_audit(
    db: Connection,
    author: audit.Author,
    *,
    at: datetime,
    act: str,
    subject: str = "",
    detail: audit.Detail | None = None,
) -> None:
    """Inside the caller's transaction."""
    audit.append(
        db,
        secret_key(db, AUDIT),
        author=author,
        at=at,
        mono_ms=time.monotonic_ns() // 1_000_000,
        act=act,
        subject=subject,
        detail=detail,
    )
