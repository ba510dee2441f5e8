"""What happened to a member's record, as cards of lines: given to the site, interviews, changed facts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.answers import from_plain
from nakodo_desktop.domain.interview_record import Interview, InterviewState
from nakodo_desktop.domain.japanese import format_wareki
from nakodo_desktop.domain.member import ProfileChange
from nakodo_desktop.domain.provision import Provision
from nakodo_desktop.domain.site_item import SITE_LABELS
from nakodo_desktop.domain.values import Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, column, hline, row
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel

_STATES = {
    InterviewState.IN_PROGRESS: "途中",
    InterviewState.FINISHED: "完了",
    InterviewState.ABANDONED: "取りやめ",
}


def provisions_card(theme: Theme, provisions: Iterable[Provision], on_paper: Callable[[], None]) -> Card:
    """「わたしの何が、だれに渡りましたか」の答え。 `on_paper` hands it to the member."""
    lines = [
        (
            f"{format_wareki(p.provided_on)}　{p.recipient.name or p.recipient.code}へ",
            f"項目：{'、'.join(SITE_LABELS.get(item, item) for item in p.items)}\n"
            f"同意：{format_wareki(p.consented_on)}（文面 {p.consent_text_version}）　"
            f"規則 {p.rule_version}　記録の保存：{format_wareki(p.retain_until)}まで",
        )
        for p in provisions
    ]
    hand_out = button(theme, "ご本人に渡す", icon="printer")
    hand_out.setObjectName("provisions_paper")
    hand_out.setAccessibleName("提供の記録を印刷してご本人に渡す")
    hand_out.clicked.connect(on_paper)
    return _card(theme, "協会サイトへ渡したもの", lines, "まだ何も渡していません。", deed=hand_out)


def interviews_card(theme: Theme, interviews: Iterable[Interview]) -> Card:
    lines = []
    for interview in interviews:
        at = (interview.finished_at or interview.saved_at).astimezone()
        lines.append(
            (
                f"{format_wareki(at.date())}　{interview.kind.label}",
                f"{_STATES[interview.state]}　担当 {interview.staff_name}",
            )
        )
    return _card(theme, "面談", lines, "面談の記録はありません。")


def history_card(theme: Theme, changes: Iterable[ProfileChange], words: Callable[[str, Value], str]) -> Card:
    lines = []
    for change in changes:
        old, new = (_words(change.field_key, text, words) for text in (change.old_value, change.new_value))
        at = change.changed_at.astimezone()
        lines.append(
            (
                f"{catalog.FIELDS[change.field_key].label}：{old} → {new}",
                f"{format_wareki(at.date())} {at:%H:%M}　{change.staff_name}",
            )
        )
    return _card(theme, "変更の履歴", lines, "変更はありません。")


def _words(key: str, text: str | None, words: Callable[[str, Value], str]) -> str:
    value = None if text is None else from_plain(catalog.FIELDS[key], json.loads(text))
    return words(key, value) or "（なし）"


def _card(theme: Theme, title: str, lines: list[tuple[str, str]], nothing: str, *, deed: QWidget | None = None) -> Card:
    card = Card(theme, margin=18, gap=10)
    head = row(theme)
    head.addWidget(PlainLabel(title, "h2"))
    head.addStretch()
    if deed is not None:
        head.addWidget(deed)
    card.rows.addLayout(head)
    if not lines:
        card.rows.addWidget(PlainLabel(nothing, "label"))
    for position, (first, second) in enumerate(lines):
        if position:
            card.rows.addWidget(hline())
        entry = column(theme, gap=2)
        entry.addWidget(WrappedLabel(first))
        entry.addWidget(WrappedLabel(second, "hint"))
        card.rows.addLayout(entry)
    return card
