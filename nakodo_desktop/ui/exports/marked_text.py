"""A text with the found characters marked in it; plain text all the way, so that nothing in it is taken for mark-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import BODY_PX, TONES, Tone

_LINE_HEIGHT = 1.55
_NARROWEST_CHARS = 6


@dataclass(frozen=True)
class Mark:
    """Characters `start` up to `end` of the text."""

    start: int
    end: int
    tone: Tone


class MarkedText(QWidget):
    """Wraps like a paragraph. Marks are coloured and underlined: never by colour alone."""

    def __init__(self, theme: Theme, text: str, marks: Sequence[Mark], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        # QTextLayout takes a line feed for an object; its own sign for a new line is U+2028.
        self._layout = QTextLayout(text.replace("\n", "\u2028"), theme.font(BODY_PX))
        wrap = QTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(wrap)
        self._layout.setFormats([self._format(text, mark) for mark in marks])
        self._line_px = theme.px(BODY_PX) * _LINE_HEIGHT
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(text)

    def marked(self) -> list[str]:
        """The characters that stand out."""
        units = self._layout.text().encode("utf-16-le")
        found = self._layout.formats()
        return [units[2 * one.start : 2 * (one.start + one.length)].decode("utf-16-le") for one in found]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width)

    def sizeHint(self) -> QSize:
        widest = round(self._layout.maximumWidth()) if self._layout.lineCount() else self._theme.px(200)
        return QSize(max(widest, self._theme.px(BODY_PX)), round(self._line_px))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(BODY_PX) * _NARROWEST_CHARS, round(self._line_px))

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._arrange(self.width())
        painter = QPainter(self)
        painter.setPen(self._theme.color("text"))
        self._layout.draw(painter, QPointF(0, 0))

    def _arrange(self, width: int) -> int:
        self._layout.beginLayout()
        y = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y + (self._line_px - line.height()) / 2))
            y += self._line_px
        self._layout.endLayout()
        return round(y)

    def _format(self, text: str, mark: Mark) -> QTextLayout.FormatRange:
        ink, ground = TONES[mark.tone]
        look = QTextCharFormat()
        look.setForeground(self._theme.color(ink))
        look.setBackground(self._theme.color(ground))
        look.setFontWeight(QFont.Weight.Bold)
        look.setFontUnderline(True)
        made = QTextLayout.FormatRange()
        made.start = _utf16_units(text[: mark.start])
        made.length = _utf16_units(text[mark.start : mark.end])
        made.format = look
        return made


def _utf16_units(text: str) -> int:
    """Qt counts a character outside the basic plane, such as 𠮷, as two."""
    return len(text.encode("utf-16-le")) // 2
