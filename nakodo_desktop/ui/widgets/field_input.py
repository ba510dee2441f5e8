"""What every input has in common: a value, an error, a label, and the moment at which it is taken as said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.values import Trouble, Value
from nakodo_desktop.ui.theme import Theme, restyle
from nakodo_desktop.ui.widgets.ime import bring_into_view

Check = Callable[[Value], Trouble | None]
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)


class FieldInput(QWidget):
    """One question's answer. Nothing that was typed is ever dropped: unreadable text is a value with an error.

    `value()` is None when not answered, the typed text when it cannot be read as what it should be.
    `set_value` is no typing: it emits nothing and clears the error.
    """

    committed = Signal(object)  # the operator left the field with another value than before; never while composing
    changed = Signal()  # the operator typed or chose; never while composing
    error_changed = Signal(str)  # "" when mended
    notice_changed = Signal(str, bool)  # a line under the field; True: please check it
    counter_changed = Signal(str)  # "58 / 60"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.is_compact = False  # as wide as its content, not as its column
        self._error = ""
        self._notice = ("", False)
        self._required = self._is_tidying = False
        self._check: Check | None = None
        self.parts: tuple[QWidget, ...] = ()  # what takes the focus
        self._settled: Value = None

    # What a kind of input says for itself ------------------------------------------------------------------------

    def value(self) -> Value:
        raise NotImplementedError

    def _show(self, value: Value) -> None:
        """Put a value on the screen."""
        raise NotImplementedError

    def own_trouble(self) -> Trouble | None:
        """What is wrong with what was typed, as far as this kind of input can tell."""
        return None

    def _tidy(self) -> None:
        """Bring what was typed into its written form, on leaving."""

    # What a page asks --------------------------------------------------------------------------------------------

    def set_value(self, value: Value) -> None:
        self.set_error("")
        self.set_notice("")
        self._show(value)
        self._settled = self.value()

    def text(self) -> str:
        """The value as text; "" when not answered."""
        value = self.value()
        return "" if value is None else str(value)

    def fill(self, value: Value) -> None:
        """Answer for the operator (furigana, address): like typing, but without the keyboard."""
        self._show(value)
        self._on_edited()

    def trouble(self) -> Trouble | None:
        value = self.value()
        if value is None:
            return None
        return self.own_trouble() or (None if self._check is None else self._check(value))

    def set_check(self, check: Check | None) -> None:
        """A further test of an answer that can be read, done on leaving the field."""
        self._check = check

    def error(self) -> str:
        return self._error

    def set_error(self, text: str) -> None:
        """Show `text` as this field's error; "" takes it away."""
        if text == self._error:
            return
        self._error = text
        for part in self.parts:
            part.setProperty("invalid", bool(text))
            restyle(part)
        self._describe()
        self.error_changed.emit(text)

    def notice(self) -> tuple[str, bool]:
        return self._notice

    def set_notice(self, text: str, *, please_check: bool = False) -> None:
        """A line under the field: the age, the other calendar, 要確認."""
        self._notice = (text, please_check)
        self._describe()
        self.notice_changed.emit(text, please_check)

    def is_required(self) -> bool:
        return self._required

    def set_required(self, required: bool) -> None:
        """Only told, not enforced: a step may stay incomplete."""
        self._required = required
        self._describe()

    def set_label(self, label: str) -> None:
        """The name a screen reader says."""
        self.setAccessibleName(label)
        for part in self.parts:
            part.setAccessibleName(label)

    def validate(self) -> bool:
        """Show or clear the error of what stands there now; True when there is none."""
        found = self.trouble()
        self.set_error("" if found is None else found.message)
        return found is None

    def _describe(self) -> None:
        """What the eye sees around the field, for a screen reader."""
        seen = ("必須" if self._required else "", self._error, self._notice[0])
        for part in self.parts:
            part.setAccessibleDescription("。".join(filter(None, seen)))

    # For subclasses ----------------------------------------------------------------------------------------------

    def _consists_of(self, *parts: QWidget) -> None:
        """Name the focusable parts; leaving them all is leaving the field. The first takes the focus."""
        self.parts = parts
        self._describe()
        self.setFocusProxy(parts[0])
        for part in parts:
            part.installEventFilter(self)

    def _on_edited(self) -> None:
        if self._is_tidying:
            return
        if self._error and self.trouble() is None:
            self.set_error("")
        self.changed.emit()

    def _tidy_quietly(self) -> None:
        """Writing an answer properly is not another answer."""
        self._is_tidying = True
        self._tidy()
        self._is_tidying = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.FocusIn
            and isinstance(watched, QWidget)
            and isinstance(event, QFocusEvent)
            and event.reason() != Qt.FocusReason.MouseFocusReason  # what is clicked must not move under the pointer
        ):
            bring_into_view(watched)
        if (
            watched in self.parts
            and event.type() == QEvent.Type.FocusOut
            and isinstance(event, QFocusEvent)
            and event.reason() not in _STAYS
        ):
            if len(self.parts) == 1:
                self._leave()
            else:  # who gets the focus is known only afterwards
                QTimer.singleShot(0, self, self._leave_unless_inside)
        return False

    def _leave_unless_inside(self) -> None:
        if not any(part.hasFocus() for part in self.parts):
            self._leave()

    def _leave(self) -> None:
        self._tidy_quietly()
        self.validate()
        value = self.value()
        if value != self._settled:
            self._settled = value
            self.committed.emit(value)
