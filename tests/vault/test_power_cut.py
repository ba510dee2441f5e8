"""Acknowledged means on the disk: replayed power cuts, and the proof that this test would notice a weaker setting."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from nakodo_desktop.vault import connection
from nakodo_desktop.vault.audit_reading import verify_chain
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.secret_keys import AUDIT, secret_key
from nakodo_desktop.vault.unlock import OpenedKeys
from nakodo_desktop.vault.vault import Vault
from tests.vault.sqlite_disk import Disk, after_power_cut, watched_disk
from tests.vault.vault_content import add_clerk, clerks
from tests.vaultkit import Clock, VaultTemplate

_COMMITS = 60
_IMAGES = 250


def _record(folder: Path, keys: OpenedKeys, pc: Path) -> tuple[dict[str, bytes], Disk]:
    """Sixty audited commits on a watched disk, the log folded back into the database now and then."""
    before = {path.name: path.read_bytes() for path in folder.glob("vault-*.db*")}
    with watched_disk(keep_data=True) as disk:
        vault = Vault.open(folder, keys, now=Clock(), data_dir=pc)
        for number in range(_COMMITS):
            add_clerk(vault, number)
            disk.note("acknowledged", number=number + 1)
            if number % 17 == 16:
                vault.read().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        vault.close()
    return before, disk


def _lost_rows(before: dict[str, bytes], disk: Disk, target: Path, *, keys: OpenedKeys, dice: random.Random) -> int:
    """Cut the power once; how many acknowledged rows are missing afterwards."""
    cut = dice.randrange(1, len(disk.events))
    acknowledged = max((event.offset for event in disk.events[:cut] if event.what == "acknowledged"), default=0)
    for path in target.glob("vault-*.db*"):
        path.unlink()
    for name, content in after_power_cut(before, disk.events[:cut], dice=dice).items():
        (target / name).write_bytes(content)
    vault = Vault.open(target, keys, now=Clock(), data_dir=target.with_name("pc"))
    try:
        db = vault.read()
        assert [row[0] for row in db.execute("PRAGMA integrity_check")] == ["ok"]
        assert verify_chain(db, secret_key(db, AUDIT)).broken_at is None
        return max(0, acknowledged - clerks(db))
    finally:
        vault.close()


def _replay(template: VaultTemplate, fast_folder: Path, *, images: int) -> list[int]:
    folder, keys = template.copy(fast_folder / "recorded")
    before, disk = _record(folder, keys, fast_folder / "recorded-pc")
    target, keys = template.copy(fast_folder / "replayed")
    keys = OpenedKeys(read_header(target), keys.slot_id, keys.master_key)
    dice = random.Random(20261123)
    return [_lost_rows(before, disk, target, keys=keys, dice=dice) for _ in range(images)]


def test_T02_no_acknowledged_row_is_lost_when_the_power_goes(vault_template: VaultTemplate, fast_folder: Path) -> None:
    assert _replay(vault_template, fast_folder, images=_IMAGES) == [0] * _IMAGES


def test_T03_the_replay_notices_a_weaker_synchronous_setting(
    vault_template: VaultTemplate, fast_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weaker = tuple(
        ("synchronous", "NORMAL", "1") if name == "synchronous" else (name, value, wanted)
        for name, value, wanted in connection._SETTINGS
    )
    monkeypatch.setattr(connection, "_SETTINGS", weaker)
    lost = _replay(vault_template, fast_folder, images=60)
    assert sum(1 for rows in lost if rows) > 5
