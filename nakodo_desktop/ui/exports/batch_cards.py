"""What a planned batch is, as cards for whoever approves it: whom it shows, who leaves, how well people hide in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.provision import Change
from nakodo_desktop.domain.singling_out import PHOTO_SENTENCE, Report, sizes_in_words, summary, words_of
from nakodo_desktop.services.export_plan import Plan
from nakodo_desktop.ui.exports.entries import CHANGE_TONES
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, hline, row
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.marks import pill

_MOST_NAMES, _MOST_PEOPLE = 40, 6


def counts_card(theme: Theme, plan: Plan, removed_names: Sequence[str]) -> Card:
    """Numbers first, then the names behind every change. `removed_names`: as far as there is a record."""
    card = Card(theme, margin=18, gap=10)
    lines = sorted(plan.lines, key=lambda line: line.candidate.row.kana)
    card.rows.addWidget(PlainLabel(f"第{plan.batch.seq}回で協会サイトに出る方", "h2"))
    photos = sum(len(line.candidate.photos) for line in plan.lines)
    card.rows.addWidget(WrappedLabel(f"仮名プロフィール {len(plan.lines):,}名・写真 {photos:,}枚", "label"))
    names: Mapping[Change, Sequence[str]] = {
        change: [
            _name(line.candidate.row.legal_name, line.profile.pseudonym) for line in lines if line.change is change
        ]
        for change in (Change.NEW, Change.CHANGED, Change.UNCHANGED)
    } | {Change.REMOVED: removed_names}
    for change, people in names.items():
        if people or change is Change.REMOVED:
            card.rows.addWidget(_change_line(theme, change, people))
    return card


def _change_line(theme: Theme, change: Change, people: Sequence[str]) -> QWidget:
    line = QWidget()
    across = row(theme, line, gap=10)
    mark = pill(change.label, CHANGE_TONES[change])
    mark.setMinimumWidth(theme.px(76))
    mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
    across.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    number = PlainLabel(f"{len(people):,}名", "strong")
    number.setMinimumWidth(theme.px(44))
    number.setContentsMargins(0, theme.px(5), 0, 0)
    across.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
    shown = "、".join(people[:_MOST_NAMES]) + (
        f" ほか{len(people) - _MOST_NAMES}名" if len(people) > _MOST_NAMES else ""
    )
    words = WrappedLabel(shown or "取り下げる方はいません", "hint")
    words.setContentsMargins(0, theme.px(2), 0, 0)
    across.addWidget(words, 1)
    return line


def singling_out_card(theme: Theme, plan: Plan, found: Report, mend: Callable[[int], None]) -> Card:
    """The batch as a stranger could sift it; `mend` leads to a member's preview."""
    card = Card(theme, margin=18, gap=6)
    card.rows.addWidget(PlainLabel("見分けられやすさ", "h2"))
    card.rows.addWidget(WrappedLabel(summary(found), "body"))
    card.rows.addWidget(WrappedLabel(sizes_in_words(found), "hint"))
    card.rows.addWidget(WrappedLabel(PHOTO_SENTENCE, "hint"))
    lines = {line.profile.site_id: line for line in plan.lines}
    for person in found.singled_out[:_MOST_PEOPLE]:
        planned = lines[person.site_id]
        card.rows.addWidget(hline())
        across = row(theme, gap=8)
        told = words_of(person.alone_by[0], planned.profile)
        words = WrappedLabel(f"{_name(planned.candidate.row.legal_name, planned.profile.pseudonym)}　{told}", "hint")
        words.setContentsMargins(0, theme.px(7), 0, 0)  # the words on one line with the link
        across.addWidget(words, 1)
        if person.coarsenings:
            hide = button(theme, "ぼかす", kind="link")
            hide.setAccessibleName(f"{planned.profile.pseudonym}の項目をぼかす")
            hide.clicked.connect(lambda _checked=False, i=planned.candidate.row.id: mend(i))
            across.addWidget(hide, 0, Qt.AlignmentFlag.AlignTop)
        card.rows.addLayout(across)
    more = len(found.singled_out) - _MOST_PEOPLE
    if more > 0:
        card.rows.addWidget(PlainLabel(f"ほか{more:,}名は、一覧で一人ずつ確かめられます。", "hint"))
    return card


def recipient_card(theme: Theme, plan: Plan) -> Card:
    """The one recipient of this vault; there is nothing to choose."""
    recipient = plan.office.recipient
    card = Card(theme, margin=18, gap=6)
    card.rows.addWidget(PlainLabel("書き出し先", "h2"))
    card.rows.addWidget(WrappedLabel(recipient.name, "strong"))
    card.rows.addWidget(WrappedLabel(f"{recipient.address}\n代表者　{recipient.representative}", "hint"))
    words = "この事務所から書き出せるのは、この協会あてだけです。仮名プロフィールでも、ほかへは渡さないでください。"
    card.rows.addWidget(WrappedLabel(words, "hint"))
    return card


def _name(legal_name: str, pseudonym: str) -> str:
    return f"{legal_name}（{pseudonym}）"
