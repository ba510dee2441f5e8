"""A member's face: the photo with round corners, or the initial on a disc when there is none."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.photo import PhotoInfo
from nakodo_desktop.services.members import Members
from nakodo_desktop.ui.members.row_painter import sex_tone
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.marks import InitialDisc

_RADIUS_PX = 8


def portrait(theme: Theme, members: Members, photos: tuple[PhotoInfo, ...], *, name: str, sex: str, px: int) -> QWidget:
    """`px` design pixels square; the upper-body photo goes first."""
    best = sorted(photos, key=lambda photo: photo.kind != "photo_upper")
    if not best:
        return InitialDisc(theme, name, sex_tone(sex), px=px)
    pixels = QPixmap()
    pixels.loadFromData(members.photo_thumbnail(best[0].id), "JPEG")
    label = PlainLabel("")
    label.setFixedSize(theme.px(px), theme.px(px))
    label.setAccessibleName("写真")
    label.setPixmap(_rounded(pixels, side=theme.px(px), radius=theme.px(_RADIUS_PX), dpr=theme.dpr))
    return label


def _rounded(pixels: QPixmap, *, side: int, radius: int, dpr: float) -> QPixmap:
    mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    real = round(side * dpr)
    scaled = pixels.scaled(real, real, mode, Qt.TransformationMode.SmoothTransformation)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 0, real, real), radius * dpr, radius * dpr)
    made = QPixmap(real, real)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(shape)
    painter.drawPixmap((real - scaled.width()) // 2, 0, scaled)
    painter.end()
    made.setDevicePixelRatio(dpr)
    return made
