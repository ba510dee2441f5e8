"""Portraits drawn with a few shapes: nobody's face, no file from anywhere."""

from __future__ import annotations

import random

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath

WIDTH_PX, HEIGHT_PX = 720, 960
_SKIN = ("#F3CFB3", "#E9BE9E", "#F6D9C2")
_HAIR = ("#2B2320", "#3A2A22", "#1F1B1B", "#4A3426")
_CLOTHES = ("#2B5C86", "#7A3E52", "#33553F", "#5A4A7A", "#8A5A2B", "#3B4754")
_WALLS = (("#E9EEF3", "#C9D6E2"), ("#F3EDE4", "#DFD2BF"), ("#E7F0EA", "#C7DBCE"))


def draw_portrait(index: int, *, female: bool) -> bytes:
    """A JPEG of a drawn figure; the same index gives the same picture."""
    source = random.Random(7_000 + index)
    image = QImage(WIDTH_PX, HEIGHT_PX, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    light, dark = source.choice(_WALLS)
    wall = QLinearGradient(0, 0, 0, HEIGHT_PX)
    wall.setColorAt(0, QColor(light))
    wall.setColorAt(1, QColor(dark))
    painter.fillRect(image.rect(), wall)
    _draw_figure(painter, source, female=female)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "JPEG", 88):  # type: ignore[call-overload]  # the stub wants bytes for the format
        raise RuntimeError("Qt cannot write JPEG")
    return bytes(data.data())


def _draw_figure(painter: QPainter, source: random.Random, *, female: bool) -> None:
    skin, hair, clothes = (QColor(source.choice(palette)) for palette in (_SKIN, _HAIR, _CLOTHES))
    middle = WIDTH_PX / 2 + source.randrange(-14, 15)
    wide = source.randrange(118, 134)
    if female:
        painter.setBrush(hair)
        long = source.choice((250, 330, 400))
        painter.drawRoundedRect(QRectF(middle - wide - 34, 230, 2 * wide + 68, long), 130, 130)
    painter.setBrush(clothes)
    body = QPainterPath(QPointF(middle - 300, HEIGHT_PX))
    body.cubicTo(middle - 290, 700, middle - 160, 660, middle, 655)
    body.cubicTo(middle + 160, 660, middle + 290, 700, middle + 300, HEIGHT_PX)
    painter.drawPath(body)
    painter.setBrush(skin.darker(106))
    painter.drawRoundedRect(QRectF(middle - 52, 540, 104, 150), 48, 48)
    painter.setBrush(skin)
    painter.drawEllipse(QRectF(middle - wide, 270, 2 * wide, 320))
    painter.setBrush(hair)
    fringe = QPainterPath(QPointF(middle - wide - 6, 420))
    fringe.cubicTo(middle - wide - 20, 210, middle + wide + 20, 210, middle + wide + 6, 420)
    parting = middle + source.randrange(-60, 61)
    fringe.cubicTo(middle + wide - 10, 330, parting + 40, 330, parting, 318)
    fringe.cubicTo(parting - 40, 340, middle - wide + 10, 340, middle - wide - 6, 420)
    painter.drawPath(fringe)
    _draw_face(painter, middle, skin)


def _draw_face(painter: QPainter, middle: float, skin: QColor) -> None:
    painter.setBrush(QColor("#2A2320"))
    for side in (-1, 1):
        painter.drawEllipse(QPointF(middle + side * 48, 440), 8, 10)
    painter.setBrush(skin.darker(112))
    painter.drawEllipse(QPointF(middle, 484), 9, 7)
    painter.setBrush(QColor("#B4605A"))
    smile = QPainterPath(QPointF(middle - 34, 522))
    smile.cubicTo(middle - 12, 546, middle + 12, 546, middle + 34, 522)
    smile.cubicTo(middle + 12, 532, middle - 12, 532, middle - 34, 522)
    painter.drawPath(smile)
