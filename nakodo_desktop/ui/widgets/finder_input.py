"""Find one entry of a long list by typing a part of it, in kanji or kana, or by opening the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from nakodo_desktop.domain.japanese import search_key
from nakodo_desktop.domain.values import Trouble, Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import tool_button
from nakodo_desktop.ui.widgets.line_input import LineInput

_ROWS = 12


@dataclass(frozen=True)
class Option:
    """One entry; `reading` (kana) finds it too."""

    value: str
    label: str
    reading: str = ""


class FinderInput(LineInput):
    """`value()` is the value of the chosen entry, or the typed text when it names none."""

    def __init__(
        self, theme: Theme, options: Sequence[Option] = (), *, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, japanese=True, placeholder=placeholder, parent=parent)
        self._options: tuple[Option, ...] = ()
        self._keys: tuple[tuple[str, str], ...] = ()
        self._shown: tuple[Option, ...] = ()
        self._list = QStringListModel(self)
        self._completer = QCompleter(self._list, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_ROWS)
        self._completer.setWidget(self.editor)
        self._popup = QListView()
        self._popup.setProperty("role", "popup")
        self._completer.setPopup(self._popup)  # takes it over
        self._completer.activated[QModelIndex].connect(self._on_picked)  # type: ignore[index]  # overloaded signal
        self.list_button = tool_button(theme, "chevron-down", "一覧を開く（↓）")
        self.list_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Down does it from the keyboard
        self.list_button.clicked.connect(self.open_list)
        self.editor.set_trailing(self.list_button)
        self.editor.textEdited.connect(self._suggest)
        self.set_options(options)

    def set_label(self, label: str) -> None:
        super().set_label(label)
        self._popup.setAccessibleName(f"{label}の候補")
        self.list_button.setAccessibleName(f"{label}の一覧を開く")

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer these entries; what stands in the field stays."""
        self._options = tuple(options)
        self._keys = ()

    def value(self) -> Value:
        typed = self.editor.text().strip()
        chosen = next((option.value for option in self._options if option.label == typed), None)
        return chosen or typed or None

    def own_trouble(self) -> Trouble | None:
        known = any(option.value == self.value() for option in self._options)
        return None if known else Trouble("一覧から選んでください。字の一部を入れると絞り込めます。")

    def matches(self, typed: str) -> tuple[Option, ...]:
        """The entries that contain `typed` in any writing; all of them for an empty text."""
        key = search_key(typed)
        if not key:
            return self._options
        if not self._keys:
            self._keys = tuple((search_key(option.label), search_key(option.reading)) for option in self._options)
        return tuple(
            option
            for option, (label, reading) in zip(self._options, self._keys, strict=True)
            if key in label or reading.startswith(key)
        )

    def open_list(self) -> None:
        self.editor.setFocus()
        self._offer(self._options)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        down = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down
        if down and watched is self.editor:
            self._offer(self.matches("") if self._names_an_option() else self.matches(self.editor.text()))
            return True
        return super().eventFilter(watched, event)

    def _show(self, value: Value) -> None:
        label = next((option.label for option in self._options if option.value == value), value)
        self.editor.setText("" if label is None else str(label))

    def _tidy(self) -> None:
        """What was typed names an entry when only one contains it."""
        typed = self.editor.text().strip()
        if not typed or self._names_an_option():
            return
        found = self.matches(typed)
        if len(found) == 1:
            self.editor.replace_all(found[0].label)

    def _names_an_option(self) -> bool:
        return any(option.label == self.editor.text().strip() for option in self._options)

    def _suggest(self) -> None:
        if self.editor.text().strip():
            self._offer(self.matches(self.editor.text()))
        else:
            self._popup.hide()

    def _offer(self, options: tuple[Option, ...]) -> None:
        self._shown = options
        self._list.setStringList([option.label for option in options])
        if options and self.editor.isVisible():
            self._completer.complete()
        else:
            self._popup.hide()

    def _on_picked(self, index: QModelIndex) -> None:
        self.fill(self._shown[index.row()].value)
        self._leave()
