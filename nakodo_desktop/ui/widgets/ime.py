"""Keeps typed Japanese from being lost: commits the composition before a deed, and makes Enter go to the next field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QRadioButton, QScrollArea, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LABEL_ROOM_PX = 56  # a label above the field, an error below it
_LONGEST_CHAIN = 10_000  # the focus chain is a ring; a broken one must not hang the window


def commit_ime() -> None:
    """Make unconfirmed text part of its field. Call first in every handler that saves, moves on, locks or closes:

    a button that takes no focus, or a shortcut, would otherwise act on a field that lacks what is on the screen.
    """
    QGuiApplication.inputMethod().commit()


def add_shortcut(owner: QWidget, keys: str, act: Callable[[], object]) -> QShortcut:
    """A shortcut of this page that commits the composition before it acts. F6 to F10 belong to the IME."""

    def run() -> None:
        commit_ime()
        act()

    shortcut = QShortcut(QKeySequence(keys), owner)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(run)
    return shortcut


class EnterMovesOn(QObject):
    """Event filter of a one-line field: Enter goes to the next field, Shift+Enter back; no button is pressed by it."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in _ENTER:
            return False
        if not isinstance(watched, QWidget):
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ShiftModifier:
            move_focus(watched, forward=False)
            return True
        if modifiers == Qt.KeyboardModifier.NoModifier:
            move_focus(watched, forward=True)
            return True
        return False


def move_focus(field: QWidget, *, forward: bool) -> None:
    """Go to the next field in reading order, passing over the helper buttons beside it (those are Tab's business)."""
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    target = field
    for _ in range(_LONGEST_CHAIN):
        following = target.nextInFocusChain() if forward else target.previousInFocusChain()
        if following is None or following is field:
            return
        target = following
        if target.window() is field.window() and _takes_enter(target) and not _same_group(field, target):
            target.setFocus(reason)
            bring_into_view(target)
            return


def bring_into_view(widget: QWidget) -> None:
    """Scroll to what has the focus, with its label, once its page is laid out. Qt does so for the Tab key alone."""
    QTimer.singleShot(0, widget, lambda: _scroll_to(widget))


def _scroll_to(widget: QWidget) -> None:
    if not widget.hasFocus():
        return
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea) and above.widget() is not None:
            above.ensureWidgetVisible(widget, 0, _LABEL_ROOM_PX)
        above = above.parentWidget()


def _takes_enter(widget: QWidget) -> bool:
    """True for a visible, enabled widget that Tab reaches and that is no mere helper of a field."""
    reachable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    if not (reachable and widget.isVisible() and widget.isEnabled()) or widget.property("enter_skips"):
        return False
    if isinstance(widget, QRadioButton) and (group := widget.group()) is not None:
        return widget is (group.checkedButton() or group.buttons()[0])  # a group is one field
    return True


def _same_group(one: QWidget, other: QWidget) -> bool:
    if not (isinstance(one, QRadioButton) and isinstance(other, QRadioButton)):
        return False
    return one.group() is not None and one.group() is other.group()
