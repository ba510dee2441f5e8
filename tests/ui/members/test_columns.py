"""Which columns are shown at which width, and how wide."""

from __future__ import annotations

import pytest

from nakodo_desktop.ui.members.columns import (
    AGE,
    COLUMNS,
    DECLARATION,
    LAST_INTERVIEW,
    NAME,
    NUMBER,
    RESIDENCE,
    STATUS,
    fit,
    from_text,
    short_residence,
    to_text,
)

ALWAYS = {NUMBER, NAME, STATUS, DECLARATION}
LEAST = sum(column.least_px for column in COLUMNS)


@pytest.mark.parametrize("room", range(460, 1600, 20))
def test_what_is_shown_fits_and_fills_the_room(room: int) -> None:
    widths = fit(room, {})
    assert set(widths) >= ALWAYS, "the states never leave"
    assert room - len(COLUMNS) <= sum(widths.values()) <= room
    assert all(width >= COLUMNS[index].least_px for index, width in widths.items())


def test_the_last_interview_leaves_first_then_the_age_then_the_residence() -> None:
    left = [next(iter(set(fit(room + 1, {})) - set(fit(room - 1, {})))) for room in _thresholds()]
    assert left == [LAST_INTERVIEW, AGE, RESIDENCE]


def _thresholds() -> list[int]:
    """Widths from which one more column has room, the widest first."""
    counts = {room: len(fit(room, {})) for room in range(400, 1600)}
    return [room for room in range(1599, 400, -1) if counts[room] > counts[room - 1]]


def test_a_wished_width_is_kept_while_there_is_room() -> None:
    assert fit(1400, {NUMBER: 140})[NUMBER] == 140
    assert fit(1400, {NUMBER: 1})[NUMBER] == COLUMNS[NUMBER].least_px
    greedy = fit(LEAST + 10, {NAME: 900})
    assert sum(greedy.values()) <= LEAST + 10, "a wish pushes nobody out"
    assert len(greedy) == len(COLUMNS)


def test_widths_survive_the_preferences() -> None:
    wished = {NAME: 240, RESIDENCE: 180}
    assert from_text(to_text(wished)) == wished
    assert from_text("") == {}
    assert from_text("1:240,x:3,9999:10,3:-5,2") == {NAME: 240}


@pytest.mark.parametrize(
    ("whole", "short"),
    [
        ("神奈川県横浜市港北区", "神奈川県横浜市"),
        ("埼玉県さいたま市浦和区", "埼玉県さいたま市"),
        ("東京都世田谷区", "東京都世田谷区"),
        ("東京都府中市", "東京都府中市"),
        ("三重県四日市市", "三重県四日市市"),
        ("千葉県市川市", "千葉県市川市"),
        ("北海道札幌市中央区", "北海道札幌市"),
        ("長野県上田市", "長野県上田市"),
        ("", ""),
    ],
)
def test_the_ward_of_a_designated_city_goes_first(whole: str, short: str) -> None:
    assert short_residence(whole) == short
