"""What the program tells without stopping anybody: a banner that stays, an empty page, words for a screen reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import PushButton, button
from nakodo_desktop.ui.widgets.frames import column, row
from nakodo_desktop.ui.widgets.labels import Role, WrappedLabel, picture

BannerTone = Literal["ok", "info", "warn", "bad"]
_BANNER_ICONS: dict[BannerTone, str] = {
    "ok": "circle-check",
    "info": "info",
    "warn": "triangle-alert",
    "bad": "circle-alert",
}


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say `text`; nothing changes on the screen."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class Banner(QFrame):
    """A coloured strip that stays until the page takes it away: a title, a sentence and at most one deed."""

    def __init__(
        self,
        theme: Theme,
        tone: BannerTone,
        title: str,
        *,
        text: str = "",
        icon: str | None = None,
        verb: str = "",
        act: Callable[[], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", tone)
        line = row(theme, self, gap=10)
        line.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        line.addWidget(picture(theme, icon or _BANNER_ICONS[tone], tone, px=20), 0, Qt.AlignmentFlag.AlignTop)
        words = column(theme, gap=4)
        self._title = WrappedLabel(title, "field", tone=tone)
        self._text = WrappedLabel(text, "hint")
        words.addWidget(self._title)
        words.addWidget(self._text)
        line.addLayout(words, 1)
        self.button: PushButton | None = None
        if act is not None:
            self.button = button(theme, verb)
            self.button.clicked.connect(act)
            line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.set_words(title, text)

    def set_words(self, title: str, text: str = "") -> None:
        """Change what it says; a screen reader says it too when it is visible."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{title} {text}".strip())
        if self.isVisible():
            announce(self, self.accessibleName())


class EmptyState(QWidget):
    """What an empty page shows: an icon, one sentence, one button."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        sentence: str,
        *,
        hint: str = "",
        verb: str = "",
        act: Callable[[], None] | None = None,
        verb_icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        rows = column(theme, self, margin=16, gap=14)
        rows.addStretch(2)
        rows.addWidget(picture(theme, icon, "faint", px=44), 0, middle)
        told: tuple[tuple[str, Role], ...] = ((sentence, "h2"), (hint, "label"))
        for words, role in told:
            if words:
                label = WrappedLabel(words, role)
                label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
                rows.addWidget(label)
        self.button: PushButton | None = None
        if act is not None:
            self.button = button(theme, verb, kind="primary", icon=verb_icon)
            self.button.clicked.connect(act)
            rows.addSpacing(theme.px(4))
            rows.addWidget(self.button, 0, middle)
        rows.addStretch(3)
