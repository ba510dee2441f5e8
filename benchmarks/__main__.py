"""Run the goals, print one line for each, keep the raw samples: `make bench`, or one goal with `make bench G=g04`.

A goal is a module `gNN_*.py` with `measure() -> Iterable[Row | Skipped]`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from benchmarks.common import Row, Skipped, line

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("goal", nargs="?", default="g", help="only this one, for example g04")
    wanted: str = parser.parse_args().goal
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rows: list[Row | Skipped] = []
    print(f"{'goal':4} | {'what':58} | {'measured':>9} | {'limit':>9} |")
    for measure in goals(wanted):
        for row in measure():
            print(line(row), flush=True)
            rows.append(row)
    if not rows:
        print(f"There is no goal {wanted}.", file=sys.stderr)
        return 2
    print(f"samples: {keep(rows).relative_to(HERE.parent)}")
    return 0 if all(isinstance(row, Skipped) or row.passed for row in rows) else 1


def goals(wanted: str) -> Iterator[Callable[[], Iterable[Row | Skipped]]]:
    for path in sorted(HERE.glob("g[0-9][0-9]_*.py")):
        if path.stem.startswith(wanted):
            yield importlib.import_module(f"benchmarks.{path.stem}").measure


def keep(rows: list[Row | Skipped]) -> Path:
    RESULTS.mkdir(exist_ok=True)
    report = RESULTS / f"{datetime.now():%Y-%m-%d-%H%M%S}.json"
    verdicts = [asdict(row) | {"pass": row.passed if isinstance(row, Row) else None} for row in rows]
    content = {"machine": machine(), "goals": verdicts}
    report.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
    return report


def machine() -> dict[str, object]:
    from PySide6 import __version__ as pyside
    from sqlcipher3 import dbapi2

    db = dbapi2.connect(":memory:")
    sqlcipher = db.execute("PRAGMA cipher_version").fetchone()
    db.close()
    return {
        "python": platform.python_version(),
        "pyside6": pyside,
        "sqlcipher": sqlcipher[0] if sqlcipher else "",
        "sqlite": dbapi2.sqlite_version,
        "system": platform.platform(),
        "cpus": os.cpu_count(),
        "qt_platform": os.environ.get("QT_QPA_PLATFORM", ""),
    }


if __name__ == "__main__":
    sys.exit(main())
