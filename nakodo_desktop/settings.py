"""Preferences of this PC: looks, folders, times. Nothing personal may be written here (an allow-list test reads it)."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from nakodo_desktop.paths import config_dir

_FILE = "settings.json"
IDLE_MINUTES = (1, 30)  # the handbook's bounds
TEXT_SIZES = ("standard", "large", "extra")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One frozen value; a change is a new value that is saved."""

    vault_dir: str = ""
    office_name: str = ""  # what the unlock screen says before anything is open
    last_slot: str = ""  # tried first, so that an unlock costs one key derivation
    last_used_at: str = ""  # ISO 8601
    dark: bool = False
    text_size: str = TEXT_SIZES[0]
    idle_minutes: int = 5
    backup_dirs: tuple[str, ...] = ()
    backup_daily: int = 5
    backup_weekly: int = 4
    backup_warn_days: int = 7
    export_dir: str = ""
    window_geometry: str = ""  # base64 of Qt's own format
    member_columns: str = ""  # "1:240,3:180": widths the operator gave columns of the member list


def load(folder: Path | None = None) -> Settings:
    """Defaults when there is no file. A file that cannot be read is kept aside as `.broken`, never overwritten."""
    path = (folder or config_dir()) / _FILE
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return _from_raw(raw)
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError):
        _keep_aside(path)
        return Settings()


def save(settings: Settings, folder: Path | None = None) -> None:
    """Write aside and replace: a full disk leaves the old file. Raises OSError."""
    target = folder or config_dir()
    target.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target, prefix=_FILE, suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(settings), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target / _FILE)
    finally:
        temporary.unlink(missing_ok=True)


def _from_raw(raw: object) -> Settings:
    """Raises ValueError for anything `save` does not write. Preferences of another release are left out."""
    if not isinstance(raw, dict):
        raise ValueError("not an object")
    defaults = Settings()
    known = {f.name: _typed(raw[f.name], like=getattr(defaults, f.name)) for f in fields(Settings) if f.name in raw}
    settings = replace(defaults, **known)  # type: ignore[arg-type]  # each has the type of its default
    if settings.text_size not in TEXT_SIZES:
        raise ValueError("text_size")
    low, high = IDLE_MINUTES
    return replace(settings, idle_minutes=min(max(settings.idle_minutes, low), high))


def _typed(value: object, *, like: object) -> object:
    if isinstance(like, tuple) and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if type(value) is not type(like):
        raise ValueError(type(value).__name__)
    return value


def _keep_aside(path: Path) -> None:
    """Where even that is not allowed the program starts all the same: preferences are no reason to stay away."""
    with contextlib.suppress(OSError):
        path.replace(path.with_suffix(".broken"))
