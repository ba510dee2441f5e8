"""Scrolls one page of the interview; the text ends at the same line whether there is a scroll bar or not."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nakodo_desktop.ui.interview.page import Page
from nakodo_desktop.ui.widgets.frames import FormScroll


class PageScroll(FormScroll):
    """The bar stands in the right margin of the page."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(page, parent)
        self._page = page
        self.verticalScrollBar().rangeChanged.connect(self._on_range)

    def _on_range(self, lowest: int, highest: int) -> None:
        bar = self.verticalScrollBar().sizeHint().width() if highest > lowest else 0
        self._page.leave_for_bar(bar)
