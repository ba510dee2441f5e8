"""The bare one-line editor of the inputs; only the input modules use it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from nakodo_desktop.ui.widgets.ime import EnterMovesOn


class LineEditor(QLineEdit):
    """A QLineEdit without validator and length limit, since both eat committed Japanese (measured, ux handbook 4).

    What is pasted or dropped stays on one line: an address of two lines must not hide a break that nobody sees.
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
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.context_menu().popup(event.globalPos())

    def context_menu(self) -> QMenu:
        """Qt's own; not open yet, and it deletes itself when it closes."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(self._paste)
        return menu

    def dropEvent(self, event: QDropEvent) -> None:
        text = event.mimeData().text()
        if event.source() is self or one_line(text) == text:
            super().dropEvent(event)
            return
        self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
        self._take_in(text)
        event.acceptProposedAction()

    def _paste(self) -> None:
        self._take_in(QGuiApplication.clipboard().text())

    def _take_in(self, text: str) -> None:
        self.insert(one_line(text if self._japanese else narrow(text)))

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
    """Full-width digits, letters and signs become half-width; outer spaces go."""
    import unicodedata  # not before the first paste: the unlock screen has an editor, too

    return unicodedata.normalize("NFKC", text).strip()


def one_line(text: str) -> str:
    """Line breaks and tabs, with the spaces around them, become one space; at the ends they go."""
    import re  # as above

    return re.sub(r" *[\r\n\t\v\f\x85\u2028\u2029][\s]*", " ", text.strip("\r\n\t\v\f\x85\u2028\u2029"))
