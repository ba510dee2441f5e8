"""The dated numbers of resources/rules/legal.toml; whoever asks for a day need not know older or coming values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from nakodo_desktop.domain.legal import LegalNumbers
from nakodo_desktop.paths import RESOURCES
from nakodo_desktop.reference import dated

RULES = RESOURCES / "rules" / "legal.toml"
_LISTS = frozenset({"redeclare_remind_days"})
_KEYS = frozenset(field.name for field in fields(LegalNumbers)) - {"basis"}


@dataclass(frozen=True)
class LegalRules:
    """All numbers, past and coming."""

    numbers: dated.DatedRules[str, int | tuple[int, ...]]

    def on(self, day: date) -> LegalNumbers:
        """Raises ProgramDamaged when a number has no value yet on that day: nothing may be guessed."""
        in_force = self.numbers.on(day)
        values = {key: entry.value for key, entry in in_force.items()}
        basis = {key: entry.basis for key, entry in in_force.items()}
        return LegalNumbers(**values, basis=basis)  # type: ignore[arg-type]  # _number has checked int against tuple


def load(path: Path = RULES) -> LegalRules:
    """Raises ProgramDamaged when the file is missing, or an entry lacks its number, day, kind or basis."""
    return LegalRules(dated.load(path, "number", keys=_KEYS, read=_number))


def _number(raw: dict[str, object]) -> tuple[str, int | tuple[int, ...]]:
    key, value = raw["key"], raw["value"]
    if not isinstance(key, str) or key not in _KEYS:
        raise ValueError(key)
    if key in _LISTS:
        return key, _whole_numbers(value)
    (single,) = _whole_numbers([value])
    return key, single


def _whole_numbers(values: object) -> tuple[int, ...]:
    if not isinstance(values, list) or not all(type(value) is int and value >= 0 for value in values):
        raise ValueError("a whole number is expected")
    return tuple(values)
