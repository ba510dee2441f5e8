"""How wide each column of the member list is: all that fit are shown, and nobody ever scrolls sideways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nakodo_desktop.domain.member_query import SortBy


@dataclass(frozen=True)
class Column:
    """Design pixels. Columns with a `leaves` number go, the lowest first, when there is no room for their least."""

    title: str
    sort_by: SortBy
    usual_px: int
    least_px: int
    leaves: int | None = None
    grows: int = 0  # its share of the room that is left over


COLUMNS: tuple[Column, ...] = (
    Column("会員番号", SortBy.NUMBER, 96, 82),
    Column("氏名", SortBy.KANA, 200, 150, grows=2),
    Column("年齢", SortBy.AGE, 64, 54, leaves=1),
    Column("お住まい", SortBy.RESIDENCE, 150, 104, leaves=2, grows=3),
    Column("状況", SortBy.STATUS, 108, 98),
    Column("独身誓約書", SortBy.DECLARATION, 138, 130),
    Column("最終面談", SortBy.LAST_INTERVIEW, 92, 84, leaves=0),
)
NUMBER, NAME, AGE, RESIDENCE, STATUS, DECLARATION, LAST_INTERVIEW = range(len(COLUMNS))


def fit(room: float, wished: Mapping[int, int]) -> dict[int, int]:
    """Widths by column, in design pixels, that fill `room`; a column that is not in it is hidden.

    `wished` are widths the operator gave; they count as usual ones, but never below what the column needs.
    """
    shown = list(range(len(COLUMNS)))
    for index in sorted((i for i in shown if COLUMNS[i].leaves is not None), key=lambda i: COLUMNS[i].leaves or 0):
        if sum(COLUMNS[i].least_px for i in shown) > room:
            shown.remove(index)
    least = {i: COLUMNS[i].least_px for i in shown}
    wide = {i: max(wished.get(i, COLUMNS[i].usual_px), least[i]) for i in shown}
    spare = room - sum(wide.values())
    if spare >= 0:
        shares = sum(COLUMNS[i].grows for i in shown)
        widths = {i: wide[i] + spare * COLUMNS[i].grows / shares for i in shown}
    else:  # every column gives of what it has above its least
        above = sum(wide[i] - least[i] for i in shown)
        keep = max(0.0, 1 + spare / above) if above else 0.0
        widths = {i: least[i] + (wide[i] - least[i]) * keep for i in shown}
    return {i: int(width) for i, width in widths.items()}


def to_text(wished: Mapping[int, int]) -> str:
    """For the preferences: "1:240,3:180"."""
    return ",".join(f"{index}:{width}" for index, width in sorted(wished.items()))


def from_text(text: str) -> dict[int, int]:
    """What `to_text` wrote; anything else in it is left out, since it only was a preference."""
    pairs = (pair.partition(":") for pair in text.split(","))
    return {
        int(index): int(width)
        for index, _, width in pairs
        if index.isdecimal() and width.isdecimal() and int(index) < len(COLUMNS)
    }


def short_residence(residence: str) -> str:
    """Prefecture and city without the ward of a designated city: 神奈川県横浜市港北区 → 神奈川県横浜市."""
    city, mark, ward = residence.rpartition("市")
    return f"{city}{mark}" if city and ward.endswith("区") else residence
