"""Deleting on time with a real vault: by class, by request, and really gone before it is called done."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from nakodo_desktop.domain.batch_changes import compare
from nakodo_desktop.domain.fields import Retention
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.member_query import MemberQuery
from nakodo_desktop.domain.provision import Change
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import NotPermitted, NotWritable, UserError
from nakodo_desktop.services.audit_words import detail_words
from nakodo_desktop.services.erasing import Erasing
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.papers import Papers
from nakodo_desktop.services.provisions import Provisions
from nakodo_desktop.services.suspicions import Suspicions
from nakodo_desktop.vault import batches, ledger_mirror
from nakodo_desktop.vault.audit_reading import verify_chain
from nakodo_desktop.vault.connection import IntegrityError
from nakodo_desktop.vault.secret_keys import AUDIT, secret_key
from tests import erasurekit, factory
from tests.erasurekit import CANARIES, KERNEL, carry_out, days_later, held_now, leave, somebody, uid_of, words_in
from tests.factory import Desk
from tests.officekit import Building, acts_of, everything, log_of, table

PHOTO, PROFILE, CONTRACT, PROVISION = Retention
FIVE_YEARS = 5 * 366 + 2


# --- what goes when


def test_photos_go_after_30_days_answers_after_90_and_the_record_after_five_years(
    building: Building, desk: Desk, gone: MemberId
) -> None:
    uid = uid_of(desk, gone)
    made = days_later(building, desk, 29)
    assert made.plan().lines == ()
    made = days_later(building, desk, 1)
    assert [line.records for line in made.plan().lines] == [(PHOTO,)]
    carry_out(made, made.plan())
    assert held_now(desk.vault.read(), uid) == {PROFILE, CONTRACT}
    assert len(table(desk, "photo")) == 2, "the other member's"
    made = days_later(building, desk, 60)
    carry_out(made, made.plan())
    assert held_now(desk.vault.read(), uid) == {CONTRACT}
    assert [word for word in CANARIES.values() if word in words_in(desk)] == []
    assert [word for word in KERNEL if word not in words_in(desk)] == []
    made = days_later(building, desk, FIVE_YEARS)
    carry_out(made, made.plan())
    assert held_now(desk.vault.read(), uid) == frozenset()
    assert [word for word in KERNEL[1:] if word in words_in(desk).replace("見本市", "")] != KERNEL
    assert uid not in {row["uid"] for row in table(desk, "member")}
    assert table(desk, "declaration") == table(desk, "signed_scan") == table(desk, "suspicion") == []
    assert len(table(desk, "member")) == 1


def test_the_kernel_stays_readable_after_the_answers_went(building: Building, desk: Desk, gone: MemberId) -> None:
    made = days_later(building, desk, 90)
    carry_out(made, made.plan())
    member = desk.members.view(gone, screen="record")
    assert member.legal_name == "見本 太郎"
    assert {"phone", "address_line", "email", "birth_date", "consent_provide"} <= set(member.answers)
    assert not set(CANARIES) & set(member.answers)
    assert desk.declarations.of_member(gone)
    assert desk.interviews.in_progress() == ()


def test_whoever_stays_loses_nothing(building: Building, desk: Desk) -> None:
    somebody(desk)
    before = everything(desk)
    made = days_later(building, desk, 4000)
    assert made.plan().lines == ()
    with pytest.raises(UserError, match="確かめられていません"):
        made.erase(made.plan())
    after = everything(desk)
    assert {name for name in before if before[name] != after[name]} <= {"audit"}


def test_records_of_provision_outlive_the_member_and_go_in_the_end(
    building: Building, desk: Desk, gone: MemberId
) -> None:
    """規則21条; they keep the name, as 規則20条1項 asks."""
    uid = uid_of(desk, gone)
    erasurekit.provide(desk, gone, until=factory.TODAY + timedelta(days=FIVE_YEARS + 10))
    made = days_later(building, desk, FIVE_YEARS)
    carry_out(made, made.plan())
    assert held_now(desk.vault.read(), uid) == {PROVISION}
    assert [(one.name, one.due) for one in made.persons()] == [("見本 太郎", ())]
    made = days_later(building, desk, 11)
    assert [line.records for line in made.plan().lines] == [(PROVISION,)]
    carry_out(made, made.plan())
    assert table(desk, "provision") == []
    assert [row["member_uid"] for row in table(desk, "batch_entry")] == [uid], "opaque, kept with the batch"


def test_a_record_of_provision_cannot_go_before_its_last_day(desk: Desk, gone: MemberId) -> None:
    erasurekit.provide(desk, gone, until=factory.TODAY)
    with pytest.raises(IntegrityError), desk.vault.transaction() as tx:
        tx.db.execute("DELETE FROM provision")


def test_a_number_is_not_given_twice(building: Building, desk: Desk, gone: MemberId) -> None:
    numbers = {str(row["number"]) for row in table(desk, "member")}
    for one in desk.members.select(MemberQuery()):
        if one != gone:
            leave(desk, one)
    made = days_later(building, desk, FIVE_YEARS)
    carry_out(made, made.plan())
    assert table(desk, "member") == []
    new = factory.member(desk)
    assert desk.members.view(new, screen="record").number not in numbers


def test_a_removed_member_is_removed_from_the_site_by_the_next_batch(
    building: Building, desk: Desk, gone: MemberId
) -> None:
    erasurekit.provide(desk, gone, until=date(2029, 11, 23))
    assert [one.is_listed for one in Erasing(desk.vault, now=building.clock).persons()] == [True]
    made = days_later(building, desk, FIVE_YEARS)
    carry_out(made, made.plan())
    listed = batches.listed(desk.vault.read())
    assert [one.member_uid for one in compare(listed, ()).removed] == [one.member_uid for one in listed] != []


# --- T36, T37: really gone, and not called done before


def test_T36_nothing_of_what_was_erased_is_in_the_pages(building: Building, desk: Desk, gone: MemberId) -> None:
    path = desk.vault.folder / desk.vault.header.database_name
    desk.vault.read().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    before = erasurekit.decrypted(path, building.keys())
    assert all(word.encode() in before for word in CANARIES.values())
    picture = factory.photo().jpeg[200:260]
    assert picture in before
    for one in desk.members.select(MemberQuery()):
        if one != gone:
            leave(desk, one)
    made = days_later(building, desk, 90)
    report = carry_out(made, made.plan())
    assert report.is_purged
    after = erasurekit.decrypted(path, building.keys())
    words = [*CANARIES.values(), erasurekit.canary("self_pr_new"), erasurekit.canary("release")]
    assert [word for word in words if word.encode() in after] == []
    assert (desk.vault.folder / f"{path.name}-wal").stat().st_size < 100_000
    made = days_later(building, desk, FIVE_YEARS)
    carry_out(made, made.plan())
    after = erasurekit.decrypted(path, building.keys())
    assert picture not in after
    assert [word for word in KERNEL if word.encode() in after] == ["見本"], "the office's own name"


def test_T37_it_is_not_called_done_while_somebody_still_reads(building: Building, desk: Desk, gone: MemberId) -> None:
    made = days_later(building, desk, 90)
    plan = made.plan()
    assert made.approve(plan, people=1) == ()
    reading = desk.vault.read().execute("SELECT jpeg FROM photo UNION ALL SELECT name FROM staff")
    assert reading.fetchone() is not None
    report = made.erase(plan)
    assert not report.is_purged and made.is_unfinished
    assert {row["state"] for row in table(desk, "erasure")} == {"pending"}
    assert not ledger_mirror.mirror_path(desk.vault.pc_folder, desk.vault.vault_id).exists()
    assert made.finish() is False
    reading.fetchall()
    assert made.finish() is True
    assert {row["state"] for row in table(desk, "erasure")} == {"backups_expired"}, "there was no backup"
    assert acts_of(desk)[-1] == "erasure.purged"


def test_what_was_left_unfinished_is_finished_at_the_next_look(building: Building, desk: Desk, gone: MemberId) -> None:
    made = days_later(building, desk, 90)
    plan = made.plan()
    made.approve(plan, people=1)
    reading = desk.vault.read().execute("SELECT name FROM staff UNION ALL SELECT name FROM staff")
    reading.fetchone()
    made.erase(plan)
    reading.fetchall()
    again = Erasing(building.enter().vault, now=building.clock)
    assert again.is_unfinished, "nothing happens by itself at an unlock"
    assert again.finish()
    assert not again.is_unfinished


# --- by request


def test_a_request_takes_what_no_duty_keeps_at_once(building: Building, desk: Desk, gone: MemberId) -> None:
    made = Erasing(desk.vault, now=building.clock)
    plan = made.plan_request(gone)
    assert [line.records for line in plan.lines] == [(PHOTO, PROFILE)]
    assert [problem.field_key for problem in made.approve(plan, people=1)] == ["identity"]
    report = carry_out(made, plan, identity_checked=True)
    assert held_now(desk.vault.read(), uid_of(desk, gone)) == {CONTRACT}
    assert {row["reason"] for row in table(desk, "erasure")} == {"request"}
    assert report.sentence == "消去前のバックアップは残しません。復元した場合は自動的に再度消去されます。"


def test_a_member_has_to_leave_before_anything_goes_by_request(building: Building, desk: Desk) -> None:
    member_id = factory.member(desk)
    with pytest.raises(UserError, match="在会中"):
        Erasing(desk.vault, now=building.clock).plan_request(member_id)


# --- who, and what the log says


@pytest.mark.parametrize("role", [Role.MATCHMAKER, Role.CLERK])
def test_only_the_head_may(building: Building, desk: Desk, gone: MemberId, role: Role) -> None:
    plan = days_later(building, desk, 90).plan()
    desk = building.enter(role)
    made = Erasing(desk.vault, now=building.clock)
    assert not made.may_erase and made.count_due() == 0
    before = everything(desk)
    for deed in (
        made.persons,
        made.plan,
        made.confirm_clock,
        made.finish,
        made.media,
        lambda: made.plan_request(gone),
        lambda: made.approve(plan, people=1),
        lambda: made.erase(plan),
        lambda: made.hold(gone, "理由"),
        lambda: made.release(gone),
    ):
        with pytest.raises(NotPermitted):
            deed()
    assert everything(desk) == before


def test_the_log_says_who_approved_and_what_classes_went_and_no_name(
    building: Building, desk: Desk, gone: MemberId
) -> None:
    uid = uid_of(desk, gone)
    made = days_later(building, desk, 90)
    carry_out(made, made.plan())
    told = [row for row in table(desk, "audit") if str(row["act"]).startswith(("erasure.", "clock."))]
    assert [row["act"] for row in told] == ["clock.confirm", "erasure.approve", "erasure.erase", "erasure.purged"]
    assert {row["actor"] for row in told} == {desk.vault.staff.id}
    assert told[2]["subject"] == uid
    assert '"records":["photo","profile"]' in str(told[2]["detail"])
    assert "見本" not in str(told)
    assert verify_chain(desk.vault.read(), secret_key(desk.vault.read(), AUDIT)).broken_at is None


def test_every_other_page_takes_a_record_without_answers(
    building: Building, desk: Desk, gone: MemberId, folder: Path
) -> None:
    """Listed still: the next batch takes the person off the site. The kernel can be printed, for a lawyer too."""
    erasurekit.provide(desk, gone, until=date(2029, 11, 23))
    made = days_later(building, desk, 90)
    carry_out(made, made.plan())
    exports = Exports(desk.vault, desk.places, now=building.clock)
    mine = [one for one in exports.candidates() if one.row.id == gone]
    assert [(one.is_admitted, one.change(chosen=True)) for one in mine] == [(False, Change.REMOVED)]
    plan = exports.plan([])
    assert [one.member_uid for one in plan.removed] == [uid_of(desk, gone)]
    assert Papers(desk.vault, desk.places, now=building.clock).member_copy(gone)().startswith(b"%PDF")
    assert Provisions(desk.vault, now=building.clock).answer(gone)().startswith(b"%PDF")
    (sheet,) = desk.declarations.of_member(gone)
    assert Suspicions(desk.vault, desk.places, now=building.clock).hand_over(sheet.id)().startswith(b"%PDF")
    follow_up = desk.interviews.start_follow_up(gone)
    assert follow_up.answers["family_name"] == "見本"


def test_the_count_of_the_home_page_is_the_plans(building: Building, desk: Desk, gone: MemberId) -> None:
    """At each turn of five years; before and after each erasure."""
    erasurekit.provide(desk, gone, until=date(2029, 11, 23))
    made = Erasing(desk.vault, now=building.clock)
    for days in (0, 29, 1, 30, 29, 1, 1000, 5, 10, 700, 30):
        made = days_later(building, desk, days)
        for _ in range(2):
            plan = made.plan()
            assert made.count_due() == len(plan.lines), made.today
            if plan.lines:
                carry_out(made, plan)
    assert table(desk, "provision") == []
    assert len(table(desk, "erasure")) == 4


def test_a_copy_that_cannot_be_written_leaves_it_unfinished_not_undone(
    building: Building, desk: Desk, gone: MemberId
) -> None:
    made = Erasing(desk.vault, now=building.clock)
    in_the_way = ledger_mirror.mirror_path(desk.vault.pc_folder, desk.vault.vault_id)
    in_the_way.mkdir(parents=True)
    report = carry_out(made, made.plan_request(gone), identity_checked=True)
    assert not report.is_purged and made.is_unfinished
    assert held_now(desk.vault.read(), uid_of(desk, gone)) == {CONTRACT}
    with pytest.raises(NotWritable):
        made.finish()
    in_the_way.rmdir()
    assert made.finish() and not made.is_unfinished


def test_the_log_tells_in_words_what_went(building: Building, desk: Desk, gone: MemberId) -> None:
    made = Erasing(desk.vault, now=building.clock)
    carry_out(made, made.plan_request(gone), identity_checked=True)
    told = {entry.act: detail_words(entry.detail) for entry in log_of(desk)}
    assert told["erasure.erase"] == "ご本人の請求、写真・面談の回答とメモ"
    assert "1名" in told["erasure.approve"]
