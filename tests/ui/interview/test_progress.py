from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from nakodo_desktop.domain import interview
from nakodo_desktop.domain.declaration import Declaration, DeclarationId, DeclarationState
from nakodo_desktop.domain.interview import Missing
from nakodo_desktop.domain.values import Answers, Problem
from nakodo_desktop.ui.interview.flaws import flaws, of_step
from nakodo_desktop.ui.interview.progress import minutes_left, rail_steps
from nakodo_desktop.ui.widgets.step_rail import RailStep
from tests import factory

_EVERYWHERE = frozenset(step.key for step in interview.STEPS)
_SHEET = Declaration(
    id=DeclarationId(1),
    number="SD-20261123-0001",
    member_id=1,
    state=DeclarationState.PRINTED,
    form_version="2026-11-01",
    form_sha256="",
    pdf_sha256="",
    created_at=datetime(2026, 11, 23, tzinfo=UTC),
    printed_at=None,
    signed_on=None,
    place=None,
    method=None,
    witness_name=None,
    valid_until=None,
    filed_at=None,
)


def _rail(said: Answers, *, current: str = "finish", declaration: Declaration | None = None) -> dict[str, RailStep]:
    found = flaws(interview.all_missing(said), ())
    steps = rail_steps(found, said, visited=_EVERYWHERE, current=current, declaration=declaration)
    return {step.key: step for step in steps}


def test_missing_and_wrong_answers_stand_in_the_order_of_the_interview() -> None:
    found = flaws([Missing("wishes", "wish_age", "年齢")], [Problem("phone", "桁数が足りません。")])
    assert [flaw.field_key for flaw in found] == ["phone", "wish_age"]
    assert [flaw.field_key for flaw in of_step("basics", found)] == ["phone"]


def test_the_rail_counts_what_a_step_lacks_once_it_was_left() -> None:
    said = factory.answers(phone=None, sex=None)
    assert _rail(said)["basics"].missing == 2
    assert _rail(said, current="basics")["basics"].missing == 0
    assert not _rail(said)["basics"].is_done


def test_a_finished_step_says_when_it_was_done() -> None:
    rail = _rail(factory.answers(purpose_shown_on=date(2026, 11, 23)))
    assert (rail["purposes"].is_done, rail["purposes"].note) == (True, "11月23日 説明済み")


@pytest.mark.parametrize("state", [DeclarationState.DRAFT, DeclarationState.PRINTED, DeclarationState.EXPIRED])
def test_only_a_signed_declaration_is_a_finished_step(state: DeclarationState) -> None:
    step = _rail(factory.answers(), declaration=replace(_SHEET, state=state))["declaration"]
    assert not step.is_done and step.note == state.label
    assert _rail(factory.answers(), declaration=replace(_SHEET, state=DeclarationState.SIGNED))["declaration"].is_done


def test_the_time_left_shrinks_to_nothing() -> None:
    fresh = rail_steps((), {}, visited=frozenset(), current="purposes", declaration=None)
    done = [replace(step, is_done=True) for step in fresh]
    assert minutes_left(fresh) == 50
    assert minutes_left(done[:-1] + fresh[-1:]) == 0
