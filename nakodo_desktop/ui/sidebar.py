"""The dark bar on the left: where one is, how much waits there, and the lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QWidget

from nakodo_desktop.ui.brand import BrandMark
from nakodo_desktop.ui.theme import Theme, restyle
from nakodo_desktop.ui.widgets.buttons import PushButton, button
from nakodo_desktop.ui.widgets.frames import column, row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel

WIDE_PX, NARROW_PX = 212, 60
_ENTRY_PX, _LEAST_ENTRY_PX = 42, 30


@dataclass(frozen=True)
class Place:
    """One entry; `below` puts it at the foot of the bar."""

    key: str
    title: str
    icon: str
    below: bool = False


class Sidebar(QFrame):
    """Icons and words; only icons (with tool tips) when the window is narrow."""

    chosen = Signal(str)
    lock_wanted = Signal()

    def __init__(
        self, theme: Theme, office_name: str, places: tuple[Place, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "side")
        self._theme = theme
        self._buttons: dict[str, _NavButton] = {}
        self._group = QButtonGroup(self)
        self._rows = column(theme, self, margin=12, gap=4)
        self._brand_words = self._add_brand(office_name)
        for place in places:
            if not place.below:
                self._add(place)
        self._rows.addStretch()
        for place in places:
            if place.below:
                self._add(place)
        self._rows.addSpacing(theme.px(6))
        self.lock = _NavButton(theme, "ロックする", "lock", self, badge="Ctrl+L")
        self.lock.setObjectName("lock")
        self.lock.clicked.connect(self.lock_wanted)
        self._rows.addWidget(self.lock)
        self.set_narrow(False)

    def show_place(self, key: str) -> None:
        self._buttons[key].setChecked(True)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """How much waits; 0 shows nothing."""
        for key, count in counts.items():
            self._buttons[key].set_badge(f"{count:,}" if count else "")

    def set_narrow(self, narrow: bool) -> None:
        self.setFixedWidth(self._theme.px(NARROW_PX if narrow else WIDE_PX))
        self._brand_words.setVisible(not narrow)
        left = 2 if narrow else 4  # narrow: above the middle of the icons
        self._brand.setContentsMargins(self._theme.px(left), self._theme.px(6), 0, self._theme.px(16))
        for made in (*self._buttons.values(), self.lock):
            made.set_narrow(narrow)

    def _add_brand(self, office_name: str) -> QWidget:
        head = self._brand = row(self._theme, gap=10)
        head.addWidget(BrandMark(self._theme, 32))
        words = QWidget()
        words.setProperty("ground", "plain")
        lines = column(self._theme, words, gap=3)
        lines.addWidget(PlainLabel("なこうどデスク", "strong"))
        lines.addWidget(ElidedLabel(office_name, "hint"))
        head.addWidget(words, 1)
        self._rows.addLayout(head)
        return words

    def _add(self, place: Place) -> None:
        made = _NavButton(self._theme, place.title, place.icon, self)
        made.setCheckable(True)
        made.setObjectName(f"nav_{place.key}")
        made.clicked.connect(lambda _checked, key=place.key: self.chosen.emit(key))
        self._group.addButton(made)
        self._buttons[place.key] = made
        self._rows.addWidget(made)


class _NavButton(PushButton):
    """A navigation entry with a count painted at its right end."""

    def __init__(self, theme: Theme, title: str, icon: str, parent: QWidget, *, badge: str = "") -> None:
        super().__init__(parent)
        self._theme = theme
        model = button(theme, title, kind="nav", icon=icon, parent=self)
        self.setProperty("kind", "nav")
        self.setIcon(model.icon())
        self.setIconSize(model.iconSize())
        self._full_text = model.text()
        model.deleteLater()
        model.hide()
        self.setText(self._full_text)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self._theme, self._title, self._badge, self._narrow = theme, title, badge, False

    def set_badge(self, badge: str) -> None:
        self._badge = badge
        self.setAccessibleName(f"{self._title} {badge}".strip())
        self.set_narrow(self._narrow)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.setText("" if narrow else self._full_text)
        if self.property("narrow") != narrow:
            self.setProperty("narrow", narrow)
            restyle(self)
        self.setToolTip(f"{self._title}　{self._badge}".rstrip() if narrow else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(_ENTRY_PX))

    def minimumSizeHint(self) -> QSize:
        """A low window squeezes the entries before it pushes the lock out of sight."""
        return QSize(super().minimumSizeHint().width(), self._theme.px(_LEAST_ENTRY_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._badge:
            return
        painter = QPainter(self)
        if not self._narrow:
            painter.setFont(self._theme.font(12))
            painter.setPen(self._theme.color("side_m"))
            area = self.rect().adjusted(0, 0, -self._theme.px(12), 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._badge)
        elif self._badge[0].isdecimal():
            self._paint_dot(painter)

    def _paint_dot(self, painter: QPainter) -> None:
        """Something waits; how much is told by the tool tip."""
        side = self._theme.px(7)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("on_side"))
        painter.drawEllipse(self.width() - side - self._theme.px(3), self._theme.px(4), side, side)
