"""Keeps what was said in the vault; nobody else needs to know about versions, timers and failed saves of a draft."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from nakodo_desktop.domain.answer_merge import merge
from nakodo_desktop.domain.interview_record import Interview, InterviewState
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.errors import SavedElsewhere, UserError
from nakodo_desktop.services.interviews import Interviews

AUTOSAVE_MS = 2_000


@dataclass(frozen=True)
class Draft:
    """The interview as it stands on the screen. `at_hand`: the field in which somebody may be typing just now."""

    step: str
    visited: Collection[str]
    answers: Answers
    publish: bool
    at_hand: str = ""


class DraftSaver(QObject):
    """Saves a draft at once when told to, and by itself at most AUTOSAVE_MS after something was typed.

    The clock runs from the first unsaved change, not from the last: whoever types without a pause loses no more.
    When the record was set right meanwhile, what nobody touched here follows it and what was typed here stays.
    """

    saved = Signal(object)  # datetime
    overtaken = Signal(object)  # AnswerMerge, before the next draft is asked for
    failed = Signal(object)  # UserError; the draft is still only on the screen

    def __init__(
        self, interviews: Interviews, record: Interview, *, draft: Callable[[], Draft], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._interviews = interviews
        self._id = record.id
        self._version, self._base = record.version, record.answers
        self._draft = draft
        self._is_dirty = False
        self._is_over = False
        self._clock = QTimer(self, interval=AUTOSAVE_MS, singleShot=True)
        self._clock.timeout.connect(self.save)

    @property
    def is_dirty(self) -> bool:
        """True while something on the screen is not in the vault."""
        return self._is_dirty

    def note_change(self) -> None:
        if self._is_over:
            return
        self._is_dirty = True
        if not self._clock.isActive():
            self._clock.start()

    def save(self) -> bool:
        """True when the vault now holds what is on the screen; else emits `failed`, and the next change tries again."""
        self._clock.stop()
        if not self._is_dirty:
            return True
        try:
            saved_at = self._put()
        except SavedElsewhere as error:
            return self._catch_up(error)
        except UserError as error:
            self.failed.emit(error)
            return False
        self._is_dirty = False
        self.saved.emit(saved_at)
        return True

    def end(self) -> None:
        """The interview is finished or given up: there is no draft any more."""
        self._clock.stop()
        self._is_dirty = False
        self._is_over = True

    def _put(self) -> datetime:
        draft = self._draft()
        self._version, saved_at = self._interviews.save_draft(
            self._id,
            version=self._version,
            step=draft.step,
            visited=draft.visited,
            answers=draft.answers,
            publish=draft.publish,
        )
        self._base = dict(draft.answers)
        return saved_at

    def _catch_up(self, error: SavedElsewhere) -> bool:
        """Go on from what was saved elsewhere; only an interview that is over cannot be saved any more."""
        newest, draft = self._interviews.load(self._id), self._draft()
        if newest.state is not InterviewState.IN_PROGRESS or newest.version == self._version:
            self.failed.emit(error)
            return False
        found = merge(self._base, mine=draft.answers, theirs=newest.answers, at_hand=draft.at_hand)
        self._version, self._base = newest.version, newest.answers
        self.overtaken.emit(found)
        return self.save()
