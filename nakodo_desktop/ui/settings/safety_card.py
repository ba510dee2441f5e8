"""One card of the safety page: what it is, one sentence on what it protects against, and its deeds."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import ButtonKind, PushButton, button
from nakodo_desktop.ui.widgets.frames import Card, column, row
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel, picture

WIDEST_PX = 860  # as wide as the forms of the other tabs


class SafetyCard(Card):
    """Fill `rows` from the top; `add_deed` adds buttons at the foot, in the order they are added."""

    def __init__(self, theme: Theme, icon: str, title: str, protects: str, *, parent: QWidget | None = None) -> None:
        super().__init__(theme, margin=22, gap=14, parent=parent)
        self._theme = theme
        self.setMaximumWidth(theme.px(WIDEST_PX))
        self.setAccessibleName(title)
        head = row(theme, gap=10)
        head.addWidget(picture(theme, icon, "accent", px=20))
        head.addWidget(PlainLabel(title, "h2"), 1)
        words = column(theme, gap=6)
        words.addLayout(head)
        self.protects = WrappedLabel(protects, "label")
        words.addWidget(self.protects)
        self.rows.addLayout(words)
        self._deeds: QHBoxLayout | None = None

    def add_deed(self, text: str, name: str, *, kind: ButtonKind = "normal", icon: str | None = None) -> PushButton:
        """`name` is what tests and shortcuts find it by."""
        if self._deeds is None:
            self._deeds = row(self._theme, gap=8)
            self._deeds.addStretch(1)
            self.rows.addLayout(self._deeds)
        made = button(self._theme, text, kind=kind, icon=icon)
        made.setObjectName(name)
        self._deeds.insertWidget(self._deeds.count() - 1, made)
        return made


def fact_line(theme: Theme, label: str, words: WrappedLabel | PlainLabel) -> QHBoxLayout:
    """A label and what holds now, side by side."""
    line = row(theme, gap=12)
    name = WrappedLabel(label, "label")
    name.setFixedWidth(theme.px(150))
    line.addWidget(name, 0, Qt.AlignmentFlag.AlignVCenter)
    line.addWidget(words, 1)
    return line
