"""Dates in 和暦 and 西暦, held against japanera and against their own inverse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from japanera import EraDate

from nakodo_desktop.domain.japanese import age_on, format_seireki, format_wareki, parse_date
from nakodo_desktop.domain.values import Trouble

DAYS = st.dates(date(1873, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "S62.3.14",
        "s62/3/14",
        "S620314",
        "昭和62年3月14日",
        "昭和62年3月14日生まれ",
        "昭62/3/14",
        "昭和 62 年 3 月 14 日",
        "㍼62年3月14日",
        "1987/3/14",
        "1987-03-14",
        "1987年3月14日",
        "1987ー3ー14",
        "1987．3．14",
        "19870314",
        "１９８７０３１４",
        "Ｓ６２．３．１４",
        "  S62.3.14\u3000",
        "1987年3月14日（土）",
        "1987/3/14(土・祝)",
        "昭和62年3月14日㈯",
        "昭和62年3月14日 土曜日",
    ],
)
def test_every_writing_of_a_day_is_read(text: str) -> None:
    assert parse_date(text) == date(1987, 3, 14)


@pytest.mark.parametrize("text", ["1987年3月14日（日）", "S62.3.14 火曜"])
def test_a_weekday_that_is_another_day_s_is_asked_about(text: str) -> None:
    answer = parse_date(text)
    assert isinstance(answer, Trouble)
    assert "1987年3月14日は土曜日です" in answer.message


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("H元.1.8", date(1989, 1, 8)),
        ("S64.1.7", date(1989, 1, 7)),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("大正元年7月30日", date(1912, 7, 30)),
        ("明治45年7月29日", date(1912, 7, 29)),
        ("M6.1.1", date(1873, 1, 1)),
        ("H12.2.29", date(2000, 2, 29)),
    ],
)
def test_era_borders_are_exact(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("S64.1.8", "この日は平成元年1月8日です"),
        ("昭和70年4月1日", "この日は平成7年4月1日です"),
        ("平成31年5月1日", "この日は令和元年5月1日です"),
        ("平成元年1月7日", "この日は昭和64年1月7日です"),
        ("明治5年12月2日", "明治6年"),
        ("1987/2/30", "28日まで"),
        ("H11.2.29", "28日まで"),
        ("1987/13/1", "月は1から12まで"),
        ("1987/0/1", "月は1から12まで"),
        ("1987/1/0", "日をご確認"),
        ("令和0年1月1日", "元年"),
        ("9999/1/1", "先すぎます"),
        ("1600/1/1", "明治6年"),
        ("0000/1/1", "年をご確認"),
        ("62/3/14", "2桁"),
        ("870314", "2桁"),
        ("昭和62年3月", "月と日まで"),
        ("1987年", "月と日まで"),
        ("", "日付を入力してください"),
        ("未定", "読み取れません"),
        ("1/10予定", "読み取れません"),
        ("1987/3/14/5", "読み取れません"),
        ("19870314000000000000000000000000000000", "読み取れません"),
        ("١٩٨٧/٣/١٤", "読み取れません"),
    ],
)
def test_what_is_no_day_is_told_in_words(text: str, words: str) -> None:
    answer = parse_date(text)
    assert isinstance(answer, Trouble)
    assert words in answer.message


@given(DAYS)
def test_a_written_day_is_read_back(day: date) -> None:
    for text in (format_wareki(day), format_seireki(day), day.isoformat(), f"{day:%Y%m%d}"):
        assert parse_date(text) == day


@given(st.dates(date(1912, 7, 30), date(2060, 12, 31)))
def test_wareki_agrees_with_japanera(day: date) -> None:
    era_day = EraDate.from_date(day)
    count = day.year - era_day.era.since.year + 1
    year = "元" if count == 1 else str(count)
    assert format_wareki(day) == f"{era_day.era.kanji}{year}年{day.month}月{day.day}日"


@pytest.mark.parametrize("border", [date(1912, 7, 30), date(1926, 12, 25), date(1989, 1, 8), date(2019, 5, 1)])
def test_the_days_around_each_border_agree_with_japanera(border: date) -> None:
    for day in (border - timedelta(days=1), border, border + timedelta(days=1)):
        assert format_wareki(day).startswith(EraDate.from_date(day).era.kanji)


def test_days_before_the_gregorian_calendar_stay_in_seireki() -> None:
    assert format_wareki(date(1872, 12, 31)) == "1872年12月31日"


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    assert isinstance(parse_date(text), date | Trouble)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1987, 3, 14), date(2026, 3, 13), 38),
        (date(1987, 3, 14), date(2026, 3, 14), 39),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
        (date(2000, 2, 29), date(2028, 2, 29), 28),
    ],
)
def test_age_turns_on_the_birthday(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age
