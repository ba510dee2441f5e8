"""協会サイト: choose, review, approve, done; the page that holds the screens together."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.singling_out import Report, report
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.approvals import Approval
from nakodo_desktop.services.delivery_jobs import Destination, lies_there
from nakodo_desktop.services.export_candidates import Candidate
from nakodo_desktop.services.export_plan import Plan, Written
from nakodo_desktop.services.export_records import Unsettled
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.provisions import Provisions
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.exports.approval_dialog import ApprovalDialog
from nakodo_desktop.ui.exports.choose_page import ChoosePage
from nakodo_desktop.ui.exports.clearing import clear
from nakodo_desktop.ui.exports.history_page import HistoryPage
from nakodo_desktop.ui.exports.result_page import ResultPage
from nakodo_desktop.ui.exports.review_page import ReviewPage
from nakodo_desktop.ui.exports.run import ExportRun
from nakodo_desktop.ui.exports.settle_dialog import SettleDialog
from nakodo_desktop.ui.exports.slices import BREATHE, Slices, polishing
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import column, row
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.notices import Banner, EmptyState

_MANY = 30  # fewer are shown in the slice in which they were read
_NOBODY = "掲載の候補になる会員がまだいません。"
_STOPPED = "会員を確かめるのを中止しました。"
_STOPPED_HINT = "何も書き出していません。"
_NOBODY_HINT = "面談を終えて「お見合い」にした方が、ここに並びます。"


class ExportPage(QWidget):
    """What reads the vault happens on the GUI thread in slices; what takes long is a job on plain data."""

    record_wanted = Signal(int)
    mend_wanted = Signal(int, object, str)  # member, Place, catalogue key or ""
    folder_chosen = Signal(str)
    paper_wanted = Signal(object)  # GivenPerson: the answer to what was given of them
    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        exports: Exports,
        provisions: Provisions,
        *,
        folder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._jobs, self._exports, self._provisions = theme, jobs, exports, provisions
        self._settling = False
        self._has_read = False
        self._reading, self._planning = Slices(self), Slices(self)
        self._run = ExportRun(jobs, exports, self)
        self.choose = ChoosePage(theme, jobs, exports)
        self.review = ReviewPage(theme, folder=folder)
        self.result = ResultPage(theme)
        self.history = HistoryPage(theme)
        self.empty: EmptyState | None = None
        self._empty_at = QWidget()
        self._notices, self._busy = QWidget(), QWidget()
        self._notice_rows = column(theme, self._notices, gap=8)
        self._busy_words, self._busy_bar = PlainLabel("", "hint"), QProgressBar()
        self.stop = button(theme, "中止する", kind="link", icon="x")
        self.stop.setObjectName("export_stop_looking")
        self.screens = QStackedWidget()
        self._lay_out()
        self._connect()

    @property
    def is_busy(self) -> bool:
        """Something is being settled, read, planned or written."""
        return self._settling or self._reading.is_running or self._planning.is_running or self._run.is_running

    @property
    def notices(self) -> tuple[Banner, ...]:
        return tuple(self._notices.findChildren(Banner))

    def reload(self) -> None:
        """Read everybody again; ticks and the shown member stay. An export on its way or just done is left alone."""
        is_on_its_way = self._settling or self._planning.is_running or self._run.is_running
        if is_on_its_way or self.screens.currentWidget() is self.result:
            return
        unsettled = self._exports.unsettled()
        if unsettled:
            self._settle(unsettled[0])
            return
        self._reading.run(self._opening(), on_done=lambda _none: None, on_failed=self._tell)
        self._busy.setVisible(self._reading.is_running)

    def show_candidate(self, member_id: MemberId) -> None:
        """At once, or as soon as everybody was read."""
        if self.screens.currentWidget() is not self.choose and not self.is_busy:
            self._back()
        self.choose.select(member_id)

    def _stop_looking(self) -> None:
        """Nothing was written; what is shown stays as it is."""
        self._reading.stop()
        self._planning.stop()
        self._busy.hide()
        self.choose.refresh_deeds()
        if self._has_read:
            self.choose.list.setFocus()
        else:
            self._show_empty("send", _STOPPED, _STOPPED_HINT, verb="読み込む", act=self.reload)

    # Choosing ----------------------------------------------------------------------------------------------------

    def _opening(self) -> Generator[object, None, None]:
        """Everybody is read, then the list is shown, then one preview."""
        try:
            survey = self._exports.survey()
        except UserError as error:
            self._busy.hide()
            self._show_empty("send", error.message, error.advice)
            return
        self._start_busy("会員を一人ずつ確かめています…", survey.total)
        if survey.total > _MANY:
            yield BREATHE
        yield from self.choose.preview.preparing()
        found = []
        for count, candidate in enumerate(survey.candidates, start=1):
            candidate.change(chosen=True)  # works out once what would be new; the list will ask again and again
            found.append(candidate)
            self._busy_bar.setValue(count)
            yield None
        if len(found) > _MANY:
            yield BREATHE
        self._show_candidates(tuple(found))
        if len(found) > _MANY:
            yield BREATHE
            yield from self.choose.filling()
            yield BREATHE
        self.choose.show_kept()

    def _show_candidates(self, found: tuple[Candidate, ...]) -> None:
        self._busy.hide()
        listed = {listing.member_uid for listing in self._exports.listed()}
        without_record = len(listed - {candidate.uid for candidate in found})
        self._has_read = True
        self.choose.show_candidates(found, without_record=without_record)
        if not found and not without_record:
            self._show_empty("users", _NOBODY, _NOBODY_HINT)
        elif self.screens.currentWidget() is self._empty_at:
            self.screens.setCurrentWidget(self.choose)

    def _settle(self, left: Unsettled) -> None:
        """What an earlier run of the program left open: look at the disk, then write down what is true."""
        self._settling = True

        def write_down(delivered: bool) -> None:
            self._settling = False
            words = self._exports.settle_one(left, delivered=delivered)
            self._notify("ok" if delivered else "warn", words)
            self.reload()

        def fail(error: Exception) -> None:
            if not isinstance(error, UserError):
                self._settling = False
                raise error
            self._ask_whether_it_came(left, error)

        look = partial(lies_there, left, self._exports.destination(), today=self._exports.today)
        self._jobs.run(self, look, on_done=write_down, on_failed=fail)

    def _ask_whether_it_came(self, left: Unsettled, error: UserError) -> None:
        """Stick or server cannot be asked now, and perhaps never again: the association can."""

        def leave_open(_result: int) -> None:
            self._settling = False

        def write_down(delivered: bool) -> None:
            self._settling = False
            self._notify("ok" if delivered else "warn", self._exports.settle_one(left, delivered=delivered))
            self.reload()

        dialog = SettleDialog(self._theme, left.name, error, parent=self.window())
        dialog.settled.connect(write_down)
        dialog.finished.connect(leave_open)
        dialog.open()
        self._show_empty(
            "send", "途中で終わった書き出しがあります。", "届いたかどうかが決まると、次の書き出しに進めます。"
        )

    # Reviewing ---------------------------------------------------------------------------------------------------

    def _plan(self) -> None:
        chosen = self.choose.chosen_ids
        self._reading.stop()  # everybody chosen is read anew
        self.choose.review.setEnabled(False)
        self._start_busy("書き出す内容をもう一度確かめています…", len(chosen))
        self._planning.run(self._looking_through(chosen), on_done=self._count_alike, on_failed=self._refuse_plan)
        self._busy.setVisible(self._planning.is_running)

    def _looking_through(self, chosen: tuple[MemberId, ...]) -> Generator[object, None, Plan]:
        """Everybody chosen is judged anew; then the review is laid out, dressed and shown."""
        is_large = len(chosen) > _MANY
        steps = self._exports.planning(chosen)
        if is_large:
            yield BREATHE
        plan = yield from _told(steps, self._busy_bar.setValue)
        removals = {entry.candidate.uid: entry.removal for entry in self.choose.model.entries}
        if is_large:
            yield BREATHE
        self.review.show_plan(plan, removals, delivery=self._exports.destination().delivery)
        if is_large:
            yield from polishing(self.review)
            yield BREATHE
        self._busy.hide()
        self.choose.review.setEnabled(True)
        self.screens.setCurrentWidget(self.review)
        return plan

    def _count_alike(self, plan: Plan) -> None:
        def show(found: Report) -> None:
            if self.review.plan is plan:  # an older plan's count may come late
                self.review.show_report(found)

        self._jobs.run(self, partial(report, plan.profiles), on_done=show, on_failed=_fly)

    def _refuse_plan(self, error: UserError) -> None:
        """Somebody was admitted when the list was read and is not any more: told, and the list read again."""
        self._tell(error)
        self.choose.review.setEnabled(True)
        self.reload()

    def _mend(self, member_id: int) -> None:
        self._back()
        self.choose.select(MemberId(member_id))

    def _back(self) -> None:
        self.screens.setCurrentWidget(self.choose)
        self.reload()

    def _open_history(self) -> None:
        self.history.show_batches(self._exports.history())
        self.screens.setCurrentWidget(self.history)

    def _find_given(self, text: str) -> None:
        self.history.show_found(self._provisions.find(text))

    # Writing -----------------------------------------------------------------------------------------------------

    def _approve(self) -> None:
        plan = self.review.plan
        if plan is None or self._run.is_running:
            return
        there = self._exports.destination(self.review.chosen_folder)
        if not self._exports.approvals.is_needed():
            self._start(plan, there)
            return
        dialog = ApprovalDialog(self._theme, self._jobs, self._exports.approvals, plan, parent=self.window())
        dialog.approved.connect(partial(self._start, plan, there))
        dialog.open()

    def _start(self, plan: Plan, there: Destination, approval: Approval | None = None) -> None:
        self.review.set_running(True)
        self._run.start(plan, there, approval)

    def _on_finished(self, written: Written) -> None:
        self._planning.run(self._closing(written), on_done=lambda _none: self.changed.emit(), on_failed=self._tell)

    def _closing(self, written: Written) -> Generator[object, None, None]:
        yield BREATHE
        assert self.review.plan is not None
        self.result.show_written(written, fingerprint=self.review.plan.key_fingerprint)
        yield BREATHE
        yield from polishing(self.result)
        yield BREATHE
        self.review.set_running(False)
        self.screens.setCurrentWidget(self.result)
        self.result.take_focus()

    def _on_stopped(self) -> None:
        self.review.set_running(False)
        self.review.tell(UserError("中止しました。何も書き出していません。", "選んだ会員とフォルダーはそのままです。"))

    def _on_failed(self, error: UserError) -> None:
        self.review.set_running(False)
        self.review.tell(error)

    # Telling -----------------------------------------------------------------------------------------------------

    def _tell(self, error: UserError) -> None:
        self._busy.hide()
        alerts.show_error(self, self._theme, error)

    def _notify(self, tone: str, words: str) -> None:
        banner = Banner(
            self._theme, "ok" if tone == "ok" else "warn", words, verb="確認しました", act=lambda: self._drop(banner)
        )
        assert banner.button is not None
        banner.button.setObjectName("export_notice_seen")
        self._notice_rows.addWidget(banner)
        self._notices.show()

    def _drop(self, banner: Banner) -> None:
        self._notice_rows.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        self._notices.setVisible(self._notice_rows.count() > 0)

    def _show_empty(
        self, icon: str, sentence: str, hint: str, *, verb: str = "", act: Callable[[], None] | None = None
    ) -> None:
        layout = self._empty_at.layout()
        assert layout is not None
        clear(layout)
        self.empty = EmptyState(self._theme, icon, sentence, hint=hint, verb=verb, act=act)
        layout.addWidget(PlainLabel("協会サイト", "h1"))
        layout.addWidget(self.empty)
        self.screens.setCurrentWidget(self._empty_at)

    def _start_busy(self, words: str, total: int) -> None:
        self._busy_words.setText(words)
        self._busy_bar.setRange(0, total)
        self._busy_bar.setValue(0)

    def _connect(self) -> None:
        self.stop.clicked.connect(self._stop_looking)
        self.choose.record_wanted.connect(self.record_wanted)
        self.choose.mend_wanted.connect(self.mend_wanted)
        self.choose.review_wanted.connect(self._plan)
        self.choose.history_wanted.connect(self._open_history)
        self.review.back_wanted.connect(self._back)
        self.review.member_wanted.connect(self._mend)
        self.review.folder_chosen.connect(self.folder_chosen)
        self.review.approved.connect(self._approve)
        self.review.stop_wanted.connect(self._run.stop)
        self.result.back_wanted.connect(self._back)
        self.history.back_wanted.connect(self._back)
        self.history.asked.connect(self._find_given)
        self.history.paper_wanted.connect(self.paper_wanted)
        self._run.progressed.connect(self.review.show_progress)
        self._run.finished.connect(self._on_finished)
        self._run.stopped.connect(self._on_stopped)
        self._run.failed.connect(self._on_failed)

    def _lay_out(self) -> None:
        theme = self._theme
        rows = column(theme, self, gap=0)
        side = theme.px(24)
        self._notice_rows.setContentsMargins(side, theme.px(12), side, 0)
        self._notices.hide()
        rows.addWidget(self._notices)
        busy = row(theme, self._busy, gap=12)
        busy.setContentsMargins(side, theme.px(10), side, 0)
        busy.addWidget(self._busy_words)
        busy.addWidget(self._busy_bar, 1)
        busy.addWidget(self.stop)
        self._busy_bar.setTextVisible(False)
        self._busy_bar.setAccessibleName("確認の進み具合")
        self._busy.hide()
        rows.addWidget(self._busy)
        column(theme, self._empty_at).setContentsMargins(side, theme.px(18), side, theme.px(14))
        for screen in (self.choose, self.review, self.result, self.history, self._empty_at):
            self.screens.addWidget(screen)
        rows.addWidget(self.screens, 1)


def _told(steps: Generator[int, None, Plan], tell: Callable[[int], None]) -> Generator[object, None, Plan]:
    """The same steps, each of them told to a progress bar."""
    while True:
        try:
            tell(next(steps))
        except StopIteration as end:
            plan: Plan = end.value
            return plan
        yield None


def _fly(error: Exception) -> None:
    """Counting plain data cannot fail for a reason the operator could mend."""
    raise error
