"""The dated numbers of resources/rules/legal.toml; whoever asks for a day need not know older or coming values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from nakodo_desktop.domain.legal import LegalNumbers
from nakodo_desktop.errors import ProgramDamaged
from nakodo_desktop.paths import RESOURCES

RULES = RESOURCES / "rules" / "legal.toml"
_KINDS = frozenset({"law", "practice", "decision"})
_LISTS = frozenset({"redeclare_remind_days"})
_KEYS = frozenset(field.name for field in fields(LegalNumbers)) - {"basis"}


@dataclass(frozen=True)
class DatedNumber:
    """One entry: a value from a day on, until a later entry of the same key."""

    key: str
    value: int | tuple[int, ...]
    effective_from: date
    basis: str


@dataclass(frozen=True)
class LegalRules:
    """All entries, past and coming."""

    numbers: tuple[DatedNumber, ...]
    file_name: str

    def on(self, day: date) -> LegalNumbers:
        """Raises ProgramDamaged when a number has no value yet on that day: nothing may be guessed."""
        in_force = {
            number.key: number
            for number in sorted(self.numbers, key=lambda number: number.effective_from)
            if number.effective_from <= day
        }
        if set(in_force) != _KEYS:
            raise ProgramDamaged(self.file_name)
        values = {key: number.value for key, number in in_force.items()}
        basis = {key: number.basis for key, number in in_force.items()}
        return LegalNumbers(**values, basis=basis)  # type: ignore[arg-type]  # _number has checked int against tuple


def load(path: Path = RULES) -> LegalRules:
    """Raises ProgramDamaged when the file is missing, or an entry lacks its day, kind or basis."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        numbers = tuple(_number(entry) for entry in raw["number"])
    except (OSError, ValueError, KeyError) as error:
        raise ProgramDamaged(path.name) from error
    if len({(number.key, number.effective_from) for number in numbers}) < len(numbers):
        raise ProgramDamaged(path.name)
    return LegalRules(numbers, path.name)


def _number(entry: dict[str, object]) -> DatedNumber:
    key, value, day, basis = entry["key"], entry["value"], entry["effective_from"], entry["basis"]
    if not isinstance(key, str) or key not in _KEYS or entry["kind"] not in _KINDS:
        raise ValueError(key)
    if type(day) is not date or not isinstance(basis, str) or not basis:
        raise ValueError(key)
    if key in _LISTS:
        return DatedNumber(key, _whole_numbers(value), day, basis)
    (single,) = _whole_numbers([value])
    return DatedNumber(key, single, day, basis)


def _whole_numbers(values: object) -> tuple[int, ...]:
    if not isinstance(values, list) or not all(type(value) is int and value >= 0 for value in values):
        raise ValueError("a whole number is expected")
    return tuple(values)
