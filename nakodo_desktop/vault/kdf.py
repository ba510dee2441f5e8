"""Turns a passphrase into a key-encryption key; callers need not know Argon2 or how Japanese input methods vary."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from nakodo_desktop.errors import NotEnoughMemory

KEY_BYTES = 32
SALT_BYTES = 16
MAX_PASSPHRASE_CHARACTERS = 1024

_MEMORY_KIB = range(64 * 1024, 1024 * 1024 + 1)
_ITERATIONS = range(2, 13)
_LANES = range(1, 9)


@dataclass(frozen=True)
class KdfParameters:
    """Argon2id version 0x13. Lanes give no speed here (they run in one thread), hence 1."""

    memory_kib: int = 128 * 1024
    iterations: int = 3
    lanes: int = 1

    def __post_init__(self) -> None:
        """Refuse before any memory is taken: a header can be edited by anybody who can write the folder."""
        if not (self.memory_kib in _MEMORY_KIB and self.iterations in _ITERATIONS and self.lanes in _LANES):
            raise ValueError("Argon2id parameters out of bounds")


DEFAULT_KDF = KdfParameters()


def normalise(passphrase: str) -> bytes:
    """Full and half width, and U+3000, are one passphrase: input methods send now one, now the other."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def derive_key(
    passphrase: str, parameters: KdfParameters, *, salt: bytes, associated: bytes, office_key: bytes | None
) -> bytes:
    """32 bytes. Takes a third of a second by design: call it in a job. Raises NotEnoughMemory."""
    try:
        return Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=parameters.iterations,
            lanes=parameters.lanes,
            memory_cost=parameters.memory_kib,
            ad=associated,
            secret=office_key,
        ).derive(normalise(passphrase))
    except MemoryError as exc:
        raise NotEnoughMemory(
            "メモリ不足のため、パスワードを確かめられませんでした。",
            "ほかのソフトを終了してから、もう一度お試しください。",
        ) from exc
