"""Backups go where the head said, are opened before they count, and push out only what no generation needs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import NotPermitted, UserError, VaultDamaged, VaultInUse, VaultReplaced
from nakodo_desktop.services.audit_log import AuditLog
from nakodo_desktop.services.safekeeping import Safekeeping, Shelves
from nakodo_desktop.vault import audit, generations, this_pc
from nakodo_desktop.vault.backup import read_backup, verify_content
from nakodo_desktop.vault.backup_shelf import list_backups, media_out_there
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.findings import FindingKind, Severity
from nakodo_desktop.vault.loan import Loan
from tests import factory
from tests.factory import Desk
from tests.officekit import Building, acts_of, log_of
from tests.vaultkit import pc_of


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def keeping_of(building: Building, desk: Desk) -> Safekeeping:
    return Safekeeping(desk.vault, now=building.clock, data_dir=pc_of(building.folder))


@pytest.fixture
def keeping(building: Building) -> Iterator[Safekeeping]:
    yield keeping_of(building, building.enter())


def test_a_backup_in_each_place_is_verified_and_dated(building: Building, stick: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    desk = building.enter()
    keeping = keeping_of(building, desk)
    assert keeping.days_since_backup() is None
    report = keeping.back_up(Shelves((stick, disk))).run()
    assert report.is_whole and len(report.made) == 2
    for backup in report.made:
        verify_content(read_backup(backup.folder))
    assert keeping.days_since_backup() == 0
    building.wait(days=9)
    assert keeping.days_since_backup() == 9
    assert acts_of(desk).count("backup.made") == 2


def test_a_missing_stick_is_told_and_the_other_place_gets_its_backup(keeping: Safekeeping, stick: Path) -> None:
    gone = stick.parent / "not-plugged-in"
    report = keeping.back_up(Shelves((gone, stick))).run()
    assert [missed.place for missed in report.missed] == [gone]
    assert len(report.made) == 1 and not report.is_whole
    assert not gone.exists(), "a new folder would pass for the stick"


def test_only_generations_stay_and_the_list_of_media_knows(building: Building, stick: Path) -> None:
    desk = building.enter()
    keeping = keeping_of(building, desk)
    for _ in range(9):
        keeping.back_up(Shelves((stick,), daily=3, weekly=2)).run()
        building.wait(days=1)
    kept = list_backups(stick, desk.vault.header.vault_id)
    assert 3 <= len(kept) <= 5
    assert acts_of(desk).count("backup.pruned") >= 4
    still = desk.vault.read().execute("SELECT count(*) AS n FROM backup WHERE gone_at IS NULL").fetchone()
    assert still is not None and still["n"] == len(kept)


def test_the_vault_answers_nobody_while_it_is_lent_and_everybody_after(keeping: Safekeeping, stick: Path) -> None:
    lent = keeping.back_up(Shelves((stick,)))
    with pytest.raises(VaultInUse):
        keeping.last_backup_at()
    lent.finish(lent.work())
    assert keeping.last_backup_at() is not None


def test_a_damaged_vault_makes_no_backup_and_says_why(building: Building, stick: Path) -> None:
    desk = building.enter()
    factory.member(desk)
    keeping = keeping_of(building, desk)
    good = keeping.back_up(Shelves((stick,), daily=1, weekly=0)).run().made[0]
    lent = keeping.back_up(Shelves((stick,), daily=1, weekly=0))
    path = building.folder / desk.vault.header.database_name
    whole = path.read_bytes()
    path.write_bytes(whole[:40_000] + bytes([whole[40_000] ^ 1]) + whole[40_001:])
    try:
        report = lent.work()
    finally:
        path.write_bytes(whole)
    report = lent.finish(report)
    assert report.is_refused and not report.made
    assert FindingKind.PAGE_DAMAGED in [finding.kind for finding in report.findings]
    assert [backup.folder for backup in list_backups(stick)] == [good.folder], "the good one was not pushed out"


def _damage_by_rule(db: Connection) -> None:
    """A value that its column's rule forbids, in a page that is authentic."""
    db.set_authorizer(None)  # type: ignore[attr-defined]  # as no connection of ours allows it
    db.execute("PRAGMA ignore_check_constraints = ON")
    db.execute("UPDATE staff SET name = ''")


def _change_the_oldest_entry(db: Connection) -> None:
    (trigger,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'audit_is_never_updated'").fetchall()
    db.execute("DROP TRIGGER audit_is_never_updated")
    db.execute("UPDATE audit SET subject = 'x' WHERE seq = 1")
    db.execute(trigger["sql"])


def _cut_a_reference(db: Connection) -> None:
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("UPDATE profile SET member_id = member_id + 1000")


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        (_damage_by_rule, FindingKind.STRUCTURE_DAMAGED),
        (_cut_a_reference, FindingKind.REFERENCES_BROKEN),
        (_change_the_oldest_entry, FindingKind.AUDIT_BROKEN),
    ],
)
def test_every_check_there_is_runs_before_every_backup(
    building: Building, stick: Path, harm: Callable[[Connection], object], kind: FindingKind
) -> None:
    desk = building.enter()
    factory.member(desk)
    keeping = keeping_of(building, desk)
    assert keeping.back_up(Shelves((stick,))).run().is_whole
    building.wait(days=1)
    lent = keeping.back_up(Shelves((stick,)))
    with closing(Loan(desk.vault._keys, desk.vault._author).connect()) as db:
        harm(db)
    report = lent.finish(lent.work())
    assert report.is_refused and [finding.kind for finding in report.findings] == [kind]
    assert len(list_backups(stick)) == 1


def test_whoever_cannot_wait_leaves_at_any_moment_with_nothing_half_done(building: Building, stick: Path) -> None:
    desk = building.enter()
    with desk.vault.transaction() as tx:
        for _ in range(3000):
            tx.audit("list.view", detail={"ids": ["0" * 32] * 8})
    keeping = keeping_of(building, desk)
    asked = 0

    def is_left_after(most: int) -> bool:
        nonlocal asked
        asked += 1
        return asked > most

    for most in range(1000):
        asked = 0
        report = keeping.back_up(Shelves((stick,)), is_left=lambda most=most: is_left_after(most)).run()
        assert report.is_left != report.is_whole
        assert [path.name for path in stick.iterdir()] == [backup.folder.name for backup in report.made]
        if report.is_whole:
            break
    factory.member(desk)
    assert most > 3 and keeping.days_since_backup() == 0


def test_a_lock_that_comes_before_the_end_of_a_backup_is_heard_is_in_the_log(building: Building, stick: Path) -> None:
    desk = building.enter()
    keeping = keeping_of(building, desk)
    for _ in range(2):
        lent = keeping.back_up(Shelves((stick,), daily=1, weekly=0))
        lent.work()
        desk.vault.close(reason="idle")  # nobody called `finish`
        building.wait(minutes=1)
        desk = building.enter()
        keeping = keeping_of(building, desk)
        assert [entry.detail.get("reason") for entry in log_of(desk)][-2] == "idle"
    assert not any(finding.severity is Severity.DANGER for finding in desk.vault.findings)
    (medium,) = media_out_there(desk.vault.read())
    assert medium[0].is_dir(), "what made room for it is known to be gone"


def test_an_older_copy_on_a_new_pc_pushes_no_backup_out(building: Building, stick: Path, tmp_path: Path) -> None:
    building.enter()
    building.leave()
    older = {path: path.read_bytes() for path in building.folder.glob("vault*")}
    desk = building.enter()
    factory.member(desk)
    assert keeping_of(building, desk).back_up(Shelves((stick,))).run().is_whole
    building.leave()
    for path, raw in older.items():
        path.write_bytes(raw)
    shutil.rmtree(pc_of(building.folder))
    desk = building.enter()
    assert not [finding for finding in desk.vault.findings if finding.severity is Severity.DANGER]
    keeping = keeping_of(building, desk)
    report = keeping.back_up(Shelves((stick,), daily=1, weekly=0)).run()
    assert [finding.kind for finding in report.findings] == [FindingKind.OLDER_THAN_LAST_SEEN] and report.is_refused
    building.wait(minutes=1)
    keeping.accept_as_newest()
    assert keeping.back_up(Shelves((stick,))).run().is_whole, "the head has settled it"
    assert AuditLog(desk.vault, data_dir=pc_of(building.folder)).verify([stick]).run().is_whole


def test_a_stick_that_does_not_keep_what_is_written_is_told_from_a_damaged_vault(
    keeping: Safekeeping, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    copy_pages = generations.copy_pages

    def copied(source: Connection, target: Path, *, key: bytes) -> None:
        copy_pages(source, target, key=key)
        if target.is_relative_to(stick):
            raw = target.read_bytes()
            target.write_bytes(raw[:50_000] + bytes([raw[50_000] ^ 1]) + raw[50_001:])

    monkeypatch.setattr(generations, "copy_pages", copied)
    report = keeping.back_up(Shelves((stick, disk))).run()
    assert [missed.place for missed in report.missed] == [stick] and isinstance(report.missed[0].error, VaultDamaged)
    assert len(report.made) == 1 and not report.is_refused
    assert list(stick.iterdir()) == []


def test_how_far_the_log_came_is_remembered_while_the_office_works(building: Building) -> None:
    desk = building.enter()
    keeping = keeping_of(building, desk)

    def remembered() -> int:
        seen = this_pc.last_seen(pc_of(building.folder), desk.vault.vault_id)
        assert seen is not None
        return seen.proof.checkpoint.seq

    before = remembered()
    factory.member(desk)
    assert remembered() == before
    keeping.watch()
    after = remembered()
    assert after == audit.head(desk.vault.read()).seq > before
    file = next(pc_of(building.folder).rglob("last-seen*"))
    written = file.stat().st_ino
    keeping.watch()
    assert file.stat().st_ino == written, "nothing new, nothing written"


def test_where_backups_go_is_the_heads_to_choose(building: Building, stick: Path) -> None:
    desk = building.enter()
    keeping = keeping_of(building, desk)
    keeping.choose_places([stick])
    assert acts_of(desk) == ["backup.places"]
    for wrong in (building.folder, building.folder / "inside", stick / "missing"):
        with pytest.raises(UserError):
            keeping.choose_places([wrong])
    for role in (Role.MATCHMAKER, Role.CLERK):
        theirs = keeping_of(building, building.enter(role))
        assert not theirs.may_choose_places
        for deed in (lambda theirs=theirs: theirs.choose_places([stick]), theirs.accept_as_newest):
            with pytest.raises(NotPermitted):
                deed()
        with pytest.raises(NotPermitted):
            theirs.salvage(stick)
        assert theirs.back_up(Shelves((stick,))).run().is_whole, "everybody may, into the head's places"


def test_a_check_of_a_sound_office_finds_an_old_backup_at_most(building: Building, stick: Path) -> None:
    desk = building.enter()
    keeping = keeping_of(building, desk)
    shelves = Shelves((stick,))
    assert [found.kind for found in keeping.examine(shelves).run()] == [FindingKind.BACKUP_OLD]
    keeping.back_up(shelves).run()
    assert keeping.examine(shelves).run() == ()
    building.wait(days=8)
    assert [found.kind for found in keeping.examine(shelves).run()] == [FindingKind.BACKUP_OLD]
    assert acts_of(desk).count("vault.examined") == 3


def test_a_damaged_backup_is_named_without_alarm_for_the_vault(keeping: Safekeeping, stick: Path) -> None:
    backup = keeping.back_up(Shelves((stick,))).run().made[0]
    manifest = backup.folder / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"gen"', b'"gne"'))
    (found,) = keeping.examine(Shelves((stick,))).run()
    assert found.kind is FindingKind.BACKUP_DAMAGED and found.places == (backup.folder.name,)


def test_a_file_taken_away_is_noticed_and_what_is_open_can_be_saved(building: Building, stick: Path) -> None:
    desk = building.enter()
    keeping = keeping_of(building, desk)
    keeping.watch()
    path = building.folder / desk.vault.header.database_name
    away = path.with_name("moved-away.db")
    path.rename(away)
    with pytest.raises(VaultReplaced):
        keeping.watch()
    verify_content(keeping.rescue(stick / "rescued"))
    away.rename(path)


def test_salvage_leaves_the_vault_alone(building: Building, tmp_path: Path) -> None:
    desk = building.enter()
    factory.member(desk)
    keeping = keeping_of(building, desk)
    made = keeping.salvage(tmp_path / "salvaged").run()
    assert made.gaps == {} and made.rows["member"] == 1
    assert keeping.days_since_backup() is None, "the vault answers again"


def test_wrong_tries_are_told_with_their_times(building: Building) -> None:
    from nakodo_desktop.vault.failures import FailedAttempt, record_failure

    record_failure(building.folder, FailedAttempt(factory.NOON, ""))
    assert keeping_of(building, building.enter()).failures == (factory.NOON,)
    assert keeping_of(building, building.enter()).failures == ()
