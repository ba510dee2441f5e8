"""A wish about the partner: how much it weighs, and what it is in words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.values import Trouble, Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.choice_input import Choices, RadioInput
from nakodo_desktop.ui.widgets.field_input import FieldInput
from nakodo_desktop.ui.widgets.frames import row
from nakodo_desktop.ui.widgets.line_inputs import JaLineEdit


class WishInput(FieldInput):
    """`value()` is (weight, words). Words without a weight count as the middle weight: nothing typed is lost.

    `no_matter` is the weight that needs no words; while it is chosen the words wait, greyed, and are not part of it.
    """

    def __init__(
        self,
        theme: Theme,
        weights: Choices,
        *,
        no_matter: str,
        if_only_words: str,
        max_chars: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._no_matter, self._if_only_words = no_matter, if_only_words
        self.weight = RadioInput(theme, weights)
        self.weight.set_required(True)
        self.words = JaLineEdit(theme, max_chars=max_chars, placeholder="どのような希望か")
        line = row(theme, self, gap=12)
        line.addWidget(self.weight)
        line.addWidget(self.words, 1)
        self._consists_of(*self.weight.radios.values(), self.words.editor)
        self.weight.changed.connect(self._on_weight)
        self.words.changed.connect(self._on_words)

    def value(self) -> Value:
        weight, words = self.weight.value(), self.words.text()
        if weight is None and not words:
            return None
        if weight == self._no_matter:
            return (self._no_matter, "")
        return (str(weight or self._if_only_words), words)

    def own_trouble(self) -> Trouble | None:
        return self.words.own_trouble() if self.words.text() else None

    def set_label(self, label: str) -> None:
        self.setAccessibleName(label)
        self.weight.set_label(label)
        self.words.set_label(f"{label}の希望")

    def _show(self, value: Value) -> None:
        weight, words = value if isinstance(value, tuple) and len(value) == 2 else (None, "")
        self.weight.set_value(weight)
        self.words.set_value(words or None)
        self.words.setEnabled(weight != self._no_matter)

    def _on_weight(self) -> None:
        matters = self.weight.value() != self._no_matter
        self.words.setEnabled(matters)
        self._on_edited()
        if matters:
            self.words.setFocus()
        else:
            self._leave()

    def _on_words(self) -> None:
        if self.weight.value() is None and self.words.text():
            self.weight.set_value(self._if_only_words)
        self._on_edited()
