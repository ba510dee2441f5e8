"""What the daily connection may never do, whatever SQL reaches it. Stands in for SQLite's defensive mode.

An allow-list: reading, changing rows, transactions. Not on it: schema changes, ATTACH, settings, the audit's past.
"""

from __future__ import annotations

from sqlcipher3 import dbapi2

APPEND_ONLY = frozenset({"audit"})

_PLAIN_DEEDS = frozenset(
    {
        dbapi2.SQLITE_SELECT,
        dbapi2.SQLITE_READ,
        dbapi2.SQLITE_TRANSACTION,
        dbapi2.SQLITE_SAVEPOINT,
        dbapi2.SQLITE_RECURSIVE,
    }
)
_ROW_CHANGES = frozenset({dbapi2.SQLITE_INSERT, dbapi2.SQLITE_UPDATE, dbapi2.SQLITE_DELETE})
_PRAGMAS = frozenset(
    {
        "wal_checkpoint",
        "integrity_check",
        "quick_check",
        "cipher_integrity_check",
        "foreign_key_check",
        "data_version",  # FTS5 reads it
    }
)
_PRAGMAS_TO_READ = frozenset(
    {"user_version", "application_id", "page_count", "freelist_count", "cipher_status", "foreign_keys"}
)
_FUNCTIONS_REFUSED = frozenset({"sqlcipher_export", "load_extension", "fts3_tokenizer"})


_TO_THE_LOG = {("journal_mode", None), ("journal_mode", "WAL")}  # a copy is filled without one; there is no way back
_MAINTENANCE_PRAGMAS = frozenset({"foreign_keys", "user_version", "table_info"})  # migrations, salvage


def authorize_daily_work(
    action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None
) -> int:
    return _answer(_is_daily_work(action, first or "", second))


def authorize_maintenance(
    action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None
) -> int:
    """Migrations, VACUUM and copies change the schema, but nothing plaintext may be attached, exported or loaded."""
    return _answer(_is_maintenance(action, first or "", second))


def _is_daily_work(action: int, first: str, second: str | None) -> bool:
    if action in _PLAIN_DEEDS:
        return True
    if action in _ROW_CHANGES:
        if first.lower().startswith("sqlite_"):
            return False
        return bool(action == dbapi2.SQLITE_INSERT) or first.lower() not in APPEND_ONLY
    if action == dbapi2.SQLITE_FUNCTION:
        return (second or "").lower() not in _FUNCTIONS_REFUSED
    if action == dbapi2.SQLITE_PRAGMA:
        return first.lower() in _PRAGMAS or (first.lower() in _PRAGMAS_TO_READ and second is None)
    return False


def _is_maintenance(action: int, first: str, second: str | None) -> bool:
    if action == dbapi2.SQLITE_ATTACH:
        return first == ""  # VACUUM's own temporary database, in memory by temp_store
    if action in (dbapi2.SQLITE_FUNCTION, dbapi2.SQLITE_PRAGMA):
        name = first.lower()
        return _is_daily_work(action, first, second) or (
            action == dbapi2.SQLITE_PRAGMA and (name in _MAINTENANCE_PRAGMAS or (name, second) in _TO_THE_LOG)
        )
    return True


def _answer(allowed: bool) -> int:
    return int(dbapi2.SQLITE_OK if allowed else dbapi2.SQLITE_DENY)
