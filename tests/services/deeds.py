"""Deeds of a day that write, each with the office it needs; for tests that cut them off in the middle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nakodo_desktop.domain.declaration import DeclarationId
from nakodo_desktop.domain.interview_record import InterviewState
from nakodo_desktop.domain.member import InterviewId, MemberId
from tests import factory
from tests.factory import Desk
from tests.officekit import table


@dataclass(frozen=True)
class Deed:
    prepare: Callable[[Desk], None]
    do: Callable[[Desk], object]
    state: Callable[[Desk], str]  # "before", "after" or what should not be
    stride: int  # a killed process each: one write stands for its neighbours


def _rows(desk: Desk) -> tuple[int, ...]:
    """How much is kept of a member: record, answers, special care, notice, check, consents, photos."""
    names = ("member", "profile", "special_care", "purpose_notice", "identity_check", "consent")
    owned = sum(row["member_id"] is not None for row in table(desk, "photo"))
    return (*(len(table(desk, name)) for name in names), owned)


def _interview_state(desk: Desk) -> str:
    interview, rows = desk.interviews.load(InterviewId(1)), _rows(desk)
    answers = {key: value for key, value in interview.answers.items() if not key.startswith("photo_")}
    if interview.state is InterviewState.IN_PROGRESS and answers == factory.answers(photo_upper=None, photo_full=None):
        return "before" if not any(rows) else f"{rows}"
    if interview.state is InterviewState.FINISHED and interview.member_id == MemberId(1) and not answers:
        return "after" if rows == (1, 1, 1, 1, 1, 8, 2) else f"{rows}"
    return f"{interview.state} {len(answers)} {rows}"


def _draft_state(desk: Desk) -> str:
    said = desk.interviews.load(InterviewId(1)).answers
    if said == factory.answers():
        return "before"
    return "after" if said == factory.answers(hobbies="登山" * 100, self_pr="あ" * 1000) else f"{len(said)}"


def _save_draft(desk: Desk) -> None:
    changed = factory.answers(hobbies="登山" * 100, self_pr="あ" * 1000)
    factory.save(desk, InterviewId(1), changed)


def _begin_draft(desk: Desk) -> None:
    factory.save(desk, desk.interviews.start().id, factory.answers())


def _sign_again(desk: Desk) -> None:
    member_id = factory.member(desk)
    factory.signed(desk, member_id)
    desk.declarations.record_output(factory.sheet(desk, member_id).id, "printer")


def _sheet_states(desk: Desk) -> str:
    states = [row["state"] for row in table(desk, "declaration")]
    known = {("signed", "printed"): "before", ("superseded", "signed"): "after"}
    return known.get(tuple(map(str, states)), str(states))


def _correct(desk: Desk) -> None:
    changes = {"family_name": "髙﨑", "self_pr": "い" * 1000}
    assert desk.members.correct(MemberId(1), changes, version=int(str(table(desk, "member")[0]["version"]))) == ()


def _corrected(desk: Desk) -> str:
    names = {table(desk, "member")[0]["legal_name"], f"{table(desk, 'profile')[0]['family_name']} 太郎"}
    changes = len(table(desk, "profile_change"))
    known = {("見本 太郎", 0): "before", ("髙﨑 太郎", 2): "after"}
    return known.get((str(min(names)), changes), str(names)) if len(names) == 1 else str(names)


def _a_member(desk: Desk) -> None:
    factory.member(desk)


def _a_draft(desk: Desk) -> None:
    factory.draft(desk)


DEEDS: dict[str, Deed] = {
    "finish": Deed(_a_draft, lambda desk: desk.interviews.finish(InterviewId(1), publish=True), _interview_state, 6),
    "save_draft": Deed(_begin_draft, _save_draft, _draft_state, 2),
    "sign": Deed(
        _sign_again, lambda desk: desk.declarations.sign(DeclarationId(2), factory.signing()), _sheet_states, 4
    ),
    "correct": Deed(_a_member, _correct, _corrected, 4),
}
