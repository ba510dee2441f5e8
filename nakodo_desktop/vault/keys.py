"""The keys that hang below the master key; the master key itself never touches the disk unsealed."""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MASTER_KEY_BYTES = 32
DATABASE_KEY_BYTES = 32


def new_master_key() -> bytes:
    return secrets.token_bytes(MASTER_KEY_BYTES)


def database_key(master_key: bytes, vault_id: bytes) -> bytes:
    """The raw SQLCipher key."""
    return _derive(master_key, vault_id, purpose=b"nakodo/db-key")


def header_key(master_key: bytes, vault_id: bytes) -> bytes:
    """Authenticates the header: only somebody who opened a slot can have written it."""
    return _derive(master_key, vault_id, purpose=b"nakodo/header-mac")


def _derive(master_key: bytes, vault_id: bytes, *, purpose: bytes) -> bytes:
    if len(master_key) != MASTER_KEY_BYTES:
        raise ValueError("a master key is 32 bytes")
    return HKDF(hashes.SHA256(), 32, salt=vault_id, info=purpose).derive(master_key)
