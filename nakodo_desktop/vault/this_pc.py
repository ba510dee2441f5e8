"""What this PC (and this person's login on it) remembers of a vault, outside the vault's folder.

The office key, without which a stolen vault folder gives nothing to guess against; and how far the vault had come when
it was last open here, so that an older copy put in its place is noticed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nakodo_desktop.errors import NotWritable
from nakodo_desktop.vault import canonical, files, os_protection
from nakodo_desktop.vault.checkpoints import SignedCheckpoint, checkpoint_from_json
from nakodo_desktop.vault.codes import CODE_BYTES

_OFFICE_KEY = "office.key"
_LAST_SEEN = "last-seen.json"
_VERSION = 1


@dataclass(frozen=True)
class LastSeen:
    """The newest state of a vault this PC has met."""

    epoch: int
    generation: int
    slot_id: str  # who was here last; tried first at the next unlock
    at: datetime
    proof: SignedCheckpoint


def pc_folder(data_dir: Path, vault_id: str) -> Path:
    return data_dir / "offices" / vault_id


def office_keys(data_dir: Path, vault_id: str) -> tuple[bytes, ...]:
    """The present one first, then replaced ones somebody's slot may still need. Empty: ask for the printed code."""
    try:
        sealed = (pc_folder(data_dir, vault_id) / _OFFICE_KEY).read_bytes()
        value = canonical.fields(canonical.decode(os_protection.unprotect(sealed)), "keys")
        keys = value["keys"]
        if not isinstance(keys, list):
            raise ValueError("keys")
        return tuple(canonical.exact_bytes(key, CODE_BYTES) for key in keys)
    except (FileNotFoundError, ValueError, os_protection.Unreadable):
        return ()  # lost with a Windows profile, or damaged: the printed code must always work


def keep_office_key(data_dir: Path, vault_id: str, *, key: bytes) -> None:
    """Raises DiskFull, NotWritable."""
    others = tuple(known for known in office_keys(data_dir, vault_id) if known != key)
    encoded = [canonical.from_bytes(known) for known in (key, *others)]
    _write(
        data_dir, vault_id, name=_OFFICE_KEY, data=os_protection.protect(canonical.encode({"v": 1, "keys": encoded}))
    )


def last_seen(data_dir: Path, vault_id: str) -> LastSeen | None:
    """None on a PC that never opened this vault, and when the file was damaged: then there is nothing to compare."""
    try:
        raw = (pc_folder(data_dir, vault_id) / _LAST_SEEN).read_bytes()
        value = canonical.fields(canonical.decode(raw), "epoch", "gen", "slot", "at", "proof")
        seen = LastSeen(
            epoch=canonical.integer(value["epoch"], at_least=1),
            generation=canonical.integer(value["gen"], at_least=1),
            slot_id=canonical.short_text(value["slot"]),
            at=datetime.fromisoformat(canonical.short_text(value["at"])),
            proof=checkpoint_from_json(value["proof"]),
        )
    except (FileNotFoundError, ValueError):
        return None
    return seen if seen.proof.checkpoint.vault_id == vault_id else None


def remember(data_dir: Path, vault_id: str, *, seen: LastSeen) -> None:
    """Raises DiskFull, NotWritable."""
    document = {
        "v": _VERSION,
        "epoch": seen.epoch,
        "gen": seen.generation,
        "slot": seen.slot_id,
        "at": seen.at.isoformat(timespec="milliseconds"),
        "proof": seen.proof.to_json(),
    }
    _write(data_dir, vault_id, name=_LAST_SEEN, data=canonical.encode(document))


def _write(data_dir: Path, vault_id: str, *, name: str, data: bytes) -> None:
    folder = pc_folder(data_dir, vault_id)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as exc:
        raise NotWritable(
            "このパソコンの設定フォルダーに書き込めませんでした。会員のデータには影響ありません。",
            "ディスクの空き容量と、フォルダーの権限をご確認ください。",
        ) from exc
    files.write_atomically(folder / name, data)
