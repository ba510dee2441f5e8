"""The CSV: what a spreadsheet shows is what the member said, and nothing runs."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakodo_desktop.domain.site_item import SITE_LABELS, shown_values
from nakodo_desktop.export.csv_twin import profiles_csv, safe_cell
from tests.bundlekit import site_profile, site_profiles


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_it_says_the_same_as_the_profiles_in_the_words_of_the_form():
    profiles = site_profiles()
    header, *rows = rows_of(profiles_csv(profiles))
    assert header == list(SITE_LABELS.values())
    assert rows == [list(shown_values(profile).values()) for profile in profiles]


def test_it_opens_in_a_japanese_excel():
    data = profiles_csv(site_profiles())
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == len(site_profiles()) + 1
    assert "𠮷野家めぐりと葛󠄀餅づくり" in data.decode()


@pytest.mark.parametrize("start", [*"=+-@＝＋－＠", "\t=", "\r", "\n=", "\0", "  =", "\u3000＋", "\u00a0-"])
def test_a_cell_that_could_be_a_formula_is_text(start: str):
    profile = site_profile(1, skills=f"{start}1+1")
    assert rows_of(profiles_csv([profile]))[1][16] == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "けん玉", "1-2", "a=b", "'すでに", "   ", "山と川"])
def test_innocent_cells_stay_as_they_are(text: str):
    assert safe_cell(text) == text


def test_telephone_like_text_gets_an_apostrophe():
    assert safe_cell("+81 90") == "'+81 90"


def test_day_of_birth_is_written_so_that_no_spreadsheet_turns_it():
    row = rows_of(profiles_csv([site_profile(1, birth_month_day="02-09")]))[1]
    assert row[list(SITE_LABELS).index("birth_month_day")] == "2月9日"


def test_family_and_measures_are_written_as_people_read_them():
    row = dict(zip(SITE_LABELS, rows_of(profiles_csv([site_profile(1)]))[1], strict=True))
    assert row["family"] == "父（存命）、母（逝去）"
    assert row["height_cm"] == "159"
    assert row["weight_kg"] == "50～54"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=60))
def test_any_text_comes_back_and_never_begins_a_formula(text: str):
    cell = rows_of(profiles_csv([site_profile(1, hobbies=text)]))[1][14]
    assert cell in (text, f"'{text}")
    assert cell.lstrip(" \u3000\u00a0")[:1] not in set("=+-@\t\n＝＋－＠")
