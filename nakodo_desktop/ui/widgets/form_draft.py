"""Keeps what is half typed into a form in the vault, and says so above the form when it is brought back.

The moments are the interview's: two seconds after the first unsaved change, when the form is hidden (another page, a
closed dialog, the lock), and whenever the workspace saves. A form with a secret in it leaves the secret out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.member import InterviewId, MemberId
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.form_drafts import FormDrafts
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import column, frame
from nakodo_desktop.ui.widgets.ime import commit_ime
from nakodo_desktop.ui.widgets.labels import WrappedLabel
from nakodo_desktop.ui.widgets.notices import Banner, announce

AUTOSAVE_MS = 2_000
_BROUGHT_BACK = "入力の途中だった内容を戻しました"


class FormDraft(QWidget):
    """A strip of the form it keeps. `values` reads the fields by name, `put_in` writes some of them.

    Only touched fields are kept: what changed elsewhere meanwhile is not undone by an old draft.
    """

    def __init__(
        self,
        theme: Theme,
        drafts: FormDrafts,
        *,
        values: Callable[[], Answers],
        put_in: Callable[[Answers], None],
        parent: QWidget,
    ) -> None:
        """`parent` is the form: when it is hidden, what stands in it is kept."""
        super().__init__(parent)
        self._drafts, self._values, self._put_in = drafts, values, put_in
        self._form = ""
        self._member_id: MemberId | None = None
        self._interview_id: InterviewId | None = None
        self._before: dict[str, Value] = {}
        self._kept: dict[str, Value] = {}
        self._is_dirty = False
        self._told, self._when = frame("info"), WrappedLabel("", "hint")
        self._told.setObjectName("draft_brought_back")
        self._failed = Banner(theme, "bad", "")
        rows = column(theme, self, gap=8)
        for strip in (self._told, self._failed):
            strip.hide()
            rows.addWidget(strip)
        self._lay_out(theme)
        self.hide()
        self._clock = QTimer(self, interval=AUTOSAVE_MS, singleShot=True)
        self._clock.timeout.connect(self._save)
        parent.installEventFilter(self)

    @property
    def has_unsaved(self) -> bool:
        """True while something in the form is not in the vault; after `save_now`: it could not be kept."""
        return self._is_dirty

    @property
    def is_brought_back(self) -> bool:
        """Something typed earlier was put into the form."""
        return not self._told.isHidden()

    def begin(self, form: str, *, member_id: MemberId | None = None, interview_id: InterviewId | None = None) -> None:
        """The form shows what is on record; `form` names it and what it is about. Brings back what was typed before."""
        self.rest()
        self._form, self._member_id, self._interview_id = form, member_id, interview_id
        self._before = dict(self._values())
        found = self._drafts.load(form)
        if found is None:
            return
        self._kept = {key: value for key, value in found.answers.items() if key in self._before}
        self._put_in(self._kept)
        self._tell(found.saved_at)

    def rebase(self, before: Answers) -> None:
        """The record changed under the form, which shows the new one with what was typed."""
        self._before = dict(before)

    def note_change(self) -> None:
        """Something was typed or chose itself."""
        if self._form:
            self._is_dirty = True
            if not self._clock.isActive():
                self._clock.start()

    def save_now(self) -> None:
        """Commit what the IME holds and keep it."""
        if self._form:
            commit_ime()
            self._save()

    def submitted(self) -> None:
        """It is on record, or was given up: there is no draft any more."""
        if self._form:
            self._drafts.forget(self._form)
        self.rest()

    def give_up(self) -> None:
        """The form as it was before anybody typed."""
        before = self._before
        form, member_id, interview_id = self._form, self._member_id, self._interview_id
        self.submitted()
        self._put_in(before)
        self.begin(form, member_id=member_id, interview_id=interview_id)

    def rest(self) -> None:
        """The form shows something else or nothing; what was kept stays kept."""
        self._clock.stop()
        self._form, self._before, self._kept, self._is_dirty = "", {}, {}, False
        for strip in (self._told, self._failed, self):
            strip.hide()

    def eventFilter(self, _form: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and self._is_dirty:
            self._save()
        return False

    def _save(self) -> None:
        self._clock.stop()
        if not self._is_dirty:
            return
        now = self._values()
        touched = {key: value for key, value in now.items() if value != self._before[key]}
        try:
            if touched and touched != self._kept:
                self._drafts.keep(self._form, touched, member_id=self._member_id, interview_id=self._interview_id)
            elif not touched:
                self._drafts.forget(self._form)
        except UserError as error:
            self._failed.set_words(f"入力の途中の内容を保存できません。{error.message}", error.advice)
            self._failed.show()
            self.show()
            self._clock.start()  # the vault comes back from a backup, the disk has room again
            return
        self._kept, self._is_dirty = touched, False
        self._failed.hide()

    def _tell(self, saved_at: datetime) -> None:
        at = saved_at.astimezone()
        words = f"{at.month}月{at.day}日 {at:%H:%M} に自動保存した内容です。まだ記録していません。"
        self._when.setText(words)
        self._told.show()
        self.show()
        announce(self, f"{_BROUGHT_BACK}。{words}")

    def _lay_out(self, theme: Theme) -> None:
        """The button below the words: a form may be as narrow as a single field."""
        words = column(theme, self._told, margin=12, gap=4)
        words.addWidget(WrappedLabel(_BROUGHT_BACK, "field", tone="info"))
        words.addWidget(self._when)
        back = button(theme, "入力前に戻す", kind="link")
        back.clicked.connect(self.give_up)
        words.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
