"""One of a few answers: radio buttons side by side, or a list when they are many; and a box to tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QRadioButton, QSizePolicy, QWidget

from nakodo_desktop.domain.values import Trouble, Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import tool_button
from nakodo_desktop.ui.widgets.field_input import FieldInput
from nakodo_desktop.ui.widgets.flow_layout import FlowLayout
from nakodo_desktop.ui.widgets.frames import row
from nakodo_desktop.ui.widgets.ime import EnterMovesOn

MOST_RADIOS = 4
_LONGEST_RADIO_ROW = 30  # characters of all labels together
Choices = Sequence[tuple[str, str]]  # (value, label)


def choice_input(theme: Theme, choices: Choices, parent: QWidget | None = None) -> ChoiceInput:
    """The kind of input that suits the number of answers."""
    few = len(choices) <= MOST_RADIOS and sum(len(label) for _, label in choices) <= _LONGEST_RADIO_ROW
    return RadioInput(theme, choices, parent) if few else ComboInput(theme, choices, parent=parent)


class ChoiceInput(FieldInput):
    """`value()` is the key of the chosen answer. A stored key that is no longer offered stays and is an error."""

    def __init__(self, theme: Theme, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.choices = tuple(choices)
        self._unknown: str | None = None

    def own_trouble(self) -> Trouble | None:
        return None if self._unknown is None else Trouble("この答えは今の一覧にありません。選び直してください。")

    def _remember(self, value: Value) -> None:
        known = value is None or value in dict(self.choices)
        self._unknown = None if known else str(value)

    def _chosen(self) -> None:
        """The operator chose: there is nothing to wait for, so it is committed at once."""
        self._unknown = None
        self._on_edited()
        self._leave()


class RadioInput(ChoiceInput):
    """All answers in sight. The × (or Delete) takes the answer back, since "not answered" must stay possible.

    `always`: one of them holds at any time, as a setting does; there is nothing to take back.
    """

    def __init__(self, theme: Theme, choices: Choices, parent: QWidget | None = None, *, always: bool = False) -> None:
        super().__init__(theme, choices, parent)
        self._always = always
        layout = FlowLayout(self, gap=theme.px(10))
        self._group = QButtonGroup(self)
        self.radios: dict[str, QRadioButton] = {}
        for value, label in choices:
            radio = QRadioButton(label.replace("&", "&&"), self)
            radio.setCursor(Qt.CursorShape.PointingHandCursor)
            EnterMovesOn(radio)
            self._group.addButton(radio)
            self.radios[value] = radio
            layout.addWidget(radio)
        self.clear_button = tool_button(theme, "x", "選択を消す", parent=self)
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Delete does it from the keyboard
        layout.addWidget(self.clear_button)
        self.clear_button.hide()
        self._consists_of(*self.radios.values())
        self._group.buttonClicked.connect(lambda _button: self._chosen())
        self.clear_button.clicked.connect(self.take_back)

    def value(self) -> Value:
        chosen = next((value for value, radio in self.radios.items() if radio.isChecked()), None)
        return chosen or self._unknown

    def set_label(self, label: str) -> None:
        self.setAccessibleName(label)
        for value, text in self.choices:
            self.radios[value].setAccessibleName(f"{label}：{text}")

    def take_back(self) -> None:
        self._show(None)
        self._chosen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        takes_back = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in takes_back
            and self.clear_button.isVisible()
        ):
            self.take_back()
            return True
        return super().eventFilter(watched, event)

    def set_required(self, required: bool) -> None:
        super().set_required(required)
        self._show_clear()

    def _show(self, value: Value) -> None:
        self._remember(value)
        self._group.setExclusive(False)
        for key, radio in self.radios.items():
            radio.setChecked(key == value)
        self._group.setExclusive(True)
        self._show_clear()

    def _chosen(self) -> None:
        super()._chosen()
        self._show_clear()

    def _show_clear(self) -> None:
        can_be_empty = not (self._always or self.is_required())
        self.clear_button.setVisible(can_be_empty and self.value() is not None)


class _Combo(QComboBox):
    """The wheel scrolls the page unless the list has the focus: a passing wheel must not change an answer."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ComboInput(ChoiceInput):
    """A list that opens. Its first entry means "not answered"."""

    _ROWS = 14

    def __init__(
        self, theme: Theme, choices: Choices, *, unanswered: str = "選んでください", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, choices, parent)
        self.combo = _Combo(self)
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.setMaxVisibleItems(self._ROWS)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(6)
        self.combo.addItem(unanswered, None)
        for value, label in choices:
            self.combo.addItem(label, value)
        EnterMovesOn(self.combo)
        row(theme, self).addWidget(self.combo, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._consists_of(self.combo)
        self.combo.activated.connect(lambda _index: self._chosen())

    def set_label(self, label: str) -> None:
        super().set_label(label)
        self.combo.view().setAccessibleName(f"{label}の一覧")

    def value(self) -> Value:
        chosen: str | None = self.combo.currentData()
        return chosen or self._unknown

    def _show(self, value: Value) -> None:
        self._remember(value)
        self.combo.setCurrentIndex(max(0, self.combo.findData(value)) if value is not None else 0)


class CheckInput(FieldInput):
    """A statement to tick. Untouched it is not answered (None), afterwards True or False."""

    def __init__(self, theme: Theme, statement: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.box = QCheckBox(statement.replace("&", "&&"), self)
        self.box.setCursor(Qt.CursorShape.PointingHandCursor)
        self._touched = False
        EnterMovesOn(self.box)
        row(theme, self).addWidget(self.box)
        self.is_compact = True
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._consists_of(self.box)
        self.set_label(statement)
        self.box.clicked.connect(self._on_clicked)

    def value(self) -> Value:
        return self.box.isChecked() if self._touched else None

    def _show(self, value: Value) -> None:
        self._touched = value is not None
        self.box.setChecked(value is True)

    def _on_clicked(self) -> None:
        self._touched = True
        self._on_edited()
        self._leave()
