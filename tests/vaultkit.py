"""A real vault for every test: made once with the cheapest allowed key derivation, copied as files for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nakodo_desktop.vault.beginnings import new_beginning
from nakodo_desktop.vault.creation import create_vault
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.kdf import KdfParameters
from nakodo_desktop.vault.unlock import OpenedKeys, unlock
from nakodo_desktop.vault.vault import Vault

CHEAPEST_KDF = KdfParameters(memory_kib=64 * 1024, iterations=2, lanes=1)
TEST_PASSPHRASE = "おためし 合言葉 みほん 14"
TEST_OFFICE_KEY = bytes(range(16))
TEST_RECOVERY_CODE = "AAAQ-EAYE-AUDA-OCAJ-BIFQ-YDIO-B4PD"
TEST_HEAD_NAME = "見本 所長"


class Clock:
    """A clock that moves one second at each look, so that nothing in a test happens at the same moment."""

    def __init__(self, start: datetime = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)) -> None:
        self.at = start

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@dataclass(frozen=True)
class VaultTemplate:
    """A closed vault that nobody writes to; `copy` gives a test its own, with keys that need no derivation."""

    folder: Path
    keys: OpenedKeys

    def copy(self, target: Path) -> tuple[Path, OpenedKeys]:
        shutil.copytree(self.folder, target)
        return target, OpenedKeys(read_header(target), self.keys.slot_id, self.keys.master_key)


def make_template(folder: Path) -> VaultTemplate:
    keys = create_vault(
        folder,
        passphrase=TEST_PASSPHRASE,
        head_name=TEST_HEAD_NAME,
        recovery_code=TEST_RECOVERY_CODE,
        office_key=TEST_OFFICE_KEY,
        kdf=CHEAPEST_KDF,
        beginning=new_beginning(at=Clock()(), with_sheet=True),
    )
    return VaultTemplate(folder, keys)


def reopen(folder: Path, *, passphrase: str = TEST_PASSPHRASE, now: Callable[[], datetime] | None = None) -> Vault:
    """Through the front door, key derivation and all."""
    keys = unlock(read_header(folder), passphrase, office_key=TEST_OFFICE_KEY)
    return Vault.open(folder, keys, now=now or Clock(), data_dir=pc_of(folder))


@contextmanager
def reopened(folder: Path, *, passphrase: str = TEST_PASSPHRASE) -> Iterator[Vault]:
    vault = reopen(folder, passphrase=passphrase)
    try:
        yield vault
    finally:
        if vault.is_open:
            vault.close()


def pc_of(folder: Path) -> Path:
    """What "this PC" remembers in a test: beside the vault, since all copies of the template are one vault to it."""
    return folder.with_name(folder.name + "-pc")
