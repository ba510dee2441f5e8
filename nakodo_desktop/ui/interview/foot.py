"""The row under a step: back, what is still to be looked at, and on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.ui.interview.page import SIDE_MARGIN
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button, set_button_text
from nakodo_desktop.ui.widgets.frames import column, hline, row
from nakodo_desktop.ui.widgets.labels import PlainLabel

_NEXT_WIDTH_PX = 150


class FlowFoot(QWidget):
    """Enter never presses a button here by itself: 次へ and 完了 are no default buttons."""

    back_asked = Signal()
    next_asked = Signal()
    finish_asked = Signal()
    flaws_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = column(theme, self, gap=18)
        rows.setContentsMargins(SIDE_MARGIN, 0, SIDE_MARGIN, 20)
        rows.addWidget(hline())
        self.back = button(theme, "戻る", icon="chevron-left")
        self.flaws = button(theme, "", kind="link")
        self.flaws.setProperty("tone", "bad")
        self._complete = PlainLabel("この手順はすべて入力済みです", "hint", tone="ok")
        self.next = button(theme, "次へ進む", kind="primary", icon="chevron-right", icon_after=True, big=True)
        self.finish = button(theme, "面談を完了する", kind="primary", icon="check", big=True)
        for made, name in ((self.back, "back"), (self.flaws, "flaws"), (self.next, "next"), (self.finish, "finish")):
            made.setObjectName(name)
        for made in (self.next, self.finish):
            made.setMinimumWidth(theme.px(_NEXT_WIDTH_PX))
        line = row(theme, gap=12)
        line.addWidget(self.back)
        line.addStretch()
        line.addWidget(self.flaws)
        line.addWidget(self._complete)
        line.addWidget(self.next)
        line.addWidget(self.finish)
        rows.addLayout(line)
        for made in (self.back, self.flaws, self.finish):
            made.setProperty("enter_skips", True)  # Enter in the last field goes on; it never comes near the end
        self.parts = (self.back, self.flaws, self.next, self.finish)
        self.back.clicked.connect(self.back_asked)
        self.flaws.clicked.connect(self.flaws_asked)
        self.next.clicked.connect(self.next_asked)
        self.finish.clicked.connect(self.finish_asked)

    def show_step(self, *, is_first: bool, is_last: bool) -> None:
        self.back.setEnabled(not is_first)
        self.next.setVisible(not is_last)
        self.finish.setVisible(is_last)

    def show_flaws(self, count: int, *, has_fields: bool = True) -> None:
        """How many answers of this step are missing or wrong."""
        set_button_text(self.flaws, f"未入力・要確認　{count}件")
        has_flaws, is_complete = count > 0, count == 0 and has_fields
        shown = {self.flaws: has_flaws, self._complete: is_complete}
        for part in sorted(shown, key=shown.__getitem__):  # hide before showing: for a moment both would count
            part.setVisible(shown[part])
