"""A second person in the office, and short ways to unlock, for the tests of keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nakodo_desktop.domain.staff import Role, Staff, StaffId
from nakodo_desktop.vault import people
from nakodo_desktop.vault.codes import parse_code
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.slots import Slot
from nakodo_desktop.vault.unlock import OpenedKeys, unlock
from nakodo_desktop.vault.vault import Vault
from tests.vaultkit import CHEAPEST_KDF, TEST_OFFICE_KEY, TEST_PASSPHRASE, TEST_RECOVERY_CODE

COLLEAGUE = Staff(StaffId("c" * 32), "架空 同僚", Role.MATCHMAKER)
COLLEAGUE_PASSPHRASE = "どうりょう 合言葉 みほん 16"


def add_colleague(vault: Vault) -> Slot:
    slot = vault.slot_maker(CHEAPEST_KDF).for_person(COLLEAGUE.id, COLLEAGUE_PASSPHRASE)
    people.add_person(vault, COLLEAGUE, slot=slot)
    return slot


def unlock_here(folder: Path, passphrase: str = TEST_PASSPHRASE, **more: Any) -> OpenedKeys:
    return unlock(read_header(folder), passphrase, **{"office_key": TEST_OFFICE_KEY, **more})


def paper_code() -> bytes:
    code = parse_code(TEST_RECOVERY_CODE)
    assert isinstance(code, bytes)
    return code
