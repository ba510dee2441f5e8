"""The shipped list of municipalities."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from nakodo_desktop.domain.catalog import PREFECTURES
from nakodo_desktop.domain.municipality import AreaClass, Designation, Kind, Municipalities, area_class_by_law
from nakodo_desktop.errors import ProgramDamaged
from nakodo_desktop.reference import municipalities


@pytest.fixture(scope="module")
def table() -> Municipalities:
    return municipalities.load()


def test_the_whole_country_is_there(table: Municipalities) -> None:
    kinds = Counter(row.kind for row in table.rows)
    assert kinds[Kind.SPECIAL_WARD] == 23
    assert kinds[Kind.CITY] == 772  # 792 cities less the 20 that are listed by their wards
    assert kinds[Kind.TOWN] == 743
    assert kinds[Kind.VILLAGE] == 183
    assert kinds[Kind.WARD] == 171
    assert [prefecture for _, prefecture in PREFECTURES] == list(dict.fromkeys(row.prefecture for row in table.rows))


def test_codes_are_those_of_their_prefecture(table: Municipalities) -> None:
    names = dict(PREFECTURES)
    assert [row.code for row in table.rows if names[row.code[:2]] != row.prefecture] == []


def test_designated_cities_are_all_there(table: Municipalities) -> None:
    cities = Counter(
        designation
        for designation, _, _ in {(row.designation, row.prefecture, row.city_name) for row in table.rows}
        if designation is not Designation.NONE
    )
    assert cities == {Designation.DESIGNATED: 20, Designation.CORE: 62, Designation.FORMER_SPECIAL: 23}


def test_the_class_written_down_is_the_one_of_the_law(table: Municipalities) -> None:
    wrong = [row.code for row in table.rows if row.area_class is not area_class_by_law(row.kind, row.designation)]
    assert wrong == []


@pytest.mark.parametrize(
    ("code", "name", "area_class"),
    [
        ("13112", "東京都世田谷区", AreaClass.LARGE),
        ("14104", "神奈川県横浜市中区", AreaClass.LARGE),
        ("11203", "埼玉県川口市", AreaClass.LARGE),
        ("11209", "埼玉県飯能市", AreaClass.SMALL_CITY),
        ("01395", "北海道虻田郡ニセコ町", AreaClass.TOWN_VILLAGE),
        ("13421", "東京都小笠原村", AreaClass.TOWN_VILLAGE),
        ("24202", "三重県四日市市", AreaClass.LARGE),
        ("34211", "広島県大竹市", AreaClass.SMALL_CITY),
    ],
)
def test_known_places_have_their_class(table: Municipalities, code: str, name: str, area_class: AreaClass) -> None:
    row = table.get(code)
    assert row is not None
    assert (row.full_name, row.area_class) == (name, area_class)


def test_every_row_names_its_source_and_day() -> None:
    with municipalities.TABLE.open(encoding="utf-8", newline="") as file:
        assert [row["code"] for row in csv.DictReader(file) if not row["source"] or not row["as_of_date"]] == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("TOWN_VILLAGE", "SMALL"),
        lambda text: text.replace("code,", "number,", 1),
        lambda text: text + text.splitlines()[-1] + "\n",
        lambda text: text.replace("中核市", "中核"),
    ],
)
def test_a_damaged_list_stops_with_a_sentence(tmp_path: Path, damage) -> None:
    path = tmp_path / "municipalities.csv"
    path.write_text(damage(municipalities.TABLE.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ProgramDamaged, match=r"municipalities\.csv"):
        municipalities.load(path)


def test_a_missing_list_stops_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProgramDamaged):
        municipalities.load(tmp_path / "municipalities.csv")
