"""One-line Japanese text: names and addresses as typed, readings in one script, search boxes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.japanese import kana_trouble, to_hiragana, to_katakana
from nakodo_desktop.domain.values import Trouble, Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import tool_button
from nakodo_desktop.ui.widgets.labels import picture
from nakodo_desktop.ui.widgets.line_input import LineInput

_COUNT_FROM = 0.8  # a counter that is always there is noise


class JaLineEdit(LineInput):
    """Names, addresses, free text. The characters are kept as typed: no normalisation; only outer spaces go."""

    def __init__(
        self, theme: Theme, *, max_chars: int | None = None, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, japanese=True, placeholder=placeholder, parent=parent)
        self._max_chars = max_chars
        self.editor.textChanged.connect(self._count)

    def own_trouble(self) -> Trouble | None:
        return length_trouble(self.text(), self._max_chars)

    def _count(self) -> None:
        if self._max_chars is not None:
            used = len(self.text())
            self.counter_changed.emit(f"{used} / {self._max_chars}" if used >= _COUNT_FROM * self._max_chars else "")


class KanaLineEdit(LineInput):
    """A reading. Katakana of either width becomes hiragana (or the other way round) once it is committed."""

    def __init__(
        self, theme: Theme, *, katakana: bool = False, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, japanese=True, placeholder=placeholder, parent=parent)
        self._to_script = to_katakana if katakana else to_hiragana

    def value(self) -> Value:
        return self._to_script(self.editor.text()).strip() or None

    def own_trouble(self) -> Trouble | None:
        return kana_trouble(self.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        stop = super().eventFilter(watched, event)
        # Only after a composition has ended: changing the text under one would break it.
        if isinstance(event, QInputMethodEvent) and event.commitString() and not event.preeditString():
            QTimer.singleShot(0, self, self._tidy_quietly)
        return stop


class SearchEdit(LineInput):
    """A search box: emits `searched` after a short rest from typing, at once on Enter; Esc empties it."""

    searched = Signal(str)
    _REST_MS = 150

    def __init__(self, theme: Theme, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, japanese=True, placeholder=placeholder, enter_moves_on=False, parent=parent)
        self.set_label(placeholder)
        glass = picture(theme, "search", "muted", px=18, parent=self.editor)
        glass.setFixedHeight(theme.px(18))
        self._glass = glass
        self.editor.setTextMargins(theme.px(26), 0, 0, 0)
        self._clear = tool_button(theme, "x", "検索語を消す")
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc does it from the keyboard
        self._clear.clicked.connect(self.clear)
        self.editor.set_trailing(self._clear)
        self.editor.setTextMargins(theme.px(26), 0, self._clear.sizeHint().width(), 0)
        self._clear.hide()
        self._rest = QTimer(self, interval=self._REST_MS, singleShot=True)
        self._rest.timeout.connect(self._search)
        self.changed.connect(self._rest.start)
        self.editor.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))

    def clear(self) -> None:
        self.fill(None)
        self._search()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._glass.move(self.theme.px(11), (self.editor.height() - self._glass.height()) // 2)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._search()
                return True
            if event.key() == Qt.Key.Key_Escape and self.editor.text():
                self.clear()
                return True
        return super().eventFilter(watched, event)

    def _search(self) -> None:
        self._rest.stop()
        self.searched.emit(self.text())


def length_trouble(text: str, max_chars: int | None) -> Trouble | None:
    """Too long is told, never cut off."""
    over = 0 if max_chars is None else len(text) - max_chars
    return Trouble(f"{max_chars}文字までです。あと{over}文字短くしてください。") if over > 0 else None
