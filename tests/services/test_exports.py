"""Who may leave and why not, what leaves, and that nothing leaves unrecorded."""

from __future__ import annotations

import errno
import os
from datetime import date
from pathlib import Path

import pytest

from nakodo_desktop.domain.eligibility import ReasonCode
from nakodo_desktop.domain.member import MemberId, MemberStatus
from nakodo_desktop.domain.provision import Change
from nakodo_desktop.domain.site_context import Coarsening
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import DiskFull, NotPermitted, NotWritable, UserError
from nakodo_desktop.services.delivery_jobs import deliver, to_folder
from nakodo_desktop.services.export_plan import Plan, build
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.vault import batches
from tests import exportkit, factory
from tests.exportkit import (
    DOUBT,
    LEAK,
    Cast,
    CastTemplate,
    codes,
    correct,
    judged,
    read,
    records,
    withdraw,
)
from tests.factory import Desk
from tests.officekit import Building


@pytest.fixture
def office_template(cast_template: CastTemplate) -> CastTemplate:
    return cast_template


# Who may leave -------------------------------------------------------------------------------------------------------


def test_admitted_are_those_with_everything_in_order(exports: Exports, cast: Cast):
    assert {one.row.id for one in exports.candidates() if one.is_admitted} == set(cast.admitted)


def test_every_reason_is_told_at_once(exports: Exports, desk: Desk, cast: Cast):
    withdraw(desk, cast.unsigned)
    assert codes(judged(exports, cast.unsigned)) == [ReasonCode.STATUS, ReasonCode.DECLARATION, ReasonCode.CONSENT]


def test_leaked_name_blocks_and_is_pointed_at(exports: Exports, cast: Cast):
    candidate = judged(exports, cast.leaking)
    hobbies = next(item for item in candidate.draft.items if item.key == "hobbies")
    assert [(one.shown, one.start, one.end, one.blocks) for one in hobbies.findings] == [("仮野誠", 0, 3, True)]
    assert LEAK[0:3] == "仮野誠"
    assert codes(candidate) == [ReasonCode.CONTENT]
    assert candidate.draft.profile is None


def test_leaked_name_cannot_be_released_by_a_reason(exports: Exports, cast: Cast):
    candidate = judged(exports, cast.leaking)
    finding = next(item for item in candidate.draft.items if item.key == "hobbies").findings[0]
    problems = exports.release_text(cast.leaking, "hobbies", finding=finding, text=LEAK, reason="俳号です")
    assert problems[0].field_key == "hobbies"
    assert not judged(exports, cast.leaking).is_admitted


def test_doubtful_word_leaves_for_a_reason_that_is_kept(exports: Exports, desk: Desk, cast: Cast):
    finding = next(item for item in judged(exports, cast.doubtful).draft.items if item.key == "hobbies").findings[0]
    assert exports.release_text(cast.doubtful, "hobbies", finding=finding, text=DOUBT, reason="  ")
    assert not judged(exports, cast.doubtful).is_admitted
    assert exports.release_text(cast.doubtful, "hobbies", finding=finding, text=DOUBT, reason="別の架空さん") == ()
    candidate = judged(exports, cast.doubtful)
    assert candidate.is_admitted
    assert candidate.accepted == {("hobbies", "架空"): "別の架空さん"}


def test_reason_does_not_hold_for_another_text(exports: Exports, desk: Desk, cast: Cast):
    finding = next(item for item in judged(exports, cast.doubtful).draft.items if item.key == "hobbies").findings[0]
    exports.release_text(cast.doubtful, "hobbies", finding=finding, text=DOUBT, reason="別の架空さん")
    correct(desk, cast.doubtful, hobbies="架空さんの店でコーヒー")
    assert not judged(exports, cast.doubtful).is_admitted


def test_nobody_leaves_while_the_recipient_is_not_set(exports: Exports, desk: Desk):
    office = factory.office()
    bare = factory.office(recipient=type(office.recipient)(code="KYOKAI", name="", address="", representative=""))
    assert desk.offices.save(bare) == ()
    with pytest.raises(UserError, match="書き出し先の協会が設定されていません"):
        exports.candidates()
    assert exports.preview(factory.answers()).items  # an interview shows its preview all the same


def test_clerk_may_not_export(building: Building, cast: Cast):
    desk = building.enter(Role.CLERK)
    exports = exportkit.exports(building, desk)
    with pytest.raises(NotPermitted):
        exports.candidates()
    with pytest.raises(NotPermitted):
        exports.planning(cast.admitted)


# Between choosing and writing ----------------------------------------------------------------------------------------


def test_T75_consent_withdrawn_after_choosing_is_refused(exports: Exports, desk: Desk, cast: Cast):
    chosen = [one.row.id for one in exports.candidates() if one.is_admitted]
    withdraw(desk, cast.taro)
    with pytest.raises(UserError, match="M-0002"):
        exports.plan(chosen)
    assert records(desk) == (0, 0)


@pytest.mark.parametrize("scope", ["consent_provide", "consent_disclose_religion", "consent_disclose_disability"])
def test_T75_consent_withdrawn_while_building_is_refused(
    exports: Exports, desk: Desk, cast: Cast, folder: Path, scope: str
):
    plan = exports.plan(cast.admitted)
    built = build(plan)
    withdraw(desk, cast.taro, scope)
    with pytest.raises(UserError, match="M-0002"):
        exports.begin(plan, built.bundle, to_folder(folder))
    assert records(desk) == (0, 0)


def _change_status(exports: Exports, desk: Desk, member_id: MemberId) -> None:
    version = desk.members.view(member_id, screen="test").version
    desk.members.change_status(member_id, MemberStatus.PAUSED, version=version)


def _change_fact(exports: Exports, desk: Desk, member_id: MemberId) -> None:
    correct(desk, member_id, hobbies="けん玉")


def _coarsen(exports: Exports, desk: Desk, member_id: MemberId) -> None:
    exports.coarsen(member_id, Coarsening.BAND_MEASURES, wanted=True)


@pytest.mark.parametrize("change", [_change_status, _change_fact, _coarsen])
def test_whatever_changed_since_the_plan_stops_it(exports: Exports, desk: Desk, cast: Cast, folder: Path, change):
    plan = exports.plan(cast.admitted)
    change(exports, desk, cast.jiro)
    with pytest.raises(UserError, match="M-0003"):
        exports.export(plan, folder)
    assert records(desk) == (0, 0)
    assert list(folder.iterdir()) == []


def test_empty_batch_is_refused(exports: Exports):
    with pytest.raises(UserError, match="書き出す会員がいません"):
        exports.plan([])


# The batch and its records -------------------------------------------------------------------------------------------


def test_first_batch_verifies_and_leaves_a_record_of_each_member(
    exports: Exports, desk: Desk, cast: Cast, folder: Path
):
    plan = exports.plan(cast.admitted)
    written = exports.export(plan, folder)
    report = read(written.path)
    assert report.is_ok, report.findings
    assert report.facts is not None
    assert (report.facts.seq, report.facts.count, report.facts.photo_count) == (1, 3, 6)
    assert report.facts.manifest_sha256 == written.record.manifest_sha256
    assert report.facts.fingerprint == plan.key_fingerprint
    assert [path.name for path in folder.iterdir()] == [written.record.name]
    for member_id in cast.admitted:
        (given,) = desk.members.provisions(member_id)
        assert (given.recipient.name, given.recipient.representative) == ("見本協会", "架空 会長")
        assert given.bundle_sha256 == written.record.manifest_sha256
        assert (given.consent_text_version, given.retain_until) == (given.consent_text_version, date(2029, 11, 23))
        assert {"pseudonym", "birth_year", "area_label", "photos"} <= set(given.items)
        assert not {"birth_month_day", "school_name", "legal_name"} & set(given.items)
    assert desk.members.provisions(cast.leaking) == ()
    assert [record.seq for record in exports.history()] == [1]


def test_nothing_of_the_record_is_in_the_bundle(exports: Exports, cast: Cast, folder: Path):
    plain = exports.export(exports.plan(cast.admitted), folder).path.read_bytes()
    for secret in ("花子", "試山", "みほん", "西区", "架空商店", "090-0000-0000", "M-0002", "F-0001"):
        assert secret.encode("utf-8") not in plain


def test_second_batch_tells_new_changed_unchanged_and_removed(
    exports: Exports, building: Building, desk: Desk, cast: Cast, folder: Path
):
    first = exports.export(exports.plan([cast.hanako, cast.taro, cast.jiro]), folder)
    building.wait(days=7)
    correct(desk, cast.taro, hobbies="将棋")
    correct(desk, cast.doubtful, hobbies="将棋")
    assert judged(exports, cast.hanako).change(chosen=True) is Change.UNCHANGED
    assert judged(exports, cast.jiro).change(chosen=False) is Change.REMOVED
    plan = exports.plan([cast.hanako, cast.taro, cast.doubtful])
    assert {line.candidate.row.id: line.change for line in plan.lines} == {
        cast.hanako: Change.UNCHANGED,
        cast.taro: Change.CHANGED,
        cast.doubtful: Change.NEW,
    }
    jiro = judged(exports, cast.jiro)
    assert jiro.listing is not None
    assert plan.batch.removals == (jiro.listing.site_id,)
    second = exports.export(plan, folder)
    report = read(second.path)
    assert report.is_ok
    assert report.previous_manifest_sha256 == first.record.manifest_sha256
    assert report.removals == (jiro.listing.site_id,)
    since = {listing.member_uid: (listing.since, listing.seq) for listing in exports.listed()}
    assert since[judged(exports, cast.hanako).uid] == (date(2026, 11, 23), 2)
    assert since[judged(exports, cast.doubtful).uid] == (date(2026, 11, 30), 2)
    assert jiro.uid not in since


def test_photo_names_differ_while_the_profile_is_unchanged(exports: Exports, cast: Cast, folder: Path):
    first = exports.export(exports.plan(cast.admitted), folder)
    second = exports.plan(cast.admitted)
    assert {line.change for line in second.lines} == {Change.UNCHANGED}
    names = {name for shown in read(first.path).shown for name in shown.profile.photos}
    assert names.isdisjoint(name for line in second.lines for name in line.profile.photos)


def test_member_who_lost_the_consent_is_taken_off(exports: Exports, desk: Desk, cast: Cast, folder: Path):
    exports.export(exports.plan(cast.admitted), folder)
    withdraw(desk, cast.hanako)
    candidate = judged(exports, cast.hanako)
    assert (candidate.is_admitted, candidate.change(chosen=True)) == (False, Change.REMOVED)
    plan = exports.plan([one.row.id for one in exports.candidates() if one.is_admitted])
    assert [gone.member_uid for gone in plan.removed] == [candidate.uid]


def test_taking_everybody_off_is_a_batch(exports: Exports, cast: Cast, folder: Path):
    exports.export(exports.plan(cast.admitted), folder)
    report = read(exports.export(exports.plan([]), folder).path)
    assert report.is_ok
    assert report.facts is not None
    assert (report.facts.count, report.facts.removal_count) == (0, 3)


def test_coarsening_holds_for_later_batches_until_it_is_taken_back(exports: Exports, cast: Cast, folder: Path):
    exports.export(exports.plan(cast.admitted), folder)
    exports.coarsen(cast.jiro, Coarsening.BAND_MEASURES, wanted=True)

    def height(plan: Plan) -> str:
        return next(line.profile.height_cm.label for line in plan.lines if line.candidate.row.id == cast.jiro)

    second = exports.plan(cast.admitted)
    assert height(second) == "180～184"
    assert judged(exports, cast.jiro).change(chosen=True) is Change.CHANGED
    exports.export(second, folder)
    assert height(exports.plan(cast.admitted)) == "180～184"
    exports.coarsen(cast.jiro, Coarsening.BAND_MEASURES, wanted=False)
    assert height(exports.plan(cast.admitted)) == "180"


def test_T73_small_batch_is_a_caution_and_told_in_the_log(exports: Exports, desk: Desk, cast: Cast, folder: Path):
    plan = exports.plan(cast.admitted)
    assert plan.is_small
    assert "3人" in plan.cautions[0]
    exports.export(plan, folder)
    details = [
        row[0] for row in desk.vault.read().execute("SELECT detail FROM audit WHERE act = 'export.begin'").fetchall()
    ]
    assert len(details) == 1
    assert '"small":1' in details[0].replace(" ", "")


def test_same_plan_gives_the_same_bytes(exports: Exports, cast: Cast):
    plan = exports.plan(cast.admitted)
    assert build(plan).bundle.to_bytes() == build(plan).bundle.to_bytes()


def test_character_the_printed_sheet_lacks_does_not_keep_the_batch_back(
    exports: Exports, desk: Desk, cast: Cast, folder: Path
):
    correct(desk, cast.taro, hobbies="ギター\U0001f3b8")
    written = exports.export(exports.plan(cast.admitted), folder)
    assert "趣味" in written.missing_sheet
    report = read(written.path)
    assert report.is_ok
    assert any("\U0001f3b8" in shown.profile.hobbies for shown in report.shown)


# When the world is not ready -----------------------------------------------------------------------------------------


def test_full_disk_leaves_no_file_and_no_record(
    exports: Exports, desk: Desk, cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    plan = exports.plan(cast.admitted)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched, pytest.raises(DiskFull):
        patched.setattr(os, "fsync", full)
        exports.export(plan, folder)
    assert list(folder.iterdir()) == []
    assert records(desk) == (0, 0)
    assert exports.listed() == ()
    assert read(exports.export(plan, folder).path).is_ok  # the plan is as good as before


def test_folder_that_is_gone_leaves_no_record(exports: Exports, desk: Desk, cast: Cast, folder: Path):
    with pytest.raises(NotWritable):
        exports.export(exports.plan(cast.admitted), folder / "pulled out")
    assert records(desk) == (0, 0)


def test_file_whose_folder_failed_in_the_last_moment_is_not_left_behind(
    exports: Exports, cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    calls = []

    def fails_for_the_folder(_handle: int) -> None:
        calls.append(_handle)
        if len(calls) == 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    bundle = build(exports.plan(cast.admitted)).bundle
    with monkeypatch.context() as patched, pytest.raises(NotWritable):
        patched.setattr(os, "fsync", fails_for_the_folder)
        deliver(bundle, to_folder(folder), today=exports.today)
    assert len(calls) == 2
    assert list(folder.iterdir()) == []


def test_program_killed_before_the_file_existed_forgets_the_batch(
    building: Building, desk: Desk, exports: Exports, cast: Cast, folder: Path
):
    plan = exports.plan(cast.admitted)
    exports.begin(plan, build(plan).bundle, to_folder(folder))
    assert exports.listed() == ()  # begun is not given
    again = building.enter()  # nobody confirmed: the program was gone
    after = exportkit.exports(building, again)
    (words,) = after.settle()
    assert "取り消しました" in words
    assert records(again) == (0, 0)
    assert after.settle() == ()


def test_program_killed_after_the_file_got_its_name_confirms_the_batch(
    building: Building, desk: Desk, exports: Exports, cast: Cast, folder: Path
):
    plan = exports.plan(cast.admitted)
    bundle = build(plan).bundle
    record = exports.begin(plan, bundle, to_folder(folder))
    deliver(bundle, to_folder(folder), today=exports.today)
    again = building.enter()
    after = exportkit.exports(building, again)
    (words,) = after.settle()
    assert "書き出し済みとして記録しました" in words
    assert [done.seq for done in after.history()] == [record.seq]
    assert len(again.members.provisions(cast.hanako)) == 1


def test_another_file_of_that_name_does_not_pass_for_the_batch(exports: Exports, cast: Cast, folder: Path):
    plan = exports.plan(cast.admitted)
    bundle = build(plan).bundle
    exports.begin(plan, bundle, to_folder(folder))
    (folder / bundle.file_name).write_bytes(bundle.to_bytes()[:-1])
    (words,) = exports.settle()
    assert "取り消しました" in words
    assert exports.history() == ()


def test_batch_that_never_left_gives_its_number_back(exports: Exports, desk: Desk, cast: Cast, folder: Path):
    plan = exports.plan(cast.admitted)
    exports.abort(exports.begin(plan, build(plan).bundle, to_folder(folder)))
    assert batches.next_seq(desk.vault.read()) == 1
    assert exports.plan(cast.admitted).batch.previous is None
