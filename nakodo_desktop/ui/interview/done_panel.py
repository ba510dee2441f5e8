"""After the interview: that it is done, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import BODY_PX
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, row
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel, picture
from nakodo_desktop.ui.widgets.marks import IconDisc

_WIDTH_PX = 560


class DonePanel(QWidget):
    """Shows the member's number, not the name."""

    member_wanted = Signal()
    close_asked = Signal()

    def __init__(
        self, theme: Theme, member_number: str, next_deeds: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("done")
        self._theme = theme
        card = Card(theme, margin=24, gap=14)
        card.setFixedWidth(theme.px(_WIDTH_PX))
        middle = Qt.AlignmentFlag.AlignHCenter
        card.rows.addWidget(IconDisc(theme, "circle-check", "ok", px=56), 0, middle)
        card.rows.addWidget(PlainLabel("面談を完了しました", "h1"), 0, middle)
        card.rows.addWidget(PlainLabel(f"会員番号　{member_number}", "label"), 0, middle)
        card.rows.addWidget(self._next(next_deeds))
        self.member_button = button(theme, "会員のページを開く", kind="primary", big=True)
        self.member_button.setObjectName("open_member")
        self.close_button = button(theme, "閉じる", big=True)
        self.close_button.setObjectName("close")
        deeds = row(theme, gap=12)
        deeds.addStretch()
        deeds.addWidget(self.close_button)
        deeds.addWidget(self.member_button)
        card.rows.addLayout(deeds)
        across = row(theme)  # no alignment: an aligned card would not grow with its wrapped lines
        across.addStretch()
        across.addWidget(card)
        across.addStretch()
        body = QWidget()
        rows = column(theme, body, margin=12)
        rows.addStretch(2)
        rows.addLayout(across)
        rows.addStretch(3)
        column(theme, self).addWidget(FormScroll(body))
        self.member_button.clicked.connect(self.member_wanted)
        self.close_button.clicked.connect(self.close_asked)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.member_button.setFocus()

    def _next(self, deeds: tuple[str, ...]) -> Card:
        card = Card(self._theme, margin=16, gap=10, ground="sunken")
        card.rows.addWidget(PlainLabel("次にすること", "field"))
        for deed in deeds:
            line = row(self._theme, gap=10)
            mark = picture(self._theme, "chevron-right", "accent", px=16, beside_px=BODY_PX)
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(WrappedLabel(deed), 1)
            card.rows.addLayout(line)
        return card
