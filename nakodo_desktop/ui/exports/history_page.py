"""Every batch that left, newest first, and the finder of what was given of whom, for the erased as well."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.japanese import format_wareki
from nakodo_desktop.domain.provision import BatchRecord
from nakodo_desktop.services.exports import RECENT
from nakodo_desktop.services.provisions import GivenPeople
from nakodo_desktop.ui.exports.found_card import found_card
from nakodo_desktop.ui.exports.result_page import in_groups
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, hline, row
from nakodo_desktop.ui.widgets.inputs import SearchEdit
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.notices import EmptyState, announce

_ASKED_FOR = "だれの記録か：仮名・氏名・第3回・日付"
_SEARCH_PX = 460
_OLDER = "これより前の回は、上の検索に「第1回」のように入れると探せます。"
_KEPT = (
    "だれの何を渡したかは、会員の記録の「履歴と提供」か、上の検索で分かります。"
    "提供の記録は、会員の記録を消去した方も、最後に渡した日から3年間残ります。"
)


class HistoryPage(QWidget):
    """While something is asked for, the answer stands in the place of the batches."""

    back_wanted = Signal()
    asked = Signal(str)
    paper_wanted = Signal(object)  # GivenPerson

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.count = PlainLabel("", "label")
        self.back = button(theme, "一覧へ戻る", icon="chevron-left")
        self.back.setObjectName("export_history_back")
        self.back.clicked.connect(self.back_wanted)
        self.search = SearchEdit(theme, _ASKED_FOR)
        self.search.setObjectName("export_history_search")
        self.search.searched.connect(self._on_searched)
        self._batches: tuple[BatchRecord, ...] = ()
        self._text = ""
        self._body: QWidget | None = None
        self._rows = column(theme, self, gap=14)
        self._rows.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(14))
        head = row(theme, gap=12)
        head.addWidget(self.back)
        head.addWidget(PlainLabel("これまでの書き出し", "h1"))
        head.addWidget(self.count)
        head.addStretch()
        self._rows.addLayout(head)
        self.search.setMaximumWidth(theme.px(_SEARCH_PX))
        self._rows.addWidget(self.search)

    def show_batches(self, batches: Iterable[BatchRecord]) -> None:
        self._batches, self._text = tuple(batches), ""
        self.search.fill(None)
        self._show_list()

    def show_found(self, found: GivenPeople) -> None:
        self._replace(self._scroll(found_card(self._theme, found, self.paper_wanted.emit)))
        announce(self, f"{len(found.people)}名の提供の記録が見つかりました" if found.people else "見つかりません")

    def _on_searched(self, text: str) -> None:
        text = text.strip()
        if text == self._text:  # asking is logged: once is enough
            return
        self._text = text
        if text:
            self.asked.emit(text)
        else:
            self._show_list()

    def _show_list(self) -> None:
        found = self._batches
        self.count.setText(f"{'新しい' if len(found) == RECENT else ''}{len(found)}回" if found else "")
        self.search.setVisible(bool(found))
        self._replace(self._list(found) if found else EmptyState(self._theme, "history", "まだ書き出していません。"))

    def _replace(self, body: QWidget) -> None:
        old, self._body = self._body, body
        if old is not None:
            old.hide()
            self._rows.removeWidget(old)
            old.deleteLater()
        self._rows.addWidget(body, 1)
        body.show()

    def _list(self, found: tuple[BatchRecord, ...]) -> FormScroll:
        card = Card(self._theme, margin=18, gap=12)
        for number, batch in enumerate(found):
            if number:
                card.rows.addWidget(hline())
            card.rows.addWidget(self._line(batch))
        card.rows.addWidget(hline())
        card.rows.addWidget(WrappedLabel(_OLDER + _KEPT if len(found) == RECENT else _KEPT, "hint"))
        return self._scroll(card)

    def _scroll(self, card: Card) -> FormScroll:
        body = QWidget()
        rows = column(self._theme, body, gap=0)
        rows.addWidget(card)
        rows.addStretch()
        return FormScroll(body)

    def _line(self, batch: BatchRecord) -> QWidget:
        theme = self._theme
        line = QWidget()
        across = row(theme, line, gap=16)
        number = PlainLabel(f"第{batch.seq}回", "h2")
        number.setMinimumWidth(theme.px(72))
        across.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        left = column(theme, gap=4)
        at = batch.created_at.astimezone()
        left.addWidget(ElidedLabel(f"{format_wareki(batch.day)}　{at:%H:%M}　{batch.recipient.name}へ", "strong"))
        approved = f"　承認 {batch.approved_by}" if batch.approved_by else ""
        left.addWidget(ElidedLabel(f"担当 {batch.staff_name}{approved}　規則 {batch.rule_version}", "hint"))
        left.addWidget(WrappedLabel(f"{batch.name}　SHA-256 {in_groups(batch.manifest_sha256)}", "hint"))
        across.addLayout(left, 1)
        counts = PlainLabel(f"掲載 {batch.profile_count:,}名　取下げ {batch.removal_count:,}名", "label")
        across.addWidget(counts, 0, Qt.AlignmentFlag.AlignTop)
        return line
