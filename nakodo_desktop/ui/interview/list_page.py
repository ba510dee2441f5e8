"""Interviews in progress: go on with one, start one, or give one up."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.interview import STEP, all_missing
from nakodo_desktop.domain.interview_record import Interview
from nakodo_desktop.domain.member import InterviewId
from nakodo_desktop.services.interviews import Interviews
from nakodo_desktop.ui.alerts import confirm
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, hline, row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, picture
from nakodo_desktop.ui.widgets.marks import pill
from nakodo_desktop.ui.widgets.notices import EmptyState


class InterviewsPage(QWidget):
    new_interview_wanted = Signal()
    interview_wanted = Signal(int)
    blank_sheet_wanted = Signal()  # an empty interview on paper
    changed = Signal()

    def __init__(self, theme: Theme, interviews: Interviews, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._interviews = theme, interviews
        self.count = PlainLabel("", "label")
        start = button(theme, "面談をはじめる", kind="primary", icon="plus")
        start.clicked.connect(self.new_interview_wanted)
        self._body = FormScroll(QWidget())
        self._rows = column(theme, self, gap=14)
        self._rows.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(14))
        head = row(theme, gap=10)
        head.addWidget(PlainLabel("面談", "h1"))
        head.addWidget(self.count)
        head.addStretch(1)
        blank = button(theme, "白紙の面談シート", icon="printer")
        blank.setObjectName("blank_sheet")
        blank.clicked.connect(self.blank_sheet_wanted)
        head.addWidget(blank)
        head.addWidget(start)
        self._rows.addLayout(head)
        self._rows.addWidget(self._body, 1)
        self.setFocusProxy(start)

    def reload(self) -> None:
        drafts = self._interviews.in_progress()
        self.count.setText(f"途中 {len(drafts)}件" if drafts else "")
        body = QWidget()
        rows = column(self._theme, body, gap=12)
        if not drafts:
            empty = EmptyState(
                self._theme,
                "messages-square",
                "途中の面談はありません。",
                hint="途中でやめた面談は、ここから続けられます。",
                verb="面談をはじめる",
                act=self.new_interview_wanted.emit,
                verb_icon="plus",
            )
            rows.addWidget(empty, 1)
        else:
            overdue = {draft.id for draft in self._interviews.overdue()}
            card = Card(self._theme, margin=18, gap=12)
            for number, draft in enumerate(drafts):
                if number:
                    card.rows.addWidget(hline())
                card.rows.addWidget(self._line(draft, is_overdue=draft.id in overdue))
            rows.addWidget(card)
            rows.addStretch()
        self._body.show_content(body)

    def _line(self, draft: Interview, *, is_overdue: bool) -> QWidget:
        line = QWidget()
        across = row(self._theme, line, gap=12)
        across.addWidget(picture(self._theme, "messages-square", px=20))
        names = column(self._theme, gap=3)
        names.addWidget(ElidedLabel(draft.display_name, "strong"))
        at = draft.saved_at.astimezone()
        lacking = len(all_missing(draft.answers))
        words = f"{draft.number_words}　・　「{STEP[draft.step].title}」まで　・　未入力 {lacking}件"
        words += f"　・　{at.month}月{at.day}日 {at:%H:%M}に保存　・　担当 {draft.staff_name}"
        names.addWidget(ElidedLabel(words, "hint"))
        across.addLayout(names, 1)
        if is_overdue:
            across.addWidget(pill("期限を過ぎています", "bad"))
        give_up = button(self._theme, "取りやめる")
        give_up.setAccessibleName(f"{draft.display_name}：取りやめる")
        give_up.clicked.connect(lambda: self._ask_abandon(draft))
        go_on = button(self._theme, "続ける", kind="primary")
        go_on.setAccessibleName(f"{draft.display_name}：続ける")
        go_on.clicked.connect(lambda: self.interview_wanted.emit(draft.id))
        across.addWidget(give_up)
        across.addWidget(go_on)
        return line

    def _ask_abandon(self, draft: Interview) -> None:
        def abandon() -> None:
            self._interviews.abandon(InterviewId(draft.id))
            self.changed.emit()
            self.reload()

        confirm(
            self,
            self._theme,
            title="この面談を取りやめますか",
            text=f"{draft.display_name} さんの面談で入力した内容と写真を消します。元には戻せません。",
            yes_verb="消して取りやめる",
            on_yes=abandon,
            destructive=True,
        )
