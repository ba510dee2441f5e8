"""Proofs that the audit log once ended here, like this; kept outside, they show a cut or rewritten log."""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from nakodo_desktop.vault import audit, canonical
from nakodo_desktop.vault.connection import Connection

_PURPOSE = b"nakodo/audit-checkpoint\x00"
_MAC_BYTES = 32
_SIGNATURE_BYTES = 64
_PUBLIC_BYTES = 32
_CODE_LETTERS = 12
_MAC_OF = "SELECT mac FROM audit WHERE seq = :seq"


@dataclass(frozen=True)
class Checkpoint:
    """The log of this vault had `seq` entries at `at`, the last with this MAC."""

    vault_id: str
    seq: int
    head: bytes
    at: datetime

    def to_json(self) -> dict[str, object]:
        return {
            "vault_id": self.vault_id,
            "seq": self.seq,
            "head": canonical.from_bytes(self.head),
            "at": self.at.isoformat(timespec="milliseconds"),
        }


@dataclass(frozen=True)
class SignedCheckpoint:
    checkpoint: Checkpoint
    signature: bytes
    public_key: bytes

    def to_json(self) -> dict[str, object]:
        return {
            **self.checkpoint.to_json(),
            "sig": canonical.from_bytes(self.signature),
            "pk": canonical.from_bytes(self.public_key),
        }


def take_checkpoint(db: Connection, vault_id: str, *, seed: bytes, at: datetime) -> SignedCheckpoint:
    last = audit.head(db)
    checkpoint = Checkpoint(vault_id, last.seq, last.mac, at)
    private = Ed25519PrivateKey.from_private_bytes(seed)
    return SignedCheckpoint(checkpoint, private.sign(_message(checkpoint)), private.public_key().public_bytes_raw())


def checkpoint_from_json(raw: object) -> SignedCheckpoint:
    """Raises ValueError unless it is complete and its own signature fits."""
    value = canonical.fields(raw, "vault_id", "seq", "head", "at", "sig", "pk")
    checkpoint = Checkpoint(
        vault_id=canonical.short_text(value["vault_id"]),
        seq=canonical.integer(value["seq"], at_least=0),
        head=canonical.exact_bytes(value["head"], _MAC_BYTES),
        at=datetime.fromisoformat(canonical.short_text(value["at"])),
    )
    signature = canonical.exact_bytes(value["sig"], _SIGNATURE_BYTES)
    public_key = canonical.exact_bytes(value["pk"], _PUBLIC_BYTES)
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, _message(checkpoint))
    except InvalidSignature as exc:
        raise ValueError("signature") from exc
    return SignedCheckpoint(checkpoint, signature, public_key)


def agrees(db: Connection, checkpoint: Checkpoint) -> bool:
    """Whether the log still contains that moment: same entry at the same place."""
    if checkpoint.seq == 0:
        return True
    row = db.execute(_MAC_OF, {"seq": checkpoint.seq}).fetchone()
    return row is not None and bytes(row["mac"]) == checkpoint.head


def short_code(checkpoint: Checkpoint) -> str:
    """For paper: entry number and twelve letters, `1234-ABCD-EFGH-IJKL`."""
    letters = _code_letters(checkpoint)
    return "-".join([str(checkpoint.seq), *(letters[start : start + 4] for start in range(0, _CODE_LETTERS, 4))])


def agrees_with_code(db: Connection, vault_id: str, *, code: str) -> bool:
    """Whether a code from paper still fits the log. False for anything that is not such a code, too."""
    seq, _, letters = unicodedata.normalize("NFKC", code).strip().upper().partition("-")
    if not (seq.isascii() and seq.isdigit()):
        return False
    row = db.execute(_MAC_OF, {"seq": int(seq[:18])}).fetchone()
    if row is None:
        return False
    known = Checkpoint(vault_id, int(seq), bytes(row["mac"]), datetime.min)
    return letters.replace("-", "").replace(" ", "") == _code_letters(known)


def _code_letters(checkpoint: Checkpoint) -> str:
    """Sixty bits over everything but the time, which paper carries in words."""
    told = canonical.encode([checkpoint.vault_id, checkpoint.seq, canonical.from_bytes(checkpoint.head)])
    return base64.b32encode(hashlib.sha256(_PURPOSE + told).digest()).decode("ascii")[:_CODE_LETTERS]


def _message(checkpoint: Checkpoint) -> bytes:
    return _PURPOSE + canonical.encode(checkpoint.to_json())
