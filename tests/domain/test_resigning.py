"""When a signature is asked for because of what happens, not because of the calendar (domain handbook 4.2)."""

from __future__ import annotations

from datetime import date

import pytest

from nakodo_desktop.domain.member import MemberStatus
from nakodo_desktop.domain.resigning import Signatures

BEGAN, BEFORE, AFTER = date(2026, 11, 23), date(2026, 11, 22), date(2026, 11, 24)
S = MemberStatus


@pytest.mark.parametrize(
    ("signed_on", "is_asked"), [(None, True), (BEFORE, True), (BEGAN, False), (AFTER, False)], ids=str
)
def test_serious_courtship_asks_for_a_signature_of_its_own(signed_on: date | None, *, is_asked: bool) -> None:
    assert Signatures(S.SERIOUS, BEGAN, signed_on).is_asked is is_asked


@pytest.mark.parametrize("status", [s for s in S if s is not S.SERIOUS])
def test_no_other_status_asks_for_one(status: MemberStatus) -> None:
    assert not Signatures(status, BEGAN, BEFORE).is_asked


@pytest.mark.parametrize(
    ("to", "signed_on", "asks"),
    [
        (S.SERIOUS, None, "まだ署名がありません"),
        (S.SERIOUS, BEFORE, "令和8年11月22日"),
        (S.SERIOUS, BEGAN, ""),  # signed today already
        (S.MARRIED_OUT, None, "成婚の前の"),
        (S.MARRIED_OUT, BEGAN, "成婚の前の"),  # that one was for the beginning
        (S.MARRIED_OUT, AFTER, ""),
        (S.PAUSED, None, ""),
        (S.WITHDRAWN, None, ""),
    ],
)
def test_a_change_of_status_says_which_signature_it_asks_for(
    to: MemberStatus, signed_on: date | None, asks: str
) -> None:
    said = Signatures(S.SERIOUS, BEGAN, signed_on).asked_before(to, today=BEGAN)
    assert asks in said
    assert bool(said) is bool(asks)


def test_where_the_beginning_is_unknown_the_signature_before_marriage_is_asked_for() -> None:
    assert Signatures(S.SERIOUS, None, AFTER).asked_before(S.MARRIED_OUT, today=AFTER)
