"""Whose records of provision were found, each with the paper for that person."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.japanese import format_wareki
from nakodo_desktop.services.provisions import GivenPeople, GivenPerson
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, column, hline, row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, WrappedLabel

_NOBODY = "あてはまる提供の記録はありません。"
_HOW = "仮名・氏名は全体を、日付は年から入れてください。期限（最後の提供から3年）を過ぎて消去した記録は出ません。"
_MORE = "ほかにもいます。仮名か氏名で探すと出ます。"


def found_card(theme: Theme, found: GivenPeople, on_paper: Callable[[GivenPerson], None]) -> Card:
    card = Card(theme, margin=18, gap=12)
    count = f"{len(found.people)}名{'以上' if found.has_more else ''}" if found.people else ""
    head = row(theme, gap=12)
    head.addWidget(PlainLabel("見つかった提供の記録", "h2"))
    head.addWidget(PlainLabel(count, "label"))
    head.addStretch()
    card.rows.addLayout(head)
    for number, person in enumerate(found.people):
        if number:
            card.rows.addWidget(hline())
        card.rows.addWidget(_line(theme, person, on_paper))
    if not found.people:
        card.rows.addWidget(WrappedLabel(_NOBODY, "body"))
        card.rows.addWidget(WrappedLabel(_HOW, "hint"))
    if found.has_more:
        card.rows.addWidget(hline())
        card.rows.addWidget(WrappedLabel(_MORE, "hint"))
    return card


def _line(theme: Theme, found: GivenPerson, on_paper: Callable[[GivenPerson], None]) -> QWidget:
    newest = found.newest.provision
    line = QWidget()
    across = row(theme, line, gap=16)
    left = column(theme, gap=4)
    left.addWidget(ElidedLabel("　".join(filter(None, (newest.pseudonym, newest.person))), "strong"))
    earlier = f"（ほかに{found.times - 1}回）" if found.times > 1 else ""
    gone = "" if found.newest.has_record else "　会員の記録は消去済み"
    words = f"第{found.newest.seq}回　{format_wareki(newest.provided_on)}　{newest.recipient.name}へ{earlier}{gone}"
    left.addWidget(WrappedLabel(words, "hint"))
    across.addLayout(left, 1)
    paper = button(theme, "ご本人に渡す", icon="printer")
    paper.setObjectName("found_paper")
    paper.setAccessibleName(f"{newest.person}の提供の記録を印刷してご本人に渡す")
    paper.clicked.connect(lambda: on_paper(found))
    across.addWidget(paper, 0, Qt.AlignmentFlag.AlignVCenter)
    return line
