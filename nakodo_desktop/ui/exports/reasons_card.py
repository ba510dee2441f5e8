"""Everything that keeps a member off the site, in words, each with the way to mend it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nakodo_desktop.domain.eligibility import Place, Reason
from nakodo_desktop.domain.interview import STEP
from nakodo_desktop.domain.provision import Listing
from nakodo_desktop.ui.exports.entries import since_words
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, row
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel, picture

_PLACES = {
    Place.STATUS: "会員の状態",
    Place.DECLARATION: "独身誓約書",
    Place.RIGHTS: "ご本人の請求",
    Place.EXPORT: "下の項目",
}


class ReasonsCard(Card):
    """`mend_wanted` leads to the member's record, where all of it is mended."""

    mend_wanted = Signal()

    def __init__(
        self, theme: Theme, reasons: Iterable[Reason], listing: Listing | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, margin=14, gap=8, ground="warn", parent=parent)
        found = list(reasons)
        head = row(theme, gap=8)
        head.addWidget(picture(theme, "triangle-alert", "warn", px=18))
        head.addWidget(PlainLabel(f"掲載できない理由が{len(found)}件あります", "field", tone="warn"), 1)
        self.rows.addLayout(head)
        if listing is not None:
            words = f"{since_words(listing)}です。このまま書き出すと、協会サイトから取り下げます。"
            self.rows.addWidget(WrappedLabel(words, "hint", tone="warn"))
        for reason in found:
            self.rows.addLayout(self._line(theme, reason))

    def _line(self, theme: Theme, reason: Reason) -> QHBoxLayout:
        line = row(theme, gap=8)
        line.addWidget(WrappedLabel(f"・{reason.words}", "label"), 1)
        place = STEP[reason.step].title if reason.place is Place.STEP else _PLACES[reason.place]
        mend = button(theme, "直す", kind="link")
        mend.setObjectName(f"mend_{reason.code.value}_{reason.field_key}")
        mend.setAccessibleName(f"{place}を直す：{reason.words}")
        mend.setToolTip(place)
        mend.clicked.connect(self.mend_wanted)
        line.addWidget(mend, 0, Qt.AlignmentFlag.AlignTop)
        return line
