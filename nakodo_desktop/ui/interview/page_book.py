"""The pages of the steps, made when they are needed or in a quiet moment before; callers only name a step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from nakodo_desktop.domain.interview import STEPS
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.ui.interview.page import Page
from nakodo_desktop.ui.interview.page_scroll import PageScroll
from nakodo_desktop.ui.theme import Theme

_QUIET_MS = 250  # after the last key, before a page is made in advance
_FORM_WIDTH_PX = 900  # a longer line is hard to follow


class PageBook(QStackedWidget):
    """Neither opening an interview nor going on shall be waited for. The signals are those of whichever page it is."""

    edited = Signal()
    focused = Signal(str)
    jump_asked = Signal(str, str)
    progressed = Signal()
    idle = Signal()  # every page is made, and nobody is typing

    def __init__(self, theme: Theme, make: Callable[[str], Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._make = theme, make
        self._pages: dict[str, Page] = {}
        self._scrolls: dict[str, PageScroll] = {}
        self._quiet = QTimer(self, interval=_QUIET_MS, singleShot=True)
        self._quiet.timeout.connect(self._make_another)

    def page(self, step: str) -> Page:
        if step not in self._pages:
            page = self._make(step)
            page.setMaximumWidth(self._theme.px(_FORM_WIDTH_PX))
            self._pages[step], self._scrolls[step] = page, PageScroll(page)
            self.addWidget(self._scrolls[step])
            page.edited.connect(self.edited)
            page.edited.connect(self._quiet.start)
            page.focused.connect(self.focused)
            page.jump_asked.connect(self.jump_asked)
            page.progressed.connect(self.progressed)
        return self._pages[step]

    def turn_to(self, step: str) -> None:
        self.page(step)
        self.setCurrentWidget(self._scrolls[step])
        self._quiet.start()

    def foresee(self, step: str, answers: Answers) -> None:
        """A step that is likely to be asked for next, with these answers."""
        if self.page(step).foresee(answers):
            _lay_out(self._scrolls[step], self.size())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._quiet.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Put away, nothing is prepared: the vault may be lent to a backup by then."""
        super().hideEvent(event)
        self._quiet.stop()

    def close_for_good(self) -> None:
        """No more pages: the interview is over."""
        self._quiet.stop()

    def _make_another(self) -> None:
        if not self.isVisible():
            return
        waiting = next((step.key for step in STEPS if step.key not in self._pages), None)
        if waiting is not None:
            self.page(waiting)
            _lay_out(self._scrolls[waiting], self.size())
            self._quiet.start()
        else:
            self.idle.emit()


def _lay_out(scroll: PageScroll, size: QSize) -> None:
    """Styled, laid out and drawn once where nobody sees it: the first visit is then like every other."""
    scroll.resize(size)
    scroll.grab()
