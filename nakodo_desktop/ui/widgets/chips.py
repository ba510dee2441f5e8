"""A row of filter chips of which exactly one is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import PushButton, button, set_button_text
from nakodo_desktop.ui.widgets.flow_layout import FlowLayout


@dataclass(frozen=True)
class Chip:
    """One filter; `count` is how many rows it would show, None when not counted."""

    key: str
    label: str
    count: int | None = None

    @property
    def text(self) -> str:
        return self.label if self.count is None else f"{self.label} {self.count:,}"


class ChipRow(QWidget):
    """Filters side by side; the arrow keys move between them. The first is chosen at the start."""

    chosen = Signal(str)  # by the operator, not by `choose`

    def __init__(self, theme: Theme, chips: Iterable[Chip], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = {chip.key: chip for chip in chips}
        self._buttons: dict[str, PushButton] = {}
        self._group = QButtonGroup(self)
        layout = FlowLayout(self, gap=theme.px(8))
        for chip in self._labels.values():
            made = button(theme, chip.text, kind="chip", parent=self)
            made.setCheckable(True)
            made.setObjectName(chip.key)
            made.setChecked(not self._buttons)
            self._group.addButton(made)
            self._buttons[chip.key] = made
            layout.addWidget(made)
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def current(self) -> str:
        return next(key for key, made in self._buttons.items() if made.isChecked())

    def choose(self, key: str) -> None:
        self._buttons[key].setChecked(True)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        for key, count in counts.items():
            label = self._labels[key].label
            set_button_text(self._buttons[key], Chip(key, label, count).text)

    def _on_clicked(self, clicked: QAbstractButton) -> None:
        self.chosen.emit(clicked.objectName())
