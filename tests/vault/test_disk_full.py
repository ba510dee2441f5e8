"""T04, T05: a full disk, at every write, leaves the old state, a usable vault and nothing half made."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nakodo_desktop.errors import DiskFull, WrongPassphrase
from nakodo_desktop.vault import generations, people
from nakodo_desktop.vault.backup import make_backup
from nakodo_desktop.vault.backup_shelf import list_backups
from nakodo_desktop.vault.checks import database_findings
from nakodo_desktop.vault.rotation import rotate_keys
from nakodo_desktop.vault.upkeep import compact
from nakodo_desktop.vault.vault import Vault
from tests.source_tree import ROOT
from tests.vault.colleague import unlock_here
from tests.vault.sqlite_disk import watched_disk
from tests.vault.vault_content import add_clerk, clerk_names, clerks
from tests.vaultkit import CHEAPEST_KDF, Clock, VaultTemplate, pc_of, reopened

_AT = datetime(2026, 11, 23, tzinfo=UTC)


def _open(template: VaultTemplate, folder: Path) -> Vault:
    folder, keys = template.copy(folder)
    return Vault.open(folder, keys, now=Clock(), data_dir=pc_of(folder))


def _writes(template: VaultTemplate, tmp_path: Path, work: Callable[[Vault], object]) -> int:
    """How many writes the work takes on a disk with room."""
    with watched_disk() as disk:
        vault = _open(template, tmp_path / "counted")
        before = disk.writes
        work(vault)
        counted = disk.writes - before
        vault.close()
    return counted


def test_T04_a_full_disk_in_a_save_says_so_and_keeps_the_vault_usable(
    vault_template: VaultTemplate, tmp_path: Path
) -> None:
    total = _writes(vault_template, tmp_path, lambda vault: add_clerk(vault, 1, length=30_000))
    assert total > 4
    with watched_disk() as disk:
        vault = _open(vault_template, tmp_path / "vault")
        add_clerk(vault, 0)
        for room in range(total):
            disk.full_after = disk.writes + room
            with pytest.raises(DiskFull, match="空き容量"):
                add_clerk(vault, 1, length=30_000)
            disk.full_after = None
            assert clerks(vault.read()) == 1
        add_clerk(vault, 2)
        assert clerks(vault.read()) == 2
        vault.close()
    path = tmp_path / "vault" / "vault-000001.db"
    assert database_findings(path, unlock_here(tmp_path / "vault").database_key()) == []


def _names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def _back_up(vault: Vault, make_room: Callable[[], None] = lambda: None) -> None:
    loan = vault.lend()
    try:
        make_backup(loan, vault.folder.with_name("backups"), at=_AT)
    finally:
        make_room()
        vault.take_back()


def _rotate(vault: Vault, make_room: Callable[[], None] = lambda: None) -> None:
    loan, keys = vault.lend(), None
    try:
        keys = rotate_keys(loan, at=_AT)
    finally:
        make_room()
        vault.take_back(keys)


@pytest.mark.parametrize("work", [_back_up, _rotate], ids=["backup", "rotation"])
def test_T05_a_full_disk_in_a_copy_leaves_the_old_state_and_no_leftovers(
    vault_template: VaultTemplate, tmp_path: Path, work: Callable[..., None]
) -> None:
    stride = max(1, _writes(vault_template, tmp_path, work) // 40)
    shutil.rmtree(tmp_path / "backups", ignore_errors=True)
    refused = 0
    with watched_disk() as disk:

        def make_room() -> None:
            disk.full_after = None

        vault = _open(vault_template, tmp_path / "vault")
        add_clerk(vault, 0)
        before = _names(vault.folder) - {"vault-000001.db-wal"}
        while True:
            disk.full_after = disk.writes + refused * stride
            try:
                work(vault, make_room)
            except DiskFull:
                refused += 1
            else:
                break
            finally:
                make_room()
            assert vault.header.generation == 1
            assert _names(vault.folder) - {"vault-000001.db-wal"} == before
            assert list_backups(tmp_path / "backups") == []
            assert not [name for name in _names(tmp_path) if name.endswith(".tmp")]
            assert clerks(vault.read()) == 1
        assert (vault.header.generation > 1) != (len(list_backups(tmp_path / "backups")) == 1)
        vault.close()
    assert refused >= 20


def test_T05_a_passphrase_whose_change_could_not_be_noted_stays_the_old_one(
    vault_template: VaultTemplate, tmp_path: Path
) -> None:
    """The header has its own room here; only the database has none, and it is asked last."""
    with watched_disk() as disk:
        vault = _open(vault_template, tmp_path / "vault")
        slot = vault.slot_maker(CHEAPEST_KDF).for_person(vault.staff.id, "あたらしい 合言葉 みほん 15")
        proof = unlock_here(vault.folder)
        disk.full_after = disk.writes
        with pytest.raises(DiskFull):
            people.change_own_passphrase(vault, slot, proof=proof)
        disk.full_after = None
        assert unlock_here(vault.folder).staff_id == vault.staff.id
        with pytest.raises(WrongPassphrase):
            unlock_here(vault.folder, "あたらしい 合言葉 みほん 15")
        people.change_own_passphrase(vault, slot, proof=proof)
        vault.close()
    with reopened(tmp_path / "vault", passphrase="あたらしい 合言葉 みほん 15") as again:
        assert again.findings == ()


def test_T05_a_full_disk_while_compacting_leaves_the_old_state(vault_template: VaultTemplate, tmp_path: Path) -> None:
    def work(vault: Vault, make_room: Callable[[], None] = lambda: None) -> None:
        loan = vault.lend()
        try:
            compact(loan)
        finally:
            make_room()
            vault.take_back()

    stride = max(1, _writes(vault_template, tmp_path, work) // 20)
    refused = 0
    with watched_disk() as disk:

        def make_room() -> None:
            disk.full_after = None

        vault = _open(vault_template, tmp_path / "vault")
        for number in range(20):
            add_clerk(vault, number, length=5000)
        with vault.transaction() as transaction:
            transaction.db.execute("DELETE FROM staff WHERE name LIKE '%1%' AND name LIKE '架空 事務%'")
        left = clerks(vault.read())
        while True:
            disk.full_after = disk.writes + refused * stride
            try:
                work(vault, make_room)
            except DiskFull:
                refused += 1
                assert clerks(vault.read()) == left
            else:
                break
            finally:
                make_room()
        assert clerks(vault.read()) == left
        vault.close()
    assert refused >= 10
    path = tmp_path / "vault" / "vault-000001.db"
    assert database_findings(path, unlock_here(tmp_path / "vault").database_key()) == []


def test_compacting_gives_back_what_erasing_left_empty(vault: Vault) -> None:
    for number in range(30):
        add_clerk(vault, number, length=20_000)
    with vault.transaction() as transaction:
        transaction.db.execute("DELETE FROM staff WHERE name LIKE '架空 事務%'")
    path = vault.folder / vault.header.database_name
    vault.read().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    before = path.stat().st_size
    with vault.lent() as loan:
        saved = compact(loan)
    assert saved > 1_000_000
    assert path.stat().st_size == before - saved


def test_T05_rotation_does_not_begin_without_room_for_two_copies(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(vault.folder)
    monkeypatch.setattr(generations.shutil, "disk_usage", lambda _path: usage._replace(free=100_000))
    loan = vault.lend()
    with pytest.raises(DiskFull, match="空き"):
        rotate_keys(loan, at=_AT)
    vault.take_back()
    assert _names(vault.folder) >= {"vault-000001.db"}
    assert not [name for name in _names(vault.folder) if "000002" in name]


_HEADER_ON_A_FULL_DISK = """
import json, resource, sys
from pathlib import Path
from nakodo_desktop.errors import DiskFull, NotWritable
from nakodo_desktop.vault import people
from tests.vault.colleague import COLLEAGUE, COLLEAGUE_PASSPHRASE
from tests.vaultkit import CHEAPEST_KDF, reopen

vault = reopen(Path(sys.argv[1]))
slot = vault.slot_maker(CHEAPEST_KDF).for_person(COLLEAGUE.id, COLLEAGUE_PASSPHRASE)
refused = 0
for room in (0, 1, 100, 700, 1500):
    # Bytes any file may have: the header is the only one that is written anew, and larger than this.
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    vault.read().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    header = vault.header
    people.files_limit = None
    from nakodo_desktop.vault import files
    real = files._write_synced
    def limited(path, data, room=room):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, unlimited[1]))
        try:
            real(path, data)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    files._write_synced = limited
    try:
        people.add_person(vault, COLLEAGUE, slot=slot)
    except DiskFull:
        refused += 1
    files._write_synced = real
    assert vault.header == header
names = sorted(path.name for path in vault.folder.iterdir())
people.add_person(vault, COLLEAGUE, slot=slot)
vault.close()
print(json.dumps({"refused": refused, "names": names}))
"""


def test_T05_a_header_that_does_not_fit_on_the_disk_leaves_the_old_one(vault_folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _HEADER_ON_A_FULL_DISK, str(vault_folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["refused"] == 5
    assert not [name for name in told["names"] if name.endswith(".tmp")]
    with reopened(vault_folder) as vault:
        assert len(vault.header.slots) == 3
        assert clerk_names(vault.read()) == set()
