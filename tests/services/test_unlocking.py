"""From an empty folder to an office, and back in."""

from __future__ import annotations

from pathlib import Path

import pytest

from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import FolderNotEmpty, NotAVault, WrongPassphrase
from nakodo_desktop.services.offices import Offices
from nakodo_desktop.services.unlocking import (
    create_job,
    finish_set_up,
    holds_a_vault,
    load_ahead,
    open_vault,
    unlock_job,
)
from nakodo_desktop.vault.header_files import FILE_NAMES
from tests import factory
from tests.vaultkit import CHEAPEST_KDF, TEST_PASSPHRASE, TEST_RECOVERY_CODE, Clock


def test_a_new_office_is_made_closed_and_entered_again(tmp_path: Path) -> None:
    folder, clock = tmp_path / "new", Clock()
    assert not holds_a_vault(folder)
    work = create_job(
        folder, passphrase=TEST_PASSPHRASE, head_name="見本 所長", kdf=CHEAPEST_KDF, recovery_code=TEST_RECOVERY_CODE
    )
    assert not holds_a_vault(folder), "a job does nothing before it runs"
    vault = open_vault(work(), now=clock)
    finish_set_up(vault, factory.office())
    vault.close()
    assert holds_a_vault(folder)
    load_ahead()
    with pytest.raises(WrongPassphrase, match="違います"):
        unlock_job(folder, "おためし 違う言葉")()
    for secret, role in ((TEST_PASSPHRASE, Role.HEAD), (TEST_RECOVERY_CODE.lower(), Role.CLERK)):
        again = open_vault(unlock_job(folder, secret)(), now=clock)
        assert Offices(again).load() == factory.office()
        assert again.staff.role is role
        again.close()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("会員メモ", encoding="utf-8")
    with pytest.raises(FolderNotEmpty):
        create_job(tmp_path, passphrase=TEST_PASSPHRASE, head_name="見本 所長", kdf=CHEAPEST_KDF)()
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_folder_without_a_vault_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(NotAVault):
        unlock_job(tmp_path, TEST_PASSPHRASE)()


def test_a_half_written_header_is_still_a_vault_of_ours(vault_folder: Path) -> None:
    first, second = (vault_folder / name for name in FILE_NAMES)
    first.write_bytes(first.read_bytes()[:40])
    second.unlink()
    assert holds_a_vault(vault_folder)
