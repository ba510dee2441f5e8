"""The dated periods of resources/rules/retention.toml; whoever asks for a day need not know older or coming values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nakodo_desktop.domain.fields import Retention
from nakodo_desktop.domain.retention import Period, Periods
from nakodo_desktop.paths import RESOURCES
from nakodo_desktop.reference import dated

RULES = RESOURCES / "rules" / "retention.toml"


@dataclass(frozen=True)
class RetentionRules:
    """All periods, past and coming."""

    periods: dated.DatedRules[Retention, Period]

    def on(self, day: date) -> Periods:
        """Raises ProgramDamaged when a class has no period yet on that day: nothing may be guessed."""
        return {retention: entry.value for retention, entry in self.periods.on(day).items()}


def load(path: Path = RULES) -> RetentionRules:
    """Raises ProgramDamaged when the file is missing, or an entry lacks its period, day, kind or basis."""
    return RetentionRules(dated.load(path, "period", keys=frozenset(Retention), read=_period))


def _period(raw: dict[str, object]) -> tuple[Retention, Period]:
    since, basis, lengths = raw["since"], raw["basis"], (raw.get("days", 0), raw.get("years", 0))
    if not all(type(length) is int and length >= 0 for length in lengths):
        raise ValueError(raw["record"])
    days, years = (length if isinstance(length, int) else 0 for length in lengths)
    if not isinstance(since, str) or not since or not isinstance(basis, str) or bool(days) == bool(years):
        raise ValueError(raw["record"])
    return Retention(raw["record"]), Period(days=days, years=years, since=since, basis=basis)
