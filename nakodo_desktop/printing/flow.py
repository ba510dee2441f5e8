"""Sheets that run over as many pages as they need; callers stack strips and never count pages.

A strip is never cut. A heading stays with what follows it. Every page says which it is of how many.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.printing.fonts import FaceName
from nakodo_desktop.printing.page import GREY, HAIRLINE, LEFT, MM, PAGE_WIDTH, RIGHT, TINT, WIDTH, Document, Page
from nakodo_desktop.printing.text import P, Style, words

TOP, BOTTOM = 13.0, 282.0
_TITLE = Style(size=17, tracking=3, min_size=11, max_lines=1)
_ASIDE = Style(size=8, face=FaceName.SANS, min_size=6, max_lines=1, align="right")
_RUNNING = Style(size=8, face=FaceName.SANS, color=GREY, min_size=6, max_lines=1)
_FOOT = Style(size=6.5, face=FaceName.SANS, min_size=5, max_lines=2, leading=1.4, color=GREY)
_HEADING = Style(size=10, face=FaceName.SANS, min_size=7, max_lines=1)
_NOTE = Style(size=8, leading=1.45, align="justify")


@dataclass(frozen=True)
class Strip:
    """Something as wide as the page and `height` millimetres high; `draw(page, y)` puts its upper edge at `y`."""

    height: float
    draw: Callable[[Page, float], None]
    stays_with_next: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What stands around the strips."""

    title: str
    asides: tuple[str, ...] = ()  # at the upper right of the first page
    foot: str  # at the bottom of every page


def compose(sheet: Sheet, strips: Sequence[Strip]) -> bytes:
    """Lay the strips out and number the pages. Raises: NotPrintable when one strip is higher than a page."""
    pages = _paginate(sheet, strips)
    document = Document()
    for number, placed in enumerate(pages, start=1):
        with document.page() as page:
            _head(page, sheet, first=number == 1)
            for strip, y in placed:
                strip.draw(page, y)
            _foot(page, sheet, number=number, total=len(pages))
            page.punch_mark()
    return document.close()


def heading(text: str, *, note: str = "") -> Strip:
    """A tinted bar that opens a group, with an aside on its right."""
    title = words(text, _HEADING, width=70 * MM)
    aside = words(note, replace(_RUNNING, align="right"), width=(WIDTH - 76) * MM)

    def draw(page: Page, y: float) -> None:
        page.box(LEFT, y + 2, width=WIDTH, height=6, weight=0, tint=TINT)
        page.box(LEFT, y + 2, width=1.2, height=6, weight=0, tint=GREY)
        page.block_centred(title, x=LEFT + 3, y=y + 2, height=6)
        page.block_centred(aside, x=LEFT + 74, y=y + 2, height=6)

    return Strip(8.0, draw, stays_with_next=True)


def paragraph(text: str, *, field: str, style: Style = _NOTE, before: float = 1.2, after: float = 1.2) -> Strip:
    """Running text over the whole width."""
    block = P(text, style, width=WIDTH * MM, field=field)

    def draw(page: Page, y: float) -> None:
        page.block(block, x=LEFT, y=y + before)

    return Strip(before + block.height / MM + after, draw)


def space(height: float) -> Strip:
    """White."""
    return Strip(height, lambda _page, _y: None)


def _paginate(sheet: Sheet, strips: Sequence[Strip]) -> list[list[tuple[Strip, float]]]:
    pages: list[list[tuple[Strip, float]]] = [[]]
    y = _first_top(sheet)
    for group in _groups(strips):
        height = sum(strip.height for strip in group)
        if y + height > BOTTOM and pages[-1]:
            pages.append([])
            y = TOP + 7
        if y + height > BOTTOM:
            raise NotPrintable(
                f"「{sheet.title}」に1ページに入らない項目があります。何も印刷していません。",
                "長い文を短くしてから、もう一度お試しください。",
            )
        for strip in group:
            pages[-1].append((strip, y))
            y += strip.height
    return pages


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    found: list[list[Strip]] = []
    joined = False
    for strip in strips:
        if joined:
            found[-1].append(strip)
        else:
            found.append([strip])
        joined = strip.stays_with_next
    return found


def _first_top(sheet: Sheet) -> float:
    return TOP + max(10.5, 4.2 * len(sheet.asides) + 1.5)


def _head(page: Page, sheet: Sheet, *, first: bool) -> None:
    if not first:
        page.text(sheet.title, _RUNNING, x=LEFT, y=TOP, width=WIDTH, field="題名")
        page.rule(LEFT, TOP + 4.4, to_x=RIGHT, weight=HAIRLINE)
        return
    page.text(sheet.title, _TITLE, x=LEFT, y=TOP, width=104, field="題名")
    for number, aside in enumerate(sheet.asides):
        page.text(aside, _ASIDE, x=LEFT + 106, y=TOP + 4.2 * number, width=WIDTH - 106, field="見出し")


def _foot(page: Page, sheet: Sheet, *, number: int, total: int) -> None:
    page.rule(LEFT, BOTTOM + 1.5, to_x=RIGHT, weight=HAIRLINE)
    page.text(sheet.foot, _FOOT, x=LEFT, y=BOTTOM + 2.6, width=WIDTH - 18, field="下部の文")
    numbered = replace(_RUNNING, align="right")
    page.text(f"{number} / {total}", numbered, x=PAGE_WIDTH - 32, y=BOTTOM + 2.4, width=18, field="ページ番号")
