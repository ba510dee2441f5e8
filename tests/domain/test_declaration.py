"""How long a signature counts, which sheet decides, and the words for it."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakodo_desktop.domain.declaration import (
    REMIND_DAYS,
    Declaration,
    DeclarationId,
    DeclarationState,
    Standing,
    as_of,
    days_left,
    governing,
    standing,
    valid_until,
    words,
)

STATE = DeclarationState
TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def sheet(number: int, state: DeclarationState, until: date | None = None) -> Declaration:
    return Declaration(
        id=DeclarationId(number),
        number=f"SD-20261123-{number:04d}",
        member_id=1,
        state=state,
        form_version="2026-11-01",
        form_sha256="0" * 64,
        pdf_sha256="0" * 64,
        created_at=datetime(2026, 11, 23, tzinfo=UTC),
        printed_at=None,
        signed_on=None,
        place=None,
        method=None,
        witness_name=None,
        valid_until=until,
        filed_at=None,
    )


@pytest.mark.parametrize(
    ("signed_on", "months", "until"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 11, 23), 3, date(2027, 2, 23)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 12, 31), 3, date(2027, 3, 31)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
    ],
)
def test_a_period_ends_on_the_same_day_or_on_the_last_of_the_month(signed_on: date, months: int, until: date) -> None:
    assert valid_until(signed_on, months=months) == until


@given(DAYS, st.integers(1, 12))
def test_a_period_ends_in_its_month_and_never_later_in_it(signed_on: date, months: int) -> None:
    until = valid_until(signed_on, months=months)
    assert (until.year * 12 + until.month) - (signed_on.year * 12 + signed_on.month) == months
    assert until.day == min(signed_on.day, monthrange(until.year, until.month)[1])


@given(DAYS, st.integers(1, 12))
def test_who_signs_later_is_never_valid_shorter(signed_on: date, months: int) -> None:
    assert valid_until(signed_on, months=months) <= valid_until(signed_on + timedelta(days=1), months=months)


@pytest.mark.parametrize(
    ("state", "left", "expected", "shown"),
    [
        (None, None, Standing.NONE, "未作成"),
        (STATE.DRAFT, None, Standing.NONE, "未作成"),
        (STATE.SUPERSEDED, 30, Standing.NONE, "未作成"),
        (STATE.PRINTED, None, Standing.PRINTED, "署名待ち"),
        (STATE.SIGNED, 15, Standing.VALID, "署名済み"),
        (STATE.SIGNED, 14, Standing.DUE, "期限まで14日"),
        (STATE.SIGNED, 1, Standing.DUE, "期限まで1日"),
        (STATE.SIGNED, 0, Standing.DUE, "今日が期限"),
        (STATE.SIGNED, -1, Standing.OVERDUE, "期限切れ"),
        (STATE.EXPIRED, -1, Standing.OVERDUE, "期限切れ"),
        (STATE.EXPIRED, 30, Standing.OVERDUE, "期限切れ"),
        (STATE.FALSE_SUSPECTED, 30, Standing.SUSPECTED, "虚偽の疑い"),
        (STATE.FALSE_SUSPECTED, None, Standing.SUSPECTED, "虚偽の疑い"),
    ],
)
def test_where_a_member_stands_today(
    state: DeclarationState | None, left: int | None, expected: Standing, shown: str
) -> None:
    until = None if left is None else TODAY + timedelta(days=left)
    assert standing(state, until, today=TODAY) is expected
    assert words(state, until, today=TODAY) == shown


def test_a_signature_without_its_last_day_counts_as_none() -> None:
    assert standing(STATE.SIGNED, None, today=TODAY) is Standing.NONE


def test_days_are_counted_to_the_last_valid_day() -> None:
    assert [days_left(TODAY + timedelta(days=n), today=TODAY) for n in (14, 0, -1)] == [14, 0, -1]
    assert max(REMIND_DAYS) == 14


@pytest.mark.parametrize(("left", "state"), [(1, STATE.SIGNED), (0, STATE.SIGNED), (-1, STATE.EXPIRED)])
def test_a_signed_sheet_is_expired_after_its_last_day(left: int, state: DeclarationState) -> None:
    assert as_of(sheet(1, STATE.SIGNED, TODAY + timedelta(days=left)), today=TODAY).state is state


@pytest.mark.parametrize("state", [state for state in STATE if state is not STATE.SIGNED])
def test_only_a_signed_sheet_expires(state: DeclarationState) -> None:
    found = sheet(1, state, TODAY - timedelta(days=1))
    assert as_of(found, today=TODAY) is found


@pytest.mark.parametrize(
    ("states", "decides"),
    [
        ([], None),
        ([STATE.DRAFT], 1),
        ([STATE.PRINTED, STATE.DRAFT], 2),
        ([STATE.SIGNED, STATE.PRINTED, STATE.DRAFT], 1),
        ([STATE.SUPERSEDED, STATE.SIGNED], 2),
        ([STATE.EXPIRED, STATE.PRINTED], 1),
        ([STATE.EXPIRED, STATE.SIGNED], 2),
        ([STATE.FALSE_SUSPECTED, STATE.SIGNED], 1),
        ([STATE.SUPERSEDED, STATE.DRAFT], 2),
    ],
)
def test_a_suspicion_decides_then_a_signature_then_the_newest_sheet(
    states: list[DeclarationState], decides: int | None
) -> None:
    sheets = [sheet(number, state) for number, state in enumerate(states, start=1)]
    for given_in in (sheets, sheets[::-1]):
        found = governing(given_in)
        assert (None if found is None else found.id) == decides


def test_every_state_has_a_word_of_its_own() -> None:
    assert len({state.label for state in STATE}) == len(STATE)
