"""The sentences shown before an interview, with the version every consent remembers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from nakodo_desktop.errors import UserError
from nakodo_desktop.paths import RESOURCES

_PATH = RESOURCES / "rules" / "notice.toml"


@dataclass(frozen=True)
class Notice:
    """利用目的 and what the office promises, to be read aloud."""

    version: str
    purposes: tuple[str, ...]
    promises: tuple[str, ...]
    disclaimer: str


@cache
def load_notice() -> Notice:
    """Raises UserError when the file is missing or incomplete: no interview may start without it."""
    try:
        raw = tomllib.loads(_PATH.read_text(encoding="utf-8"))
        return Notice(raw["version"], tuple(raw["purposes"]), tuple(raw["promises"]), raw["disclaimer"])
    except (OSError, tomllib.TOMLDecodeError, KeyError) as exc:
        raise UserError(
            "利用目的の文面（notice.toml）を読み込めません。面談は始められません。",
            "なこうどデスクをインストールし直してください。",
        ) from exc
