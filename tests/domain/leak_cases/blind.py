"""Blind set: members' and matchmakers' own writing, gathered before its author had seen a rule of the scan."""

from __future__ import annotations

import tomllib
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from tests.domain.leak_cases.blind_people import BLIND_PEOPLE
from tests.domain.leak_cases.second_people import SECOND_PEOPLE


@dataclass(frozen=True)
class BlindCase:
    """`leak` is the kind of fact and `at` the characters that give it away, both "" for an innocent text."""

    person: str  # key of BLIND_PEOPLE or SECOND_PEOPLE
    text: str
    leak: str = ""
    at: str = ""


def load(file_name: str, people: Container[str]) -> tuple[BlindCase, ...]:
    """Every text of a set, person by person."""
    listing = tomllib.loads((Path(__file__).with_name(file_name)).read_text("utf-8"))
    unknown = [person for person in listing if person not in people]
    if unknown:
        raise ValueError(f"no such person: {unknown}")
    return tuple(
        case
        for person, texts in listing.items()
        for case in (
            *(BlindCase(person, text) for text in texts["innocent"]),
            *(BlindCase(person, text, leak, at) for leak, at, text in texts["leak"]),
        )
    )


BLIND = load("blind.toml", BLIND_PEOPLE)
SECOND = load("second.toml", SECOND_PEOPLE)
