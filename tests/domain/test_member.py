"""Numbers, statuses and consents of a member."""

from __future__ import annotations

from datetime import date

import pytest

from nakodo_desktop.domain import consent
from nakodo_desktop.domain.consent import Consent
from nakodo_desktop.domain.member import CHANGES, MemberStatus, member_number

STATUS = MemberStatus


@pytest.mark.parametrize(
    ("sex", "running", "number"),
    [("female", 128, "F-0128"), ("male", 1, "M-0001"), ("male", 9_999, "M-9999"), ("female", 10_000, "F-10000")],
)
def test_a_number_is_a_letter_and_the_running_number(sex: str, running: int, number: str) -> None:
    assert member_number(sex, running) == number


def test_every_status_says_where_it_may_lead() -> None:
    assert set(CHANGES) == set(STATUS)
    assert all(status not in targets and len(set(targets)) == len(targets) for status, targets in CHANGES.items())


def test_nobody_comes_back_from_having_left() -> None:
    assert CHANGES[STATUS.WITHDRAWN] == CHANGES[STATUS.MARRIED_OUT] == ()


def test_everybody_can_leave() -> None:
    for status in set(STATUS) - {STATUS.WITHDRAWN, STATUS.MARRIED_OUT}:
        assert STATUS.WITHDRAWN in CHANGES[status]


def test_one_marries_out_of_a_serious_courtship_only() -> None:
    """Domain handbook 1.1: 真剣交際 is with one partner; before it nobody is."""
    assert [status for status, targets in CHANGES.items() if STATUS.MARRIED_OUT in targets] == [STATUS.SERIOUS]
    assert [status for status, targets in CHANGES.items() if STATUS.SERIOUS in targets] == [STATUS.PRE_COURTSHIP]


def test_the_site_shows_who_looks_for_somebody() -> None:
    assert {status for status in STATUS if status.may_be_listed} == {STATUS.OMIAI, STATUS.PRE_COURTSHIP}


def test_who_paused_or_left_is_not_active() -> None:
    assert {status for status in STATUS if not status.is_active} == {
        STATUS.PAUSED,
        STATUS.WITHDRAWN,
        STATUS.MARRIED_OUT,
    }


def test_every_status_has_a_word_of_its_own() -> None:
    assert len({status.label for status in STATUS}) == len(STATUS)


# --- consents


def answer(number: int, said: str, *, scope: str = "consent_provide", withdrawn_on: date | None = None) -> Consent:
    day = date(2026, 11, 23)
    return Consent(number, scope, said, "2026-11-01", "paper", day, "見本 所長", withdrawn_on)


LATER = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("answers", "holds"),
    [
        ([], False),
        ([answer(1, "given")], True),
        ([answer(1, "refused")], False),
        ([answer(1, "given", withdrawn_on=LATER)], False),
        ([answer(1, "given"), answer(2, "refused")], False),
        ([answer(1, "refused"), answer(2, "given")], True),
        ([answer(1, "given"), answer(2, "given", withdrawn_on=LATER)], False),
        ([answer(1, "given", withdrawn_on=LATER), answer(2, "given")], True),
        ([answer(1, "given", scope="consent_contact_exchange")], False),
    ],
)
def test_a_consent_holds_while_the_newest_answer_is_a_yes(answers: list[Consent], holds: bool) -> None:
    for given_in in (answers, answers[::-1]):
        assert consent.holds(given_in, "consent_provide") is holds


def test_each_scope_stands_for_itself() -> None:
    answers = [answer(1, "given"), answer(2, "refused", scope="consent_contact_exchange"), answer(3, "refused")]
    assert {scope: found.id for scope, found in consent.standing(answers).items()} == {
        "consent_provide": 3,
        "consent_contact_exchange": 2,
    }
