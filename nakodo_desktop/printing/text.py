"""The only way a text gets onto paper: `P()` makes it safe, breaks it into lines and fits it, or says why not.

Nothing here reads markup: `<img src=…>` in a name is eleven letters and some punctuation. What cannot be seen
(control, bidi and zero-width characters) is dropped; what cannot be drawn stops the document.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

from reportlab.pdfgen.canvas import Canvas

from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.printing.embedded_font import embedded
from nakodo_desktop.printing.fonts import EM, FaceName, Glyph, face

MAX_CHARS = 2000  # of one text; fields are refused long before this at input
_SHRINK_STEP = 0.25  # points

# JIS X 4051 / JLREQ: what may not begin and what may not end a line.
_NOT_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々〻ー）〕］｝〉》」』】〙〗〟’”｠»‐–〜～゠"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ)]},.:;?!%％℃"
)
_NOT_LAST = frozenset("（〔［｛〈《「『【〘〖〝‘“｟«([{〒￥¥＄$＃#")
_CLOSING = frozenset("、。，．）〕］｝〉》」』】")
_OPENING = frozenset("（〔［｛〈《「『【")
_COUNTED = frozenset("条項号年月日時分歳回人名円万階丁番")  # stays on the line of its number, as 第 does
_EPSILON = 1e-6

Align = Literal["left", "center", "right", "justify"]
Color = tuple[float, float, float]
BLACK: Color = (0.0, 0.0, 0.0)


@dataclass(frozen=True, kw_only=True)
class Style:
    """How a text stands. It shrinks to `min_size` to stay on one line, and only then takes up to `max_lines`."""

    size: float  # points
    face: FaceName = FaceName.SERIF
    min_size: float = 0.0  # 0: never shrinks
    max_lines: int = 0  # 0: as many as it takes
    leading: float = 1.45  # of the size
    align: Align = "left"
    tracking: float = 0.0  # points after each character
    color: Color = BLACK


@dataclass(frozen=True)
class Line:
    """One line: where it begins, and its pieces, each with the room after every letter (points)."""

    indent: float
    pieces: tuple[tuple[float, tuple[Glyph, ...]], ...]
    width: float


@dataclass(frozen=True)
class Block:
    """A text that fits: lines ready to be drawn."""

    lines: tuple[Line, ...]
    style: Style
    size: float
    leading: float  # points
    width: float  # points, of the widest line

    @property
    def height(self) -> float:
        """From the top of the first line's em box to the bottom of the last one's."""
        return (len(self.lines) - 1) * self.leading + self.size if self.lines else 0.0


def P(text: str, style: Style, *, width: float, field: str) -> Block:
    """Set `text` into `width` points. `field` is the Japanese name an error calls it by.

    Raises: NotPrintable when it is longer than 2,000 characters, has a character without a glyph, or does not fit.
    """
    shown = safe(text)
    if len(shown) > MAX_CHARS:
        raise NotPrintable(
            f"「{field}」が長すぎて印刷できません（{len(shown):,}文字、上限{MAX_CHARS:,}文字）。何も印刷していません。",
            f"「{field}」を短くしてから、もう一度お試しください。",
        )
    paragraphs = [_close_up(face(style.face).glyphs(part, field)) for part in shown.split("\n")]
    size = _one_line_size(paragraphs, style, width) if style.min_size else style.size
    lines = [line for items in paragraphs for line in _lines(items, style, size=size, width=width)]
    if style.max_lines and len(lines) > style.max_lines:
        raise NotPrintable(
            f"「{field}」が長すぎて欄に入りません。何も印刷していません。",
            f"「{field}」を短くしてから、もう一度お試しください。",
        )
    return Block(tuple(lines), style, size, leading=size * style.leading, width=max(line.width for line in lines))


@lru_cache(maxsize=1024)
def words(text: str, style: Style, *, width: float) -> Block:
    """Set the words of a form, once per process. Never for what a member told: this is remembered until the end."""
    return P(text, style, width=width, field=text[:20])


def draw(canvas: Canvas, block: Block, *, x: float, top: float) -> float:
    """Draw `block` with its first em box hanging from `top`; return the y of its lower edge."""
    font = embedded(block.style.face)
    document = canvas._doc
    baseline = top - block.size * font.face.ascent / (font.face.ascent - font.face.descent)
    red, green, blue = block.style.color
    name = font.getSubsetInternalName(0, document)
    # Written out: reportlab's text object would look up and measure every letter again, half of the time of a page.
    marks = [f"BT {red:g} {green:g} {blue:g} rg {name} {block.size:g} Tf"]
    for number, line in enumerate(block.lines):
        marks.append(f"1 0 0 1 {x + line.indent:.3f} {baseline - number * block.leading:.3f} Tm")
        marks += [f"{spread:.4f} Tc <{font.encode(glyphs, document)}> Tj" for spread, glyphs in line.pieces]
    canvas.addLiteral("\n".join((*marks, "0 Tc ET")))
    return top - block.height


def safe(text: str) -> str:
    """Drop what cannot be seen; a tab is a space, any line break a line feed. Letters are never changed.

    Private-use, unassigned and surrogate code points stay: they have no glyph, so the document stops and names them.
    Dropping one out of a legal name in silence would be worse.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if unified.isprintable():
        return unified
    return "".join(c for c in unified if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp"))


def _one_line_size(paragraphs: list[list[_Set]], style: Style, width: float) -> float:
    size = style.size
    while size > style.min_size and any(_reach(p, style, size=size) > width + _EPSILON for p in paragraphs):
        size = max(size - _SHRINK_STEP, style.min_size)
    return size


@dataclass(frozen=True)
class _Set:
    """A glyph with the room it takes before the next one, and the room it takes at the end of a line (1/1000 em)."""

    glyph: Glyph
    inside: int
    at_end: int


def _close_up(glyphs: tuple[Glyph, ...]) -> list[_Set]:
    """Take the blank half out of full-width marks that stand together or end a line (JLREQ 3.1.2, 3.1.9)."""
    found: list[_Set] = []
    for at, glyph in enumerate(glyphs):
        mark, following = glyph.text[0], glyphs[at + 1].text[0] if at + 1 < len(glyphs) else ""
        wide = glyph.advance == EM
        closes, opens = wide and mark in _CLOSING, wide and mark in _OPENING
        tight = (closes and following in _CLOSING | _OPENING) or (opens and following in _OPENING)
        found.append(
            _Set(glyph, EM // 2 if tight and following else glyph.advance, EM // 2 if closes else glyph.advance)
        )
    return found


def _reach(items: Sequence[_Set], style: Style, *, size: float) -> float:
    """Width of one line in points."""
    if not items:
        return 0.0
    ems = sum(item.inside for item in items[:-1]) + items[-1].at_end
    return ems * size / EM + style.tracking * (len(items) - 1)


def _lines(items: list[_Set], style: Style, *, size: float, width: float) -> list[Line]:
    """Break one paragraph. Every character is on exactly one line, in order."""
    found: list[Line] = []
    start = 0
    while start < len(items) or not found:
        end = _line_end(items, start, style=style, size=size, width=width)
        found.append(_line(items[start:end], style, size=size, width=width, last=end >= len(items)))
        start = end
    return found


def _line_end(items: list[_Set], start: int, *, style: Style, size: float, width: float) -> int:
    """Index after the last cluster of the line that begins at `start`."""
    reach, end = 0.0, start
    while end < len(items) and reach + items[end].at_end * size / EM <= width + _EPSILON:
        reach += items[end].inside * size / EM + style.tracking
        end += 1
    if end >= len(items):
        return end
    breakable = end
    while breakable > start and not _may_break(items, breakable):
        breakable -= 1
    # A word longer than the line has no good place: it is cut where the line ends.
    return breakable if breakable > start else max(end, start + 1)


def _may_break(items: list[_Set], at: int) -> bool:
    before, after = items[at - 1].glyph.text[0], items[at].glyph.text[0]
    if before == " ":
        return True
    if after in _NOT_FIRST or after == " " or before in _NOT_LAST:
        return False
    if (before == "第" and after.isdigit()) or (before.isdigit() and after in _COUNTED):
        return False
    return not (_in_word(before) and _in_word(after))


def _in_word(character: str) -> bool:
    """Letters and digits of words that are not cut: Latin, Greek, Cyrillic, and the marks inside them."""
    return character < "\u2e80" and (character.isalnum() or character in "-'’._/@+&")


def _line(items: list[_Set], style: Style, *, size: float, width: float, last: bool) -> Line:
    """Place one line. A space at its end hangs in the margin and is not stretched."""
    inked = items[:-1] if items and items[-1].glyph.text == " " and not last else items
    slack = width - _reach(inked, style, size=size)
    spread = style.tracking
    if style.align == "justify" and not last and len(inked) > 1:
        spread += slack / (len(inked) - 1)
        slack = 0.0
    indent = {"center": slack / 2, "right": slack}.get(style.align, 0.0)
    pieces: list[tuple[float, tuple[Glyph, ...]]] = []
    for tight, run in groupby(items, key=lambda item: item.inside - item.glyph.advance):
        pieces.append((spread + tight * size / EM, tuple(item.glyph for item in run)))
    return Line(max(indent, 0.0), tuple(pieces), _reach(inked, style, size=size))
