"""One sentence while something is prepared."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from nakodo_desktop.ui.brand import BrandMark
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import column
from nakodo_desktop.ui.widgets.labels import PlainLabel


class WaitingScreen(QWidget):
    """Nobody can say how long; the bar only moves. `verb` and `act`: a way not to wait."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        *,
        verb: str = "",
        act: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        middle = Qt.AlignmentFlag.AlignHCenter
        rows = column(theme, self, gap=18)
        rows.addStretch(3)
        rows.addWidget(BrandMark(theme, 44), 0, middle)
        rows.addWidget(PlainLabel(words, "h2"), 0, middle)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(theme.px(260))
        bar.setAccessibleName(words)
        rows.addWidget(bar, 0, middle)
        if act is not None:
            way_out = button(theme, verb)
            way_out.setObjectName("do_not_wait")
            way_out.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            way_out.clicked.connect(act)
            rows.addWidget(way_out, 0, middle)
        rows.addStretch(4)
