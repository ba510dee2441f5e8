"""Random keys that live inside the database and so survive every rotation of its own key."""

from __future__ import annotations

import secrets

from nakodo_desktop.vault.connection import Connection

AUDIT = "audit"
FINGERPRINT = "fingerprint"
SIGNING = "signing"

_OFFICE = "office"
_KEY_BYTES = 32

_SELECT = "SELECT value FROM secret WHERE name = :name"
_DELETE = "DELETE FROM secret WHERE name = :name"
_INSERT = "INSERT INTO secret (name, value) VALUES (:name, :value)"


def secret_key(db: Connection, name: str) -> bytes:
    """The key of that name, made at first use (then inside the caller's transaction)."""
    row = db.execute(_SELECT, {"name": name}).fetchone()
    if row is not None:
        return bytes(row["value"])
    value = new_key()
    keep_key(db, name, value)
    return value


def new_key() -> bytes:
    return secrets.token_bytes(_KEY_BYTES)


def keep_key(db: Connection, name: str, value: bytes) -> None:
    """One that was made before there was a database."""
    db.execute(_INSERT, {"name": name, "value": value})


def office_key(db: Connection) -> bytes | None:
    """The office key that slots should use now; None while the office does without."""
    row = db.execute(_SELECT, {"name": _OFFICE}).fetchone()
    return None if row is None else bytes(row["value"])


def remember_office_key(db: Connection, key: bytes | None) -> None:
    db.execute(_DELETE, {"name": _OFFICE})
    if key is not None:
        db.execute(_INSERT, {"name": _OFFICE, "value": key})
