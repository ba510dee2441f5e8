"""Damaged files a restore has put aside in the vault's folder: worth keeping for a while, and never referred to again.

They still hold whoever was erased since, readable with a passphrase of their day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nakodo_desktop.vault import files

PREFIX = "set-aside-"


@dataclass(frozen=True)
class SetAside:
    """One folder with everything in it. `made_at`: when the restore put it there, in UTC."""

    folder: Path
    made_at: datetime
    length: int  # bytes


def found_in(folder: Path) -> tuple[SetAside, ...]:
    """The oldest first."""
    made = [_look_at(path) for path in folder.glob(f"{PREFIX}*") if path.is_dir() and not path.is_symlink()]
    return tuple(sorted(made, key=lambda one: (one.made_at, one.folder.name)))


def destroy(one: SetAside) -> None:
    """Raises NotWritable: what could not be removed is still listed."""
    try:
        for path in one.folder.iterdir():
            files.remove(path)
        one.folder.rmdir()
    except OSError as exc:
        raise files.write_error(exc) from exc
    files.sync_folder(one.folder.parent)


def _look_at(folder: Path) -> SetAside:
    made_at = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
    return SetAside(folder, made_at, sum(path.stat().st_size for path in folder.iterdir()))
