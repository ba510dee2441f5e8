"""Damaged data a restore has put aside: how old, how large, and the way to be rid of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.dates import format_wareki
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, column, row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, WrappedLabel
from nakodo_desktop.vault.set_aside import SetAside

_WORDS = (
    "復元のときに脇へ移した、前のデータです。消去した方の記録が残っていることがあります。"
    "復元した内容に足りないものがなければ、削除してください。"
)


class SetAsideCard(Card):
    destroy_wanted = Signal(object)  # SetAside

    def __init__(self, theme: Theme, found: Sequence[SetAside], parent: QWidget | None = None) -> None:
        super().__init__(theme, margin=20, gap=12, parent=parent)
        self._theme = theme
        head = row(theme)
        head.addWidget(PlainLabel("脇へ移したデータ", "h2"))
        head.addWidget(PlainLabel(f"{len(found)}個", "label"))
        head.addStretch(1)
        self.rows.addLayout(head)
        self.rows.addWidget(WrappedLabel(_WORDS, "label"))
        for one in found:
            self.rows.addWidget(self._line(one))

    def _line(self, one: SetAside) -> QWidget:
        line = QWidget()
        across = row(self._theme, line, gap=8)
        names = column(self._theme, gap=3)
        names.addWidget(ElidedLabel(str(one.folder), "strong"))
        day = format_wareki(one.made_at.astimezone().date())
        names.addWidget(ElidedLabel(f"{day}に移動　{one.length / 1_000_000:,.1f} MB", "hint"))
        across.addLayout(names, 1)
        deed = button(self._theme, "削除する…", icon="trash-2")
        deed.setObjectName(f"destroy_{one.folder.name}")
        deed.setAccessibleName(f"{one.folder.name}：削除する")
        deed.clicked.connect(lambda _checked=False: self.destroy_wanted.emit(one))
        across.addWidget(deed)
        return line
