"""Every batch that left, newest first: when, to whom, how many, by whom, and how to recognise its file."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.japanese import format_wareki
from nakodo_desktop.domain.provision import BatchRecord
from nakodo_desktop.ui.exports.result_page import in_groups
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, hline, row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.notices import EmptyState


class HistoryPage(QWidget):
    """What of whom was in a batch stands on each member's page."""

    back_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.count = PlainLabel("", "label")
        self.back = button(theme, "一覧へ戻る", icon="chevron-left")
        self.back.setObjectName("export_history_back")
        self.back.clicked.connect(self.back_wanted)
        self._body: QWidget | None = None
        self._rows = column(theme, self, gap=14)
        self._rows.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(14))
        head = row(theme, gap=12)
        head.addWidget(self.back)
        head.addWidget(PlainLabel("これまでの書き出し", "h1"))
        head.addWidget(self.count)
        head.addStretch()
        self._rows.addLayout(head)

    def show_batches(self, batches: Iterable[BatchRecord]) -> None:
        found = list(batches)
        self.count.setText(f"{len(found)}回" if found else "")
        old = self._body
        self._body = self._list(found) if found else EmptyState(self._theme, "history", "まだ書き出していません。")
        self._rows.addWidget(self._body, 1)
        if old is not None:
            self._rows.removeWidget(old)
            old.deleteLater()

    def _list(self, found: list[BatchRecord]) -> FormScroll:
        body = QWidget()
        rows = column(self._theme, body, gap=0)
        card = Card(self._theme, margin=18, gap=12)
        for number, batch in enumerate(found):
            if number:
                card.rows.addWidget(hline())
            card.rows.addWidget(self._line(batch))
        card.rows.addWidget(hline())
        words = "だれの何を渡したかは、会員の記録の「履歴と提供」にあります。記録は、渡した日から3年間残ります。"
        card.rows.addWidget(WrappedLabel(words, "hint"))
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
        left.addWidget(ElidedLabel(f"担当 {batch.staff_name}　規則 {batch.rule_version}", "hint"))
        left.addWidget(WrappedLabel(f"{batch.name}　SHA-256 {in_groups(batch.manifest_sha256)}", "hint"))
        across.addLayout(left, 1)
        counts = PlainLabel(f"掲載 {batch.profile_count:,}名　取下げ {batch.removal_count:,}名", "label")
        across.addWidget(counts, 0, Qt.AlignmentFlag.AlignTop)
        return line
