"""The operator's hands: keys, wheel and going on to the next field."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from nakodo_desktop.ui.widgets.inputs import FieldInput

TODAY = date(2026, 11, 23)


def leave(field: FieldInput) -> None:
    """What the operator does by going on: the focus leaves every part."""
    for part in field.parts:
        part.clearFocus()


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def watch(field: FieldInput) -> list[object]:
    heard: list[object] = []
    field.changed.connect(lambda: heard.append("changed"))
    field.committed.connect(heard.append)
    return heard


def turn_wheel(widget: QWidget) -> bool:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle, QPointF(widget.mapToGlobal(middle.toPoint())), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event.isAccepted()
