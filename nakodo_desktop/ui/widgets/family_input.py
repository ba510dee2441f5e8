"""Who belongs to the family and whether they live: relation and 存命・逝去, nothing else about other people."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.answers import family_pairs
from nakodo_desktop.domain.values import Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import PushButton, button, tool_button
from nakodo_desktop.ui.widgets.choice_input import Choices, RadioInput
from nakodo_desktop.ui.widgets.field_input import FieldInput
from nakodo_desktop.ui.widgets.flow_layout import FlowLayout
from nakodo_desktop.ui.widgets.frames import column, frame, row
from nakodo_desktop.ui.widgets.labels import PlainLabel


class FamilyInput(FieldInput):
    """`value()` is ("father/alive", …) in the order of the rows; "father/" while 存命・逝去 is not said yet."""

    def __init__(
        self,
        theme: Theme,
        *,
        relations: Choices,
        life: Choices,
        only_one_of: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._relations, self._life, self._only_one_of = dict(relations), tuple(life), frozenset(only_one_of)
        self.rows: list[FamilyRow] = []
        self.add_buttons: dict[str, PushButton] = {}
        self._layout = column(theme, self, gap=8)
        adding = QWidget(self)
        flow = FlowLayout(adding, gap=theme.px(8))
        for relation, label in relations:
            made = button(theme, label, kind="chip", icon="plus")
            made.setIconSize(QSize(theme.px(14), theme.px(14)))
            made.clicked.connect(lambda _checked=False, relation=relation: self.add(relation))
            flow.addWidget(made)
            self.add_buttons[relation] = made
        self._layout.addWidget(adding)
        self._consists_of(*self.add_buttons.values())

    def value(self) -> Value:
        return tuple(f"{one.relation}/{one.life.text()}" for one in self.rows) or None

    def set_label(self, label: str) -> None:
        self.setAccessibleName(label)
        for relation, made in self.add_buttons.items():
            made.setAccessibleName(f"{label}に{self._relations[relation]}を追加")

    def add(self, relation: str) -> None:
        """Add a row, as the operator does; the focus goes to its first answer."""
        made = self._insert(relation, None)
        self._changed_by_operator()
        next(iter(made.life.radios.values())).setFocus()

    def remove(self, index: int) -> None:
        self._drop(self.rows[index])
        self._changed_by_operator()
        self.add_buttons[next(iter(self.add_buttons))].setFocus()

    def _show(self, value: Value) -> None:
        for old in tuple(self.rows):
            self._drop(old)
        for relation, state in family_pairs(value if isinstance(value, tuple) else ()):
            if relation in self._relations:
                self._insert(relation, state or None)

    def _insert(self, relation: str, state: str | None) -> FamilyRow:
        made = FamilyRow(self.theme, relation, self._relations[relation], self._life)
        made.life.set_value(state)
        made.life.changed.connect(self._changed_by_operator)
        made.remove_asked.connect(lambda: self.remove(self.rows.index(made)))
        self._layout.addWidget(made)
        self.rows.append(made)
        self._refresh()
        for before, after in pairwise(
            [*self.add_buttons.values(), *(p for one in self.rows for p in (one.life, *one.parts))]
        ):
            QWidget.setTabOrder(before, after)  # a new widget would come last in the window
        return made

    def _drop(self, one: FamilyRow) -> None:
        self.rows.remove(one)
        self._layout.removeWidget(one)
        one.hide()
        one.deleteLater()
        self._refresh()

    def _refresh(self) -> None:
        present = {one.relation for one in self.rows}
        for relation, made in self.add_buttons.items():
            made.setEnabled(not (relation in self._only_one_of and relation in present))

    def _changed_by_operator(self) -> None:
        self._on_edited()
        if all(one.life.value() is not None for one in self.rows):
            self._leave()


class FamilyRow(QWidget):
    """父　〇存命 〇逝去　×"""

    remove_asked = Signal()

    def __init__(self, theme: Theme, relation: str, label: str, life: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.relation = relation
        strip = frame("sunken", self)
        row(theme, self).addWidget(strip)
        line = row(theme, strip, gap=12)
        line.setContentsMargins(theme.px(12), theme.px(4), theme.px(6), theme.px(4))
        name = PlainLabel(label, "strong")
        name.setFixedWidth(theme.px(36))
        line.addWidget(name)
        self.life = RadioInput(theme, life)
        self.life.set_required(True)
        self.life.set_label(label)
        line.addWidget(self.life, 1)
        self.remove_button = tool_button(theme, "x", f"{label}の行を消す")
        self.remove_button.clicked.connect(self.remove_asked)
        line.addWidget(self.remove_button)
        self.parts: tuple[QWidget, ...] = (*self.life.parts, self.remove_button)
