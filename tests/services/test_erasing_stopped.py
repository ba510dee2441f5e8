"""What stops an erasure: a clock that leapt, something that changed since the dry run, a hold, a missing count."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nakodo_desktop.domain.fields import Retention
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.erasing import Erasing
from nakodo_desktop.services.erasure_plan import Plan
from nakodo_desktop.vault import erasure_ledger
from nakodo_desktop.vault.connection import IntegrityError
from tests.erasurekit import carry_out, days_later, held_now, uid_of
from tests.factory import Desk
from tests.officekit import Building

PHOTO, PROFILE, CONTRACT, PROVISION = Retention
FIVE_YEARS = 5 * 366 + 2


# --- T13, T76: the clock, the dry run, the hold


def assert_stopped(made: Erasing, plan: Plan, jump: timedelta) -> None:
    found = made.leap()
    assert found is not None and abs(found.size - abs(jump)) < timedelta(minutes=1)
    with pytest.raises(UserError, match=r"パソコンの時計|あいています"):
        made.approve(plan, people=len(plan.lines))


@pytest.mark.parametrize(
    "jump",
    [timedelta(days=3650), timedelta(days=-3650), timedelta(days=-1), timedelta(hours=49), timedelta(minutes=-30)],
)
def test_T13_a_clock_that_leapt_erases_nothing_until_the_head_has_looked_at_the_date(
    building: Building, desk: Desk, gone: MemberId, jump: timedelta
) -> None:
    made = days_later(building, desk, 90)
    plan = made.plan()
    building.clock.at += jump
    assert_stopped(made, plan, jump)
    assert_stopped(Erasing(building.enter().vault, now=building.clock), plan, jump)
    again = Erasing(building.enter().vault, now=building.clock)
    assert again.leap() is not None, "opening once more does not make the clock right"
    again.confirm_clock()
    assert again.leap() is None
    assert Erasing(building.enter().vault, now=building.clock).leap() is None


@pytest.mark.parametrize("jump", [timedelta(minutes=-5), timedelta(hours=1), timedelta(hours=47)])
def test_T13_a_clock_set_right_by_minutes_or_a_day_off_is_no_leap(
    building: Building, desk: Desk, jump: timedelta
) -> None:
    """Summer time is none either: the log counts in UTC."""
    made = days_later(building, desk, 1)
    building.clock.at += jump
    assert made.leap() is None


def test_T13_a_clock_put_back_lets_nothing_be_early_or_late(building: Building, desk: Desk, gone: MemberId) -> None:
    made = days_later(building, desk, 40)
    day = made.today
    building.clock.at -= timedelta(days=30)
    assert made.today == day, "the later of the clock and the log"
    made.confirm_clock()
    assert made.today == day - timedelta(days=30)
    assert made.plan().lines == ()


def test_T76_the_run_erases_exactly_the_dry_run_and_nothing_at_the_unlock(
    building: Building, desk: Desk, gone: MemberId
) -> None:
    building.wait(days=90)
    desk = building.enter()
    assert held_now(desk.vault.read(), uid_of(desk, gone)) == {PHOTO, PROFILE, CONTRACT}, "nothing automatic"
    made = Erasing(desk.vault, now=building.clock)
    made.confirm_clock()
    plan = made.plan()
    carry_out(made, plan)
    ledger = erasure_ledger.entries(desk.vault.read())
    assert {(entry.uid, entry.record) for entry in ledger} == {
        (line.uid, record) for line in plan.lines for record in line.records
    }
    assert made.plan().lines == ()


def test_T76_what_changed_after_the_dry_run_stops_the_run(building: Building, desk: Desk, gone: MemberId) -> None:
    made = days_later(building, desk, 90)
    plan = made.plan()
    assert made.approve(plan, people=1) == ()
    assert made.hold(gone, "弁護士に照会中") == ()
    with pytest.raises(UserError, match="変わりました"):
        made.erase(plan)
    assert held_now(desk.vault.read(), uid_of(desk, gone)) == {PHOTO, PROFILE, CONTRACT}


def test_T76_a_hold_wins_over_every_day_and_every_request_and_ends_by_hand(
    building: Building, desk: Desk, gone: MemberId
) -> None:
    made = days_later(building, desk, FIVE_YEARS)
    assert made.hold(gone, "") != ()
    assert made.hold(gone, "契約の争い") == ()
    assert made.plan().lines == ()
    with pytest.raises(UserError, match="保留中"):
        made.plan_request(gone)
    with pytest.raises(IntegrityError), desk.vault.transaction() as tx:
        tx.db.execute("DELETE FROM member")
    made.release(gone)
    assert [line.records for line in made.plan().lines] == [(PHOTO, PROFILE, CONTRACT)]


def test_a_plan_is_erased_only_after_the_people_were_counted(building: Building, desk: Desk, gone: MemberId) -> None:
    made = days_later(building, desk, 90)
    plan = made.plan()
    with pytest.raises(UserError, match="確かめられていません"):
        made.erase(plan)
    assert [problem.field_key for problem in made.approve(plan, people=2)] == ["people"]
    with pytest.raises(UserError, match="確かめられていません"):
        made.erase(plan)
    assert made.approve(plan, people=1) == ()
    made.erase(plan)
    with pytest.raises(UserError, match="確かめられていません"):
        made.erase(plan)
