"""A backup comes back, its rehearsal touches nothing, and both are the head's; also where no vault opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from nakodo_desktop.domain.member_query import MemberQuery
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import NotPermitted, OfficeKeyNeeded, UserError, WrongPassphrase
from nakodo_desktop.services.audit_log import AuditLog
from nakodo_desktop.services.restoring import Looked, Restoring, look_around, rehearse, restore_over_job
from nakodo_desktop.services.safekeeping import Safekeeping, Shelves
from nakodo_desktop.services.unlocking import open_vault, unlock_job
from nakodo_desktop.vault.backup import Backup
from nakodo_desktop.vault.codes import show_code
from tests import factory
from tests.factory import Desk
from tests.officekit import Building, acts_of
from tests.vaultkit import TEST_OFFICE_KEY, TEST_PASSPHRASE, TEST_RECOVERY_CODE, pc_of

OFFICE_KEY = show_code(TEST_OFFICE_KEY)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def backed_up(building: Building, desk: Desk, stick: Path) -> Backup:
    keeping = Safekeeping(desk.vault, now=building.clock, data_dir=pc_of(building.folder))
    return keeping.back_up(Shelves((stick,))).run().made[0]


def looked_into(building: Building, backup: Backup, tmp_path: Path, secret: str = TEST_PASSPHRASE) -> Looked:
    return rehearse(backup, secret, office_key=OFFICE_KEY, data_dir=tmp_path / "no-pc", scratch=tmp_path / "scratch")()


def fingerprint(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_rehearsal_tells_what_is_in_it_and_touches_nothing(building: Building, stick: Path, tmp_path: Path) -> None:
    desk = building.enter()
    for _ in range(2):
        factory.member(desk)
    backup = backed_up(building, desk, stick)
    before = fingerprint(stick), fingerprint(building.folder)
    looked = looked_into(building, backup, tmp_path)
    assert (fingerprint(stick), fingerprint(building.folder)) == before
    assert list((tmp_path / "scratch").iterdir()) == []
    assert looked.is_good and looked.members == 2
    assert {person.staff.role for person in looked.contents.people} == set(Role)
    assert looked.contents.last_entry_at is not None


def test_a_backup_asks_for_both_secrets_and_the_paper_of_its_day_will_do(
    building: Building, stick: Path, tmp_path: Path
) -> None:
    backup = backed_up(building, building.enter(), stick)
    with pytest.raises(OfficeKeyNeeded):
        rehearse(backup, TEST_PASSPHRASE, data_dir=tmp_path / "no-pc")()
    with pytest.raises(WrongPassphrase):
        looked_into(building, backup, tmp_path, secret="ちがう 合言葉 です")
    assert looked_into(building, backup, tmp_path, secret=TEST_RECOVERY_CODE).is_good
    assert not any(path.name == "unlock_failures.log" for path in stick.rglob("*")), "nothing is written to a backup"


def test_restoring_goes_back_keeps_the_people_and_backs_up_the_present(
    building: Building, stick: Path, tmp_path: Path
) -> None:
    desk = building.enter()
    factory.member(desk)
    backup = backed_up(building, desk, stick)
    factory.member(desk)
    looked = looked_into(building, backup, tmp_path)
    restoring = Restoring(desk.vault, now=building.clock)
    assert restoring.loss(looked).entries > 0
    restoring.restore(looked).run()
    assert len(desk.members.select(MemberQuery())) == 1
    assert acts_of_whole_log(desk)[-1] == "vault.restored"
    shelf = restoring.look_around((stick,))()
    assert [one.folder.parent.name for one in shelf.backups] == ["before-restore", "stick"]
    again = looked_into(building, shelf.backups[0], tmp_path)
    assert again.members == 2, "what was lost can be had back"
    building.leave()
    pc = pc_of(building.folder)
    opened = unlock_job(building.folder, TEST_PASSPHRASE, office_key=OFFICE_KEY, data_dir=pc)()
    vault = open_vault(opened, now=building.clock, data_dir=pc)
    assert vault.findings == (), "a restore on purpose is no alarm at the next unlock"
    vault.close()


def test_the_log_of_a_restored_vault_is_no_false_alarm(building: Building, stick: Path, tmp_path: Path) -> None:
    desk = building.enter()
    first = backed_up(building, desk, stick)
    building.wait(days=1)
    backed_up(building, desk, stick)
    Restoring(desk.vault, now=building.clock).restore(looked_into(building, first, tmp_path)).run()
    pc = pc_of(building.folder)
    assert AuditLog(desk.vault, data_dir=pc).verify([stick]).run().is_whole
    keeping = Safekeeping(desk.vault, now=building.clock, data_dir=pc)
    assert keeping.examine(Shelves((stick,))).run() == ()


@pytest.mark.parametrize("role", [Role.MATCHMAKER, Role.CLERK])
def test_only_the_head_restores(building: Building, stick: Path, tmp_path: Path, role: Role) -> None:
    looked = looked_into(building, backed_up(building, building.enter(), stick), tmp_path)
    desk = building.enter(role)
    restoring = Restoring(desk.vault, now=building.clock)
    assert not restoring.may_restore
    with pytest.raises(NotPermitted):
        restoring.look_around((stick,))
    with pytest.raises(NotPermitted):
        restoring.restore(looked)
    assert acts_of(desk) == []


def test_a_damaged_backup_is_named_on_the_shelf_and_never_restored(
    building: Building, stick: Path, tmp_path: Path
) -> None:
    desk = building.enter()
    backup = backed_up(building, desk, stick)
    database = backup.folder / backup.manifest.database_name
    whole = database.read_bytes()
    database.write_bytes(whole[:50_000] + bytes([whole[50_000] ^ 1]) + whole[50_001:])
    with pytest.raises(UserError, match="壊れ"):
        looked_into(building, backup, tmp_path)
    database.write_bytes(whole[:-8192])
    shelf = look_around((stick,))()
    assert shelf.backups == () and shelf.broken == (backup.folder,)


def test_a_new_pc_gets_the_office_back_from_its_stick_alone(building: Building, stick: Path, tmp_path: Path) -> None:
    desk = building.enter()
    factory.member(desk)
    backed_up(building, desk, stick)
    building.leave()
    new_folder, new_pc = tmp_path / "elsewhere", tmp_path / "new-pc"
    (backup,) = look_around((stick,))().backups
    looked = rehearse(backup, TEST_PASSPHRASE, office_key=OFFICE_KEY, data_dir=new_pc, scratch=tmp_path / "scratch")()
    opened = restore_over_job(new_folder, looked, data_dir=new_pc, now=building.clock)()
    vault = open_vault(opened, now=building.clock, data_dir=new_pc)
    assert factory.desk(vault, building.clock).members.select(MemberQuery())
    vault.close()


def test_over_a_broken_vault_the_present_people_stay_and_nothing_is_deleted(
    building: Building, stick: Path, tmp_path: Path
) -> None:
    desk = building.enter()
    backup = backed_up(building, desk, stick)
    name = desk.vault.header.database_name
    building.leave()
    broken = building.folder / name
    broken.write_bytes(broken.read_bytes()[:30_000])
    looked = looked_into(building, backup, tmp_path)
    pc = pc_of(building.folder)
    opened = restore_over_job(building.folder, looked, data_dir=pc, now=building.clock)()
    open_vault(opened, now=building.clock, data_dir=pc).close()
    assert [path.name for path in building.folder.glob("set-aside-*/*.db")] == [name]


def acts_of_whole_log(desk: Desk) -> list[str]:
    from tests.officekit import log_of

    return [entry.act for entry in log_of(desk)]
