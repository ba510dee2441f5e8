"""Today: what waits, one line each, with the button that leads there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from nakodo_desktop.domain.declaration import Standing
from nakodo_desktop.domain.interview_record import Interview
from nakodo_desktop.domain.member import MemberRow
from nakodo_desktop.domain.member_query import Group, MemberQuery, SortBy
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.services.declarations import Declarations, DueRow
from nakodo_desktop.services.form_drafts import Kind, Waiting
from nakodo_desktop.services.interviews import Interviews
from nakodo_desktop.services.members import Members
from nakodo_desktop.services.site_waiting import NOTHING, SiteWaiting
from nakodo_desktop.ui.members.row_painter import sex_tone
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import Tone
from nakodo_desktop.ui.widgets.buttons import PushButton, button
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, hline, row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, picture
from nakodo_desktop.ui.widgets.marks import InitialDisc, state_mark
from nakodo_desktop.ui.widgets.notices import Banner, BannerTone, EmptyState

MOST_LINES = 5
_TWO_COLUMNS_FROM_PX = 860
_WEEKDAYS = "月火水木金土日"
_NUMBERS = ((Group.ALL, "会員"), (Group.ACTIVE, "活動中"), (Group.PAPERS, "書類に不備"), (Group.PRE_PUBLISH, "公開前"))
# Which words and which page a half-typed form has: "record", "declaration" and "candidate" are those of its member.
_FORMS = {
    Kind.SECTION: ("記録の訂正", "record"),
    Kind.SIGNING: ("署名の記録", "declaration"),
    Kind.SUSPICION: ("虚偽の疑いの記録", "declaration"),
    Kind.LIFTING: ("虚偽の疑いを解く理由", "declaration"),
    Kind.HOLD: ("消去の保留", "record"),
    Kind.RELEASE: ("そのまま出してよい理由", "candidate"),
    Kind.OFFICE: ("事務所の設定", "settings"),
    Kind.OWN_CITY: ("市の区分", "settings"),
    Kind.DELIVERY: ("協会への渡し方", "settings"),
}


@dataclass(frozen=True)
class Task:
    """One line of a list and its deed; `name` finds the button again after the page was read anew."""

    name: str
    lead: QWidget
    title: str
    detail: str
    verb: str
    act: Callable[[], None]
    state: QWidget | None = None


@dataclass(frozen=True)
class Notice:
    """Something the whole office must know, at the top of the page until it is settled."""

    tone: BannerTone
    title: str
    text: str
    verb: str
    act: Callable[[], None]


class HomePage(QWidget):
    """Reads the services that know of something waiting; `notices` and the two counts are asked for at each look."""

    interview_wanted = Signal(int)  # an interview id, to go on
    declaration_wanted = Signal(int)  # a member id
    candidate_wanted = Signal(int)  # for the association's site
    record_wanted = Signal(int)  # a member id
    group_wanted = Signal(object)  # Group: the list of these members
    page_wanted = Signal(str)
    erasures_wanted = Signal()
    new_interview_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        interviews: Interviews,
        declarations: Declarations,
        members: Members,
        *,
        notices: Callable[[], Sequence[Notice]] = tuple,
        count_erasures: Callable[[], int] = int,
        count_site: Callable[[], SiteWaiting] = lambda: NOTHING,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._interviews, self._declarations, self._members = theme, interviews, declarations, members
        self._notices, self._count_erasures, self._count_site = notices, count_erasures, count_site
        self.day = PlainLabel("", "label")
        self.start = button(theme, "面談をはじめる", kind="primary", icon="plus")
        self.start.setObjectName("home_start")
        if not members.may(Right.INTERVIEW):
            self.start.hide()
        self.start.clicked.connect(self.new_interview_wanted)
        self.setFocusProxy(self.start)
        self._columns: QBoxLayout | None = None
        self._body = FormScroll(QWidget())
        rows = column(theme, self, gap=14)
        rows.setContentsMargins(theme.px(24), theme.px(18), theme.px(18), theme.px(14))
        head = row(theme, gap=10)
        head.setContentsMargins(0, 0, theme.px(6), 0)
        head.addWidget(PlainLabel("ホーム", "h1"))
        head.addWidget(self.day)
        head.addStretch(1)
        head.addWidget(self.start)
        rows.addLayout(head)
        rows.addWidget(self._body, 1)

    def reload(self) -> None:
        today = self._members.today
        self.day.setText(f"{today.year}年{today.month}月{today.day}日（{_WEEKDAYS[today.weekday()]}）")
        focused = self._focused_name()
        body = QWidget()
        rows = column(self._theme, body, gap=16)
        rows.setContentsMargins(0, 0, self._theme.px(6), 0)
        counts = self._members.counts()
        drafts = self._interviews.in_progress()
        self._columns = None
        if not counts[Group.ALL] and not drafts:
            rows.addWidget(self._welcome(), 1)
        else:
            for notice in self._notices():
                rows.addWidget(self._banner(notice))
            rows.addWidget(self._numbers({group: counts[group] for group, _ in _NUMBERS}))
            rows.addLayout(self._lists(drafts))
            rows.addStretch()
        self._body.show_content(body)
        self._turn_columns()
        self._focus_again(focused)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn_columns()

    def _lists(self, drafts: Sequence[Interview]) -> QBoxLayout:
        self._columns = row(self._theme, gap=16)
        waiting = column(self._theme, gap=16)
        waiting.addWidget(self._tasks("途中の面談", [self._draft_task(one) for one in drafts], more="interviews"))
        typed = [self._form_task(one) for one in self._members.drafts.waiting()]
        if typed:
            waiting.addWidget(self._tasks("入力の途中", typed, counted=False, most=len(typed)))
        due = [self._due_task(entry) for entry in self._declarations.due()]
        waiting.addWidget(self._tasks("独身誓約書", due, more="documents"))
        site = self._count_site()
        if site:
            waiting.addWidget(self._tasks("協会サイト", [self._site_task(site)], counted=False))
        erasures = self._count_erasures()
        if erasures:
            waiting.addWidget(self._tasks("消去の期限", [self._erasure_task(erasures)], counted=False))
        waiting.addStretch(1)
        seen = column(self._theme, gap=16)
        seen.addWidget(self._tasks("最近の面談", [self._recent_task(line) for line in self._recent()], counted=False))
        seen.addStretch(1)
        self._columns.addLayout(waiting, 3)
        self._columns.addLayout(seen, 2)
        return self._columns

    def _turn_columns(self) -> None:
        if self._columns is not None:
            is_wide = self.width() >= self._theme.px(_TWO_COLUMNS_FROM_PX)
            across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._columns.setDirection(across if is_wide else down)

    def _recent(self) -> list[MemberRow]:
        query = MemberQuery(sort_by=SortBy.LAST_INTERVIEW, descending=True)
        return self._members.rows(self._members.select(query)[:MOST_LINES])

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

    def _banner(self, notice: Notice) -> Banner:
        return Banner(self._theme, notice.tone, notice.title, text=notice.text, verb=notice.verb, act=notice.act)

    def _numbers(self, counts: dict[Group, int]) -> QWidget:
        line = QWidget()
        across = row(self._theme, line, gap=16)
        for group, label in _NUMBERS:
            card = NumberCard(self._theme, label, counts[group])
            card.setObjectName(f"home_{group.name}")
            card.clicked.connect(partial(self.group_wanted.emit, group))
            across.addWidget(card, 1)
        return line

    def _tasks(
        self, title: str, tasks: list[Task], *, more: str = "", counted: bool = True, most: int = MOST_LINES
    ) -> Card:
        card = Card(self._theme, margin=18, gap=10)
        head = row(self._theme)
        head.addWidget(PlainLabel(title, "h2"))
        head.addWidget(PlainLabel(f"{len(tasks)}件" if tasks and counted else "", "label"))
        head.addStretch(1)
        if more and len(tasks) > MOST_LINES:
            everything = button(self._theme, "すべて見る", kind="link")
            everything.setAccessibleName(f"{title}をすべて見る")
            everything.clicked.connect(lambda: self.page_wanted.emit(more))
            head.addWidget(everything)
        card.rows.addLayout(head)
        if not tasks:
            nothing = row(self._theme, gap=8)
            nothing.addWidget(picture(self._theme, "circle-check", "ok", px=18))
            nothing.addWidget(PlainLabel("いまはありません。", "label"), 1)
            card.rows.addLayout(nothing)
        for number, task in enumerate(tasks[:most]):
            if number:
                card.rows.addWidget(hline())
            card.rows.addWidget(self._line(task))
        return card

    def _line(self, task: Task) -> QWidget:
        line = QWidget()
        across = row(self._theme, line, gap=12)
        across.addWidget(task.lead)
        names = column(self._theme, gap=3)
        names.addWidget(ElidedLabel(task.title, "strong"))
        names.addWidget(ElidedLabel(task.detail, "hint"))
        across.addLayout(names, 1)
        if task.state is not None:
            across.addWidget(task.state)
        deed = button(self._theme, task.verb)
        deed.setObjectName(task.name)
        deed.setAccessibleName(f"{task.title}：{task.verb}")
        deed.clicked.connect(task.act)
        across.addWidget(deed)
        return line

    def _draft_task(self, draft: Interview) -> Task:
        at = draft.saved_at.astimezone()
        detail = f"{draft.number_words}　・　{_when(at, self._members.today)} まで"
        icon = picture(self._theme, "messages-square", px=20)
        act = partial(self.interview_wanted.emit, draft.id)
        return Task(f"draft_{draft.id}", icon, draft.display_name, detail, "続ける", act)

    def _form_task(self, form: Waiting) -> Task:
        """A form that was left half typed: what it is about, and the page that shows it."""
        words, page = _FORMS[form.kind]
        detail = f"{_when(form.saved_at.astimezone(), self._members.today)} に自動保存"
        icon = picture(self._theme, "pencil", px=20)
        act = partial(self.page_wanted.emit, page)
        if form.member_id is not None:
            wanted = {
                "record": self.record_wanted,
                "declaration": self.declaration_wanted,
                "candidate": self.candidate_wanted,
            }
            act = partial(wanted[page].emit, form.member_id)
            rows = self._members.rows([form.member_id])
            words = f"{rows[0].legal_name}　{words}" if rows else words
        return Task(f"form_{form.form}", icon, words, detail, "続ける", act)

    def _due_task(self, entry: DueRow) -> Task:
        line = entry.row
        says = entry.words(self._declarations.today)
        tone: Tone = "warn" if entry.standing in (Standing.DUE, Standing.PRINTED) else "bad"
        act = partial(self.declaration_wanted.emit, line.id)
        state = state_mark(self._theme, says, tone)
        return Task(f"due_{line.id}", self._disc(line), line.legal_name, line.number, "開く", act, state)

    def _site_task(self, site: SiteWaiting) -> Task:
        told = {"新しく載せられる方": site.fresh, "記録が変わった方": site.changed, "取り下げる方": site.gone}
        detail = "　・　".join(f"{words} {count:,}名" for words, count in told.items() if count)
        icon = picture(self._theme, "send", px=20)
        return Task("site", icon, "書き出しを待っています", detail, "開く", partial(self.page_wanted.emit, "export"))

    def _erasure_task(self, count: int) -> Task:
        icon = picture(self._theme, "trash-2", px=20)
        title, detail = f"{count}名の記録が期限を迎えています", "内容を確かめて承認すると消去されます。"
        return Task("erasures", icon, title, detail, "確かめる", self.erasures_wanted.emit)

    def _recent_task(self, line: MemberRow) -> Task:
        detail = f"{line.number}　・　{line.last_interview_on.month}月{line.last_interview_on.day}日"
        act = partial(self.record_wanted.emit, line.id)
        return Task(f"recent_{line.id}", self._disc(line), line.legal_name, detail, "記録を見る", act)

    def _disc(self, line: MemberRow) -> QWidget:
        return InitialDisc(self._theme, line.legal_name, sex_tone(line.sex))

    def _focused_name(self) -> str:
        focused = next((made for made in self._body.findChildren(PushButton) if made.hasFocus()), None)
        return "" if focused is None else focused.objectName()

    def _focus_again(self, name: str) -> None:
        """Reading anew must not throw the keyboard out of the page."""
        if name:
            same = self._body.findChild(PushButton, name)
            (same or self.start).setFocus(Qt.FocusReason.OtherFocusReason)


class NumberCard(PushButton):
    """A number to look behind: a click shows who they are."""

    def __init__(self, theme: Theme, label: str, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(f"{label} {number:,}名の一覧を開く")
        lines = column(theme, self, margin=16, gap=6)
        head = row(theme)
        head.addWidget(PlainLabel(label, "label"), 1)
        head.addWidget(picture(theme, "chevron-right", "faint", px=16))
        lines.addLayout(head)
        lines.addWidget(PlainLabel(f"{number:,}名", "h1"))


def _when(at: datetime, today: date) -> str:
    return f"今日 {at:%H:%M}" if at.date() == today else f"{at.month}月{at.day}日 {at:%H:%M}"
