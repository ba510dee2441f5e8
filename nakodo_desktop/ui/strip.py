"""One line across the whole window, above everything: お試し, or the last minute before the lock."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.frames import row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, picture
from nakodo_desktop.ui.widgets.notices import BannerTone


class Strip(QFrame):
    """Flat and low, so that it takes no room from the work."""

    def __init__(self, theme: Theme, tone: BannerTone, words: str, *, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", tone)
        self.setProperty("flat", True)
        line = row(theme, self, gap=8)
        line.setContentsMargins(theme.px(20), theme.px(6), theme.px(20), theme.px(6))
        line.addWidget(picture(theme, icon, tone, px=16))
        self._words = ElidedLabel(words, "field", tone=tone)
        line.addWidget(self._words, 1)
        self.setAccessibleName(words)

    def set_words(self, words: str) -> None:
        self._words.setText(words)
        self.setAccessibleName(words)

    def words(self) -> str:
        return self._words.text()
