"""The program's mark, a heart on the accent square: on its screens, in the task bar, in resources/app.ico."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from nakodo_desktop.ui import icons
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import LIGHT

ICON_SIDES_PX = (16, 20, 24, 32, 40, 48, 64, 128, 256)  # what Windows asks for at 100 to 250 %
_ROUND, _HEART = 0.26, 0.55  # of the side


class BrandMark(QWidget):
    """A decoration; `px` is its design size."""

    def __init__(self, theme: Theme, px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._px = theme, px
        self.setFixedSize(theme.px(px), theme.px(px))

    def paintEvent(self, _event: QPaintEvent) -> None:
        heart = self._theme.pixmap("heart", "on_accent", round(self._px * _HEART))
        painter = QPainter(self)
        _paint(painter, self.rect(), self._theme.hex("accent"), heart)
        painter.end()


def app_icon(*, sides_px: tuple[int, ...] = (32, 64)) -> QIcon:
    """For title bar and task bar, in the light colours: they are the system's ground, not ours."""
    icon = QIcon()
    for side in sides_px:
        icon.addPixmap(mark(side))
    return icon


def mark(side_px: int) -> QPixmap:
    """The mark with a transparent ground. Strokes are bolder where there are few pixels."""
    drawn = QPixmap(side_px, side_px)
    drawn.fill(Qt.GlobalColor.transparent)
    heart = icons.draw(
        "heart", LIGHT["on_accent"], px=round(side_px * 0.62), stroke=2.5 if side_px < 48 else 1.75, dpr=1
    )
    painter = QPainter(drawn)
    _paint(painter, drawn.rect(), LIGHT["accent"], heart)
    painter.end()
    return drawn


def _paint(painter: QPainter, ground: QRect, colour: str, heart: QPixmap) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    radius = ground.width() * _ROUND
    painter.drawRoundedRect(ground, radius, radius)
    size = heart.deviceIndependentSize()
    painter.drawPixmap(round((ground.width() - size.width()) / 2), round((ground.height() - size.height()) / 2), heart)
