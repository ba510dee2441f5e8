"""The last step: what still keeps the interview from being completed, each with the way there, and what may wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.interview import STEP
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.ui.interview.flaw_card import FlawCard
from nakodo_desktop.ui.interview.flaws import Flaw
from nakodo_desktop.ui.interview.page import Page
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, column, hline, row
from nakodo_desktop.ui.widgets.inputs import CheckInput, FieldBox
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel, picture
from nakodo_desktop.ui.widgets.notices import Banner

_CHANGE_LABEL_PX = 150
_LEAD = "必須の項目がそろうと完了できます。完了すると会員台帳に入り、あとからいつでも直せます。"
_PUBLISH = "公開する（会員ステータスを「お見合い」にする）"
_PUBLISH_HINT = "協会サイトへの書き出しで選べるようになります。あとから会員のページでも変えられます。"


@dataclass(frozen=True)
class Reminder:
    """Something that does not keep the interview from being completed."""

    step: str
    words: str


@dataclass(frozen=True)
class ToldChange:
    """One fact of the record in words, as it is and as it will be."""

    label: str
    old: str
    new: str


class FinishPage(Page):
    """Nothing here is a dead end."""

    abandon_asked = Signal()
    publish_changed = Signal(bool)

    def __init__(self, theme: Theme, *, is_intake: bool, publish: bool = False, parent: QWidget | None = None) -> None:
        """Only a first interview can make somebody public, and only its record can be given up whole."""
        super().__init__(theme, STEP["finish"], lead=_LEAD, parent=parent)
        self._flaw_card: FlawCard | None = None
        self._list = column(theme, gap=16)
        self.rows.addLayout(self._list)
        self.rows.addWidget(hline())
        self._publish = CheckInput(theme, _PUBLISH)
        self._publish.box.setObjectName("publish")
        self._publish.set_value(publish)
        self._publish.changed.connect(lambda: self.publish_changed.emit(self._publish.value() is True))
        publish_box = FieldBox(theme, "", self._publish, hint=_PUBLISH_HINT)
        self.rows.addWidget(publish_box)
        abandon = button(theme, "ご入会されないとき：この面談の記録を消す", kind="link", icon="trash-2")
        abandon.setObjectName("abandon")
        abandon.setProperty("enter_skips", True)
        abandon.clicked.connect(self.abandon_asked)
        self.rows.addWidget(abandon)
        self.rows.addStretch()
        publish_box.setVisible(is_intake)
        abandon.setVisible(is_intake)

    def show_answers(self, answers: Answers) -> None:
        """It asks nothing of its own."""

    def values(self) -> dict[str, Value]:
        return {}

    def focus_first(self) -> None:
        """The first thing to mend; when there is none, the last question."""
        links = list(self._flaw_card.links.values()) if self._flaw_card is not None else []
        (links[0] if links else self._publish).setFocus()

    def show_review(
        self, flaws: Sequence[Flaw], reminders: Sequence[Reminder], changes: Sequence[ToldChange] | None = None
    ) -> None:
        """Build the list anew. `changes`: what of a member's record will be another; None for a new person."""
        self._flaw_card = None
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if flaws:
            self._flaw_card = FlawCard(self.theme, flaws)
            self._flaw_card.jump_asked.connect(self.jump_asked)
            self._list.addWidget(self._flaw_card)
            self._flaw_card.show()  # now, not at the next layout: the focus goes there at once
        else:
            self._list.addWidget(Banner(self.theme, "ok", "必須の項目はすべてそろっています。完了できます。"))
        if changes is not None:
            self._list.addWidget(self._changes_card(changes))
        if reminders:
            self._list.addWidget(self._reminders_card(reminders))

    def _changes_card(self, changes: Sequence[ToldChange]) -> Card:
        """Old and new side by side, before anything is written: the history keeps the same with day and name."""
        card = Card(self.theme, margin=16, gap=8, ground="sunken")
        card.setObjectName("changes")
        count = f"　{len(changes)}件" if changes else ""
        card.rows.addWidget(PlainLabel(f"この面談で変わる記録{count}", "field"))
        if not changes:
            card.rows.addWidget(WrappedLabel("変わる記録はありません。", "hint"))
        for change in changes:
            line = row(self.theme, gap=12)
            name = WrappedLabel(change.label, "label")
            name.setFixedWidth(self.theme.px(_CHANGE_LABEL_PX))
            line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(WrappedLabel(f"{change.old} → {change.new}"), 1)
            card.rows.addLayout(line)
        return card

    def _reminders_card(self, reminders: Sequence[Reminder]) -> Card:
        card = Card(self.theme, margin=16, gap=2, ground="warn")
        title = row(self.theme, gap=8)
        title.addWidget(picture(self.theme, "clock", "warn", px=18))
        title.addWidget(PlainLabel("あとでもよいこと", "field", tone="warn"), 1)
        card.rows.addLayout(title)
        for reminder in reminders:
            line = row(self.theme, gap=12)
            line.addWidget(WrappedLabel(reminder.words), 1)
            link = button(self.theme, "この手順へ", kind="link")
            link.setAccessibleName(f"{reminder.words}この手順へ")
            link.clicked.connect(partial(self.jump_asked.emit, reminder.step, ""))
            line.addWidget(link)
            card.rows.addLayout(line)
        return card
