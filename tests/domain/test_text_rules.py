"""Which characters may be stored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakodo_desktop.domain.text_rules import text_trouble


@pytest.mark.parametrize(
    "text",
    [
        "見本 太郎",
        "髙﨑 𠮷𣘺",
        "\ufa19\ufa10",
        "邊\U000e0101",
        "神\ufe00",
        "旅行が好きです😊☀\ufe0f",
        "<b>太字</b> <img src=x>",
        "Müller José",
        "𰻞",  # plane 3
        "\U0002ebf0",  # newer than the Unicode of Python 3.11
        "",
    ],
)
def test_text_of_people_may_stand(text: str) -> None:
    assert text_trouble(text, one_line=True, max_chars=60) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("見本\u202e太郎", "3文字目に見えない文字（U+202E 右から左への強制）"),
        ("a\u2066b", "U+2066"),
        ("見\u200b本", "U+200B 幅のない空白"),
        ("👨\u200d👩", "U+200D 絵文字などをつなぐ文字"),
        ("\u2060", "U+2060"),
        ("\ufeff見本", "1文字目に見えない文字（U+FEFF BOM）"),
        ("見本\x00", "U+0000 NUL"),
        ("見本\x1b[0m", "制御文字（U+001B）"),
        ("見本\x7f", "U+007F"),
        ("\ud83d", "壊れた文字（U+D83D）"),
        ("\ue000", "外字（U+E000）"),
        ("\U000f0000", "外字（U+F0000）"),
        ("\U0001ffff", "U+1FFFF"),
        ("\uffff", "U+FFFF"),
        ("\U0002ffff", "U+2FFFF"),
        ("\u3164", "U+3164"),
        ("見本\ufffd", "文字化け"),
        ("\U000e0041", "U+E0041"),
    ],
)
def test_T66_characters_that_deceive_or_break_are_named(text: str, words: str) -> None:
    for one_line in (True, False):
        trouble = text_trouble(text, one_line=one_line, max_chars=4000)
        assert trouble is not None
        assert words in trouble.message


@pytest.mark.parametrize("text", ["一\n二", "一\t二", "一\r\n二"])
def test_lines_may_end_only_where_there_are_several(text: str) -> None:
    assert text_trouble(text, one_line=False, max_chars=60) is None
    trouble = text_trouble(text, one_line=True, max_chars=60)
    assert trouble is not None
    assert "2文字目に改行かタブ" in trouble.message


def test_a_line_separator_is_no_line_end_of_ours() -> None:
    assert text_trouble("一\u2028二", one_line=False, max_chars=60) is not None


def test_length_is_told_with_both_numbers() -> None:
    assert text_trouble("あ" * 60, one_line=True, max_chars=60) is None
    trouble = text_trouble("あ" * 1300, one_line=True, max_chars=60)
    assert trouble is not None
    assert trouble.message == "60文字までです（いま1,300文字）。短くしてください。"


@given(st.text(alphabet=st.characters(), max_size=30))
def test_what_may_stand_can_be_written_as_utf8(text: str) -> None:
    if text_trouble(text, one_line=False, max_chars=60) is None:
        assert text.encode("utf-8").decode("utf-8") == text
        assert "\x00" not in text
