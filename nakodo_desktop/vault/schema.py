"""Brings a vault to the newest schema; nobody else knows the numbered files or `user_version`.

Files `NNNN_verb_noun.sql` are applied once, in order, each in a transaction of its own. A released file never changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources

from nakodo_desktop.errors import VaultTooNew
from nakodo_desktop.vault.connection import Connection

_NAME = re.compile(r"(\d{4})_[a-z]+(_[a-z0-9]+)+\.sql")


@dataclass(frozen=True)
class Migration:
    name: str
    sql: str


def migrations() -> tuple[Migration, ...]:
    folder = resources.files("nakodo_desktop.vault") / "migrations"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    for number, file in enumerate(files, start=1):
        match = _NAME.fullmatch(file.name)
        if match is None or int(match[1]) != number:
            raise RuntimeError(f"{file.name} is not migration {number}")
    return tuple(Migration(file.name, file.read_text(encoding="utf-8")) for file in files)


def schema_version(db: Connection) -> int:
    row = db.execute("PRAGMA user_version").fetchone()
    return int(row[0]) if row is not None else 0


def pending(db: Connection, known: tuple[Migration, ...]) -> int:
    """How many migrations are missing. Raises VaultTooNew; then nothing was changed."""
    applied = schema_version(db)
    if applied > len(known):
        raise VaultTooNew(
            "このデータは、もっと新しい版のソフトで使われています。何も変更していません。",
            "なこうどデスクを最新版に更新してから開いてください。",
        )
    return len(known) - applied


def migrate(db: Connection, known: tuple[Migration, ...]) -> int:
    """Apply what is missing on a maintenance connection; how many that was. A failing step leaves the step before."""
    missing = pending(db, known)
    first = len(known) - missing
    db.execute("PRAGMA foreign_keys = OFF")  # tables may be rebuilt; inside a transaction this would be ignored
    try:
        for number, migration in enumerate(known[first:], start=first + 1):
            _apply(db, migration, number)
    finally:
        db.execute("PRAGMA foreign_keys = ON")
    return missing


def _apply(db: Connection, migration: Migration, number: int) -> None:
    try:
        db.executescript("BEGIN IMMEDIATE;\n" + migration.sql)
        orphans = db.execute("PRAGMA foreign_key_check").fetchall()
        if orphans:
            raise RuntimeError(f"{migration.name} leaves {len(orphans)} orphan rows")
        db.execute(f"PRAGMA user_version = {number}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
