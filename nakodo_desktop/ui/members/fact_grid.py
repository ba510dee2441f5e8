"""Labels and values to read, in two columns when there is room; values can be selected and copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.labels import WrappedLabel

_TWO_FROM_PX = 680
_LABEL_PX = 168
_WIDE_FROM_CHARS = 34


class FactGrid(QWidget):
    """A long value takes a whole line."""

    def __init__(self, theme: Theme, facts: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(10))
        self._cells: list[tuple[WrappedLabel, WrappedLabel, bool]] = []
        for label, words in facts:
            name, value = WrappedLabel(label, "label"), WrappedLabel(words)
            name.setFixedWidth(theme.px(_LABEL_PX))
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._cells.append((name, value, len(words) > _WIDE_FROM_CHARS or "\n" in words))
        self._columns = 0
        self._arrange(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= self._theme.px(_TWO_FROM_PX) else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        place = 0
        for name, value, is_wide in self._cells:
            if is_wide and place % columns:
                place += 1
            line, column = divmod(place, columns)
            self._grid.addWidget(name, line, 2 * column, Qt.AlignmentFlag.AlignTop)
            span = 2 * columns - 1 if is_wide else 1
            self._grid.addWidget(value, line, 2 * column + 1, 1, span, Qt.AlignmentFlag.AlignTop)
            place += columns if is_wide else 1
        for column in range(2):
            self._grid.setColumnStretch(2 * column + 1, 1 if column < columns else 0)
