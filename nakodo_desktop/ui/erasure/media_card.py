"""Backups that still hold somebody who was erased, and by which day each has to be destroyed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.dates import format_wareki
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, column, row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.marks import pill
from nakodo_desktop.vault.backup_shelf import Medium

_WORDS = (
    "消去した方の記録がまだ入っている控えです。ふだんは新しい控えを取るたびに古いものから消えます。"
    "期限を過ぎたものは、フォルダーごと削除するか媒体を壊して、「処分した」を押してください。"
)
_MOST = 20


class MediaCard(Card):
    destroyed_told = Signal(object)  # Medium

    def __init__(self, theme: Theme, media: Sequence[Medium], *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(theme, margin=20, gap=12, parent=parent)
        self._theme = theme
        head = row(theme)
        head.addWidget(PlainLabel("処分する控え", "h2"))
        head.addWidget(PlainLabel(f"{len(media)}個", "label"))
        head.addStretch(1)
        self.rows.addLayout(head)
        self.rows.addWidget(WrappedLabel(_WORDS, "label"))
        for medium in media[:_MOST]:
            self.rows.addWidget(self._line(medium, today=today))

    def _line(self, medium: Medium, *, today: date) -> QWidget:
        line = QWidget()
        across = row(self._theme, line, gap=8)
        names = column(self._theme, gap=3)
        names.addWidget(ElidedLabel(str(medium.folder), "strong"))
        names.addWidget(ElidedLabel(f"{format_wareki(medium.expires_on)}までに処分", "hint"))
        across.addLayout(names, 1)
        if medium.expires_on < today:
            across.addWidget(pill("期限を過ぎています", "bad"))
        told = button(self._theme, "処分した")
        told.setObjectName(f"destroyed_{medium.folder.name}")
        told.setAccessibleName(f"{medium.folder.name}：処分した")
        told.clicked.connect(lambda _checked=False: self.destroyed_told.emit(medium))
        across.addWidget(told)
        return line
