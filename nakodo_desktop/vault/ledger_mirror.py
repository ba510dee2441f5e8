"""The erasure ledger as a small signed file outside the vault: beside the backups, and with what this PC remembers.

So that whoever was erased stays erased even when the vault itself is lost and an old backup is all there is. It holds
opaque uids, classes, moments and codes; the signature is by the key every backup of this vault carries inside.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from nakodo_desktop.domain.fields import Retention
from nakodo_desktop.domain.retention import Reason
from nakodo_desktop.errors import UserError
from nakodo_desktop.vault import canonical, erasure_ledger, files
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.erasure_ledger import Entry
from nakodo_desktop.vault.secret_keys import SIGNING, secret_key

_PURPOSE = b"nakodo/erasures\x00"
_VERSION = 1
_KIND = "erasures"
_SIGNATURE_BYTES = 64


@dataclass(frozen=True)
class Mirrors:
    """What several copies tell together. `unreadable`: files that are damaged, or signed by somebody else."""

    entries: frozenset[Entry]
    unreadable: tuple[Path, ...]


def mirror_path(folder: Path, vault_id: str) -> Path:
    return folder / f"nakodo-erasures-{vault_id}.json"


def write_mirror(db: Connection, vault_id: str, folder: Path) -> None:
    """What the ledger says and what lies there already. Raises DiskFull, NotWritable; then the old file stands."""
    there = read_mirrors(db, vault_id, (folder,)).entries
    known = sorted({*erasure_ledger.entries(db), *there}, key=lambda entry: (entry.at, entry.uid, entry.record.value))
    document: dict[str, object] = {
        "v": _VERSION,
        "kind": _KIND,
        "vault_id": vault_id,
        "entries": [[e.uid, e.record.value, erasure_ledger.moment(e.at), e.reason.value] for e in known],
    }
    signature = _key(db).sign(_PURPOSE + canonical.encode(document))
    signed = {**document, "sig": canonical.from_bytes(signature)}
    files.write_atomically(mirror_path(folder, vault_id), canonical.encode(signed))


def write_where_possible(db: Connection, vault_id: str, folders: Iterable[Path]) -> None:
    """A stick that is not plugged in gets its copy with the next backup."""
    for folder in folders:
        if folder.is_dir():
            with suppress(UserError):
                write_mirror(db, vault_id, folder)


def read_mirrors(db: Connection, vault_id: str, folders: Iterable[Path]) -> Mirrors:
    """`db`: any database of this vault; all of them hold the key that signed."""
    found: set[Entry] = set()
    unreadable = []
    for folder in dict.fromkeys(folders):
        path = mirror_path(folder, vault_id)
        try:
            found.update(_read(db, vault_id, path))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, InvalidSignature):
            unreadable.append(path)
    return Mirrors(frozenset(found), tuple(unreadable))


def _read(db: Connection, vault_id: str, path: Path) -> list[Entry]:
    value = canonical.fields(canonical.decode(path.read_bytes()), "v", "kind", "vault_id", "entries", "sig")
    if (value["v"], value["kind"], value["vault_id"]) != (_VERSION, _KIND, vault_id):
        raise ValueError("not the ledger of this vault")
    document = {key: item for key, item in value.items() if key != "sig"}
    signature = canonical.exact_bytes(value["sig"], _SIGNATURE_BYTES)
    _key(db).public_key().verify(signature, _PURPOSE + canonical.encode(document))
    if not isinstance(value["entries"], list):
        raise ValueError("entries")
    return [_entry(raw) for raw in value["entries"]]


def _entry(raw: object) -> Entry:
    if not isinstance(raw, list) or len(raw) != 4:
        raise ValueError("entry")
    uid, record, at, reason = (canonical.short_text(part) for part in raw)
    return Entry(uid, Retention(record), datetime.fromisoformat(at), Reason(reason))


def _key(db: Connection) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(secret_key(db, SIGNING))
