"""Restoring: the present is kept, people keep their passphrases, the erased stay erased, and nobody comes back in."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import NotAVault, NotPermitted, VaultDamaged, WrongPassphrase
from nakodo_desktop.vault import creation, files, people
from nakodo_desktop.vault.audit import Author
from nakodo_desktop.vault.backup import Backup, make_backup
from nakodo_desktop.vault.backup_shelf import list_backups, media_out_there
from nakodo_desktop.vault.codes import show_code
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.loan import Loan
from nakodo_desktop.vault.opening import RECOVERY_STAFF
from nakodo_desktop.vault.rehearsal import look_into
from nakodo_desktop.vault.restore import BEFORE_RESTORE, restore_into, restore_over
from nakodo_desktop.vault.rotation import remove_person, rotate_keys
from nakodo_desktop.vault.schema import migrations, schema_version
from nakodo_desktop.vault.secret_keys import secret_key
from nakodo_desktop.vault.staff import find_staff
from nakodo_desktop.vault.unlock import OpenedKeys, unlock_with_recovery_code
from nakodo_desktop.vault.vault import Vault
from tests.vault.colleague import COLLEAGUE, COLLEAGUE_PASSPHRASE, add_colleague, paper_code, unlock_here
from tests.vaultkit import CHEAPEST_KDF, TEST_PASSPHRASE, Clock, make_template, pc_of, reopened

_AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def _back_up(vault: Vault) -> Backup:
    with vault.lent() as loan:
        return make_backup(loan, vault.folder.with_name("backups"), at=_AT)


def _put(vault: Vault, number: int) -> None:
    """Some content that is no person: people are carried over a restore."""
    with vault.transaction() as transaction:
        secret_key(transaction.db, f"association:{number}")
        transaction.audit("association.add", subject=str(number))


def _numbers(db: Connection) -> list[int]:
    rows = db.execute("SELECT name FROM secret WHERE name LIKE 'association:%' ORDER BY name").fetchall()
    return [int(row["name"].partition(":")[2]) for row in rows]


def _over(folder: Path, backup: Backup, keys: OpenedKeys, *, present: OpenedKeys | None = None) -> OpenedKeys:
    return restore_over(folder, backup, keys, present=present, data_dir=pc_of(folder), now=Clock())


def test_the_content_goes_back_and_the_present_is_kept_as_a_backup(vault: Vault) -> None:
    _put(vault, 1)
    backup = _back_up(vault)
    _put(vault, 2)
    lost = vault.checkpoint().checkpoint.seq
    vault.take_back(
        restore_into(vault.lend(), backup, unlock_here(backup.folder), at=_AT, data_dir=pc_of(vault.folder))
    )
    assert _numbers(vault.read()) == [1]
    row = vault.read().execute("SELECT detail FROM audit WHERE act = 'vault.restored'").fetchone()
    assert row is not None and f'"lost_seq":{lost}' in row["detail"]
    [kept] = list_backups(vault.folder / BEFORE_RESTORE)
    vault.take_back(restore_into(vault.lend(), kept, unlock_here(kept.folder), at=_AT, data_dir=pc_of(vault.folder)))
    assert _numbers(vault.read()) == [1, 2]
    folder = vault.folder
    vault.close()
    with reopened(folder) as again:
        assert again.findings == ()


def test_restoring_keeps_todays_people_and_passphrases(vault: Vault) -> None:
    backup = _back_up(vault)
    backup_keys = unlock_here(backup.folder)
    add_colleague(vault)
    slot = vault.slot_maker(CHEAPEST_KDF).for_person(vault.staff.id, "あたらしい 合言葉 みほん 15")
    people.change_own_passphrase(vault, slot, proof=unlock_here(vault.folder))
    vault.take_back(restore_into(vault.lend(), backup, backup_keys, at=_AT, data_dir=pc_of(vault.folder)))
    folder = vault.folder
    assert [path for path, _ in media_out_there(vault.read())].count(backup.folder) == 1
    vault.close()
    with pytest.raises(WrongPassphrase):
        unlock_here(folder, TEST_PASSPHRASE)
    with reopened(folder, passphrase="あたらしい 合言葉 みほん 15") as again:
        assert again.staff.role is Role.HEAD
    with reopened(folder, passphrase=COLLEAGUE_PASSPHRASE) as again:
        assert again.staff == COLLEAGUE


def test_somebody_removed_since_does_not_come_back_with_the_backup(vault: Vault) -> None:
    add_colleague(vault)
    backup = _back_up(vault)
    vault.take_back(remove_person(vault.lend(), COLLEAGUE.id, at=_AT))
    vault.take_back(
        restore_into(vault.lend(), backup, unlock_here(backup.folder), at=_AT, data_dir=pc_of(vault.folder))
    )
    record = find_staff(vault.read(), COLLEAGUE.id)
    assert record is not None and record.removed_at == _AT and not record.is_active
    with pytest.raises(WrongPassphrase):
        unlock_here(vault.folder, COLLEAGUE_PASSPHRASE)


def test_another_offices_backup_is_refused(vault: Vault, tmp_path: Path) -> None:
    other = make_template(tmp_path / "other")
    other_vault = Vault.open(other.folder, other.keys, now=Clock(), data_dir=tmp_path / "other-pc")
    backup = _back_up(other_vault)
    other_vault.close()
    before = vault.header
    loan = vault.lend()
    with pytest.raises(NotAVault, match="別の事務所"):
        restore_into(loan, backup, unlock_here(backup.folder), at=_AT, data_dir=pc_of(vault.folder))
    vault.take_back()
    assert vault.header == before
    assert not (vault.folder / BEFORE_RESTORE).exists()


def test_a_new_pc_starts_from_a_backup_alone(vault: Vault, tmp_path: Path) -> None:
    add_colleague(vault)
    _put(vault, 1)
    backup = _back_up(vault)
    folder = tmp_path / "new-pc" / "vault"
    _over(folder, backup, unlock_here(backup.folder))
    with reopened(folder, passphrase=COLLEAGUE_PASSPHRASE) as restored:
        assert _numbers(restored.read()) == [1]
        assert restored.findings == ()
        assert restored.header.generation == 2


@pytest.mark.parametrize("schema", [7, 10])
def test_a_backup_of_an_earlier_release_is_looked_into_and_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schema: int
) -> None:
    with monkeypatch.context() as then:
        then.setattr(creation, "migrations", lambda: migrations()[:schema])
        old = make_template(tmp_path / "vault")
    backup = make_backup(Loan(old.keys, Author("", "test")), tmp_path / "backups", at=_AT)
    keys = unlock_here(backup.folder)
    assert look_into(backup, keys, scratch=tmp_path / "scratch").findings == ()
    folder = tmp_path / "new-pc" / "vault"
    with closing(Vault.open(folder, _over(folder, backup, keys), now=Clock(), data_dir=pc_of(folder))) as restored:
        assert schema_version(restored.read()) == len(migrations())
        assert restored.findings == ()


def test_a_write_protected_stick_with_a_long_japanese_path_is_enough(vault: Vault, tmp_path: Path) -> None:
    _put(vault, 1)
    place = tmp_path / "見本結婚相談所 の バックアップ（外付け）" / ("ながいフォルダー名" * 8) / "２０２６年"
    with vault.lent() as loan:
        backup = make_backup(loan, place, at=_AT)
    before = {path.name: path.read_bytes() for path in backup.folder.iterdir()}
    for path in (*backup.folder.iterdir(), backup.folder, place):
        path.chmod(0o500 if path.is_dir() else 0o400)
    folder = tmp_path / "新しい パソコン" / "データ"
    try:
        assert look_into(backup, unlock_here(backup.folder), scratch=folder.parent / "下見").findings == ()
        _over(folder, backup, unlock_here(backup.folder))
        assert {path.name: path.read_bytes() for path in backup.folder.iterdir()} == before
    finally:
        for path in (place, backup.folder):
            path.chmod(0o700)
    with reopened(folder) as restored:
        assert _numbers(restored.read()) == [1]


def test_the_paper_code_alone_brings_the_office_back(vault: Vault, tmp_path: Path) -> None:
    backup = _back_up(vault)
    keys = unlock_with_recovery_code(read_header(backup.folder), paper_code())
    assert show_code(paper_code()).startswith("AAAQ")
    folder = tmp_path / "vault-from-paper"
    opened = Vault.open(folder, _over(folder, backup, keys), data_dir=pc_of(folder))
    try:
        assert opened.staff == RECOVERY_STAFF, "who gives the passphrases out again"
    finally:
        opened.close()


def test_only_a_head_restores(vault: Vault, tmp_path: Path) -> None:
    add_colleague(vault)
    backup = _back_up(vault)
    with pytest.raises(NotPermitted):
        _over(tmp_path / "elsewhere", backup, unlock_here(backup.folder, COLLEAGUE_PASSPHRASE))
    assert not list((tmp_path / "elsewhere").glob("*.db"))


def test_a_damaged_database_is_set_aside_and_never_deleted(vault: Vault) -> None:
    _put(vault, 1)
    backup = _back_up(vault)
    folder = vault.folder
    vault.close()
    present = unlock_here(folder)
    path = folder / "vault-000001.db"
    path.write_bytes(path.read_bytes()[:20_000])
    damaged = path.read_bytes()
    with pytest.raises(VaultDamaged), reopened(folder):
        pass
    _over(folder, backup, unlock_here(backup.folder), present=present)
    with reopened(folder) as restored:
        assert _numbers(restored.read()) == [1]
    [aside] = folder.glob("set-aside-*")
    assert (aside / "vault-000001.db").read_bytes() == damaged
    assert {"vault.hdr", "vault.hdr.2"} <= {kept.name for kept in aside.iterdir()}


def _broken(vault: Vault) -> tuple[Path, Backup, bytes]:
    """An office whose database was cut, a backup of it, and what is left of the database."""
    backup = _back_up(vault)
    vault.close()
    path = vault.folder / "vault-000001.db"
    path.write_bytes(path.read_bytes()[:20_000])
    return vault.folder, backup, path.read_bytes()


def test_a_damaged_database_that_is_held_open_goes_aside_when_it_can(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a virus scanner may have it open; and the link a disk may know is not needed (FAT)."""
    folder, backup, damaged = _broken(vault)
    moved = files.replace

    def refuse(source: Path, target: Path) -> None:
        if source.name == "vault-000001.db":
            raise PermissionError(13, "held open")
        moved(source, target)

    monkeypatch.setattr(files, "replace", refuse)
    _over(folder, backup, unlock_here(backup.folder), present=unlock_here(folder))
    for _ in range(2):
        with reopened(folder):
            assert (folder / "vault-000001.db").read_bytes() == damaged, "not cleared away"
    monkeypatch.undo()
    with reopened(folder):
        assert not (folder / "vault-000001.db").exists()
    [aside] = folder.glob("set-aside-*")
    assert (aside / "vault-000001.db").read_bytes() == damaged


def test_what_an_older_key_opens_goes_with_a_rotation_though_something_was_set_aside_before(vault: Vault) -> None:
    folder, backup, damaged = _broken(vault)
    _over(folder, backup, unlock_here(backup.folder), present=unlock_here(folder))
    with reopened(folder) as restored:
        left = restored.folder / restored.header.database_name
        before = left.read_bytes()
        restored.take_back(rotate_keys(restored.lend(), at=_AT))
    left.write_bytes(before)  # the program ended before it went
    with reopened(folder):
        assert not left.exists()
    assert [path.read_bytes() for path in folder.glob("set-aside-*/*.db")] == [damaged]


def test_what_a_restore_began_and_never_switched_to_is_cleared_away(vault: Vault) -> None:
    folder = vault.folder
    vault.close()
    begun, filled = folder / "set-aside-000002", folder / "set-aside-000003"
    for home in (begun, filled):
        home.mkdir()
        shutil.copy(folder / "vault.hdr", home)
    (filled / "vault-000002.db").write_bytes(b"somebody put an older office over a newer one")
    with reopened(folder):
        assert [path.name for path in folder.glob("set-aside-*")] == [filled.name]


def test_with_the_present_header_nobody_removed_comes_back_over_a_damaged_vault(vault: Vault) -> None:
    add_colleague(vault)
    backup = _back_up(vault)
    vault.take_back(remove_person(vault.lend(), COLLEAGUE.id, at=_AT))
    folder, database = vault.folder, vault.folder / vault.header.database_name
    vault.close()
    database.write_bytes(b"")
    _over(folder, backup, unlock_here(backup.folder), present=unlock_here(folder))
    with pytest.raises(WrongPassphrase):
        unlock_here(folder, COLLEAGUE_PASSPHRASE)
    with reopened(folder) as restored:
        assert restored.header.generation == 3


def test_a_lost_header_is_replaced_by_the_one_in_the_backup(vault: Vault) -> None:
    _put(vault, 1)
    backup = _back_up(vault)
    folder = vault.folder
    vault.close()
    for name in ("vault.hdr", "vault.hdr.2"):
        (folder / name).unlink()
    _over(folder, backup, unlock_here(backup.folder))
    with reopened(folder) as restored:
        assert _numbers(restored.read()) == [1]
    [aside] = folder.glob("set-aside-*")
    assert [path.name for path in aside.iterdir()] == ["vault-000001.db"]


def test_the_backup_is_only_read(vault: Vault, tmp_path: Path) -> None:
    backup = _back_up(vault)
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in backup.folder.iterdir()}
    shutil.rmtree(tmp_path / "x", ignore_errors=True)
    _over(tmp_path / "x", backup, unlock_here(backup.folder))
    vault.take_back(
        restore_into(vault.lend(), backup, unlock_here(backup.folder), at=_AT, data_dir=pc_of(vault.folder))
    )
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in backup.folder.iterdir()} == before
