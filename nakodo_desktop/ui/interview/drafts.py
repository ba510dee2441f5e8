"""Keeps what was said in the vault; nobody else needs to know about versions, timers and failed saves of a draft."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from nakodo_desktop.domain.interview_record import Interview
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.interviews import Interviews

AUTOSAVE_MS = 2_000


@dataclass(frozen=True)
class Draft:
    """The interview as it stands on the screen."""

    step: str
    visited: Collection[str]
    answers: Answers


class DraftSaver(QObject):
    """Saves a draft at once when told to, and by itself at most AUTOSAVE_MS after something was typed.

    The clock runs from the first unsaved change, not from the last: whoever types without a pause loses no more.
    """

    saved = Signal(object)  # datetime
    failed = Signal(object)  # UserError; the draft is still only on the screen

    def __init__(
        self, interviews: Interviews, record: Interview, *, draft: Callable[[], Draft], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._interviews = interviews
        self._id = record.id
        self._version = record.version
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
        draft = self._draft()
        try:
            self._version, saved_at = self._interviews.save_draft(
                self._id, version=self._version, step=draft.step, visited=draft.visited, answers=draft.answers
            )
        except UserError as error:
            self.failed.emit(error)
            return False
        self._is_dirty = False
        self._tell(saved_at)
        return True

    def end(self) -> None:
        """The interview is finished or given up: there is no draft any more."""
        self._clock.stop()
        self._is_dirty = False
        self._is_over = True

    def _tell(self, saved_at: datetime) -> None:
        self.saved.emit(saved_at)
