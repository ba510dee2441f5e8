"""The order of the interview, what is missing, where it opens, and what must not stay."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given

from nakodo_desktop.domain import catalog, interview
from nakodo_desktop.domain.catalog import FIELDS
from nakodo_desktop.domain.fields import Condition, Kind, Store
from nakodo_desktop.domain.interview import STEPS, StepState
from nakodo_desktop.domain.interview_record import Interview, InterviewKind, InterviewState
from nakodo_desktop.domain.member import InterviewId
from nakodo_desktop.domain.values import Value
from tests import factory
from tests.domain import said

KEYS = [step.key for step in STEPS]


def test_steps_lead_from_first_to_last_and_back() -> None:
    assert [interview.next_step(key) for key in KEYS] == [*KEYS[1:], None]
    assert [interview.previous_step(key) for key in KEYS] == [None, *KEYS[:-1]]


def test_a_step_that_does_not_exist_is_a_bug() -> None:
    with pytest.raises(ValueError, match="contract"):
        interview.next_step("contract")


def test_a_whole_interview_lacks_nothing_and_opens_at_the_review() -> None:
    answers = factory.answers()
    assert interview.all_missing(answers) == ()
    assert interview.first_incomplete(answers) == "finish"
    assert interview.without_unasked(answers) == answers


def test_an_empty_interview_lacks_every_required_fact_in_order() -> None:
    lacks = interview.all_missing({})
    always = [field.key for field in FIELDS.values() if field.asked is None and field.required is True]
    assert [lack.field_key for lack in lacks] == always
    assert [KEYS.index(lack.step) for lack in lacks] == sorted(KEYS.index(lack.step) for lack in lacks)
    assert all(lack.label == FIELDS[lack.field_key].label for lack in lacks)
    assert interview.first_incomplete({}) == "purposes"


@pytest.mark.parametrize("key", [key for key in factory.answers() if FIELDS[key].is_required(factory.answers())])
def test_each_required_fact_is_missed_at_its_own_step(key: str) -> None:
    answers = {k: v for k, v in factory.answers().items() if k != key}
    found = interview.all_missing(answers)
    assert (interview.STEP_OF_FIELD[key], key) in {(lack.step, lack.field_key) for lack in found}
    assert interview.first_incomplete(answers) == found[0].step


@pytest.mark.parametrize("key", [key for key in factory.answers() if not FIELDS[key].is_required(factory.answers())])
def test_what_is_not_required_is_never_missing(key: str) -> None:
    answers = {k: v for k, v in factory.answers().items() if k != key}
    assert interview.all_missing(answers) == ()


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({"sex": "male", "annual_income_man_yen": None}, ["annual_income_man_yen"]),
        ({"sex": "female", "annual_income_man_yen": None}, []),
        ({"employment_type": "regular", "employer_name": None}, ["employer_name"]),
        ({"employment_type": "none", "employer_name": None}, []),
        ({"education_level": "junior_college", "education_on_site": None}, ["education_on_site"]),
        ({"education_level": "university", "education_on_site": None}, []),
        ({"children": "none", "children_count": None}, []),
        ({"children": "apart", "children_count": None}, ["children_count"]),
        ({"consent_collect_religion": "refused", "new_religion_flag": None, "consent_disclose_religion": None}, []),
        ({"consent_collect_religion": "given", "new_religion_flag": None}, ["new_religion_flag"]),
        ({"consent_collect_religion": None, "new_religion_flag": None}, ["consent_collect_religion"]),
        ({"family_name": " 　"}, ["family_name"]),
        ({"family_members": ()}, ["family_members"]),
        ({"purpose_shown": False}, ["purpose_shown"]),
        ({"identity_returned": False}, ["identity_returned"]),
        ({"license_seen": False, "show_school_name": False}, []),
    ],
)
def test_what_is_missing_hangs_on_what_was_said(changes: dict[str, Value], lacking: list[str]) -> None:
    assert [lack.field_key for lack in interview.all_missing(factory.answers(**changes))] == lacking


@given(said.answers())
def test_what_is_not_asked_is_not_missed(answers: dict[str, Value]) -> None:
    for lack in interview.all_missing(answers):
        field = FIELDS[lack.field_key]
        assert field.is_asked(answers)
        assert not interview.is_answered(field, answers)


@given(said.answers())
def test_a_resumed_interview_opens_at_the_first_step_that_lacks_something(answers: dict[str, Value]) -> None:
    opened = interview.first_incomplete(answers)
    before = KEYS[: KEYS.index(opened)]
    assert [interview.missing(key, answers) for key in before] == [()] * len(before)
    assert interview.missing(opened, answers) or opened == "finish"


@given(said.answers())
def test_only_asked_answers_are_kept_and_those_as_they_were(answers: dict[str, Value]) -> None:
    kept = interview.without_unasked(answers)
    assert all(FIELDS[key].is_asked(kept) for key in kept)
    assert all(kept[key] == answers[key] for key in kept)
    assert all(not FIELDS[key].is_asked(kept) for key in set(answers) - set(kept))
    assert interview.without_unasked(kept) == kept


@given(said.answers())
def test_no_special_care_answer_stays_without_its_consent(answers: dict[str, Value]) -> None:
    kept = interview.without_unasked(answers)
    for key in set(catalog.columns(Store.SPECIAL_CARE)) & set(kept):
        asked = FIELDS[key].asked
        assert isinstance(asked, Condition)
        assert answers.get(asked.key) == "given"


@given(said.choices())
def test_a_showing_is_not_agreed_to_without_the_asking(answers: dict[str, Value]) -> None:
    kept = interview.without_unasked(answers)
    for thing in ("religion", "disability"):
        if answers.get(f"consent_collect_{thing}") != "given":
            assert f"consent_disclose_{thing}" not in kept


def test_a_key_of_no_field_is_left_to_the_check() -> None:
    assert interview.without_unasked({"blood_type": "A"}) == {"blood_type": "A"}


@pytest.mark.parametrize(
    ("answers", "visited", "state"),
    [
        ({}, set(), StepState.OPEN),
        (factory.answers(), set(), StepState.OPEN),
        ({}, {"wishes"}, StepState.MISSING),
        (factory.answers(wish_age=None), {"wishes"}, StepState.MISSING),
        (factory.answers(), {"wishes"}, StepState.DONE),
    ],
)
def test_a_step_is_done_when_it_was_seen_and_lacks_nothing(
    answers: dict[str, Value], visited: set[str], state: StepState
) -> None:
    assert interview.state_of("wishes", answers, visited=visited) is state


@pytest.mark.parametrize("kind", [Kind.FLAG])
def test_an_empty_box_is_a_no_not_a_gap(kind: Kind) -> None:
    for field in (field for field in FIELDS.values() if field.kind is kind and not field.required):
        assert interview.is_answered(field, {})


# --- the record of one


def record(**answers: Value) -> Interview:
    at = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    return Interview(
        id=InterviewId(1),
        number=7,
        kind=InterviewKind.INTAKE,
        member_id=None,
        state=InterviewState.IN_PROGRESS,
        step="basics",
        visited=frozenset(),
        answers=answers,
        staff_name="見本 所長",
        started_at=at,
        saved_at=at,
        finished_at=None,
        version=1,
    )


@pytest.mark.parametrize(
    ("answers", "number", "name"),
    [
        ({}, "0007", "お名前未入力"),
        ({"sex": "female"}, "F-0007", "お名前未入力"),
        ({"sex": "male", "given_name": "太郎"}, "M-0007", "太郎"),
        ({"family_name": "見本", "given_name": "太郎"}, "0007", "見本 太郎"),
    ],
)
def test_an_interview_is_called_by_what_is_known(answers: dict[str, Value], number: str, name: str) -> None:
    found = record(**answers)
    assert (found.provisional_number, found.display_name) == (number, name)
