"""A passphrase: hidden until asked for, gone when its page is left, with a hint about Caps Lock and width."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from nakodo_desktop.domain.values import Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import tool_button
from nakodo_desktop.ui.widgets.line_input import LineInput

_CAPS = "Caps Lock がオンのようです。"
_WIDE = "全角の文字は使えません。入力モードを半角英数にしてください。"


class PasswordEdit(LineInput):
    """The IME stays off, even while the characters are shown. `submitted` on Enter is the editor's returnPressed."""

    def __init__(
        self, theme: Theme, *, enter_moves_on: bool = True, big: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, japanese=False, enter_moves_on=enter_moves_on, parent=parent)
        self.editor.setProperty("big", big)
        self.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = tool_button(theme, "eye", "パスワードを表示")
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show_characters)
        self.editor.set_trailing(self.eye)

    def value(self) -> Value:
        return self.editor.text() or None  # a passphrase may begin or end with a space

    def clear(self) -> None:
        self._show(None)
        self.eye.setChecked(False)
        self.set_error("")
        self.set_notice("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._hint_at(event.text(), shift=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        if isinstance(event, QInputMethodEvent) and (event.preeditString() or event.commitString()):
            self.set_notice(_WIDE, please_check=True)
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():  # minimising the window is not leaving the page
            self.clear()
        super().hideEvent(event)

    def _tidy(self) -> None:
        """Nothing: every character counts."""

    def _hint_at(self, typed: str, *, shift: bool) -> None:
        if len(typed) != 1 or not typed.isprintable():
            return
        if not typed.isascii():
            self.set_notice(_WIDE, please_check=True)
        elif typed.isalpha():
            caps = typed.isupper() != shift
            self.set_notice(_CAPS if caps else "", please_check=caps)

    def _show_characters(self, shown: bool) -> None:
        self.editor.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.setIcon(self.theme.icon("eye-off" if shown else "eye"))
        name = "パスワードを隠す" if shown else "パスワードを表示"
        self.eye.setToolTip(name)
        self.eye.setAccessibleName(name)
