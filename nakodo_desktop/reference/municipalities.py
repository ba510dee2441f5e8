"""The shipped list of municipalities as a domain table; nobody else reads municipalities.csv."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from nakodo_desktop.domain.municipality import AreaClass, Designation, Kind, Municipalities, Municipality
from nakodo_desktop.errors import ProgramDamaged
from nakodo_desktop.paths import RESOURCES

TABLE = RESOURCES / "tables" / "municipalities.csv"
_FEWEST_ROWS = 1_800  # the country has about 1,740 besides the wards of its large cities; fewer: the file is cut


@cache
def load(path: Path = TABLE) -> Municipalities:
    """Read once a process: the table is a constant.

    Raises ProgramDamaged when it is missing, cut or holds a row that cannot be.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = tuple(_row(record) for record in csv.DictReader(file, strict=True))
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise ProgramDamaged(path.name) from error

    if len(rows) < _FEWEST_ROWS or len({row.code for row in rows}) < len(rows):
        raise ProgramDamaged(path.name)
    return Municipalities(rows)


def _row(record: dict[str, str]) -> Municipality:
    code, prefecture, name = record["code"], record["prefecture"], record["name"]
    if len(code) != 5 or not code.isdecimal() or not prefecture or not name:
        raise ValueError(code)
    return Municipality(
        code=code,
        prefecture=prefecture,
        name=name,
        kind=Kind(record["kind"]),
        designation=Designation(record["designation"]),
        area_class=AreaClass[record["class"]],
    )
