"""What an answer can be and how trouble with it is told; nobody else needs to know more about input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Value = str | int | bool | date | tuple[str, ...] | None  # None means only "not answered"
Answers = Mapping[str, Value]  # by catalogue key


@dataclass(frozen=True)
class Problem:
    """Something the operator can mend, at one field."""

    field_key: str
    message: str  # Japanese: says what to do


@dataclass(frozen=True)
class Trouble:
    """What a parser answers instead of a value."""

    message: str  # Japanese: says what to do
