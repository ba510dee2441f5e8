"""Rows for the tests of one aggregate: a member to hang them on, and the moments they are written at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypeVar

from nakodo_desktop.domain.interview_record import InterviewKind
from nakodo_desktop.domain.member import InterviewId, MemberId
from nakodo_desktop.vault import interviews, members
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.members import MemberFacts
from nakodo_desktop.vault.vault import Vault

Result = TypeVar("Result")
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def written(vault: Vault, write: Callable[[Connection], Result]) -> Result:
    """In a transaction of its own."""
    with vault.transaction() as tx:
        return write(tx.db)


def a_member(vault: Vault, number: int = 1) -> MemberId:
    facts = MemberFacts(
        number=f"M-{number:04d}",
        legal_name="見本 太郎",
        kana="みほん たろう",
        sex="male",
        birth_date=date(1987, 3, 14),
        residence="東京都世田谷区",
        phone="090-0000-0000",
        last_interview_on=TODAY,
    )
    return written(vault, lambda db: members.insert(db, facts, uid=f"uid-{number}", joined_on=TODAY, now=NOW))


def an_interview(vault: Vault, *, kind: InterviewKind = InterviewKind.INTAKE) -> InterviewId:
    return written(
        vault,
        lambda db: interviews.start(db, kind, step="purposes", answers={}, staff_id=vault.staff.id, now=NOW),
    )
