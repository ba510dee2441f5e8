"""Two people: the operator prepares, another one agrees to exactly that with a passphrase of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nakodo_desktop.domain.delivery import Delivery
from nakodo_desktop.domain.staff import Role, StaffId
from nakodo_desktop.errors import NotApproved, OfficeKeyNeeded, WrongPassphrase
from nakodo_desktop.services.approvals import Approval, digest_of
from nakodo_desktop.services.deliveries import Deliveries
from nakodo_desktop.services.export_plan import Plan, build
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.vault import members
from nakodo_desktop.vault.people import disable_person, set_office_key
from tests import exportkit
from tests.exportkit import Cast, CastTemplate, make_cast
from tests.factory import Desk
from tests.officekit import Building, BuildingTemplate, log_of
from tests.vaultkit import TEST_PASSPHRASE, TEST_RECOVERY_CODE

MATCHMAKERS = "おためし 合言葉 matchmaker 14"
CLERKS = "おためし 合言葉 clerk 14"


@pytest.fixture(scope="module")
def cast_template(building_template: BuildingTemplate, tmp_path_factory: pytest.TempPathFactory) -> CastTemplate:
    """An office whose head has switched it on."""
    template = make_cast(building_template, tmp_path_factory.mktemp("cast") / "vault")
    building = Building(
        template.building.vault.folder, template.building.slots, template.building.vault.keys.master_key
    )
    desk = building.enter()
    assert Deliveries(desk.vault).save(Delivery(needs_second_approval=True)) == ()
    building.leave()
    return template


@pytest.fixture
def office_template(cast_template: CastTemplate) -> CastTemplate:
    return cast_template


@pytest.fixture
def plan(exports: Exports, cast: Cast) -> Plan:
    return exports.plan(cast.admitted)


def matchmaker(exports: Exports) -> StaffId:
    (person,) = exports.approvals.people()
    assert person.role is Role.MATCHMAKER
    return person.id


def begin(exports: Exports, plan: Plan, folder: Path, approval: Approval | None) -> None:
    exports.begin(plan, build(plan).bundle, exports.destination(folder), approval=approval)


def nothing_written(desk: Desk) -> bool:
    return all(
        desk.vault.read().execute(f"SELECT count(*) FROM {t}").fetchone()[0] == 0 for t in ("batch", "provision")
    )


def test_without_a_second_person_nothing_leaves(desk: Desk, exports: Exports, plan: Plan, folder: Path):
    assert exports.approvals.is_needed()
    with pytest.raises(NotApproved, match="もう一人の承認が必要です"):
        begin(exports, plan, folder, None)
    with pytest.raises(NotApproved):
        exports.export(plan, folder)
    assert nothing_written(desk)
    assert list(folder.iterdir()) == []


def test_with_a_second_person_it_leaves_and_both_are_on_record(desk: Desk, exports: Exports, plan: Plan, folder: Path):
    person = matchmaker(exports)
    approval = exports.approvals.ask(plan, person, passphrase=MATCHMAKERS)()
    built = build(plan)
    record = exports.begin(plan, built.bundle, exports.destination(folder), approval=approval)
    exports.confirm(record)
    (kept,) = exports.history()
    assert (kept.staff_name, kept.approved_by) == ("見本 所長", "架空 仲子")
    begun = next(entry for entry in log_of(desk) if entry.act == "export.begin")
    assert begun.detail["approved_by"] == person


@pytest.mark.parametrize(
    "passphrase", ["ちがう 合言葉 みほん 14", TEST_PASSPHRASE, CLERKS, TEST_RECOVERY_CODE, "あ" * 2_000]
)
def test_no_other_secret_is_theirs(exports: Exports, plan: Plan, passphrase: str):
    with pytest.raises(WrongPassphrase):
        exports.approvals.ask(plan, matchmaker(exports), passphrase=passphrase)()


def test_a_failed_attempt_is_in_the_log(desk: Desk, exports: Exports):
    exports.approvals.note_failed(matchmaker(exports))
    assert log_of(desk)[-1].act == "export.approve_failed"


def test_neither_the_operator_nor_a_clerk_approves(building: Building, desk: Desk, exports: Exports, plan: Plan):
    clerk = building.enter(Role.CLERK).vault.staff.id
    again = exportkit.exports(building, building.enter())
    for person, passphrase in ((desk.vault.staff.id, TEST_PASSPHRASE), (clerk, CLERKS), (StaffId("nobody"), CLERKS)):
        with pytest.raises(NotApproved, match="この方は"):
            again.approvals.ask(plan, person, passphrase=passphrase)


@pytest.mark.parametrize("who", ["operator", "clerk"])
def test_an_approval_made_up_for_somebody_else_is_refused(building: Building, cast: Cast, folder: Path, who: str):
    clerk = building.enter(Role.CLERK).vault.staff.id
    desk = building.enter()
    exports = exportkit.exports(building, desk)
    plan = exports.plan(cast.admitted)
    person = desk.vault.staff.id if who == "operator" else clerk
    with pytest.raises(NotApproved, match="この方は"):
        begin(exports, plan, folder, Approval(person, digest_of(plan)))
    assert nothing_written(desk)


def test_it_holds_for_this_plan_alone(desk: Desk, exports: Exports, plan: Plan, cast: Cast, folder: Path):
    approval = exports.approvals.ask(plan, matchmaker(exports), passphrase=MATCHMAKERS)()
    same_again = exports.plan(cast.admitted)
    smaller = replace(plan, lines=plan.lines[:-1])
    for other in (same_again, smaller):
        with pytest.raises(NotApproved, match="承認された内容と、いまの内容が違います"):
            begin(exports, other, folder, approval)
    assert nothing_written(desk)


def test_somebody_who_left_in_between_does_not_count(desk: Desk, exports: Exports, plan: Plan, folder: Path):
    person = matchmaker(exports)
    approval = exports.approvals.ask(plan, person, passphrase=MATCHMAKERS)()
    disable_person(desk.vault, person)
    with pytest.raises(NotApproved, match="この方は"):
        begin(exports, plan, folder, approval)


def test_the_head_approves_what_the_matchmaker_prepares(building: Building, cast: Cast, folder: Path):
    exports = exportkit.exports(building, building.enter(Role.MATCHMAKER))
    plan = exports.plan(cast.admitted)
    (head,) = exports.approvals.people()
    assert head.role is Role.HEAD
    begin(exports, plan, folder, exports.approvals.ask(plan, head.id, passphrase=TEST_PASSPHRASE)())
    assert len(exports.unsettled()) == 1


def test_a_slot_bound_to_an_office_key_that_was_replaced_says_so(building: Building, cast: Cast):
    set_office_key(building.enter().vault, bytes(16))  # each slot follows at its person's next login
    exports = exportkit.exports(building, building.enter(Role.MATCHMAKER))
    plan = exports.plan(cast.admitted)
    (head,) = exports.approvals.people()
    with pytest.raises(OfficeKeyNeeded):
        exports.approvals.ask(plan, head.id, passphrase=TEST_PASSPHRASE)()


def test_an_approval_changes_nothing_about_who_is_at_the_desk(desk: Desk, exports: Exports, plan: Plan, cast: Cast):
    operator = desk.vault.staff
    exports.approvals.ask(plan, matchmaker(exports), passphrase=MATCHMAKERS)()
    assert desk.vault.staff == operator
    assert members.kernel(desk.vault.read(), cast.taro) is not None
