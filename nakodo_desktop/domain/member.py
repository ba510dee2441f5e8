"""A member as the office knows one: status, list row, whole record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import NewType

from nakodo_desktop.domain.declaration import DeclarationState
from nakodo_desktop.domain.single_proof import SingleProof, single_proof
from nakodo_desktop.domain.values import Answers

MemberId = NewType("MemberId", int)
InterviewId = NewType("InterviewId", int)
PhotoId = NewType("PhotoId", str)


class MemberStatus(Enum):
    """Where a member stands with the office."""

    PRE_PUBLISH = "pre_publish"
    OMIAI = "omiai"
    PRE_COURTSHIP = "pre_courtship"
    SERIOUS = "serious"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    MARRIED_OUT = "married_out"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def may_be_listed(self) -> bool:
        """Whether the site may show the member: お見合い and 仮交際 only."""
        return self in (MemberStatus.OMIAI, MemberStatus.PRE_COURTSHIP)

    @property
    def is_active(self) -> bool:
        return self not in (MemberStatus.PAUSED, MemberStatus.WITHDRAWN, MemberStatus.MARRIED_OUT)


_LABELS = {
    MemberStatus.PRE_PUBLISH: "公開前",
    MemberStatus.OMIAI: "お見合い",
    MemberStatus.PRE_COURTSHIP: "仮交際",
    MemberStatus.SERIOUS: "真剣交際",
    MemberStatus.PAUSED: "休会",
    MemberStatus.WITHDRAWN: "退会",
    MemberStatus.MARRIED_OUT: "成婚退会",
}
_S = MemberStatus
CHANGES: dict[MemberStatus, tuple[MemberStatus, ...]] = {
    _S.PRE_PUBLISH: (_S.OMIAI, _S.PAUSED, _S.WITHDRAWN),
    _S.OMIAI: (_S.PRE_COURTSHIP, _S.PAUSED, _S.WITHDRAWN),
    _S.PRE_COURTSHIP: (_S.SERIOUS, _S.OMIAI, _S.PAUSED, _S.WITHDRAWN),
    _S.SERIOUS: (_S.MARRIED_OUT, _S.OMIAI, _S.PAUSED, _S.WITHDRAWN),
    _S.PAUSED: (_S.OMIAI, _S.WITHDRAWN),
    _S.WITHDRAWN: (),
    _S.MARRIED_OUT: (),
}


@dataclass(frozen=True)
class MemberRow:
    """One line of the list; read from the narrow table alone."""

    id: MemberId
    number: str
    legal_name: str
    kana: str
    sex: str
    birth_date: date
    residence: str
    status: MemberStatus
    declaration_state: DeclarationState | None
    declaration_valid_until: date | None
    last_interview_on: date
    certificate_until: date | None = None  # of a 独身証明書 in place of the declaration, over or not

    def proof(self, today: date) -> SingleProof:
        """What shows today that this member is single."""
        return single_proof(self.declaration_state, self.declaration_valid_until, self.certificate_until, today=today)


@dataclass(frozen=True)
class Member:
    """One member whole, as far as the reader's role may see: keys that may not be seen are not in `answers`."""

    id: MemberId
    uid: str
    number: str
    status: MemberStatus
    legal_name: str
    kana: str
    residence: str
    joined_on: date
    last_interview_on: date
    version: int
    answers: Answers


@dataclass(frozen=True)
class ProfileChange:
    """One fact that a later interview or a correction changed. Values as JSON text."""

    field_key: str
    old_value: str | None
    new_value: str | None
    staff_name: str
    changed_at: datetime


def member_number(sex: str, running: int) -> str:
    """F-0128: the sex letter and the running number of the first interview."""
    return f"{'F' if sex == 'female' else 'M'}-{running:04d}"
