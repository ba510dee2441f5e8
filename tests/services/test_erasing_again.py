"""It stays erased: after a restore, on a new PC, without the vault; and the backups from before are listed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nakodo_desktop.domain.fields import Retention
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.erasing import Erasing
from nakodo_desktop.services.members import Members
from nakodo_desktop.services.safekeeping import Safekeeping, Shelves
from nakodo_desktop.vault import ledger_mirror
from nakodo_desktop.vault.backup import Backup, make_backup
from nakodo_desktop.vault.checks import database_findings
from nakodo_desktop.vault.connection import IntegrityError
from nakodo_desktop.vault.findings import FindingKind
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.restore import restore_into, restore_over
from nakodo_desktop.vault.unlock import OpenedKeys, unlock
from nakodo_desktop.vault.vault import Vault
from tests import factory
from tests.erasurekit import CANARIES, KERNEL, carry_out, days_later, held_now, uid_of, words_in
from tests.factory import Desk
from tests.officekit import Building, table
from tests.vaultkit import TEST_OFFICE_KEY, TEST_PASSPHRASE, pc_of

PHOTO, PROFILE, CONTRACT, PROVISION = Retention
FIVE_YEARS = 5 * 366 + 2


def back_up(desk: Desk, place: Path) -> Backup:
    place.mkdir(exist_ok=True)
    with desk.vault.lent() as loan:
        return make_backup(loan, place, at=desk.vault._now())


# --- T38: it stays erased


def restore(desk: Desk, backup: Backup, *, data_dir: Path) -> None:
    """Into the open vault."""
    vault = desk.vault
    vault.take_back(restore_into(vault.lend(), backup, keys_of(backup), at=vault._now(), data_dir=data_dir))


def keys_of(backup: Backup) -> OpenedKeys:
    return unlock(read_header(backup.folder), TEST_PASSPHRASE, office_key=TEST_OFFICE_KEY)


def assert_erased(desk: Desk, uid: str) -> None:
    """Nowhere: no photo, no answer, no search column; and nothing hangs in the air."""
    assert held_now(desk.vault.read(), uid) == frozenset()
    words = words_in(desk)
    assert [word for word in (*CANARIES.values(), *KERNEL[1:]) if word in words] == []
    assert desk.vault.read().execute("PRAGMA foreign_key_check").fetchall() == []
    with desk.vault.lent() as loan:
        assert database_findings(loan.database, loan.keys.database_key()) == []


def erased_after_backup(building: Building, desk: Desk, gone: MemberId, place: Path) -> tuple[str, Backup]:
    uid = uid_of(desk, gone)
    backup = back_up(desk, place)
    made = days_later(building, desk, FIVE_YEARS)
    carry_out(made, made.plan())
    return uid, backup


def test_T38_a_restore_erases_again_by_the_ledger_of_the_present(
    building: Building, desk: Desk, gone: MemberId, folder: Path
) -> None:
    uid, backup = erased_after_backup(building, desk, gone, folder)
    restore(desk, backup, data_dir=folder / "another-pc")
    assert_erased(desk, uid)
    assert len(table(desk, "member")) == 1
    assert {row["state"] for row in table(desk, "erasure")} == {"purged"}
    told = [row["detail"] for row in table(desk, "audit") if row["act"] == "vault.restored"]
    assert '"erased_again":1' in str(told)
    later = back_up(desk, folder)
    restore(desk, later, data_dir=pc_of(desk.vault.folder))
    assert_erased(desk, uid)


def test_T38_a_lost_vault_restored_on_this_pc_erases_again_by_what_the_pc_remembers(
    building: Building, desk: Desk, gone: MemberId, folder: Path, tmp_path: Path
) -> None:
    uid, backup = erased_after_backup(building, desk, gone, folder)
    ledger_mirror.mirror_path(folder, desk.vault.vault_id).unlink()
    _restored_elsewhere(building, backup, uid, target=tmp_path / "anew", data_dir=pc_of(building.folder))


def test_T38_a_new_pc_erases_again_by_the_copy_beside_the_backups(
    building: Building, desk: Desk, gone: MemberId, folder: Path, tmp_path: Path
) -> None:
    uid, backup = erased_after_backup(building, desk, gone, folder)
    _restored_elsewhere(building, backup, uid, target=tmp_path / "anew", data_dir=tmp_path / "new-pc")


def _restored_elsewhere(building: Building, backup: Backup, uid: str, *, target: Path, data_dir: Path) -> None:
    building.leave()
    keys = restore_over(
        target,
        backup,
        keys_of(backup),
        present=None,
        data_dir=data_dir,
        now=building.clock,
    )
    vault = Vault.open(target, keys, now=building.clock, data_dir=data_dir)
    try:
        assert_erased(factory.desk(vault, building.clock), uid)
    finally:
        vault.close()


def test_T38_a_stick_that_was_away_gets_its_copy_with_the_next_backup(
    building: Building, desk: Desk, gone: MemberId, folder: Path, tmp_path: Path
) -> None:
    uid, _ = erased_after_backup(building, desk, gone, folder)
    other = tmp_path / "other-stick"
    back_up(desk, other)
    found = ledger_mirror.read_mirrors(desk.vault.read(), desk.vault.vault_id, [other])
    assert {entry.uid for entry in found.entries} == {uid}


def test_T38_answers_erased_by_request_stay_erased_and_the_record_comes_back(
    building: Building, desk: Desk, gone: MemberId, folder: Path
) -> None:
    uid = uid_of(desk, gone)
    backup = back_up(desk, folder)
    made = Erasing(desk.vault, now=building.clock)
    carry_out(made, made.plan_request(gone), identity_checked=True)
    vault = desk.vault
    vault.take_back(restore_into(vault.lend(), backup, keys_of(backup), at=vault._now(), data_dir=pc_of(vault.folder)))
    assert held_now(vault.read(), uid) == {CONTRACT}
    assert [word for word in CANARIES.values() if word in words_in(desk)] == []


def test_a_forged_or_damaged_copy_erases_nobody_and_is_told(
    building: Building, desk: Desk, gone: MemberId, folder: Path
) -> None:
    uid = uid_of(desk, gone)
    _, backup = erased_after_backup(building, desk, gone, folder)
    path = ledger_mirror.mirror_path(folder, desk.vault.vault_id)
    forged = path.read_bytes().replace(b'"period"', b'"request"')
    path.write_bytes(forged)
    found = ledger_mirror.read_mirrors(desk.vault.read(), desk.vault.vault_id, [folder])
    assert (found.entries, found.unreadable) == (frozenset(), (path,))
    assert uid and backup


def test_a_copy_nobody_can_read_is_found_by_the_check_and_mended_by_a_backup(
    building: Building, desk: Desk, gone: MemberId, folder: Path
) -> None:
    erased_after_backup(building, desk, gone, folder)
    here = ledger_mirror.mirror_path(desk.vault.pc_folder, desk.vault.vault_id)
    there = ledger_mirror.mirror_path(folder, desk.vault.vault_id)
    for path in (here, there):
        path.write_bytes(path.read_bytes()[:40])
    keeping, shelves = Safekeeping(desk.vault, now=building.clock), Shelves((folder,))
    found = {finding.kind: finding for finding in keeping.examine(shelves).run()}
    assert set(found) == {FindingKind.LEDGER_COPY_BROKEN, FindingKind.BACKUP_OLD}
    assert set(found[FindingKind.LEDGER_COPY_BROKEN].places) == {str(here.parent), str(there.parent)}
    assert keeping.back_up(shelves).run().is_whole
    assert keeping.examine(shelves).run() == ()


def test_the_copy_outside_holds_no_word_of_the_member(
    building: Building, desk: Desk, gone: MemberId, folder: Path
) -> None:
    uid, _ = erased_after_backup(building, desk, gone, folder)
    text = ledger_mirror.mirror_path(folder, desk.vault.vault_id).read_text(encoding="utf-8")
    assert uid in text
    assert text.isascii()


def test_a_hold_of_today_survives_going_back(building: Building, desk: Desk, gone: MemberId, folder: Path) -> None:
    backup = back_up(desk, folder)
    made = Erasing(desk.vault, now=building.clock)
    assert made.hold(gone, "契約の争い") == ()
    vault = desk.vault
    vault.take_back(restore_into(vault.lend(), backup, keys_of(backup), at=vault._now(), data_dir=pc_of(vault.folder)))
    assert Erasing(vault, now=building.clock).person(gone).hold is not None


# --- backups from before


def test_backups_from_before_are_listed_until_they_are_gone(
    building: Building, desk: Desk, gone: MemberId, folder: Path
) -> None:
    made = Erasing(desk.vault, now=building.clock)
    before = back_up(desk, folder)
    report = carry_out(made, made.plan_request(gone), identity_checked=True)
    assert report.sentence == "バックアップからは最長35日で消えます。復元した場合は自動的に再度消去されます。"
    back_up(desk, folder)
    (medium,) = made.media()
    assert medium.folder == before.folder
    with pytest.raises(UserError, match="まだ置き場所に"):
        made.note_destroyed(medium)
    before.folder.rename(folder / "trash")
    made.note_destroyed(medium)
    assert made.media() == ()
    assert {row["state"] for row in table(desk, "erasure")} == {"backups_expired"}


def test_the_ledger_is_never_forgotten_nor_rewritten(building: Building, desk: Desk, gone: MemberId) -> None:
    made = Erasing(desk.vault, now=building.clock)
    carry_out(made, made.plan_request(gone), identity_checked=True)
    for sql in (
        "DELETE FROM erasure",
        "UPDATE erasure SET uid = 'x'",
        "UPDATE erasure SET state = 'pending'",
        "INSERT OR REPLACE INTO erasure SELECT uid, record, at, 'period', 'pending' FROM erasure",
    ):
        with pytest.raises(IntegrityError), desk.vault.transaction() as tx:
            tx.db.execute(sql)


def test_the_members_page_takes_a_half_erased_record(building: Building, desk: Desk, gone: MemberId) -> None:
    made = Erasing(desk.vault, now=building.clock)
    carry_out(made, made.plan_request(gone), identity_checked=True)
    members: Members = desk.members
    assert members.photos(gone) == ()
    assert members.history(gone) == ()
    assert all(not one.answers for one in members.interviews(gone))


def test_an_older_copy_put_back_is_told_and_erased_again(
    building: Building, desk: Desk, gone: MemberId, tmp_path: Path
) -> None:
    """By hand, past every restore: what this PC remembers knows better."""
    uid = uid_of(desk, gone)
    building.leave()
    shutil.copytree(building.folder, tmp_path / "older")
    desk = building.enter()
    made = days_later(building, desk, FIVE_YEARS)
    carry_out(made, made.plan())
    assert made.came_back() == ()
    building.leave()
    shutil.rmtree(building.folder)
    shutil.copytree(tmp_path / "older", building.folder)
    desk = building.enter()
    assert held_now(desk.vault.read(), uid) == {PHOTO, PROFILE, CONTRACT}, "nothing happens by itself"
    made = Erasing(desk.vault, now=building.clock)
    assert {entry.uid for entry in made.came_back()} == {uid}
    assert made.erase_again()
    assert made.came_back() == ()
    assert_erased(desk, uid)


def test_backups_of_our_own_folder_that_made_room_need_no_word(building: Building, desk: Desk, gone: MemberId) -> None:
    kept = back_up(desk, desk.vault.folder / "before-update")
    made = Erasing(desk.vault, now=building.clock)
    carry_out(made, made.plan_request(gone), identity_checked=True)
    assert [medium.folder for medium in made.media()] == [kept.folder]
    shutil.rmtree(kept.folder)
    made.finish()
    assert made.media() == ()
    assert {row["state"] for row in table(desk, "erasure")} == {"backups_expired"}
