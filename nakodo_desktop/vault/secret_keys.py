"""Random keys that live inside the database and so survive every rotation of its own key."""

from __future__ import annotations

import secrets

from nakodo_desktop.vault.connection import Connection

AUDIT = "audit"
FINGERPRINT = "fingerprint"
SIGNING = "signing"

_KEY_BYTES = 32

_SELECT = "SELECT value FROM secret WHERE name = :name"
_INSERT = "INSERT INTO secret (name, value) VALUES (:name, :value)"


def secret_key(db: Connection, name: str) -> bytes:
    """The key of that name, made at first use (then inside the caller's transaction)."""
    row = db.execute(_SELECT, {"name": name}).fetchone()
    if row is not None:
        return bytes(row["value"])
    value = secrets.token_bytes(_KEY_BYTES)
    db.execute(_INSERT, {"name": name, "value": value})
    return value
