"""A list of what is missing or wrong; every line leads to its field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.catalog import FIELDS
from nakodo_desktop.domain.fields import Kind
from nakodo_desktop.domain.interview import STEP
from nakodo_desktop.ui.interview.flaws import Flaw
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import PushButton, button
from nakodo_desktop.ui.widgets.flow_layout import FlowLayout
from nakodo_desktop.ui.widgets.frames import Card, row
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel, picture


class FlawCard(Card):
    """`links` are the buttons by catalogue key, in the order of the interview."""

    jump_asked = Signal(str, str)  # (step, catalogue key)

    def __init__(self, theme: Theme, flaws: Sequence[Flaw]) -> None:
        super().__init__(theme, margin=16, gap=2, ground="bad")
        self.links: dict[str, PushButton] = {}
        title = row(theme, gap=8)
        title.addWidget(picture(theme, "circle-alert", "bad", px=18))
        title.addWidget(PlainLabel(f"未入力・要確認　{len(flaws)}件", "field", tone="bad"), 1)
        self.rows.addLayout(title)
        self.rows.addWidget(WrappedLabel("項目を押すと、その欄へ移ります。", "hint"))
        for step, group in groupby(flaws, key=lambda flaw: flaw.step):
            self.rows.addSpacing(theme.px(8))
            self.rows.addWidget(PlainLabel(STEP[step].title, "strong"))
            line = QWidget()
            side_by_side = FlowLayout(line, gap=theme.px(4))
            self.rows.addWidget(line)
            for flaw in group:
                side_by_side.addWidget(self._link(theme, flaw))
                if flaw.message:
                    self.rows.addWidget(WrappedLabel(f"{flaw.label}：{flaw.message}", "error"))

    def _link(self, theme: Theme, flaw: Flaw) -> PushButton:
        link = button(theme, _words(flaw), kind="link")
        link.setObjectName(f"go_{flaw.field_key}")
        link.setAccessibleName(f"{_words(flaw)}{flaw.message}")
        link.clicked.connect(partial(self.jump_asked.emit, flaw.step, flaw.field_key))
        self.links[flaw.field_key] = link
        return link


def _words(flaw: Flaw) -> str:
    is_statement = FIELDS[flaw.field_key].kind is Kind.FLAG
    state = "要確認" if flaw.message else "未確認" if is_statement else "未入力"
    return f"{flaw.label}（{state}）"
