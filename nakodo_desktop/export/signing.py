"""After importing this nobody touches a key: sign a manifest, check one, read a key's fingerprint aloud."""

from __future__ import annotations

import hashlib
import unicodedata

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE_BYTES = 64
# A signature over a manifest can never pass for one over anything else this key may come to sign.
_MANIFEST_DOMAIN = b"nakodo-bundle-v1\0"
_FINGERPRINT_DOMAIN = b"nakodo-bundle-key-v1\0"
_FINGERPRINT_GROUPS = 8  # of four digits: 106 bits, told over the telephone in half a minute


def new_signing_key() -> bytes:
    """The 32 raw bytes of a new Ed25519 private key; the vault keeps them."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key_of(signing_key: bytes) -> bytes:
    """The 32 raw bytes anyone may have."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).public_key().public_bytes_raw()


def sign_manifest(manifest: bytes, *, signing_key: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(signing_key).sign(_MANIFEST_DOMAIN + manifest)


def signs_manifest(signature: bytes, manifest: bytes, *, public_key: bytes) -> bool:
    """Whether this signature was made over exactly this manifest with the private half of this key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, _MANIFEST_DOMAIN + manifest)
    except (InvalidSignature, ValueError):  # ValueError: the key is no point of the curve
        return False
    return True


def fingerprint(public_key: bytes) -> str:
    """Eight groups of four digits that two people compare over the telephone."""
    digest = int.from_bytes(hashlib.sha256(_FINGERPRINT_DOMAIN + public_key).digest(), "big")
    digits = f"{digest % 10 ** (4 * _FINGERPRINT_GROUPS):0{4 * _FINGERPRINT_GROUPS}d}"
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def names_key(pin: str, public_key: bytes) -> bool:
    """Whether what a person typed names this key: its fingerprint or hex digits, in any width and spacing."""
    typed = "".join(c for c in unicodedata.normalize("NFKC", pin).casefold() if c.isalnum())
    return typed in (fingerprint(public_key).replace(" ", ""), public_key.hex())
