"""G9: how alike people are in a batch is counted far faster than by pycanon, and in step with their number.

The peer lives in benchmarks/.venv (`make peers`); without it the rows that need it are skipped.
"""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.common import Row, Skipped, WrongAnswer, alternate, ratio, seconds_of
from benchmarks.g08_declarations import PEER_PYTHON, lacking
from nakodo_desktop.domain.singling_out import ITEMS, report, rows_of, smallest_class
from nakodo_desktop.domain.site_item import Relative, SiteProfile, Span

HERE = Path(__file__).resolve().parent
SEED = 20261123
SIZES = (1_000, 10_000, 100_000)
ROUNDS = 5
FIELDS = ITEMS[:7]  # sex, year, area, industry, employment, education, height
COARSE = (0, 2, 3, 4, 5)  # without year and height
AREAS = tuple(f"見本県架空{number}市" for number in range(1, 31))
YEARS = tuple(range(1970, 2005))
INDUSTRIES = ("製造", "医療・福祉", "卸売・小売", "情報通信", "教育系サービス業", "地方公務員", "建設")


def measure() -> Iterator[Row | Skipped]:
    missing = lacking("pycanon")
    people = {size: [profile(number) for number in range(size)] for size in SIZES}
    rows = {size: [row[: len(FIELDS)] for row in rows_of(people[size])] for size in SIZES}
    for size in SIZES:
        for what, limit, work in (
            (f"k of {size:,} rows / pycanon", 1 / 30, lambda n=size: smallest_class(rows[n])),
            (f"k of {size:,} profiles, reading included / pycanon", 1 / 6, lambda n=size: k_of(people[n])),
        ):
            if missing:
                yield Skipped("G9", what, missing)
                continue
            samples = alternate(
                {"ours": lambda work=work: seconds_of(work), "pycanon": lambda n=size: theirs(rows[n])}, rounds=ROUNDS
            )
            yield Row("G9", what, ratio(samples, "ours", "pycanon") * 100, limit * 100, "%", samples)
    coarse = {size: [tuple(row[place] for place in COARSE) for row in rows[size]] for size in SIZES}
    yield in_step("5 coarse items", coarse, limit=1.5)
    # Nearly every row is a class of its own: the dictionary outgrows the processor's cache, which no algorithm mends.
    yield in_step("7 fine items", rows, limit=3.0)
    samples = alternate({"report": lambda: seconds_of(lambda: report(people[1_000]))}, rounds=ROUNDS)
    slowest = max(samples["report"]) * 1000
    yield Row("G9", "singling-out report of 1,000 profiles, 1–3 of 10 items", slowest, 500.0, "ms", samples)


def in_step(what: str, rows: Mapping[int, list[tuple[object, ...]]], *, limit: float) -> Row:
    """Ten times the rows take little more than ten times as long."""
    small, large = SIZES[1], SIZES[2]
    samples = alternate({f"{n:,}": lambda n=n: seconds_of(lambda: smallest_class(rows[n])) for n in (small, large)})
    step = ratio(samples, f"{large:,}", f"{small:,}") / (large / small)
    return Row("G9", f"{large:,} rows of {what} / ten times {small:,}", step, limit, "x", samples)


def k_of(people: list[SiteProfile]) -> int:
    return smallest_class([row[: len(FIELDS)] for row in rows_of(people)])


def theirs(rows: list[tuple[object, ...]]) -> float:
    """Seconds of one count by the peer, whose answer must be ours."""
    table = json.dumps({"columns": FIELDS, "rows": rows}, ensure_ascii=False)
    count = max(1, 20_000 // len(rows))
    command = [str(PEER_PYTHON), str(HERE / "privacy_peers.py"), str(count)]
    done = subprocess.run(command, input=table, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise WrongAnswer(f"pycanon: {done.stderr[-600:]}")
    answer = json.loads(done.stdout)
    if answer["k"] != smallest_class(rows):
        raise WrongAnswer(f"pycanon says {answer['k']}, we say {smallest_class(rows)}")
    return float(answer["seconds"])


def profile(number: int) -> SiteProfile:
    """A made-up profile; the same one for the same number."""
    dice = random.Random(SEED + number)
    return SiteProfile(
        site_id=f"{number:026x}",
        pseudonym="あおの",
        sex=dice.choice(("男性", "女性")),
        height_cm=Span.band(dice.randrange(150, 190), width=5),
        weight_kg=Span.band(dice.randrange(45, 90), width=5),
        new_religion="なし",
        disability="なし",
        area_label=dice.choice(AREAS),
        industry_label=dice.choice(INDUSTRIES),
        employment_type=dice.choice(("正社員", "公務員", "契約社員")),
        birth_year=dice.choice(YEARS),
        birth_month_day=None,
        education=dice.choice(("高卒", "専門卒", "大卒")),
        school_name=None,
        hobbies="散歩",
        qualifications="",
        skills="",
        family=(Relative(relation="父", state="存命"),),
        photos=("photos/a.jpg",),
    )
