"""Where things stand in the window of an interview, and how they share little room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from nakodo_desktop.errors import UserError
from nakodo_desktop.ui.interview.foot import FlowFoot
from nakodo_desktop.ui.interview.head import FlowHead
from nakodo_desktop.ui.interview.news import NewsBar
from nakodo_desktop.ui.interview.page import Page
from nakodo_desktop.ui.interview.page_book import PageBook
from nakodo_desktop.ui.interview.progress import minutes_left
from nakodo_desktop.ui.interview.side_pane import WIDTH_PX as SIDE_PX
from nakodo_desktop.ui.interview.side_pane import SidePane
from nakodo_desktop.ui.interview.tab_order import chain_after
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.frames import Card, column, row
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.notices import Banner
from nakodo_desktop.ui.widgets.step_rail import RailStep, StepRail

_GAP_PX = 20
SIDE_FROM_PX = 1181  # in a narrower window the rail and the side pane share one place


class FlowFrame(QWidget):
    """In a narrow window a button in the head swaps the rail for points and memo, which are as wide."""

    side_closed = Signal()

    def __init__(self, theme: Theme, book: PageBook, *, save: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.book = book
        self.head, self.foot = FlowHead(theme), FlowFoot(theme)
        self.rail, self.side = StepRail(theme), SidePane(theme)
        self.rail.setObjectName("rail")
        self.bar = Banner(theme, "bad", "", verb="もう一度保存", act=save)
        self.bar.setObjectName("not_saved")
        self.news = NewsBar(theme)
        self._rail_side, self._estimate = QWidget(), PlainLabel("", "hint")
        self._strip, self._body = QWidget(), QWidget()
        self._is_over = False
        self._lay_out()
        self.head.side_asked.connect(self._on_side_asked)

    def open_side(self) -> None:
        """To the memo, wherever it is."""
        self.head.side_button.setChecked(True)
        self.side.memo.setFocus()

    def tell_not_saved(self, error: UserError) -> None:
        self.head.show_unsaved()
        self.bar.set_words(error.message, f"入力した内容は画面に残っています。{error.advice}")
        self._strip.show()

    def tell_saved(self, saved_at: datetime) -> None:
        self._strip.hide()
        self.head.show_saved(saved_at)

    def show_steps(self, steps: list[RailStep], *, current: str, estimates: bool) -> None:
        """`estimates`: how long the rest takes; a later visit asks what it likes."""
        self.rail.set_steps(steps, current=current)
        left = minutes_left(steps) if estimates else 0
        self._estimate.setText(f"入力の目安　あと{left}分ほど" if left else "")

    def keep_tab_order(self, page: Page) -> None:
        """From the last field of the page to the foot, the memo and the head."""
        chain_after(page, (*self.foot.parts, self.side.memo, self.side.memo.editor, *self.head.parts))

    def show_end(self, panel: QWidget | None = None) -> None:
        """Nothing to type any more; `panel` takes the place of everything but the head."""
        self._is_over = True
        self.book.close_for_good()
        self.head.show_over()
        self._strip.hide()
        self.news.hide()
        if panel is not None:
            self._body.hide()
            self._rows.addWidget(panel, 1)
            panel.show()
            panel.setFocus()

    def minimumSizeHint(self) -> QSize:
        """Without the side pane: where both stand, it gives way before the window has to grow."""
        hint = super().minimumSizeHint()
        if self.side.isHidden() or self._rail_side.isHidden():
            return hint
        side = self._theme.px(SIDE_PX) + _GAP_PX
        return QSize(max(hint.width() - side, self.head.minimumSizeHint().width()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_narrow = self.width() < self._theme.px(SIDE_FROM_PX)
        shows_side = self.head.side_button.isChecked()
        self.head.side_button.setVisible(is_narrow and not self._is_over)
        self._rail_side.setVisible(not (is_narrow and shows_side))
        self.side.setVisible(not is_narrow or shows_side)

    def _on_side_asked(self, shown: bool) -> None:
        self._arrange()
        if shown:
            self.side.memo.setFocus()
        else:
            self.side_closed.emit()

    def _lay_out(self) -> None:
        theme = self._theme
        self._rows = column(theme, self, gap=0)
        self._rows.addWidget(self.head)
        strip = row(theme, self._strip)
        strip.setContentsMargins(24, 12, 24, 0)
        strip.addWidget(self.bar)
        self._rows.addWidget(self._strip)
        self._rows.addWidget(self.news)
        card = Card(theme, margin=1, gap=8)
        card.rows.addWidget(self.book, 1)
        card.rows.addWidget(self.foot)
        across = row(theme, self._body)
        across.setSpacing(_GAP_PX)
        across.setContentsMargins(24, 20, 24, 20)  # as Page.SIDE_MARGIN
        rail = column(theme, self._rail_side, gap=8)
        rail.addWidget(self.rail, 1)
        rail.addWidget(self._estimate)
        across.addWidget(self._rail_side)
        across.addWidget(card, 1)
        across.addWidget(self.side)
        self._rows.addWidget(self._body, 1)
        self._strip.hide()
