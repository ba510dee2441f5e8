"""States as words with a colour and a shape: pills, tags, marks, the initial disc; never colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import TONES, Tone
from nakodo_desktop.ui.widgets.frames import row
from nakodo_desktop.ui.widgets.labels import PlainLabel, picture

MARK_ICONS: dict[Tone, str] = {
    "ok": "circle-check",
    "warn": "clock",
    "bad": "circle-alert",
    "info": "info",
    "rose": "heart",
    "mute": "minus",
}


def pill(text: str, tone: Tone, parent: QWidget | None = None) -> PlainLabel:
    """A rounded state word: 活動中, 交際中."""
    return PlainLabel(text, "pill", tone=tone, parent=parent)


def required_tag(parent: QWidget | None = None) -> PlainLabel:
    return PlainLabel("必須", "tag", tone="rose", parent=parent)


def optional_tag(parent: QWidget | None = None) -> PlainLabel:
    return PlainLabel("任意", "tag", tone="mute", parent=parent)


def state_mark(
    theme: Theme, text: str, tone: Tone, *, icon: str | None = None, parent: QWidget | None = None
) -> QWidget:
    """An outlined icon and a word: 提出済み, 期限まで12日, 未提出."""
    made = QWidget(parent)
    line = row(theme, made, gap=6)
    line.addWidget(picture(theme, icon or MARK_ICONS[tone], TONES[tone][0], px=16))
    line.addWidget(PlainLabel(text, "hint", tone=None if tone == "ok" else tone), 1)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return made


class InitialDisc(QWidget):
    """A disc with the first character of a name; a decoration, the name stands beside it."""

    def __init__(self, theme: Theme, name: str, tone: Tone, *, px: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name, self._tone, self._px = theme, name, tone, px
        self.setFixedSize(theme.px(px), theme.px(px))

    def set_name(self, name: str, tone: Tone) -> None:
        self._name, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_disc(painter, self._theme, self._name, self._tone, px=self._px)


class IconDisc(QWidget):
    """An icon on a soft disc; a decoration."""

    def __init__(self, theme: Theme, icon: str, tone: Tone, *, px: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ink, ground = TONES[tone]
        self._ground = theme.color(ground)
        self._picture = theme.pixmap(icon, ink, round(px / 2))
        self.setFixedSize(theme.px(px), theme.px(px))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground)
        painter.drawEllipse(self.rect())
        size = self._picture.deviceIndependentSize()
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        painter.drawPixmap(QPointF(left, top), self._picture)


def paint_disc(painter: QPainter, theme: Theme, name: str, tone: Tone, *, px: int) -> None:
    """Draw the disc at the painter's origin, for table delegates too."""
    ink, ground = TONES[tone]
    side = theme.px(px)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ground))
    painter.drawEllipse(0, 0, side, side)
    painter.setPen(theme.color(ink))
    painter.setFont(theme.font(round(px * 0.4), bold=True))
    painter.drawText(0, 0, side, side, Qt.AlignmentFlag.AlignCenter, first_character(name))


def first_character(name: str) -> str:
    """The first character with the variation selector that belongs to it; "" for an empty name."""
    bare = name.strip()
    end = 1
    while end < len(bare) and (0xFE00 <= ord(bare[end]) <= 0xFE0F or 0xE0100 <= ord(bare[end]) <= 0xE01EF):
        end += 1
    return bare[:end]
