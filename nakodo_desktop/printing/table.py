"""Rows of label and value, short ones two in a row; callers give pairs and need not measure them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nakodo_desktop.printing.flow import Strip
from nakodo_desktop.printing.page import HAIRLINE, LEFT, LINE, MM, RIGHT, WIDTH, Page
from nakodo_desktop.printing.text import Block, P, Style

VALUE = Style(size=9.5, leading=1.4)
LABEL_WIDTH = 30.0
_PAD = 2.0
_LEAST_HEIGHT = 6.6
_HALF = WIDTH / 2


@dataclass(frozen=True)
class Pair:
    """One fact: its name and its words."""

    label: str
    value: str


@dataclass(frozen=True)
class _Cell:
    label: str
    block: Block
    is_short: bool


def rows(pairs: Sequence[Pair], *, style: Style = VALUE) -> list[Strip]:
    """A table over the whole width, in the order given. It may break between pages, never inside a row."""
    cells = [_cell(pair, style) for pair in pairs]
    found: list[Strip] = []
    at = 0
    while at < len(cells):
        two = cells[at : at + 2]
        beside = len(two) == 2 and all(cell.is_short for cell in two)
        found.append(_row(two if beside else two[:1]))
        at += 2 if beside else 1
    return found


def to_fill_in(labels: Sequence[str], *, height: float, label_width: float) -> Strip:
    """Boxes side by side for a pen, one for each label."""
    width = WIDTH / len(labels)

    def draw(page: Page, y: float) -> None:
        for number, label in enumerate(labels):
            x = LEFT + number * width
            page.label_cell(label, x=x, y=y, width=label_width, height=height)
            page.box(x, y, width=width, height=height, weight=LINE)

    return Strip(height, draw)


def together(strips: Sequence[Strip]) -> list[Strip]:
    """Never parted by the end of a page."""
    return [*(replace(strip, stays_with_next=True) for strip in strips[:-1]), *strips[-1:]]


def _cell(pair: Pair, style: Style) -> _Cell:
    half = P(pair.value, style, width=(_HALF - LABEL_WIDTH - 2 * _PAD) * MM, field=pair.label)
    if len(half.lines) == 1:
        return _Cell(pair.label, half, is_short=True)
    whole = P(pair.value, style, width=(WIDTH - LABEL_WIDTH - 2 * _PAD) * MM, field=pair.label)
    return _Cell(pair.label, whole, is_short=False)


def _row(cells: Sequence[_Cell]) -> Strip:
    height = max(_LEAST_HEIGHT, *(cell.block.height / MM + 2.6 for cell in cells))

    def draw(page: Page, y: float) -> None:
        for number, cell in enumerate(cells):
            x = LEFT + number * _HALF
            page.label_cell(cell.label, x=x, y=y, width=LABEL_WIDTH, height=height)
            page.block_centred(cell.block, x=x + LABEL_WIDTH + _PAD, y=y, height=height)
        page.box(LEFT, y, width=WIDTH, height=height, weight=HAIRLINE)
        page.rule(LEFT, y, to_x=LEFT, to_y=y + height, weight=LINE)
        page.rule(RIGHT, y, to_x=RIGHT, to_y=y + height, weight=LINE)

    return Strip(height, draw)
