"""Backups: whole, verified, bounded in number, never plaintext, and worthless to nobody but the office."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakodo_desktop.errors import BackupDamaged, DiskFull, NotWritable, VaultDamaged, WrongPassphrase
from nakodo_desktop.vault import canonical, generations
from nakodo_desktop.vault.backup import Backup, make_backup, read_backup, verify_content
from nakodo_desktop.vault.backup_shelf import (
    backup_ahead_at,
    damaged_backups,
    keep_newest,
    last_backup_at,
    list_backups,
    media_out_there,
    moments_to_keep,
    note_gone,
    prune,
)
from nakodo_desktop.vault.checks import CopyFacts
from nakodo_desktop.vault.connection import Connection, open_vault_connection
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.health import examine
from nakodo_desktop.vault.rehearsal import look_into
from nakodo_desktop.vault.rotation import remove_person
from nakodo_desktop.vault.unlock import unlock_with_recovery_code
from nakodo_desktop.vault.vault import Vault
from tests.vault.colleague import COLLEAGUE, COLLEAGUE_PASSPHRASE, add_colleague, paper_code, unlock_here
from tests.vault.vault_content import add_clerk

_AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def _back_up(vault: Vault, at: datetime = _AT) -> Backup:
    with vault.lent() as loan:
        return make_backup(loan, vault.folder.with_name("backups"), at=at)


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_backup_opens_with_the_same_passphrases_and_the_paper_code(vault: Vault) -> None:
    add_colleague(vault)
    backup = _back_up(vault)
    assert unlock_here(backup.folder).staff_id == vault.staff.id
    assert unlock_here(backup.folder, COLLEAGUE_PASSPHRASE).staff_id == COLLEAGUE.id
    assert unlock_with_recovery_code(read_header(backup.folder), paper_code()).staff_id is None
    with pytest.raises(WrongPassphrase):
        unlock_here(backup.folder, "ちがう")


def test_a_backup_has_keys_of_its_own(vault: Vault) -> None:
    backup = _back_up(vault)
    keys = unlock_here(vault.folder)
    assert unlock_here(backup.folder).master_key != keys.master_key
    database = (backup.folder / backup.manifest.database_name).read_bytes()
    live = (vault.folder / vault.header.database_name).read_bytes()
    assert database[:16] != live[:16], "another salt: no page of one fits into the other"


def test_a_backup_is_known_to_the_vault_and_to_its_log(vault: Vault) -> None:
    backup = _back_up(vault)
    db = vault.read()
    assert last_backup_at(db, at=_AT) == _AT
    assert media_out_there(db) == [(backup.folder, _AT)]
    row = db.execute("SELECT subject, detail FROM audit WHERE act = 'backup.made'").fetchone()
    assert row is not None and row["subject"] == backup.folder.name
    assert backup.manifest.database.sha256 in row["detail"]
    with vault.transaction() as transaction:
        note_gone(transaction.db, [backup.folder], at=transaction.now)
    assert media_out_there(db) == []


def test_nothing_readable_lies_in_a_backup(vault: Vault) -> None:
    add_clerk(vault, 1)
    backup = _back_up(vault)
    for name, content in _contents(backup.folder).items():
        for word in ("架空", "見本", "事務00001"):
            assert word.encode() not in content and word.encode("utf-16-le") not in content, name
    assert b"member" not in (backup.folder / "manifest.json").read_bytes()


def test_two_backups_within_a_second_do_not_meet(vault: Vault) -> None:
    assert len({_back_up(vault).folder.name for _ in range(3)}) == 3


def test_what_an_interrupted_backup_left_is_cleared_away(vault: Vault) -> None:
    place = vault.folder.with_name("backups")
    left = place / f"{vault.vault_id}.tmp"
    left.mkdir(parents=True)
    (left / "vault-000001.db").write_bytes(b"half")
    _back_up(vault)
    assert not left.exists()


def _lose_a_row(db: Connection) -> None:
    db.execute("DELETE FROM staff WHERE role = 'clerk'")


def _lose_the_newest_entry(db: Connection) -> None:
    for (trigger,) in db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'"
    ).fetchall():
        db.execute(f'DROP TRIGGER "{trigger}"')
    db.execute("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)")


@pytest.mark.parametrize("harm", [_lose_a_row, _lose_the_newest_entry])
def test_a_copy_that_lacks_something_never_becomes_a_backup(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Connection], None]
) -> None:
    add_clerk(vault, 1)
    copy_pages = generations.copy_pages

    def copied(source: Connection, target: Path, *, key: bytes) -> None:
        copy_pages(source, target, key=key)
        with closing(open_vault_connection(target, key)) as db:
            harm(db)

    monkeypatch.setattr(generations, "copy_pages", copied)
    with pytest.raises(VaultDamaged):
        _back_up(vault)
    assert list(vault.folder.with_name("backups").iterdir()) == []


def test_the_log_beside_a_copy_is_never_filled(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through a log each page would be written twice, on a stick of all places."""
    seen: list[int] = []
    facts_of = generations.facts_of

    def counted(db: Connection) -> CopyFacts:
        logs = vault.folder.with_name("backups").rglob("*-wal")
        seen.append(sum(log.stat().st_size for log in logs))
        return facts_of(db)

    monkeypatch.setattr(generations, "facts_of", counted)
    _back_up(vault)
    assert seen == [0]


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sig", "vault.hdr", "vault.hdr.2", "vault-000001.db"])
@pytest.mark.parametrize("damage", ["flip", "cut", "gone"])
def test_a_damaged_backup_is_refused_and_shown(vault: Vault, name: str, damage: str) -> None:
    backup = _back_up(vault)
    path = backup.folder / name
    raw = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        middle = len(raw) // 2
        path.write_bytes(raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :] if damage == "flip" else raw[:-1])
    with pytest.raises(BackupDamaged):
        verify_content(read_backup(backup.folder))
    if damage != "flip" or name.startswith("manifest"):
        shown = damaged_backups(backup.folder.parent)
        assert shown == ([] if (name, damage) == ("manifest.json", "gone") else [backup.folder])


def test_the_rehearsal_proves_a_backup_and_touches_nothing(vault: Vault, tmp_path: Path) -> None:
    add_colleague(vault)
    for number in range(3):
        add_clerk(vault, number)
    backup = _back_up(vault)
    before = _contents(backup.folder)
    contents = look_into(backup, unlock_here(backup.folder), scratch=tmp_path / "scratch")
    assert contents.findings == ()
    assert contents.rows["staff"] == 5
    assert contents.rows["member"] == 0
    assert contents.head.seq == backup.manifest.checkpoint.checkpoint.seq
    assert contents.last_entry_at is not None and contents.made_at == _AT
    assert COLLEAGUE in [record.staff for record in contents.people]
    assert _contents(backup.folder) == before
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_backup_with_the_database_of_another_one_is_refused(vault: Vault, tmp_path: Path) -> None:
    first = _back_up(vault)
    add_clerk(vault, 1)
    second = _back_up(vault, _AT + timedelta(days=1))
    mixed = tmp_path / "mixed"
    shutil.copytree(first.folder, mixed)
    shutil.copyfile(second.folder / "vault-000001.db", mixed / "vault-000001.db")
    with pytest.raises(BackupDamaged):
        verify_content(read_backup(mixed))


def test_T52_an_old_backup_still_opens_for_somebody_removed_and_is_listed_for_destruction(vault: Vault) -> None:
    add_colleague(vault)
    backup = _back_up(vault)
    vault.take_back(remove_person(vault.lend(), COLLEAGUE.id, at=_AT))
    assert unlock_here(backup.folder, COLLEAGUE_PASSPHRASE).staff_id == COLLEAGUE.id
    assert [folder for folder, _ in media_out_there(vault.read())] == [backup.folder]


def test_five_days_and_four_weeks_are_kept(vault: Vault) -> None:
    place = vault.folder.with_name("backups")
    for day in range(14):
        _back_up(vault, _AT + timedelta(days=day))
        prune(place, vault.header.vault_id)
    kept = [(backup.manifest.made_at - _AT).days for backup in list_backups(place)]
    assert kept == [13, 12, 11, 10, 9, 6]  # and the Sunday of the week before


def test_after_a_year_of_daily_backups_five_days_and_four_weeks_are_left() -> None:
    kept: set[datetime] = set()
    for day in range(365):
        kept = moments_to_keep({*kept, _AT + timedelta(days=day)})
    days = sorted(364 - (moment - _AT).days for moment in kept)
    assert days[:5] == [0, 1, 2, 3, 4]
    assert len(days) <= 8 and days[-1] <= 28


def test_pruning_leaves_other_vaults_and_strange_folders_alone(vault: Vault) -> None:
    place = vault.folder.with_name("backups")
    for day in range(3):
        _back_up(vault, _AT + timedelta(days=day))
    (place / "家族の写真").mkdir()
    (place / "家族の写真" / "manifest.json").write_bytes(b"{}")
    assert keep_newest(place, bytes(16), count=0) == []
    assert len(keep_newest(place, vault.header.vault_id, count=1)) == 2
    assert (place / "家族の写真" / "manifest.json").exists()
    assert len(list_backups(place)) == 1


@given(st.lists(st.integers(0, 400 * 24), max_size=60))
def test_what_is_kept_is_bounded_and_has_the_newest(hours: list[int]) -> None:
    moments = [_AT + timedelta(hours=hour) for hour in hours]
    kept = moments_to_keep(moments)
    assert len(kept) <= 9
    assert kept <= set(moments)
    assert not moments or max(moments) in kept


def test_a_place_that_cannot_be_written_is_said_and_the_vault_goes_on(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises((NotWritable, DiskFull)), vault.lent() as loan:
        make_backup(loan, tmp_path / "file" / "backups", at=_AT)
    add_clerk(vault, 1)
    assert last_backup_at(vault.read(), at=_AT) is None


def test_the_health_check_asks_for_a_backup_when_the_last_one_is_old(vault: Vault) -> None:
    def kinds(at: datetime) -> list[str]:
        with vault.lent() as loan:
            return [finding.kind.value for finding in examine(loan.keys, at=at)]

    assert kinds(_AT) == ["backup_old"]
    _back_up(vault)
    assert kinds(_AT + timedelta(days=7)) == []
    assert kinds(_AT + timedelta(days=8)) == ["backup_old"]


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_was_years_wrong_costs_no_backup_and_hides_no_old_one(vault: Vault, years: int) -> None:
    place = vault.folder.with_name("backups")
    for day in range(7):
        _back_up(vault, _AT + timedelta(days=day))
    wrong = _back_up(vault, _AT + timedelta(days=365 * years))
    prune(place, vault.header.vault_id, weekly=1)
    kept = {backup.folder for backup in list_backups(place)}
    assert wrong.folder in kept, "nothing else holds what was entered last"
    assert len(kept) >= 5
    today = _AT + timedelta(days=30)
    assert last_backup_at(vault.read(), at=today) == _AT + timedelta(days=6)


def test_backups_from_days_to_come_are_not_told_as_none_at_all(vault: Vault) -> None:
    def told(at: datetime) -> str:
        with vault.lent() as loan:
            (finding,) = examine(loan.keys, at=at)
        return finding.message + finding.advice

    assert "まだ一度もありません" in told(_AT)
    _back_up(vault, _AT + timedelta(days=3650))
    assert backup_ahead_at(vault.read(), at=_AT) == _AT + timedelta(days=3650)
    assert "時計より先" in told(_AT) and "日付と時刻を確かめて" in told(_AT)
    _back_up(vault, _AT - timedelta(days=30))
    assert backup_ahead_at(vault.read(), at=_AT) is None
    assert "30 日たっています" in told(_AT)


def test_the_health_check_looks_at_the_backup_folder_too(vault: Vault) -> None:
    backup = _back_up(vault)
    (backup.folder / "vault.hdr").write_bytes(b"")
    with vault.lent() as loan:
        found = examine(loan.keys, at=_AT, backup_places=[backup.folder.parent])
    assert [(finding.kind.value, finding.places) for finding in found] == [("backup_damaged", (backup.folder.name,))]


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.update(v=2),
        lambda value: value.update(kind="bundle"),
        lambda value: value.update(gen=0),
        lambda value: value["files"].update({"../x": [1, "0"]}),
        lambda value: value["files"].update({"other.db": [1, "0"]}),
        lambda value: value["checkpoint"].update(seq=99),
        lambda value: value.pop("checkpoint"),
        lambda value: value.update(made_at="yesterday"),
    ],
)
def test_an_edited_manifest_is_refused(vault: Vault, change: Callable[[dict[str, object]], None]) -> None:
    backup = _back_up(vault)
    value = canonical.decode((backup.folder / "manifest.json").read_bytes())
    assert isinstance(value, dict)
    change(value)
    (backup.folder / "manifest.json").write_bytes(canonical.encode(value))
    with pytest.raises(BackupDamaged):
        read_backup(backup.folder)
