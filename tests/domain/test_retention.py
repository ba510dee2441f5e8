"""What is due when and what stays why: by example, and by property over all members, days and rule files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.fields import Retention, Store
from nakodo_desktop.domain.retention import (
    CONTENTS,
    ON_REQUEST,
    RECORD_NAMES,
    Holding,
    Period,
    Periods,
    due,
    fates,
    keys_of,
)
from nakodo_desktop.reference import retention_rules

TODAY = date(2026, 11, 23)
PERIODS = retention_rules.load().on(TODAY)
EVERYTHING = frozenset(Retention)
LEFT = Holding(left_on=TODAY, held=EVERYTHING, provisions_until=date(2029, 11, 20))

days = st.dates(date(2020, 1, 1), date(2060, 12, 31))
holdings = st.builds(
    Holding,
    left_on=st.none() | days,
    held=st.frozensets(st.sampled_from(Retention)),
    provisions_until=st.none() | days,
    is_on_hold=st.booleans(),
)
lengths = st.one_of(
    st.tuples(st.integers(1, 400), st.just(0)),
    st.tuples(st.just(0), st.integers(1, 10)),
)
periods = st.fixed_dictionaries(
    {
        retention: lengths.map(lambda pair: Period(days=pair[0], years=pair[1], since="退会", basis="見本法1条"))
        for retention in Retention
    }
)


def due_days(holding: Holding) -> dict[Retention, date | None]:
    return {fate.retention: fate.due_on for fate in fates(holding, PERIODS, TODAY)}


def test_each_class_goes_on_its_own_day() -> None:
    assert due_days(LEFT) == {
        Retention.PHOTO: date(2026, 12, 23),
        Retention.PROFILE: date(2027, 2, 21),
        Retention.CONTRACT: date(2031, 11, 24),  # kept through the last day of the fifth year
        Retention.PROVISION: date(2029, 11, 21),
    }


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 12, 22), ()),
        (date(2026, 12, 23), (Retention.PHOTO,)),
        (date(2027, 2, 20), (Retention.PHOTO,)),
        (date(2027, 2, 21), (Retention.PHOTO, Retention.PROFILE)),
        (date(2029, 11, 21), (Retention.PHOTO, Retention.PROFILE, Retention.PROVISION)),
        (date(2031, 11, 23), (Retention.PHOTO, Retention.PROFILE, Retention.PROVISION)),
        (date(2031, 11, 24), tuple(Retention)),
    ],
)
def test_a_class_is_due_from_its_day_on(today: date, expected: tuple[Retention, ...]) -> None:
    assert due(fates(LEFT, PERIODS, today)) == expected


def test_a_leap_day_ends_on_the_last_day_of_its_month() -> None:
    assert PERIODS[Retention.PROVISION].end(date(2028, 2, 29)) == date(2031, 2, 28)


def test_a_member_loses_nothing_however_late_it_is() -> None:
    told = fates(replace(LEFT, left_on=None, provisions_until=None), PERIODS, date(2099, 1, 1))
    assert due(told) == ()
    assert all(fate.when == "在会中" and fate.due_on is None for fate in told)


def test_a_request_takes_what_no_duty_keeps_and_says_what_stays_until_when() -> None:
    told = fates(LEFT, PERIODS, TODAY, requested=True)
    assert due(told) == (Retention.PHOTO, Retention.PROFILE)
    why = {fate.retention: f"{fate.when} {fate.why}" for fate in told}
    assert "個人情報保護法35条" in why[Retention.PHOTO]
    assert "令和13年11月23日まで" in why[Retention.CONTRACT]
    assert "消費者契約法7条" in why[Retention.CONTRACT]
    assert "令和11年11月20日まで" in why[Retention.PROVISION]
    assert "規則21条" in why[Retention.PROVISION]


@given(holding=holdings, rules=periods, today=days, requested=st.booleans())
def test_a_hold_always_wins(holding: Holding, rules: Periods, today: date, *, requested: bool) -> None:
    told = fates(replace(holding, is_on_hold=True), rules, today, requested=requested)
    assert due(told) == ()
    assert all(fate.when == "保留中" for fate in told)


@given(holding=holdings, rules=periods, today=days, requested=st.booleans())
def test_whoever_has_not_left_loses_no_answer(
    holding: Holding, rules: Periods, today: date, *, requested: bool
) -> None:
    told = due(fates(replace(holding, left_on=None), rules, today, requested=requested))
    assert set(told) <= {Retention.PROVISION}


@given(holding=holdings, rules=periods, today=days, later=st.integers(0, 4000), requested=st.booleans())
def test_what_is_due_stays_due(holding: Holding, rules: Periods, today: date, later: int, *, requested: bool) -> None:
    now = due(fates(holding, rules, today, requested=requested))
    then = due(fates(holding, rules, today + timedelta(days=later), requested=requested))
    assert set(now) <= set(then)


@given(holding=holdings, rules=periods, today=days)
def test_the_record_never_goes_before_what_hangs_on_it(holding: Holding, rules: Periods, today: date) -> None:
    told = due(fates(replace(holding, held=EVERYTHING), rules, today))
    assert Retention.CONTRACT not in told or set(told) >= ON_REQUEST


@given(holding=holdings, rules=periods, today=days, requested=st.booleans())
def test_everything_held_has_a_fate_with_its_reason_and_nothing_else_has(
    holding: Holding, rules: Periods, today: date, *, requested: bool
) -> None:
    told = fates(holding, rules, today, requested=requested)
    assert {fate.retention for fate in told} == holding.held
    assert all(fate.when and fate.why for fate in told)
    only_asked = set(due(told)) - set(due(fates(holding, rules, today)))
    assert only_asked <= ON_REQUEST


@given(start=days, length=lengths)
def test_a_period_is_never_shorter_than_it_says(start: date, length: tuple[int, int]) -> None:
    period = Period(days=length[0], years=length[1], since="退会", basis="見本法1条")
    kept = (period.due_on(start) - start).days
    assert kept >= length[0] + 365 * length[1]
    assert kept <= length[0] + 366 * length[1] + 1


@given(start=days, today=days, length=lengths)
def test_the_last_start_that_is_due_parts_the_days(start: date, today: date, length: tuple[int, int]) -> None:
    period = Period(days=length[0], years=length[1], since="退会", basis="見本法1条")
    assert (period.due_on(start) <= today) == (start <= period.last_start_due(today))


@pytest.mark.parametrize("today", [date(2031, 2, 28), date(2031, 3, 1), date(2031, 3, 2), date(2028, 3, 1)])
def test_the_last_start_that_is_due_knows_leap_days(today: date) -> None:
    period = PERIODS[Retention.PROVISION]
    found = period.last_start_due(today)
    assert period.due_on(found) <= today < period.due_on(found + timedelta(days=1))


def test_every_wide_column_belongs_to_exactly_one_class() -> None:
    for store in (Store.PROFILE, Store.SPECIAL_CARE):
        by_class = [key for retention in Retention for key in keys_of(retention, store)]
        assert sorted(by_class) == sorted(catalog.columns(store))


def test_every_class_has_its_words() -> None:
    assert set(RECORD_NAMES) == set(CONTENTS) == set(Retention)
