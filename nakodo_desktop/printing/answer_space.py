"""Room for an answer written by hand: one shape for each kind of fact, so that a new field prints itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nakodo_desktop.domain.catalog import LIFE, RELATIONS, WISH_WEIGHTS
from nakodo_desktop.domain.fields import Field, Kind, SiteRule
from nakodo_desktop.printing.fonts import FaceName
from nakodo_desktop.printing.page import GREY, HAIRLINE, MM, TICK_SIDE, Page
from nakodo_desktop.printing.text import Style, words

_WORD = Style(size=8.5)
_UNIT = Style(size=8.5, color=GREY)
_HINT = Style(size=7, face=FaceName.SANS, color=GREY, leading=1.3)
_LINE_HEIGHT = 8.0
_TICK_LINE = 5.6
_TICK_GAP = 3.4
_PAD = 2.0
_FEW_CHARS, _MANY_LINES = 1000, 25  # a long note gets the rest of a page
_MANY_CHOICES = 25  # more than this are written, not ticked
_BIRTH_ERAS = ("西暦", "昭和", "平成")  # nobody who may join was born before 昭和; 令和 births come of age in 2037
_ERAS = ("西暦", "令和")
REQUIRED = "※"

Draw = Callable[[Page, float, float, float], None]  # page, x, y, height of the row


@dataclass(frozen=True)
class Space:
    """How high the room must be, and how to draw it. `is_short` when half a page width is enough."""

    height: float
    draw: Draw
    is_short: bool


def answer_space(fields: Sequence[Field], *, width: float) -> Space:
    """Room for one field, or for several flags that are ticked side by side; `width` millimetres wide."""
    field = fields[0]
    match field.kind:
        case Kind.CHOICE if len(field.choices) <= _MANY_CHOICES:
            return _ticks([label for _, label in field.choices], width=width)
        case Kind.FLAG:
            return _ticks([marked(each) for each in fields], width=width)
        case Kind.FAMILY:
            return _family()
        case Kind.WISH:
            return _wish(width=width)
        case Kind.NOTE:
            return _ruled(lines=3 if field.max_chars <= _FEW_CHARS else _MANY_LINES, width=width)
        case Kind.DATE:
            return _date(_BIRTH_ERAS if field.site is SiteRule.BIRTH_YEAR else _ERAS)
        case Kind.INT:
            return _number(field.unit)
        case Kind.POSTAL_CODE:
            return _with_marks((("〒", 0.0), ("－", 16.0)))
        case Kind.PHONE:
            return _with_marks((("－", 16.0), ("－", 34.0)))
        case Kind.PHOTO:
            return _ticks(["受け取りました（画像データ）"], width=width)
        case _:
            is_short = field.max_chars <= 60 and field.kind is not Kind.MUNICIPALITY
            return Space(_LINE_HEIGHT, lambda *_: None, is_short=is_short)


def marked(field: Field) -> str:
    """The label, with a mark when the field must be answered."""
    return f"{REQUIRED} {field.label}" if field.required is True else field.label


def condition_hint(field: Field, labels: Callable[[str], str], choices: Callable[[str, str], str]) -> str:
    """When the field is asked at all, in words; "" when always."""
    if field.asked is None:
        return ""
    values = "・".join(sorted(choices(field.asked.key, value) for value in field.asked.values))
    return f"{labels(field.asked.key)}が「{values}」のとき"


def draw_hint(page: Page, text: str, *, x: float, y: float, width: float) -> None:
    page.words(text, _HINT, x=x, y=y, width=width)


def hint_height(text: str, *, width: float) -> float:
    """0 for no hint."""
    return words(text, _HINT, width=width * MM).height / MM + 0.8 if text else 0.0


def _ticks(labels: Sequence[str], *, width: float) -> Space:
    """Tick boxes, as many to a line as fit."""
    lines: list[list[tuple[float, str]]] = [[]]
    x, widest = 0.0, 0.0
    for label in labels:
        room = TICK_SIDE + 1.2 + words(label, _WORD, width=400 * MM).width / MM
        if lines[-1] and x + room > width - 2 * _PAD:
            lines.append([])
            x = 0.0
        lines[-1].append((x, label))
        widest = max(widest, x + room)
        x += room + _TICK_GAP

    def draw(page: Page, left: float, y: float, height: float) -> None:
        top = y + (height - len(lines) * _TICK_LINE) / 2
        for number, line in enumerate(lines):
            for offset, label in line:
                page.tick(label, _WORD, x=left + _PAD + offset, y=top + number * _TICK_LINE, height=_TICK_LINE)

    return Space(
        max(_LINE_HEIGHT, len(lines) * _TICK_LINE + 1.6), draw, is_short=len(lines) == 1 and widest <= width - _PAD
    )


def _family() -> Space:
    """One line for each relation; several brothers or sisters are counted."""
    relations = [label for _, label in RELATIONS]
    states = [label for _, label in LIFE]

    def draw(page: Page, left: float, y: float, _height: float) -> None:
        for number, relation in enumerate(relations):
            column, row = divmod(number, 3)
            x, top = left + _PAD + column * 70, y + 1 + row * _TICK_LINE
            page.block_centred(words(relation, _WORD, width=12 * MM), x=x, y=top, height=_TICK_LINE)
            after = x + 8
            for state in states:
                after = page.tick(state, _WORD, x=after, y=top, height=_TICK_LINE) + 3
                if number > 1:
                    page.block_centred(words("（　　人）", _UNIT, width=20 * MM), x=after - 3, y=top, height=_TICK_LINE)
                    after += 12

    return Space(3 * _TICK_LINE + 2, draw, is_short=False)


def _wish(*, width: float) -> Space:
    labels = [label for _, label in WISH_WEIGHTS]

    def draw(page: Page, left: float, y: float, height: float) -> None:
        x = left + _PAD
        for label in labels:
            x = page.tick(label, _WORD, x=x, y=y, height=height) + _TICK_GAP
        page.rule(x, y + height - 1.8, to_x=left + width - _PAD, weight=HAIRLINE)

    return Space(_LINE_HEIGHT, draw, is_short=False)


def _ruled(*, lines: int, width: float) -> Space:
    def draw(page: Page, left: float, y: float, _height: float) -> None:
        for number in range(1, lines):
            page.rule(left + _PAD, y + number * _LINE_HEIGHT, to_x=left + width - _PAD, weight=HAIRLINE)

    return Space(lines * _LINE_HEIGHT, draw, is_short=False)


def _date(eras: Sequence[str]) -> Space:
    def draw(page: Page, left: float, y: float, height: float) -> None:
        x = left + _PAD
        for era in eras:
            x = page.tick(era, _WORD, x=x, y=y, height=height) + 1.6
        for word, room in (("年", 11.0), ("月", 9.0), ("日", 9.0)):
            x += room
            page.block_centred(words(word, _UNIT, width=6 * MM), x=x - 3.4, y=y, height=height)

    return Space(_LINE_HEIGHT, draw, is_short=False)


def _number(unit: str) -> Space:
    def draw(page: Page, left: float, y: float, height: float) -> None:
        page.block_centred(words(unit, _UNIT, width=20 * MM), x=left + 26, y=y, height=height)

    return Space(_LINE_HEIGHT, draw, is_short=True)


def _with_marks(marks: tuple[tuple[str, float], ...]) -> Space:
    def draw(page: Page, left: float, y: float, height: float) -> None:
        for mark, offset in marks:
            page.block_centred(words(mark, _UNIT, width=8 * MM), x=left + _PAD + offset, y=y, height=height)

    return Space(_LINE_HEIGHT, draw, is_short=True)
