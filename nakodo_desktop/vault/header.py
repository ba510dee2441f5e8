"""The key file beside the database; callers need not know its bytes, its copies or how damage differs from tampering.

"NAKODOV\\x01" | u32be length | canonical JSON | HMAC-SHA256(header key, magic + JSON) | SHA-256(magic + JSON)
"""

from __future__ import annotations

import hashlib
import hmac
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from nakodo_desktop.errors import DiskFull, NotAVault, NotWritable, UserError, VaultDamaged, VaultTampered, VaultTooNew
from nakodo_desktop.vault import canonical, files
from nakodo_desktop.vault.header_files import FILE_NAMES
from nakodo_desktop.vault.keys import header_key
from nakodo_desktop.vault.slots import HEADER_VERSION, Slot, slot_from_json

VAULT_ID_BYTES = 16
MAX_SLOTS = 32

_MAGIC = b"NAKODOV\x01"
_LENGTH = struct.Struct(">I")
_DIGEST_BYTES = 32
_MAX_JSON_BYTES = 1024 * 1024
_DATABASE_NAME = re.compile(r"vault-(\d{6})\.db", re.ASCII)
_KEYS = ("v", "vault_id", "epoch", "gen", "db", "slots")


@dataclass(frozen=True)
class Header:
    """Who may open the vault and which database file is the present one. `epoch` grows with every write."""

    vault_id: bytes
    epoch: int
    generation: int
    slots: tuple[Slot, ...]
    extra: Mapping[str, object] = field(default_factory=dict)  # optional fields of later releases, kept as they are

    @property
    def database_name(self) -> str:
        return database_name(self.generation)

    def slot(self, slot_id: str) -> Slot:
        return next(slot for slot in self.slots if slot.id == slot_id)


@dataclass(frozen=True)
class HeaderState:
    """What the folder tells before anybody gave a secret; plain data, fit for a job."""

    folder: Path
    header: Header
    signed: bytes  # magic + JSON, as read
    tag: bytes
    broken_copies: tuple[str, ...] = ()  # file names to repair once the vault is open


def database_name(generation: int) -> str:
    return f"vault-{generation:06d}.db"


def read_header(folder: Path) -> HeaderState:
    """The newest sound copy. Changes nothing.

    Raises NotAVault, VaultDamaged, VaultTampered, VaultTooNew, NotWritable.
    """
    states: list[HeaderState] = []
    failures: list[UserError] = []
    broken: list[str] = []
    for name in FILE_NAMES:
        try:
            states.append(decode_header(_read(folder / name), folder))
        except (NotAVault, VaultDamaged) as exc:
            failures.append(exc)
            broken.append(name)
    if not states:
        damaged = [failure for failure in failures if isinstance(failure, VaultDamaged)]
        raise _no_header(folder, anything_there=bool(damaged))
    newest = max(states, key=lambda state: state.header.epoch)
    if len(states) == 2 and states[0].signed != states[1].signed:
        broken.append(FILE_NAMES[1 - states.index(newest)])
    return HeaderState(folder, newest.header, newest.signed, newest.tag, tuple(broken))


def decode_header(raw: bytes, folder: Path) -> HeaderState:
    """Raises VaultDamaged (plain checksum wrong), VaultTooNew, VaultTampered (checksum right, content impossible)."""
    prefix = len(_MAGIC) + _LENGTH.size
    if len(raw) < prefix + 2 * _DIGEST_BYTES or not raw.startswith(_MAGIC[:-1]):
        raise _damaged()
    (length,) = _LENGTH.unpack(raw[len(_MAGIC) : prefix])
    if length > _MAX_JSON_BYTES or len(raw) != prefix + length + 2 * _DIGEST_BYTES:
        raise _damaged()
    document = raw[prefix : prefix + length]
    signed = raw[: len(_MAGIC)] + document
    tag, checksum = raw[-2 * _DIGEST_BYTES : -_DIGEST_BYTES], raw[-_DIGEST_BYTES:]
    if hashlib.sha256(signed).digest() != checksum:
        raise _damaged()
    if not raw.startswith(_MAGIC):
        raise _too_new()
    return HeaderState(folder, _header_from_json(document), signed, tag)


def encode_header(header: Header, master_key: bytes) -> bytes:
    document = canonical.encode(
        {
            **header.extra,
            "v": HEADER_VERSION,
            "vault_id": canonical.from_bytes(header.vault_id),
            "epoch": header.epoch,
            "gen": header.generation,
            "db": header.database_name,
            "slots": [slot.to_json() for slot in header.slots],
        }
    )
    signed = _MAGIC + document
    tag = _mac(signed, master_key, header.vault_id)
    return _MAGIC + _LENGTH.pack(len(document)) + document + tag + hashlib.sha256(signed).digest()


def check_mac(state: HeaderState, master_key: bytes) -> None:
    """Raises VaultTampered when the header was not written by somebody who held the master key."""
    if not hmac.compare_digest(_mac(state.signed, master_key, state.header.vault_id), state.tag):
        raise tampered()


def write_header(folder: Path, header: Header, *, master_key: bytes) -> HeaderState:
    """The first copy is the commit point: DiskFull or NotWritable mean that the old header stands.

    A second copy that cannot be written is behind, not lost; it is named in the result and repaired at the next unlock.
    """
    raw = encode_header(header, master_key)
    state = decode_header(raw, folder)  # never write what could not be read back
    files.write_atomically(folder / FILE_NAMES[0], raw)
    try:
        files.write_atomically(folder / FILE_NAMES[1], raw)
    except (DiskFull, NotWritable):
        return replace(state, broken_copies=FILE_NAMES[1:])
    return state


def repair_copies(state: HeaderState, *, master_key: bytes) -> HeaderState:
    """Write the copies that were damaged, missing or behind again, from the one that was checked.

    Raises DiskFull, NotWritable.
    """
    raw = encode_header(state.header, master_key)
    for name in state.broken_copies:
        files.write_atomically(state.folder / name, raw)
    return decode_header(raw, state.folder)


def tampered() -> VaultTampered:
    return VaultTampered(
        "鍵のファイルが、このソフト以外で書き換えられています。何も変更していません。",
        "バックアップから復元してください。心当たりがない場合は、パソコンに触れた人がいないかご確認ください。",
    )


def _header_from_json(document: bytes) -> Header:
    try:
        value = canonical.fields(canonical.decode(document), "v")
        if canonical.integer(value["v"], at_least=1) != HEADER_VERSION:
            raise _too_new()
        value = canonical.fields(value, *_KEYS)
        slots = value["slots"]
        if not isinstance(slots, list) or not 1 <= len(slots) <= MAX_SLOTS:
            raise ValueError("slots")
        header = Header(
            vault_id=canonical.exact_bytes(value["vault_id"], VAULT_ID_BYTES),
            epoch=canonical.integer(value["epoch"], at_least=1),
            generation=canonical.integer(value["gen"], at_least=1),
            slots=tuple(slot_from_json(slot) for slot in slots),
            extra={key: item for key, item in value.items() if key not in _KEYS},
        )
        name = _DATABASE_NAME.fullmatch(canonical.short_text(value["db"]))
        if name is None or int(name[1]) != header.generation:
            raise ValueError("database name")
        if len({slot.id for slot in header.slots}) != len(header.slots):
            raise ValueError("slot twice")
    except ValueError as exc:
        raise tampered() from exc
    return header


def _mac(signed: bytes, master_key: bytes, vault_id: bytes) -> bytes:
    return hmac.digest(header_key(master_key, vault_id), signed, "sha256")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_JSON_BYTES + 4096)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as exc:
        raise NotAVault("ここには金庫がありません。", "フォルダーをご確認ください。") from exc
    except PermissionError as exc:
        raise files.not_readable() from exc
    except OSError as exc:
        raise _damaged() from exc


def _no_header(folder: Path, *, anything_there: bool) -> UserError:
    if anything_there or any(folder.glob("vault-*.db")):
        return VaultDamaged(
            "鍵のファイル（vault.hdr と vault.hdr.2）が両方とも読めません。データベースには触れていません。",
            "バックアップのフォルダーを選んで復元してください。バックアップには鍵のファイルの控えも入っています。",
        )
    return NotAVault(
        "このフォルダーには、なこうどデスクのデータがありません。",
        "フォルダーをご確認のうえ、もう一度選んでください。",
    )


def _damaged() -> VaultDamaged:
    return VaultDamaged("鍵のファイルが壊れています。", "バックアップから復元してください。")


def _too_new() -> VaultTooNew:
    return VaultTooNew(
        "このデータは、もっと新しい版のソフトで作られています。何も変更していません。",
        "なこうどデスクを最新版に更新してから開いてください。",
    )
