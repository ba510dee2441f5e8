"""The interview: the flow owns the answers, pages only give and take values.

Order, skipping and completeness are decided by `domain.interview`, saving by `drafts`, what a step shows by its page
and where things stand by `flow_frame`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain import catalog, interview
from nakodo_desktop.domain.answer_merge import AnswerMerge
from nakodo_desktop.domain.interview_record import InterviewKind
from nakodo_desktop.domain.member import InterviewId, MemberId
from nakodo_desktop.domain.values import Value
from nakodo_desktop.services.interviews import NotFinished
from nakodo_desktop.ui.alerts import confirm
from nakodo_desktop.ui.interview.desk import InterviewDesk
from nakodo_desktop.ui.interview.done_panel import DonePanel
from nakodo_desktop.ui.interview.drafts import Draft, DraftSaver
from nakodo_desktop.ui.interview.finish_page import FinishPage
from nakodo_desktop.ui.interview.flaws import Flaw, flaws, of_step
from nakodo_desktop.ui.interview.flow_frame import FlowFrame
from nakodo_desktop.ui.interview.page import Page
from nakodo_desktop.ui.interview.page_book import PageBook
from nakodo_desktop.ui.interview.pages import make_page
from nakodo_desktop.ui.interview.progress import declaration_of, next_deeds, rail_steps, reminders, told_changes
from nakodo_desktop.ui.interview.side_pane import NOTE
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.frames import column
from nakodo_desktop.ui.widgets.ime import add_shortcut, commit_ime
from nakodo_desktop.ui.widgets.notices import announce


class InterviewFlow(QWidget):
    """One interview on the whole window."""

    closed = Signal()  # suspended, everything is saved; or the finished interview may go
    finished = Signal(object)  # MemberId; the window stays and says what comes next
    member_wanted = Signal(object)  # MemberId; show the member instead
    abandoned = Signal()  # the applicant does not join; nothing of the draft is left

    def __init__(
        self,
        theme: Theme,
        desk: InterviewDesk,
        interview_id: InterviewId,
        *,
        open_at: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Opens at `open_at`; a first interview otherwise at its first incomplete step, a later one where it was."""
        super().__init__(parent)
        self.setObjectName("interview")
        self.setProperty("ground", "page")
        self._theme, self._desk = theme, desk
        self._record = desk.interviews.load(interview_id)
        self._visited = set(self._record.visited)
        self._answers: dict[str, Value] = dict(self._record.answers)
        # A photo lies in the vault from the moment it is taken in and goes at once, though no draft was saved after it.
        held = {photo.kind: photo.id for photo in desk.interviews.photos_of(interview_id)}
        self._answers |= {field.key: held.get(field.key) for field in catalog.PHOTOS.fields}
        is_intake = self._record.kind is InterviewKind.INTAKE
        self._step = open_at or (interview.first_incomplete(self._answers) if is_intake else self._record.step)
        self._publish = self._record.publish
        self._is_over = False
        self._saver = DraftSaver(desk.interviews, self._record, draft=self._draft, parent=self)
        self._book = PageBook(theme, self._make_page)
        self._frame = FlowFrame(theme, self._book, save=self.save_now, parent=self)
        column(theme, self, gap=0).addWidget(self._frame)
        self._frame.side.show_answers(self._answers)
        self._frame.head.show_saved(self._record.saved_at, today=desk.is_today(self._record.saved_at))
        self._connect()
        self._show()

    # What the window asks ----------------------------------------------------------------------------------------

    @property
    def interview_id(self) -> InterviewId:
        return self._record.id

    @property
    def step(self) -> str:
        """The step on the screen."""
        return self._step

    @property
    def page(self) -> Page:
        return self._book.page(self._step)

    @property
    def answers(self) -> dict[str, Value]:
        """Everything answered so far, as it stands on the screen."""
        return dict(self._answers)

    @property
    def has_unsaved(self) -> bool:
        """True while something on the screen is not in the vault; after `save_now`: it could not be saved."""
        return self._saver.is_dirty

    def save_now(self) -> None:
        """Commit what the IME holds and save; before lock and close. A failure shows the red bar, nothing is lost."""
        self._save()

    def go_to(self, step: str, *, field_key: str = "") -> None:
        """Save, then show `step` and go to its first empty field, or to `field_key`."""
        if self._is_over:
            return
        commit_ime()
        self._take()
        if self._step == "consents":
            self._forget_what_was_refused()
        self._step = step
        self._saver.note_change()
        self._saver.save()
        self._show()
        if field_key == NOTE.key:
            self._frame.open_side()
        elif field_key:
            self.page.focus_field(field_key)
        else:
            self.page.focus_first()

    def forward(self) -> None:
        following = interview.next_step(self._step)
        if following is not None:
            self.go_to(following)

    def back(self) -> None:
        before = interview.previous_step(self._step)
        if before is not None:
            self.go_to(before)

    def suspend(self) -> None:
        """Save and close; while the vault cannot be written it is the operator who decides."""
        if self._save():
            self.closed.emit()
            return
        confirm(
            self,
            self._theme,
            title="保存できていないまま閉じますか",
            text="閉じると、最後に保存したあとに入力した内容は失われます。",
            yes_verb="保存せずに閉じる",
            on_yes=self._close_unsaved,
            no_verb="面談に戻る",
            destructive=True,
        )

    def finish(self) -> None:
        """Complete the interview, or show what is still missing."""
        page = self._book.page("finish")
        assert isinstance(page, FinishPage)
        if not self._save():
            return
        outcome = self._desk.interviews.finish(self._record.id, publish=self._publish)
        if isinstance(outcome, NotFinished):
            found = flaws(outcome.missing, outcome.problems)
            self._show_review(page, found)
            page.focus_first()
            announce(self, f"まだ完了できません。未入力・要確認が{len(found)}件あります。")
            return
        self._end()
        self._show_done(outcome.member_id, published=self._publish)
        self.finished.emit(outcome.member_id)

    # Steps -------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        step, page = self._step, self.page
        self._visited.add(step)
        page.show_answers(self._answers)  # the preview answers with a free pseudonym, so the flaws are counted after it
        found = self._flaws()
        page.show_flaws(of_step(step, found))
        if isinstance(page, FinishPage):
            self._show_review(page, found)
        self._book.turn_to(step)
        self._frame.side.show_step(step)
        self._frame.foot.show_step(
            is_first=interview.previous_step(step) is None, is_last=interview.next_step(step) is None
        )
        self._show_progress(found)
        self._show_rail(found)
        self._frame.keep_tab_order(page)

    def _show_review(self, page: FinishPage, found: tuple[Flaw, ...]) -> None:
        told = (self._desk, self._record.id, self._answers)
        page.show_review(found, reminders(*told), told_changes(*told))

    def _make_page(self, step: str) -> Page:
        page = make_page(step, self._theme, self._desk, self._record, save=self._save)
        if isinstance(page, FinishPage):
            page.abandon_asked.connect(self._ask_to_abandon)
            page.publish_changed.connect(self._on_publish_changed)
        return page

    def _take(self) -> None:
        self._answers |= self.page.values() | self._frame.side.values()

    def _on_edited(self) -> None:
        self._take()
        self._saver.note_change()
        self._show_progress(self._flaws())

    def _on_publish_changed(self, publish: bool) -> None:
        self._publish = publish
        self._saver.note_change()

    def _on_jump_asked(self, step: str, field_key: str) -> None:
        self.go_to(step, field_key=field_key)

    def _foresee(self) -> None:
        """The step that comes next is worked out while nobody waits."""
        following = interview.next_step(self._step)
        if following is not None:
            self._book.foresee(following, self._answers)

    def _forget_what_was_refused(self) -> None:
        """A special-care fact must not stay in the draft once its consent is refused (個情法20条2項)."""
        asked = interview.without_unasked(self._answers)
        for field in catalog.SPECIAL_CARE.fields:
            if field.key not in asked:
                self._answers.pop(field.key, None)

    def _flaws(self) -> tuple[Flaw, ...]:
        asked = interview.without_unasked(self._answers)
        return flaws(interview.all_missing(asked), self._desk.interviews.problems(asked))

    def _show_progress(self, found: tuple[Flaw, ...]) -> None:
        has_fields = bool(interview.fields_of(self._step))
        self._frame.foot.show_flaws(len(of_step(self._step, found)), has_fields=has_fields)
        self._frame.head.show_interview(replace(self._record, answers=self._answers))

    def _show_rail(self, found: tuple[Flaw, ...]) -> None:
        declaration = declaration_of(self._desk, self._record.id)
        steps = rail_steps(found, self._answers, visited=self._visited, current=self._step, declaration=declaration)
        self._frame.show_steps(steps, current=self._step, estimates=self._record.kind is InterviewKind.INTAKE)

    def _go_to_first_flaw(self) -> None:
        self._take()
        here = of_step(self._step, self._flaws())
        if here:
            self.page.focus_field(here[0].field_key)

    # Saving and ending -------------------------------------------------------------------------------------------

    def _draft(self) -> Draft:
        within = {**self.page.inputs, NOTE.key: self._frame.side.memo}
        at_hand = next((key for key, one in within.items() if self.focusWidget() in one.parts), "")
        return Draft(self._step, self._visited | {self._step}, self._answers, self._publish, at_hand)

    def _on_overtaken(self, news: AnswerMerge) -> None:
        """The record was set right while this interview was open: tell it, and let the rest follow it."""
        self._put_in(news.taken)
        self._frame.news.tell(news, self._answers, self._desk.words)

    def _change_back(self, answers: dict[str, Value]) -> None:
        self._put_in(answers)
        self._saver.note_change()
        self._saver.save()

    def _put_in(self, answers: dict[str, Value]) -> None:
        """Answers that were not typed here, shown where they are on the screen; the other fields are left alone."""
        self._answers |= answers
        self.page.put_in(answers)
        if NOTE.key in answers:
            self._frame.side.show_answers(self._answers)
        found = self._flaws()
        self._show_progress(found)
        self._show_rail(found)

    def _save(self) -> bool:
        commit_ime()
        self._take()
        return self._saver.save()

    def _close_unsaved(self) -> None:
        self._end()
        self.closed.emit()

    def _end(self) -> None:
        self._saver.end()
        self._is_over = True
        self._frame.show_end()

    def _show_done(self, member_id: MemberId, *, published: bool) -> None:
        number = replace(self._record, answers=self._answers).provisional_number
        deeds = next_deeds(self._desk, self._record.id, self._answers, published=published)
        panel = DonePanel(self._theme, number, deeds)
        panel.member_wanted.connect(partial(self.member_wanted.emit, member_id))
        panel.close_asked.connect(self.closed)
        self._frame.show_end(panel)

    def _ask_to_abandon(self) -> None:
        confirm(
            self,
            self._theme,
            title="この面談の記録を消しますか",
            text="ご入会されないときに使います。入力した内容と写真を消します。元に戻せません。",
            yes_verb="記録を消す",
            on_yes=self._abandon,
            destructive=True,
        )

    def _abandon(self) -> None:
        self._desk.interviews.abandon(self._record.id)
        self._end()
        self.abandoned.emit()

    # The window --------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._focus_first()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus_first()

    def _focus_first(self) -> None:
        """The focus given to the interview belongs to its first open question."""
        if not self._is_over:
            self.page.focus_first()

    def _connect(self) -> None:
        frame, book = self._frame, self._book
        self._saver.saved.connect(frame.tell_saved)
        self._saver.failed.connect(frame.tell_not_saved)
        self._saver.overtaken.connect(self._on_overtaken)
        frame.news.put_back_asked.connect(self._change_back)
        frame.news.take_asked.connect(self._change_back)
        book.edited.connect(self._on_edited)
        book.focused.connect(frame.side.show_field)
        book.idle.connect(self._foresee)
        book.jump_asked.connect(self._on_jump_asked)
        book.progressed.connect(lambda: self._show_rail(self._flaws()))
        frame.head.close_asked.connect(self.suspend)
        frame.side_closed.connect(self._focus_first)
        frame.rail.chosen.connect(self.go_to)
        frame.side.edited.connect(self._on_edited)
        frame.foot.back_asked.connect(self.back)
        frame.foot.next_asked.connect(self.forward)
        frame.foot.finish_asked.connect(self.finish)
        frame.foot.flaws_asked.connect(self._go_to_first_flaw)
        for keys, act in self._shortcuts().items():
            add_shortcut(self, keys, act)

    def _shortcuts(self) -> dict[str, Callable[[], None]]:
        """None on F6 to F10, which belong to the IME."""
        found: dict[str, Callable[[], None]] = {
            f"Ctrl+{number}": partial(self.go_to, step.key) for number, step in enumerate(interview.STEPS[:9], start=1)
        }
        found["Ctrl+0"] = partial(self.go_to, interview.STEPS[-1].key)
        found["Ctrl+Return"] = found["Ctrl+Enter"] = self.forward
        found["Ctrl+M"] = self._frame.open_side
        return found
