"""Drafts as they lie in the vault."""

from __future__ import annotations

import pytest

from nakodo_desktop.domain.interview_record import InterviewKind, InterviewState
from nakodo_desktop.domain.member import InterviewId, MemberId
from nakodo_desktop.domain.values import Value
from nakodo_desktop.vault import interviews
from nakodo_desktop.vault.connection import IntegrityError
from nakodo_desktop.vault.vault import Vault
from tests import factory
from tests.vault.recordkit import LATER, NOW, a_member, an_interview, written


def save(vault: Vault, interview_id: InterviewId, *, version: int, answers: dict[str, Value]) -> bool:
    return written(
        vault,
        lambda db: interviews.save(
            db, interview_id, version=version, step="life", visited={"life", "basics"}, answers=answers, now=LATER
        ),
    )


def test_a_draft_comes_back_as_it_went(vault: Vault) -> None:
    interview_id = an_interview(vault)
    assert save(vault, interview_id, version=1, answers=factory.answers())
    found = interviews.load(vault.read(), interview_id)
    assert found is not None
    assert found.answers == factory.answers()
    assert (found.number, found.kind, found.state) == (1, InterviewKind.INTAKE, InterviewState.IN_PROGRESS)
    assert (found.step, found.visited, found.version) == ("life", {"life", "basics"}, 2)
    assert (found.started_at, found.saved_at, found.finished_at) == (NOW, LATER, None)
    assert (found.staff_name, found.member_id) == (vault.staff.name, None)


def test_an_older_version_saves_nothing(vault: Vault) -> None:
    interview_id = an_interview(vault)
    assert save(vault, interview_id, version=1, answers={"hobbies": "登山"})
    assert not save(vault, interview_id, version=1, answers={"hobbies": "読書"})
    found = interviews.load(vault.read(), interview_id)
    assert found is not None
    assert found.answers == {"hobbies": "登山"}


@pytest.mark.parametrize("state", [InterviewState.FINISHED, InterviewState.ABANDONED])
def test_a_closed_interview_keeps_no_answers_and_is_closed_once(vault: Vault, state: InterviewState) -> None:
    interview_id, member_id = an_interview(vault), a_member(vault)
    save(vault, interview_id, version=1, answers=factory.answers())
    assert written(vault, lambda db: interviews.close(db, interview_id, state, member_id=member_id, now=LATER))
    assert not written(
        vault, lambda db: interviews.close(db, interview_id, InterviewState.FINISHED, member_id=None, now=LATER)
    )
    found = interviews.load(vault.read(), interview_id)
    assert found is not None
    assert (found.state, found.member_id, found.answers, found.finished_at) == (state, member_id, {}, LATER)
    assert not save(vault, interview_id, version=found.version, answers={"hobbies": "登山"})
    assert interviews.in_progress(vault.read()) == ()


def test_numbers_go_on_over_closed_interviews_and_are_never_shared(vault: Vault) -> None:
    first = an_interview(vault)
    written(vault, lambda db: interviews.close(db, first, InterviewState.ABANDONED, member_id=None, now=NOW))
    second = interviews.load(vault.read(), an_interview(vault))
    assert second is not None
    assert second.number == 2
    with pytest.raises(IntegrityError):
        written(
            vault,
            lambda db: interviews.start(
                db, InterviewKind.INTAKE, step="purposes", answers={}, staff_id=vault.staff.id, now=NOW, number=2
            ),
        )


def test_a_members_interviews_are_told_newest_first(vault: Vault) -> None:
    member_id, first = a_member(vault), an_interview(vault)
    written(vault, lambda db: interviews.attach(db, first, member_id))
    second = written(
        vault,
        lambda db: interviews.start(
            db,
            InterviewKind.FOLLOW_UP,
            step="basics",
            answers={},
            staff_id=vault.staff.id,
            now=LATER,
            member_id=member_id,
            number=1,
        ),
    )
    assert [found.id for found in interviews.of_member(vault.read(), member_id)] == [second, first]
    assert interviews.of_member(vault.read(), MemberId(99)) == ()
    assert [found.id for found in interviews.in_progress(vault.read())] == [second, first]


def test_an_interview_that_is_not_there_is_none(vault: Vault) -> None:
    assert interviews.load(vault.read(), InterviewId(99)) is None
