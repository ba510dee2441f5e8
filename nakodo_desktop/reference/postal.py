"""From seven digits to prefecture, city and town; callers need not know that the table stays on disk."""

from __future__ import annotations

import mmap
import re
from dataclasses import dataclass
from pathlib import Path

from nakodo_desktop.domain.municipality import Municipalities
from nakodo_desktop.errors import ProgramDamaged
from nakodo_desktop.paths import RESOURCES

TABLE = RESOURCES / "tables" / "postal.tsv"
_LINE = re.compile(r"([0-9]{7})\t([0-9]{5})\t([^\t\n]*)")


@dataclass(frozen=True)
class PostalPlace:
    """One place of a postal code. The town is "" when the code stands for the whole municipality."""

    prefecture: str
    city: str  # with 郡, or with the ward of a large city
    town: str
    municipality_code: str


@dataclass(frozen=True)
class PostalTable:
    """Sorted lines, found by halving: nothing is kept in memory or open between look-ups."""

    path: Path
    municipalities: Municipalities

    def lookup(self, postal_code: str) -> tuple[PostalPlace, ...]:
        """Every place of seven digits, with or without a hyphen; several when the code is ambiguous, none if unknown.

        Raises: ProgramDamaged when the table is missing or broken.
        """
        digits = postal_code.replace("-", "")
        if not re.fullmatch("[0-9]{7}", digits):
            return ()
        try:
            with self.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as table:
                lines = _lines_of(table, digits.encode("ascii"))
            return tuple(self._place(line) for line in lines)
        except (OSError, ValueError) as error:
            raise ProgramDamaged(self.path.name) from error

    def _place(self, line: str) -> PostalPlace:
        match = _LINE.fullmatch(line)
        municipality = self.municipalities.get(match[2]) if match else None
        if match is None or municipality is None:
            raise ValueError("a line is broken or names an unknown municipality")
        return PostalPlace(municipality.prefecture, municipality.name, match[3], match[2])


def load(municipalities: Municipalities, *, path: Path = TABLE) -> PostalTable:
    """Raises ProgramDamaged when there is no table."""
    if not path.is_file():
        raise ProgramDamaged(path.name)
    return PostalTable(path, municipalities)


def _lines_of(table: mmap.mmap, digits: bytes) -> list[str]:
    """The lines that begin with these digits. `low` and `high` always stand at the beginning of a line."""
    low, high = 0, len(table)
    while low < high:
        middle = table.rfind(b"\n", low, (low + high) // 2) + 1 or low
        if table[middle : middle + len(digits)] < digits:
            low = _next_line(table, middle)
        else:
            high = middle
    found = []
    while table[low : low + len(digits)] == digits:
        end = _next_line(table, low)
        found.append(table[low:end].decode("utf-8").removesuffix("\n"))
        low = end
    return found


def _next_line(table: mmap.mmap, position: int) -> int:
    return table.find(b"\n", position) + 1 or len(table)
