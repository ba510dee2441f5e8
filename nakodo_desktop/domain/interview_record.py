"""An interview as it lies in the vault: whose, how far, with which answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from nakodo_desktop.domain.member import InterviewId, MemberId, member_number
from nakodo_desktop.domain.values import Answers


class InterviewKind(Enum):
    """The first visit, or a later one of the same member."""

    INTAKE = "intake"
    FOLLOW_UP = "follow_up"

    @property
    def label(self) -> str:
        return {InterviewKind.INTAKE: "入会面談", InterviewKind.FOLLOW_UP: "追加の面談"}[self]


class InterviewState(Enum):
    """An abandoned interview keeps no answers."""

    IN_PROGRESS = "in_progress"
    FINISHED = "finished"
    ABANDONED = "abandoned"


@dataclass(frozen=True, kw_only=True)
class Interview:
    """`answers` are empty once it is closed: the member's tables hold them then."""

    id: InterviewId
    number: int
    kind: InterviewKind
    member_id: MemberId | None
    state: InterviewState
    step: str
    visited: frozenset[str]
    answers: Answers
    staff_name: str
    started_at: datetime
    saved_at: datetime
    finished_at: datetime | None
    version: int
    publish: bool = False  # what the review was told: お見合い at once

    @property
    def provisional_number(self) -> str:
        """The member number as far as it is known: the letter comes with the sex."""
        sex = self.answers.get("sex")
        return member_number(sex, self.number) if isinstance(sex, str) else f"{self.number:04d}"

    @property
    def number_words(self) -> str:
        """The number and what it is: before the end of the first visit it is not given yet."""
        what = "仮登録" if self.kind is InterviewKind.INTAKE else "会員番号"
        return f"{what}　{self.provisional_number}"

    @property
    def name(self) -> str:
        """As far as it was typed; empty before that."""
        return " ".join(str(self.answers[k]) for k in ("family_name", "given_name") if self.answers.get(k))

    @property
    def display_name(self) -> str:
        """The name typed so far, or that there is none."""
        return self.name or "お名前未入力"
