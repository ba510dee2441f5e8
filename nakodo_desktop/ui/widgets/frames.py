"""Surfaces and lines: page, white card, strip, hairline, scrolling form; nobody else styles a frame."""

from __future__ import annotations

import math
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import Tone

Ground = Literal["plain", "card", "head", "foot", "status", "sunken", "side", "ok", "warn", "bad", "info", "toast"]


def page(parent: QWidget | None = None) -> QWidget:
    """The grey ground everything lies on."""
    made = QWidget(parent)
    made.setProperty("ground", "page")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


def frame(ground: Ground | Tone, parent: QWidget | None = None) -> QFrame:
    """A surface of the style sheet, without a layout."""
    made = QFrame(parent)
    made.setProperty("ground", ground)
    return made


class _HLine(QFrame):
    def paintEvent(self, _event: QPaintEvent) -> None:
        """At 125 % a line one pixel high would now be one, now two pixels of the screen."""
        hairline(QPainter(self), self.palette().color(QPalette.ColorRole.Mid), 0, 0, self.width())


def hline(parent: QWidget | None = None) -> QFrame:
    made = _HLine(parent)
    made.setProperty("ground", "hline")
    return made


def hairline(painter: QPainter, colour: QColor, left: int, y: int, right: int) -> None:
    """Exactly one pixel of the screen, whatever the scaling."""
    screen = painter.deviceTransform()
    top, scale = screen.map(QPointF(left, y)).y(), screen.m22()
    painter.fillRect(QRectF(left, y + (math.floor(top + 0.5) - top) / scale, right - left, 1 / scale), colour)


class Card(QFrame):
    """A white card; put things into `rows`."""

    def __init__(
        self, theme: Theme, *, margin: int = 20, gap: int = 12, ground: Ground = "card", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", ground)
        self.rows = column(theme, self, margin=margin, gap=gap)


def list_card(theme: Theme) -> Card:
    """For a list or table that fills it: the rows keep clear of the round corners."""
    made = Card(theme, margin=1, gap=0)
    made.rows.setContentsMargins(1, theme.px(5), 1, theme.px(5))
    return made


def column(theme: Theme, owner: QWidget | None = None, *, margin: int = 0, gap: int = 12) -> QVBoxLayout:
    """A vertical layout with design-size margins."""
    layout = QVBoxLayout() if owner is None else QVBoxLayout(owner)
    side = theme.px(margin)
    layout.setContentsMargins(side, side, side, side)
    layout.setSpacing(theme.px(gap))
    return layout


def row(theme: Theme, owner: QWidget | None = None, *, margin: int = 0, gap: int = 8) -> QHBoxLayout:
    """A horizontal layout with design-size margins."""
    layout = QHBoxLayout() if owner is None else QHBoxLayout(owner)
    side = theme.px(margin)
    layout.setContentsMargins(side, side, side, side)
    layout.setSpacing(theme.px(gap))
    return layout


def narrow(theme: Theme, widget: QWidget) -> QHBoxLayout:
    """A widget of limited width, at the left. A column alone would reckon its height from the whole width."""
    line = row(theme)
    line.addWidget(widget, 1)
    line.addStretch()
    return line


class FormScroll(QScrollArea):
    """Scrolls one widget up and down and keeps the focused field in view."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tried: tuple[int, int] | None = None
        self.look_again = QTimer(self, interval=0, singleShot=True)
        self.look_again.timeout.connect(self._fit_if_squeezed)
        self._hold(content)

    def show_content(self, content: QWidget) -> None:
        """Scroll another widget, from where the former one was scrolled to; the former one is deleted.

        A new FormScroll instead would flash a bar while it finds its size.
        """
        position = self.verticalScrollBar().value()
        former = self.takeWidget()
        former.hide()
        former.deleteLater()
        self._hold(content)
        QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(position))

    def fit(self) -> None:
        """Give the content its height now; rows just added would first be painted squeezed into the old one."""
        layout = self._content.layout()
        if layout is not None:
            layout.activate()
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def bring(self, inside: QWidget, *, margin: int) -> None:
        """Scroll to a part of the content that was just made: once it has its place."""

        def scroll() -> None:
            self.fit()
            self.ensureWidgetVisible(inside, 0, margin)

        QTimer.singleShot(0, inside, scroll)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self._content:
            bar = self.verticalScrollBar().sizeHint().width()
            self.setMinimumWidth(self._content.minimumSizeHint().width() + bar)
            self.look_again.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.look_again.start()

    def _fit_if_squeezed(self) -> None:
        """Qt asks for the height before nested layouts know theirs; then it neither asks again nor hides its bar."""
        content, bar = self._content, self.verticalScrollBar()
        needed = content.heightForWidth(content.width()) if content.hasHeightForWidth() else content.height()
        is_squeezed = content.height() < needed or (bar.isVisible() and bar.maximum() == 0)
        if is_squeezed and self._tried != (content.width(), needed):
            self._tried = (content.width(), needed)  # what does not help once is not tried for ever
            self.fit()
        elif not is_squeezed:
            self._tried = None

    def _hold(self, content: QWidget) -> None:
        content.setProperty("ground", "scrolled")
        self._content = content
        self.setWidget(content)
        content.installEventFilter(self)


def scroll_around(widget: QWidget) -> FormScroll | None:
    """The nearest one that scrolls `widget`."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, FormScroll):
        above = above.parentWidget()
    return above
