"""What somebody types who looks for a record of provision: which batch, which day, or whose."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from nakodo_desktop.domain.dates import parse_date
from nakodo_desktop.domain.search_keys import search_key
from nakodo_desktop.domain.values import Trouble

_SEQ = re.compile(r"(?:第\s*)?([0-9]{1,5})(?:\s*回)?")


@dataclass(frozen=True)
class OfBatch:
    seq: int


@dataclass(frozen=True)
class OfDay:
    day: date


@dataclass(frozen=True)
class OfPerson:
    """A pseudonym or a name, folded as both are kept."""

    key: str


Question = OfBatch | OfDay | OfPerson


def read_question(text: str) -> Question | None:
    """第3回 and 3 are a batch, any writing of a whole date is a day, all else is a person. None: nothing is asked."""
    number = _SEQ.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if number:
        return OfBatch(int(number.group(1)))
    day = parse_date(text)
    if not isinstance(day, Trouble):
        return OfDay(day)
    key = search_key(text)
    return OfPerson(key) if key else None
