"""Several lines of Japanese text: memos and remarks."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from nakodo_desktop.domain.values import Trouble, Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.field_input import FieldInput
from nakodo_desktop.ui.widgets.frames import row
from nakodo_desktop.ui.widgets.line_inputs import length_trouble

_LINE_PX, _FRAME_PX = 16, 20


class _MemoEditor(QPlainTextEdit):
    """Tab goes to the next field; the wheel belongs to the page until the memo has the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class JaTextEdit(FieldInput):
    """A memo. Enter is a new line; too long is told, never cut off. Line ends are kept, outer blank space goes.

    `lines` is its height; None: as high as there is room.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        max_chars: int | None = None,
        lines: int | None = 4,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._max_chars = max_chars
        self._filling = False
        self._written = ""
        self.editor = _MemoEditor(self)
        self.editor.setPlaceholderText(placeholder)
        if lines is not None:
            self.editor.setFixedHeight(theme.px(_LINE_PX * lines + _FRAME_PX))
        row(theme, self).addWidget(self.editor)
        self._consists_of(self.editor)
        self.editor.textChanged.connect(self._on_text_changed)

    def value(self) -> Value:
        return self.editor.toPlainText().strip() or None

    def own_trouble(self) -> Trouble | None:
        return length_trouble(self.text(), self._max_chars)

    def _show(self, value: Value) -> None:
        self._filling = True  # QPlainTextEdit has no textEdited
        self.editor.setPlainText("" if value is None else str(value))
        self._filling = False

    def _on_text_changed(self) -> None:
        """Qt tells it also while somebody composes, when the text itself has not changed and nothing was said yet."""
        written = self.editor.toPlainText()
        if written == self._written:
            return
        self._written = written
        if self._max_chars is not None:
            self.counter_changed.emit(f"{len(self.text()):,} / {self._max_chars:,}")
        if not self._filling:
            self._on_edited()
