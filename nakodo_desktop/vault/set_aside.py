"""Damaged files a restore has put aside in the vault's folder: worth keeping for a while, and never referred to again.

They still hold whoever was erased since, readable with a passphrase of their day. A folder is named after the
generation that replaced its content: what is older goes there at the switch, or at the next unlock if that was cut off.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nakodo_desktop.vault import files
from nakodo_desktop.vault.header import Header
from nakodo_desktop.vault.header_files import FILE_NAMES

PREFIX = "set-aside-"

_DATABASES = "vault-[0-9][0-9][0-9][0-9][0-9][0-9].db"
_SUFFIXES = ("", "-shm", "-wal")
_NUMBER = slice(len("vault-"), len("vault-") + 6)


@dataclass(frozen=True)
class SetAside:
    """One folder with everything in it. `made_at`: when the restore put it there, in UTC."""

    folder: Path
    made_at: datetime
    length: int  # bytes


def begin(folder: Path, new: Header) -> None:
    """Before the switch to `new`: copies of the headers it will replace, and a home for the databases.

    Nothing where nothing lies yet. Raises DiskFull, NotWritable.
    """
    headers = [folder / name for name in FILE_NAMES if (folder / name).exists()]
    if not headers and not _older(folder, new):
        return
    home = folder / f"{PREFIX}{new.generation:06d}"
    try:
        home.mkdir(mode=0o700, exist_ok=True)
        for path in headers:
            files.write_atomically(home / path.name, path.read_bytes())
        files.sync_folder(folder)
    except OSError as exc:
        raise files.write_error(exc) from exc


def take_in(folder: Path, header: Header) -> None:
    """After the switch: the databases a restore replaced. One that somebody holds open waits for the next unlock."""
    for path in _older(folder, header):
        home = home_of(path, header)
        if home is not None:
            with suppress(OSError):
                files.replace(path, home / path.name)


def home_of(database: Path, header: Header) -> Path | None:
    """The folder a database in use before `header` belongs into; None: it is a leftover nobody needs."""
    number = int(database.name[_NUMBER])
    homes = [at for at in _generations(database.parent) if number < at <= header.generation]
    return database.parent / f"{PREFIX}{min(homes):06d}" if homes else None


def drop_begun(folder: Path, header: Header) -> None:
    """What a restore began that never came to its switch: copies of headers and nothing else."""
    for generation in _generations(folder):
        begun = folder / f"{PREFIX}{generation:06d}"
        if generation > header.generation and {path.name for path in begun.iterdir()} <= {*FILE_NAMES}:
            shutil.rmtree(begun, ignore_errors=True)


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


def _generations(folder: Path) -> list[int]:
    numbers = [path.name.removeprefix(PREFIX) for path in folder.glob(f"{PREFIX}*") if path.is_dir()]
    return [int(number) for number in numbers if number.isascii() and number.isdigit()]


def _older(folder: Path, header: Header) -> list[Path]:
    found = [path for suffix in _SUFFIXES for path in folder.glob(_DATABASES + suffix)]
    return [path for path in sorted(found) if int(path.name[_NUMBER]) < header.generation]
