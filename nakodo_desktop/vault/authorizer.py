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


def authorize(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    return int(dbapi2.SQLITE_OK if _is_allowed(action, first or "", second) else dbapi2.SQLITE_DENY)


def _is_allowed(action: int, first: str, second: str | None) -> bool:
    if action in _PLAIN_DEEDS:
        return True
    if action in _ROW_CHANGES:
        if first.lower().startswith("sqlite_"):
            return False
        return action == dbapi2.SQLITE_INSERT or first.lower() not in APPEND_ONLY
    if action == dbapi2.SQLITE_FUNCTION:
        return (second or "").lower() not in _FUNCTIONS_REFUSED
    if action == dbapi2.SQLITE_PRAGMA:
        return first.lower() in _PRAGMAS or (first.lower() in _PRAGMAS_TO_READ and second is None)
    return False
