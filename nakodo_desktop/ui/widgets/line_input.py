"""One line to type in, as an input: what the kinds of one-line input share.

Apart from them because the unlock screen needs a line and none of the readers of Japanese behind its siblings.
"""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from nakodo_desktop.domain.values import Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.field_input import FieldInput
from nakodo_desktop.ui.widgets.frames import row
from nakodo_desktop.ui.widgets.line_editor import LineEditor


class LineInput(FieldInput):
    """A FieldInput with one LineEditor, reachable as `editor`."""

    def __init__(
        self,
        theme: Theme,
        *,
        japanese: bool,
        placeholder: str = "",
        enter_moves_on: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self.editor = LineEditor(japanese=japanese, enter_moves_on=enter_moves_on, parent=self)
        self.editor.setPlaceholderText(placeholder)
        self.layout_row = row(theme, self)
        self.layout_row.addWidget(self.editor, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # never cut off by a full page
        self._consists_of(self.editor)
        self.editor.textEdited.connect(self._on_edited)

    def value(self) -> Value:
        return self.editor.text().strip() or None

    def _show(self, value: Value) -> None:
        self.editor.setText("" if value is None else str(value))

    def _tidy(self) -> None:
        self.editor.replace_all(self.text())
