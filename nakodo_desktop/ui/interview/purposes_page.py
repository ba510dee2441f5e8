"""The first step: the purposes and promises, to be read aloud from the screen, and that it was done."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.interview import STEP
from nakodo_desktop.reference.notice import Notice
from nakodo_desktop.ui.interview.page import Page
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import BODY_PX
from nakodo_desktop.ui.widgets.frames import Card, row
from nakodo_desktop.ui.widgets.ime import EnterMovesOn
from nakodo_desktop.ui.widgets.inputs import CheckInput, FieldBox, WarekiDateEdit
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel, picture

_SHOWN, _SHOWN_ON = catalog.PURPOSES.fields


class PurposesPage(Page):
    """Nothing is asked before this was said (個情法21条2項)."""

    def __init__(self, theme: Theme, notice: Notice, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(theme, STEP["purposes"], lead=catalog.PURPOSES.lead, parent=parent)
        self.reading = self._purposes(notice)
        self.reading.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reading.setAccessibleName("。".join(("利用目的", *notice.purposes, *notice.promises)))
        EnterMovesOn(self.reading)
        self.rows.addWidget(self.reading)
        self.rows.addWidget(self._promises(notice))
        shown = CheckInput(theme, _SHOWN.label)
        shown_on = WarekiDateEdit(theme, today=today)
        self.adopt(((_SHOWN.key, shown), (_SHOWN_ON.key, shown_on)))
        self.rows.addWidget(FieldBox(theme, "", shown, required=True))
        self.rows.addWidget(FieldBox(theme, _SHOWN_ON.label, shown_on, required=True))
        self.rows.addWidget(WrappedLabel(f"{notice.disclaimer}　文面 {notice.version}版", "hint"))
        self.rows.addStretch()

    def focus_first(self) -> None:
        """Reading comes first: on a small screen the first box would scroll the beginning away."""
        if self.inputs[_SHOWN.key].value() is True:
            super().focus_first()
        else:
            self.reading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _purposes(self, notice: Notice) -> QWidget:
        card = Card(self.theme, margin=16, gap=10, ground="sunken")
        card.rows.addWidget(PlainLabel("お話しいただくことは、次の目的に使います", "strong"))
        for number, purpose in enumerate(notice.purposes, start=1):
            card.rows.addLayout(self._point(WrappedLabel(str(number), "strong", tone="info"), purpose))
        return card

    def _promises(self, notice: Notice) -> QWidget:
        card = Card(self.theme, margin=16, gap=10, ground="sunken")
        card.rows.addWidget(PlainLabel("お約束とお知らせ", "strong"))
        for promise in notice.promises:
            card.rows.addLayout(self._point(picture(self.theme, "check", "ok", px=16, beside_px=BODY_PX), promise))
        return card

    def _point(self, mark: QWidget, words: str) -> QHBoxLayout:
        line = row(self.theme, gap=10)
        mark.setFixedWidth(self.theme.px(16))
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(WrappedLabel(words), 1)
        return line
