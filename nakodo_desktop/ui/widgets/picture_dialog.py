"""One picture as large as the screen has room for; nothing can be copied or saved from here."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.labels import PlainLabel

_MOST = 0.8  # of the screen


class PictureDialog(AppDialog):
    """`jpeg` comes out of our own decoder."""

    def __init__(self, theme: Theme, title: str, jpeg: bytes, *, parent: QWidget) -> None:
        super().__init__(theme, title, icon="image", parent=parent.window())
        pixels = QPixmap()
        pixels.loadFromData(jpeg, "JPEG")
        self.picture = PlainLabel()
        self.picture.setAccessibleName(title)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setPixmap(_fitted(pixels, self._room(), dpr=theme.dpr))
        self.body.addWidget(self.picture)
        self.add_button("閉じる", kind="primary").setFocus()

    def _room(self) -> QSize:
        screen = self.screen().availableSize()
        beside = self.theme.px(140)  # title, margins and the row of buttons
        return QSize(int(screen.width() * _MOST) - beside, int(screen.height() * _MOST) - beside)


def _fitted(pixels: QPixmap, room: QSize, *, dpr: float) -> QPixmap:
    """Never larger than it is."""
    real = room.expandedTo(QSize(1, 1)) * dpr
    if pixels.width() > real.width() or pixels.height() > real.height():
        mode = Qt.AspectRatioMode.KeepAspectRatio
        pixels = pixels.scaled(real, mode, Qt.TransformationMode.SmoothTransformation)
    pixels.setDevicePixelRatio(dpr)
    return pixels
