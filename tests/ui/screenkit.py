"""What must hold on every screen: it can be read aloud, and no text has less room than it needs."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, WrappedLabel

ROUNDING_PX = 1
FOCUS_PX = 2  # the frame of a box with the focus is thicker, and grows inwards
_BOXES = (QLineEdit, QComboBox, QPlainTextEdit, QAbstractButton)
LEADING_PX = 3  # of a line set with room above and below: no stroke is cut yet


def nameless(top: QWidget) -> list[str]:
    """Widgets the keyboard can reach that a screen reader has no name for."""
    found = []
    for widget in top.findChildren(QWidget):
        reachable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if not reachable or not widget.isVisibleTo(top):
            continue
        spoken = QAccessible.queryAccessibleInterface(widget)
        if not spoken.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def cut_texts(top: QWidget) -> list[str]:
    """What stands cut off or squeezed, one line each. An ElidedLabel is cut short on purpose and not counted."""
    for _ in range(3):  # a label that wraps changes the height of what is around it
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    return [f"{type(widget).__name__} {words!r}: {what}" for widget, words, what in _findings(top)]


def _findings(top: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    for widget in top.findChildren(QWidget):
        if not widget.isVisibleTo(top):
            continue
        if isinstance(widget, _BOXES):
            lacking = (widget.minimumHeight() or widget.minimumSizeHint().height()) - widget.height()
            if lacking > FOCUS_PX:
                yield widget, widget.accessibleName(), f"{lacking} px too low"
        if isinstance(widget, QAbstractButton) and widget.text():
            lacking = widget.sizeHint().width() - widget.width()
            if lacking > ROUNDING_PX:
                yield widget, widget.text(), f"{lacking} px too narrow"
        elif isinstance(widget, WrappedLabel):
            lacking = widget.heightForWidth(widget.width()) - widget.height()
            if widget.plain_text() and lacking > LEADING_PX:
                yield widget, widget.plain_text(), f"{lacking} px too low"
        elif isinstance(widget, PlainLabel) and not isinstance(widget, ElidedLabel):
            lacking = widget.sizeHint().width() - widget.width()
            if widget.text() and lacking > ROUNDING_PX:
                yield widget, widget.text(), f"{lacking} px too narrow"
        elif isinstance(widget, QComboBox):
            lacking = _wide(widget, widget.currentText()) - _text_field_px(widget)
            if lacking > ROUNDING_PX:
                yield widget, widget.currentText(), f"{lacking} px too narrow"
        elif isinstance(widget, QLineEdit) and not widget.text():
            lacking = _wide(widget, widget.placeholderText()) - widget.contentsRect().width()
            if lacking > ROUNDING_PX:
                yield widget, widget.placeholderText(), f"{lacking} px too narrow"


def _wide(widget: QWidget, text: str) -> int:
    return widget.fontMetrics().horizontalAdvance(text)


def _text_field_px(box: QComboBox) -> int:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    return box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box).width()
