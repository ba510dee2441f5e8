"""How much of something is done, as a thin line; the words beside it carry the numbers."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from nakodo_desktop.ui.theme import Theme


class ProgressLine(QProgressBar):
    """`total` 0: nobody can say how long, the line only moves."""

    def __init__(self, theme: Theme, done: int, total: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, total)
        self.setValue(done)
        self.setTextVisible(False)
        self.setFixedHeight(theme.px(6))
        self.setAccessibleName(f"{total}のうち{done}" if total else "準備しています")
