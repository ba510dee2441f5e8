"""The office's own key for the association's SSH server, as OpenSSH writes keys; nobody else need know its form."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat


def public_key_line(client_key: bytes, *, comment: str) -> str:
    """What the association puts into the account's authorized_keys. `client_key`: 32 raw bytes, Ed25519."""
    public = Ed25519PrivateKey.from_private_bytes(client_key).public_key()
    return f"{public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()} {comment}"


def private_key_text(client_key: bytes) -> str:
    """For the memory of the job that logs in; never for a file."""
    private = Ed25519PrivateKey.from_private_bytes(client_key)
    return private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()).decode()
