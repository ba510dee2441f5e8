"""Lines hold every character, keep the Japanese rules and never leave their room."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.printing.text import Block, P, Style, safe

BODY = Style(size=10, align="justify")
NAME = Style(size=15, min_size=8, max_lines=2)


def shown(block: Block) -> list[str]:
    return ["".join(glyph.text for _, glyphs in line.pieces for glyph in glyphs) for line in block.lines]


def reach(block: Block) -> list[float]:
    """Where the ink of each line ends: the room after the last letter does not count."""
    ends = []
    for line in block.lines:
        x = line.indent
        for spread, glyphs in line.pieces:
            x += sum(glyph.advance * block.size / 1000 + spread for glyph in glyphs)
        ends.append(x - line.pieces[-1][0] if line.pieces else x)
    return ends


@given(st.text(alphabet="見本太郎あいうアー、。「」（）々ABC xyz0123-", max_size=120), st.floats(60, 300))
def test_every_character_is_on_exactly_one_line(text: str, width: float):
    assert "".join(shown(P(text, BODY, width=width, field="本文"))) == text


@given(st.text(alphabet="見本太郎あいっャー、。「」（）々〆", min_size=2, max_size=120), st.floats(80, 300))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, width: float):
    lines = shown(P(text, BODY, width=width, field="本文"))
    # A line of nothing but marks has no place to break.
    for before, after in pairwise(lines):
        if any(c in "見本太郎あい" for c in before[1:]) and any(c in "見本太郎あい" for c in after):
            assert not (after[0] in "、。」）々ーっャ" and before[-1] in "見本太郎あい")


@given(st.text(alphabet="見本太郎、。「」（）AB ", min_size=1, max_size=200), st.floats(80, 300))
def test_no_ink_leaves_the_room(text: str, width: float):
    block = P(text, BODY, width=width, field="本文")
    for end, line in zip(reach(block), shown(block), strict=True):
        # What may hang over: the blank half of a closing mark, one space.
        blank = {"、": 5, "。": 5, "」": 5, "）": 5, " ": 10}.get(line[-1:], 0)
        assert end <= width + blank + 0.01


def test_lines_but_the_last_fill_their_width():
    block = P("誓約する文章は両端がそろいます。" * 8, BODY, width=203, field="本文")
    assert len(block.lines) > 2
    assert [line.indent for line in block.lines] == [0.0] * len(block.lines)
    for end, text in list(zip(reach(block), shown(block), strict=True))[:-1]:
        assert end == pytest.approx(203 + (5 if text[-1] in "、。" else 0), abs=0.01)


@pytest.mark.parametrize("word", ["Maria-Dolores", "SD-20261123-0007", "第732条", "27条"])
def test_a_word_or_number_is_not_cut(word: str):
    for filler in range(1, 24):
        assert any(word in line for line in shown(P("あ" * filler + word + "い" * 9, BODY, width=200, field="本文")))


def test_a_word_longer_than_the_line_is_cut_where_the_line_ends():
    lines = shown(P("A" * 200, BODY, width=100, field="本文"))
    assert len(lines) > 5
    assert "".join(lines) == "A" * 200


def test_marks_that_meet_are_closed_up():
    apart = P("あ）い。", Style(size=10), width=300, field="本文").width
    together = P("あい）。", Style(size=10), width=300, field="本文").width
    assert apart - together == pytest.approx(5)


def test_text_that_fits_keeps_its_size():
    assert P("見本 太郎", NAME, width=200, field="氏名").size == 15


def test_long_text_shrinks_first_and_stays_on_one_line():
    block = P("長" * 20, NAME, width=200, field="氏名")
    assert len(block.lines) == 1
    assert 8 <= block.size < 15
    assert block.width <= 200


def test_longer_text_wraps_at_the_smallest_size():
    block = P("長" * 40, NAME, width=200, field="氏名")
    assert (block.size, len(block.lines)) == (8, 2)


def test_too_long_text_stops_and_names_the_field():
    with pytest.raises(NotPrintable, match="「氏名」が長すぎて欄に入りません"):
        P("長" * 60, NAME, width=200, field="氏名")


@pytest.mark.parametrize("text", ["あ" * 2001, "あ" * 200_000, "&amp;" * 50_000])
def test_T61_enormous_text_stops_at_once(text: str):
    with pytest.raises(NotPrintable, match="「面談メモ」が長すぎて印刷できません"):
        P(text, BODY, width=400, field="面談メモ")


def test_what_cannot_be_seen_is_dropped():
    assert safe("見\u202e本\u200b\u2066太\u0007郎\ufeff\u00ad\u200d") == "見本太郎"


def test_what_must_be_seen_stays():
    kept = "葛\U000e0100 神\ufe00 か\u3099 \ue000 𠮷"
    assert safe(kept) == kept


def test_line_breaks_of_every_system_are_lines():
    assert shown(P("一\r\n二\r三\n四\t五", BODY, width=300, field="本文")) == ["一", "二", "三", "四 五"]


def test_alignment_moves_the_line():
    left, centre, right = (
        P("見本", replace(BODY, align=align), width=100, field="本文").lines[0].indent
        for align in ("left", "center", "right")
    )
    assert (left, centre, right) == pytest.approx((0, 40, 80))


def test_nothing_is_no_trouble():
    assert shown(P("", BODY, width=100, field="本文")) == [""]
