"""Everything that keeps a member off the site, in words, each with the way to mend it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nakodo_desktop.domain.eligibility import Place, Reason, ReasonCode
from nakodo_desktop.domain.interview import STEP
from nakodo_desktop.domain.provision import Listing
from nakodo_desktop.ui.exports.entries import reason_words, since_words
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
    """`mend_wanted` leads to where it is mended."""

    mend_wanted = Signal(object)  # Reason
    look_wanted = Signal(str)  # field key of an item further down

    def __init__(
        self, theme: Theme, reasons: Iterable[Reason], listing: Listing | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, margin=14, gap=4, ground="warn", parent=parent)
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
        words = WrappedLabel(f"・{reason_words(reason)}", "label")
        words.setContentsMargins(0, theme.px(5), 0, 0)  # the words on one line with the links
        line.addWidget(words, 1)
        if reason.code is ReasonCode.CONTENT:
            look = button(theme, "見る", kind="link")
            look.setObjectName(f"look_{reason.field_key}")
            look.setAccessibleName(f"下の項目を見る：{reason_words(reason)}")
            look.clicked.connect(lambda: self.look_wanted.emit(reason.field_key))
            line.addWidget(look, 0, Qt.AlignmentFlag.AlignTop)
        place = STEP[reason.step].title if reason.place is Place.STEP else _PLACES[reason.place]
        mend = button(theme, "直す", kind="link")
        mend.setObjectName(f"mend_{reason.code.value}_{reason.field_key}")
        mend.setAccessibleName(f"{place}を直す：{reason_words(reason)}")
        mend.setToolTip(place)
        mend.clicked.connect(lambda: self.mend_wanted.emit(reason))
        line.addWidget(mend, 0, Qt.AlignmentFlag.AlignTop)
        return line
