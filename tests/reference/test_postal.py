"""The shipped postal codes and the search in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakodo_desktop.domain.municipality import Municipalities
from nakodo_desktop.errors import ProgramDamaged
from nakodo_desktop.reference import municipalities, postal
from nakodo_desktop.reference.postal import PostalPlace, PostalTable

TABLE = postal.load(municipalities.load())
LINES = postal.TABLE.read_text(encoding="utf-8").splitlines()


def test_seven_digits_give_the_place() -> None:
    place = PostalPlace(prefecture="東京都", city="世田谷区", town="世田谷", municipality_code="13112")
    assert TABLE.lookup("1540017") == TABLE.lookup("154-0017") == (place,)


def test_an_ambiguous_code_gives_every_place() -> None:
    places = TABLE.lookup("452-0961")
    assert len(places) == sum(line.startswith("4520961") for line in LINES) > 60
    assert {place.city for place in places} == {"清須市"}


def test_a_code_of_a_whole_municipality_has_no_town() -> None:
    assert [place.town for place in TABLE.lookup("0010000")] == [""]


@pytest.mark.parametrize(
    "text", ["", "154001", "15400177", "9999999", "0000000", "１５４００１７", "abcdefg", "154\t001"]
)
def test_what_is_no_code_gives_nothing(text: str) -> None:
    assert TABLE.lookup(text) == ()


def test_the_table_is_whole_and_sorted() -> None:
    assert sorted(set(LINES)) == LINES
    assert len({line[:7] for line in LINES}) > 120_000
    unknown = {line.split("\t")[1] for line in LINES} - {row.code for row in TABLE.municipalities.rows}
    assert unknown == set()


def test_every_municipality_has_a_postal_code() -> None:
    with_code = {line.split("\t")[1] for line in LINES}
    assert [row.full_name for row in TABLE.municipalities.rows if row.code not in with_code] == []


@given(st.sampled_from([0, 1, len(LINES) // 2, len(LINES) - 1]) | st.integers(0, len(LINES) - 1))
def test_every_line_is_found(index: int) -> None:
    code, municipality_code, town = LINES[index].split("\t")
    assert (municipality_code, town) in {(place.municipality_code, place.town) for place in TABLE.lookup(code)}


@pytest.mark.parametrize(
    "text", ["", "1540017\n", "1540017\t99999\t見本町\n", "1540017\t13112\tx\ty\n", "1540017\t13112\t\udcff\n"]
)
def test_a_broken_table_stops_with_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "postal.tsv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ProgramDamaged, match=r"postal\.tsv"):
        postal.load(TABLE.municipalities, path=path).lookup("1540017")


def test_a_table_without_a_last_line_end_is_read(tmp_path: Path) -> None:
    path = tmp_path / "postal.tsv"
    path.write_text("1540016\t13112\t弦巻\n1540017\t13112\t世田谷", encoding="utf-8")
    assert [place.town for place in PostalTable(path, TABLE.municipalities).lookup("1540017")] == ["世田谷"]


def test_a_missing_table_stops_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProgramDamaged):
        postal.load(Municipalities(()), path=tmp_path / "postal.tsv")
