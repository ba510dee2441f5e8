"""The setting of how bundles leave: who may change it, what is kept, and that nothing goes past it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyrage
import pytest

from nakodo_desktop.domain.delivery import Delivery, DeliveryKind
from nakodo_desktop.domain.staff import Role, Staff
from nakodo_desktop.errors import NotPermitted, UserError
from nakodo_desktop.export.verify import Expected, verify_bundle
from nakodo_desktop.services.deliveries import Deliveries
from nakodo_desktop.services.delivery_jobs import to_folder
from nakodo_desktop.services.export_plan import build
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.vault import deliveries, offices
from nakodo_desktop.vault.connection import IntegrityError
from nakodo_desktop.vault.people import disable_person
from tests import exportkit, factory
from tests.exportkit import Cast, CastTemplate, correct
from tests.factory import Desk
from tests.officekit import Building, everything, log_of

HTTPS = Delivery(
    kind=DeliveryKind.HTTPS,
    host="inbox.example.jp",
    user="mihon",
    password="合言葉 14",
    fingerprint="AB:" * 31 + "AB",
)
KEPT = replace(HTTPS, fingerprint="ab" * 32)


@pytest.fixture
def office_template(cast_template: CastTemplate) -> CastTemplate:
    return cast_template


def stored(desk: Desk) -> Delivery:
    return deliveries.load(desk.vault.read())


# The setting ---------------------------------------------------------------------------------------------------------


def test_what_is_saved_is_tidied_and_told_in_the_log_without_its_values(desk: Desk):
    service = Deliveries(desk.vault)
    assert service.save(replace(HTTPS, host=" inbox.example.jp ", path=" inbox ")) == ()
    assert stored(desk) == replace(KEPT, path="inbox")
    entry = log_of(desk)[-1]
    assert entry.act == "delivery.save"
    assert entry.detail == {"changed": ["kind", "host", "path", "user", "password", "fingerprint"]}


def test_the_password_is_never_handed_out_and_stays_when_none_is_typed(desk: Desk):
    service = Deliveries(desk.vault)
    service.save(HTTPS)
    shown = service.load()
    assert shown.password == ""
    assert service.has_password()
    assert service.save(replace(shown, path="other")) == ()
    assert stored(desk).password == "合言葉 14"


@pytest.mark.parametrize("changes", [{"host": "elsewhere.example.jp"}, {"user": "another"}])
def test_the_password_of_one_account_is_not_sent_to_another(desk: Desk, changes: dict[str, str]):
    service = Deliveries(desk.vault)
    service.save(HTTPS)
    (problem,) = service.save(replace(service.load(), **changes))  # type: ignore[arg-type]  # names of texts
    assert problem.field_key == "password"
    assert stored(desk) == KEPT


def test_what_cannot_work_is_not_saved(desk: Desk):
    before = everything(desk)
    problems = Deliveries(desk.vault).save(replace(HTTPS, host="", association_key="age1x"))
    assert [problem.field_key for problem in problems] == ["host", "association_key"]
    assert everything(desk) == before


def test_only_the_head_changes_it(building: Building):
    service = Deliveries(building.enter(Role.MATCHMAKER).vault)
    for deed in (lambda: service.save(HTTPS), lambda: service.trial(HTTPS), service.public_key_line):
        with pytest.raises(NotPermitted):
            deed()


def test_the_public_key_of_the_office_stays_the_same(building: Building, desk: Desk):
    line = Deliveries(desk.vault).public_key_line()
    assert line.startswith("ssh-ed25519 AAAA")
    assert line.endswith(" nakodo-MIHON")
    assert Deliveries(building.enter().vault).public_key_line() == line


def test_a_trial_of_a_setting_that_cannot_work_names_the_fields(desk: Desk):
    problems = Deliveries(desk.vault).trial(replace(HTTPS, host=""))
    assert isinstance(problems, tuple)
    assert [problem.field_key for problem in problems] == ["host"]


def test_nobody_locks_a_lone_head_out(desk: Desk):
    for record in people_but(desk, desk.vault.staff):
        disable_person(desk.vault, record.id)
    (problem,) = Deliveries(desk.vault).save(Delivery(needs_second_approval=True))
    assert problem.field_key == "needs_second_approval"


def people_but(desk: Desk, one: Staff) -> list[Staff]:
    from nakodo_desktop.vault.staff import list_staff

    return [record.staff for record in list_staff(desk.vault.read()) if record.slot_id and record.staff.id != one.id]


# Nothing goes past it ------------------------------------------------------------------------------------------------


def test_a_bundle_for_an_association_with_a_key_is_sealed(desk: Desk, exports: Exports, cast: Cast, folder: Path):
    identity = pyrage.x25519.Identity.generate()
    Deliveries(desk.vault).save(Delivery(association_key=str(identity.to_public())))
    written = exports.export(exports.plan(cast.admitted), folder)
    assert [path.name for path in folder.iterdir()] == [written.record.name]
    assert written.record.name.endswith(".zip.age")
    expected = Expected(today=exports.today, recipient_code="KYOKAI")
    report = verify_bundle(written.path, expected=expected, secret_key=str(identity))
    assert report.is_ok, report.findings
    assert report.facts is not None
    assert report.facts.manifest_sha256 == written.record.manifest_sha256


def test_a_sealed_file_of_a_killed_program_counts_by_its_name(
    building: Building, desk: Desk, exports: Exports, cast: Cast, folder: Path
):
    Deliveries(desk.vault).save(Delivery(association_key=str(pyrage.x25519.Identity.generate().to_public())))
    plan = exports.plan(cast.admitted)
    there = exports.destination(folder)
    bundle = build(plan).bundle
    exports.begin(plan, bundle, there)
    (folder / there.name_of(bundle)).write_bytes(b"age")
    after = exportkit.exports(building, building.enter())
    assert "書き出し済みとして記録しました" in after.settle()[0]


def test_without_its_stick_a_batch_of_a_killed_program_stays_open(
    building: Building, exports: Exports, cast: Cast, folder: Path
):
    plan = exports.plan(cast.admitted)
    exports.begin(plan, build(plan).bundle, exports.destination(folder))
    folder.rmdir()
    after = exportkit.exports(building, building.enter())
    with pytest.raises(UserError, match="見つからないため、確かめられません"):
        after.settle()
    assert len(after.unsettled()) == 1


@pytest.mark.parametrize("changed", ["delivery", "recipient"])
def test_a_setting_changed_after_the_plan_stops_it(
    desk: Desk, exports: Exports, cast: Cast, folder: Path, changed: str
):
    plan = exports.plan(cast.admitted)
    built, there = build(plan), exports.destination(folder)
    if changed == "delivery":
        assert Deliveries(desk.vault).save(HTTPS) == ()
    else:
        office = factory.office()
        moved = replace(office, recipient=replace(office.recipient, code="OTHER"))
        assert desk.offices.save(moved) == ()
    with pytest.raises(UserError, match="設定が変わりました"):
        exports.begin(plan, built.bundle, there)
    assert exports.unsettled() == ()


def test_a_folder_cannot_be_slipped_in_where_a_server_is_set(desk: Desk, exports: Exports, cast: Cast, folder: Path):
    Deliveries(desk.vault).save(HTTPS)
    plan = exports.plan(cast.admitted)
    with pytest.raises(UserError, match="設定が変わりました"):
        exports.begin(plan, build(plan).bundle, to_folder(folder))
    assert list(folder.iterdir()) == []


def test_no_folder_is_told_before_anything_is_written_down(exports: Exports, cast: Cast):
    with pytest.raises(UserError, match="フォルダーが選ばれていません"):
        exports.export(exports.plan(cast.admitted), None)
    assert exports.unsettled() == ()


def test_after_a_batch_another_association_is_refused_in_words(desk: Desk, exports: Exports, cast: Cast, folder: Path):
    office = factory.office()
    other = replace(office, recipient=replace(office.recipient, code="OTHER"))
    assert desk.offices.may_change_recipient()
    exports.export(exports.plan(cast.admitted), folder)
    assert not desk.offices.may_change_recipient()
    (problem,) = desk.offices.save(other)
    assert problem.field_key == "recipient.code"
    assert "提供先の協会を変えられません" in problem.message
    assert desk.offices.load() == office
    succeeded = replace(office, recipient=replace(office.recipient, representative="架空 新会長"))
    assert desk.offices.save(succeeded) == ()


def test_after_a_batch_the_name_changes_only_for_a_reason_and_is_told_loudly(
    desk: Desk, exports: Exports, cast: Cast, folder: Path
):
    office = factory.office()
    renamed = replace(office, recipient=replace(office.recipient, name="一般社団法人 見本協会"))
    assert desk.offices.save(renamed) == ()  # nothing was given yet: it is only a correction
    assert desk.offices.save(office) == ()
    exports.export(exports.plan(cast.admitted), folder)
    (problem,) = desk.offices.save(renamed, rename_reason=" 　")
    assert problem.field_key == "recipient.rename_reason"
    with pytest.raises(IntegrityError, match="only for a reason"), desk.vault.transaction() as tx:
        offices.save(tx.db, renamed)
    assert desk.offices.load() == office
    assert desk.offices.save(renamed, rename_reason="一般社団法人になり、改称したため") == ()
    assert log_of(desk)[-1].detail == {"changed": ["recipient.name"]}
    (caution, *_) = exports.plan(cast.admitted).cautions
    assert "「見本協会」→「一般社団法人 見本協会」" in caution
    assert "同じ協会であることを" in caution


def test_the_record_of_the_association_cannot_be_emptied_after_a_batch(
    desk: Desk, exports: Exports, cast: Cast, folder: Path
):
    office = factory.office()
    exports.export(exports.plan(cast.admitted), folder)
    (problem,) = desk.offices.save(replace(office, recipient=replace(office.recipient, address="")))
    assert problem.field_key == "recipient.name"


@pytest.mark.parametrize("missing", ["code", "name", "address", "representative"])
def test_nothing_leaves_before_the_association_is_entered_in_full(desk: Desk, exports: Exports, missing: str):
    office = factory.office()
    assert desk.offices.save(replace(office, recipient=replace(office.recipient, **{missing: ""}))) == ()
    with pytest.raises(UserError, match="協会が設定されていません"):
        exports.candidates()
    with pytest.raises(UserError, match="協会が設定されていません"):
        exports.plan(())


def test_member_changed_between_two_steps_of_the_record_is_refused(
    desk: Desk, exports: Exports, cast: Cast, folder: Path
):
    plan = exports.plan(cast.admitted)
    steps = exports.beginning(plan, build(plan).bundle, to_folder(folder))
    next(steps)  # everybody was looked at
    correct(desk, cast.jiro, hobbies="釣り")
    with pytest.raises(UserError, match="変わった会員がいます"):
        for _ in steps:
            assert exports.unsettled() == ()
    assert exports.unsettled() == ()


def test_steps_that_were_broken_off_are_a_batch_that_never_left(exports: Exports, cast: Cast, folder: Path):
    plan = exports.plan(cast.admitted)
    steps = exports.beginning(plan, build(plan).bundle, to_folder(folder))
    while not exports.unsettled():
        next(steps)  # until the batch is on record; its provisions are not
    steps.close()
    assert [left.seq for left in exports.unsettled()] == [1]
    (words,) = exports.settle()
    assert "記録を取り消しました" in words
    assert exports.unsettled() == exports.history() == ()
