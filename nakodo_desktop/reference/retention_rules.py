"""The dated periods of resources/rules/retention.toml; whoever asks for a day need not know older or coming values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nakodo_desktop.domain.fields import Retention
from nakodo_desktop.domain.retention import Period, Periods
from nakodo_desktop.errors import ProgramDamaged
from nakodo_desktop.paths import RESOURCES

RULES = RESOURCES / "rules" / "retention.toml"
_KINDS = frozenset({"law", "practice", "decision"})


@dataclass(frozen=True)
class _Dated:
    retention: Retention
    effective_from: date
    period: Period


@dataclass(frozen=True)
class RetentionRules:
    """All entries, past and coming."""

    entries: tuple[_Dated, ...]
    file_name: str

    def on(self, day: date) -> Periods:
        """Raises ProgramDamaged when a class has no period yet on that day: nothing may be guessed."""
        known = sorted(self.entries, key=lambda entry: entry.effective_from)
        in_force = {entry.retention: entry.period for entry in known if entry.effective_from <= day}
        if set(in_force) != set(Retention):
            raise ProgramDamaged(self.file_name)
        return in_force


def load(path: Path = RULES) -> RetentionRules:
    """Raises ProgramDamaged when the file is missing, or an entry lacks its period, day, kind or basis."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = tuple(_entry(one) for one in raw["period"])
    except (OSError, ValueError, KeyError) as error:
        raise ProgramDamaged(path.name) from error
    if len({(entry.retention, entry.effective_from) for entry in entries}) < len(entries):
        raise ProgramDamaged(path.name)
    return RetentionRules(entries, path.name)


def _entry(raw: dict[str, object]) -> _Dated:
    day, since, basis = raw["effective_from"], raw["since"], raw["basis"]
    lengths = (raw.get("days", 0), raw.get("years", 0))
    if type(day) is not date or raw["kind"] not in _KINDS or not all(type(n) is int and n >= 0 for n in lengths):
        raise ValueError(raw["record"])
    days, years = (n if isinstance(n, int) else 0 for n in lengths)
    if not isinstance(since, str) or not since or not isinstance(basis, str) or not basis or bool(days) == bool(years):
        raise ValueError(raw["record"])
    return _Dated(Retention(raw["record"]), day, Period(days=days, years=years, since=since, basis=basis))
