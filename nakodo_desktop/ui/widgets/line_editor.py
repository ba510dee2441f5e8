"""The bare one-line editor of the inputs; only the input modules use it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from nakodo_desktop.ui.widgets.ime import EnterMovesOn


class LineEditor(QLineEdit):
    """A QLineEdit without validator and length limit, since both eat committed Japanese (measured, ux handbook 4).

    `japanese=False` keeps the IME off while it has the focus, so that no digit is typed into a composition, and
    narrows what is pasted. A widget can sit at its right end.
    """

    def __init__(self, *, japanese: bool, enter_moves_on: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._japanese = japanese
        self._trailing: QWidget | None = None
        if enter_moves_on:
            EnterMovesOn(self)

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: Any = None) -> Any:
        if query == Qt.InputMethodQuery.ImEnabled and not self._japanese:
            return False
        return super().inputMethodQuery(query) if argument is None else super().inputMethodQuery(query, argument)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._japanese and event.matches(QKeySequence.StandardKey.Paste):
            self.insert(narrow(QGuiApplication.clipboard().text()))
            return
        super().keyPressEvent(event)

    def replace_all(self, text: str) -> None:
        """Change the whole text so that Ctrl+Z brings the old one back; the cursor goes to the end."""
        if text != self.text():
            self.selectAll()
            self.insert(text)

    def set_trailing(self, widget: QWidget) -> None:
        """Place `widget` inside the field at its right end."""
        widget.setParent(self)
        self._trailing = widget
        self.setTextMargins(0, 0, widget.sizeHint().width(), 0)
        self._place_trailing()
        widget.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_trailing()

    def _place_trailing(self) -> None:
        if self._trailing is not None:
            size = self._trailing.sizeHint()
            left = self.width() - size.width() - 4
            self._trailing.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())


def narrow(text: str) -> str:
    """Full-width digits, letters and signs become half-width; line breaks become spaces, outer ones go."""
    import unicodedata  # not before the first paste: the unlock screen has an editor, too

    return unicodedata.normalize("NFKC", text).replace("\n", " ").strip()
