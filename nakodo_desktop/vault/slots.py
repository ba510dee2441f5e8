"""One way into the vault: a secret a person holds, wrapping a key pair to which the master key is sealed.

A key pair in each slot, not a wrapped master key: a rotation needs only the public keys, so a leaver can be
removed without the other people's passphrases.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from nakodo_desktop.errors import VaultTampered
from nakodo_desktop.vault import canonical
from nakodo_desktop.vault.kdf import SALT_BYTES, KdfParameters, derive_key

HEADER_VERSION = 1

_KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_SEALED_BYTES = _KEY_BYTES + _KEY_BYTES + _TAG_BYTES  # HPKE: encapsulated key, ciphertext, tag
_ALGORITHM = "argon2id"
_ARGON2_VERSION = 0x13
_KEYS = ("id", "type", "user", "kdf", "salt", "pk", "nonce", "wsk", "vmk")
_KDF_KEYS = ("alg", "v", "m", "t", "p", "ok")
_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class SlotKind(Enum):
    USER = "user"
    RECOVERY = "recovery"


@dataclass(frozen=True)
class Slot:
    """What the header tells of one way in. Nothing here is secret; `staff_id` is opaque, empty for recovery."""

    id: str
    kind: SlotKind
    staff_id: str
    kdf: KdfParameters
    office_key_id: str  # which office key is mixed in; '' = none
    salt: bytes
    public_key: bytes
    nonce: bytes
    wrapped_key: bytes
    sealed_master: bytes
    extra: Mapping[str, object] = field(default_factory=dict)  # optional fields of later releases, kept as they are

    def to_json(self) -> dict[str, object]:
        return {
            **self.extra,
            **_facts(self),
            "nonce": canonical.from_bytes(self.nonce),
            "wsk": canonical.from_bytes(self.wrapped_key),
            "vmk": canonical.from_bytes(self.sealed_master),
        }


def office_key_id(office_key: bytes) -> str:
    """Tells office keys apart without telling anything of them: a PC can say "another office key is needed"."""
    return hashlib.sha256(b"nakodo/office-key-id\x00" + office_key).hexdigest()[:8]


def make_slot(
    vault_id: bytes,
    master_key: bytes,
    *,
    kind: SlotKind,
    staff_id: str,
    secret: str,
    kdf: KdfParameters,
    office_key: bytes | None,
) -> Slot:
    """New salt, key pair and id every time: an old secret with an old header must not open later master keys. Slow."""
    private = X25519PrivateKey.generate()
    slot = Slot(
        id=secrets.token_hex(16),
        kind=kind,
        staff_id=staff_id,
        kdf=kdf,
        office_key_id="" if office_key is None else office_key_id(office_key),
        salt=secrets.token_bytes(SALT_BYTES),
        public_key=private.public_key().public_bytes_raw(),
        nonce=secrets.token_bytes(_NONCE_BYTES),
        wrapped_key=b"",
        sealed_master=b"",
    )
    associated = _associated(vault_id, slot)
    wrapping = derive_key(secret, kdf, salt=slot.salt, associated=associated, office_key=office_key)
    wrapped = AESGCM(wrapping).encrypt(slot.nonce, private.private_bytes_raw(), associated)
    return seal(replace(slot, wrapped_key=wrapped), vault_id, master_key=master_key)


def seal(slot: Slot, vault_id: bytes, *, master_key: bytes) -> Slot:
    """The same way in, now leading to `master_key`. Needs no secret."""
    public = X25519PublicKey.from_public_bytes(slot.public_key)
    return replace(slot, sealed_master=_SUITE.encrypt(master_key, public, info=_seal_info(vault_id, slot)))


def open_slot(slot: Slot, vault_id: bytes, *, secret: str, office_key: bytes | None) -> bytes | None:
    """The master key, or None when the secret is not this slot's. Slow. Raises VaultTampered.

    `office_key` is the one the slot names, None when it names none.
    """
    associated = _associated(vault_id, slot)
    wrapping = derive_key(
        secret,
        slot.kdf,
        salt=slot.salt,
        associated=associated,
        office_key=office_key,
    )
    try:
        private = AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped_key, associated)
    except InvalidTag:
        return None
    try:
        return _SUITE.decrypt(
            slot.sealed_master, X25519PrivateKey.from_private_bytes(private), info=_seal_info(vault_id, slot)
        )
    except InvalidTag as exc:
        raise VaultTampered(
            "パスワードは正しいのですが、鍵のファイルが書き換えられています。何も変更していません。",
            "バックアップからの復元をお試しください。心当たりがなければ、会員情報が危険にさらされた可能性があります。",
        ) from exc


def slot_from_json(raw: object) -> Slot:
    """Raises ValueError for anything this release would not have written, before any of it is used."""
    known = canonical.fields(raw, *_KEYS)
    kdf = canonical.fields(known["kdf"], *_KDF_KEYS)
    if len(kdf) != len(_KDF_KEYS) or kdf["alg"] != _ALGORITHM or kdf["v"] != _ARGON2_VERSION:
        raise ValueError("unknown key derivation")
    return Slot(
        id=canonical.short_text(known["id"]),
        kind=SlotKind(known["type"]),
        staff_id=canonical.short_text(known["user"]),
        kdf=KdfParameters(
            memory_kib=canonical.integer(kdf["m"], at_least=1),
            iterations=canonical.integer(kdf["t"], at_least=1),
            lanes=canonical.integer(kdf["p"], at_least=1),
        ),
        office_key_id=canonical.short_text(kdf["ok"]),
        salt=canonical.exact_bytes(known["salt"], SALT_BYTES),
        public_key=canonical.exact_bytes(known["pk"], _KEY_BYTES),
        nonce=canonical.exact_bytes(known["nonce"], _NONCE_BYTES),
        wrapped_key=canonical.exact_bytes(known["wsk"], _KEY_BYTES + _TAG_BYTES),
        sealed_master=canonical.exact_bytes(known["vmk"], _SEALED_BYTES),
        extra={key: value for key, value in known.items() if key not in _KEYS},
    )


def _facts(slot: Slot) -> dict[str, object]:
    """What the associated data binds: a relabelled, edited or foreign slot does not unwrap."""
    return {
        "id": slot.id,
        "type": slot.kind.value,
        "user": slot.staff_id,
        "kdf": {
            "alg": _ALGORITHM,
            "v": _ARGON2_VERSION,
            "m": slot.kdf.memory_kib,
            "t": slot.kdf.iterations,
            "p": slot.kdf.lanes,
            "ok": slot.office_key_id,
        },
        "salt": canonical.from_bytes(slot.salt),
        "pk": canonical.from_bytes(slot.public_key),
    }


def _associated(vault_id: bytes, slot: Slot) -> bytes:
    return canonical.encode({**_facts(slot), "vault_id": canonical.from_bytes(vault_id), "v": HEADER_VERSION})


def _seal_info(vault_id: bytes, slot: Slot) -> bytes:
    return b"nakodo/master-key\x00" + vault_id + b"\x00" + slot.id.encode("ascii")
