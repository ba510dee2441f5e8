"""Interviews as the tests hold them: finished, taken up again, and what is on record afterwards."""

from __future__ import annotations

from nakodo_desktop.domain.interview_record import Interview
from nakodo_desktop.domain.member import InterviewId, MemberId
from nakodo_desktop.domain.values import Value
from nakodo_desktop.services.interviews import Finished
from tests import factory
from tests.factory import Desk


def finished(desk: Desk, interview_id: InterviewId) -> MemberId:
    outcome = desk.interviews.finish(interview_id)
    assert isinstance(outcome, Finished), outcome
    return outcome.member_id


def follow_up(desk: Desk, member_id: MemberId, **changes: Value) -> Interview:
    """A later visit in which some answers changed, not finished yet."""
    started = desk.interviews.start_follow_up(member_id)
    return factory.save(desk, started.id, dict(started.answers) | changes)


def answers_of(desk: Desk, member_id: MemberId) -> dict[str, Value]:
    return dict(desk.members.view(member_id, screen="test").answers)
