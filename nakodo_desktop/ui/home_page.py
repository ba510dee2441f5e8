"""Today: what waits, one line each, with the button that leads there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.declaration import Standing, words
from nakodo_desktop.domain.interview_record import Interview
from nakodo_desktop.domain.member_query import Group
from nakodo_desktop.services.declarations import Declarations, DueRow
from nakodo_desktop.services.interviews import Interviews
from nakodo_desktop.services.members import Members
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import Tone
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, hline, row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, picture
from nakodo_desktop.ui.widgets.marks import state_mark
from nakodo_desktop.ui.widgets.notices import EmptyState

MOST_LINES = 5
_WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True)
class Task:
    """One line of the list."""

    icon: str
    title: str
    detail: str
    tone: Tone
    state: str
    verb: str
    key: str  # "interview" | "declaration" | a page
    number: int = 0


class HomePage(QWidget):
    """Reads the three services that know of something waiting."""

    interview_wanted = Signal(int)  # an interview id, to go on
    declaration_wanted = Signal(int)  # a member id
    page_wanted = Signal(str)
    new_interview_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        interviews: Interviews,
        declarations: Declarations,
        members: Members,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._interviews, self._declarations, self._members = theme, interviews, declarations, members
        self.day = PlainLabel("", "label")
        self.start = button(theme, "面談をはじめる", kind="primary", icon="plus")
        self.start.setObjectName("home_start")
        self.start.clicked.connect(self.new_interview_wanted)
        self._body: FormScroll | None = None
        self._rows = column(theme, self, gap=14)
        self._rows.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(14))
        head = row(theme, gap=10)
        head.addWidget(PlainLabel("ホーム", "h1"))
        head.addWidget(self.day)
        head.addStretch()
        head.addWidget(self.start)
        self._rows.addLayout(head)

    def reload(self) -> None:
        today = self._members.today
        self.day.setText(f"{today.month}月{today.day}日({_WEEKDAYS[today.weekday()]})")
        body = QWidget()
        rows = column(self._theme, body, gap=16)
        counts = self._members.counts()
        drafts = self._interviews.in_progress()
        if not counts[Group.ALL] and not drafts:
            rows.addWidget(self._welcome(), 1)
        else:
            rows.addWidget(self._numbers(counts[Group.ALL], counts[Group.ACTIVE], counts[Group.PRE_PUBLISH]))
            rows.addWidget(
                self._tasks("途中の面談", [_draft_task(draft) for draft in drafts], "途中の面談はありません。")
            )
            due = [self._due_task(entry) for entry in self._declarations.due()]
            rows.addWidget(self._tasks("独身誓約書", due, "手続きの必要な誓約書はありません。", more="documents"))
            rows.addStretch()
        if self._body is not None:
            self._rows.removeWidget(self._body)
            self._body.deleteLater()
        self._body = FormScroll(body)
        self._rows.addWidget(self._body, 1)

    def _welcome(self) -> EmptyState:
        return EmptyState(
            self._theme,
            "heart",
            "ようこそ。最初の方の面談から始めましょう。",
            hint="途中で電話が入っても大丈夫です。入力したことは自動で保存されます。",
            verb="最初の面談をはじめる",
            act=self.new_interview_wanted.emit,
            verb_icon="plus",
        )

    def _numbers(self, everybody: int, active: int, waiting: int) -> QWidget:
        line = QWidget()
        across = row(self._theme, line, gap=16)
        for label, number in (("会員", everybody), ("活動中", active), ("公開前", waiting)):
            card = Card(self._theme, margin=16, gap=4)
            card.rows.addWidget(PlainLabel(label, "label"))
            card.rows.addWidget(PlainLabel(f"{number:,}名", "h1"))
            across.addWidget(card, 1)
        return line

    def _tasks(self, title: str, tasks: list[Task], nothing: str, *, more: str = "") -> Card:
        card = Card(self._theme, margin=18, gap=10)
        head = row(self._theme)
        head.addWidget(PlainLabel(title, "h2"))
        head.addWidget(PlainLabel(f"{len(tasks)}件" if tasks else "", "label"))
        head.addStretch()
        if more and len(tasks) > MOST_LINES:
            everything = button(self._theme, "すべて見る", kind="link")
            everything.clicked.connect(lambda: self.page_wanted.emit(more))
            head.addWidget(everything)
        card.rows.addLayout(head)
        if not tasks:
            card.rows.addWidget(PlainLabel(nothing, "label"))
        for number, task in enumerate(tasks[:MOST_LINES]):
            if number:
                card.rows.addWidget(hline())
            card.rows.addWidget(self._line(task))
        return card

    def _line(self, task: Task) -> QWidget:
        line = QWidget()
        across = row(self._theme, line, gap=12)
        across.addWidget(picture(self._theme, task.icon, px=20))
        names = column(self._theme, gap=3)
        names.addWidget(ElidedLabel(task.title, "strong"))
        names.addWidget(ElidedLabel(task.detail, "hint"))
        across.addLayout(names, 1)
        if task.state:
            across.addWidget(state_mark(self._theme, task.state, task.tone))
        deed = button(self._theme, task.verb)
        deed.setAccessibleName(f"{task.title}：{task.verb}")
        wanted = self.interview_wanted if task.key == "interview" else self.declaration_wanted
        deed.clicked.connect(lambda: wanted.emit(task.number))
        across.addWidget(deed)
        return line

    def _due_task(self, entry: DueRow) -> Task:
        row_ = entry.row
        state = words(row_.declaration_state, row_.declaration_valid_until, today=self._declarations.today)
        tone: Tone = "warn" if entry.standing in (Standing.DUE, Standing.PRINTED) else "bad"
        return Task("file-check", row_.legal_name, row_.number, tone, state, "誓約書を開く", "declaration", row_.id)


def _draft_task(draft: Interview) -> Task:
    at = draft.saved_at.astimezone()
    detail = f"仮登録 {draft.provisional_number}　・　{_when(at)}に保存"
    return Task("messages-square", draft.display_name, detail, "info", "", "続ける", "interview", draft.id)


def _when(at: datetime) -> str:
    return f"{at.month}月{at.day}日 {at:%H:%M}"
