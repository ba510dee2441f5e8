"""Getting in with two secrets: the office key on this PC, the code on paper, wrong tries, and what is renewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from nakodo_desktop.errors import OfficeKeyNeeded, WrongPassphrase
from nakodo_desktop.services.people import People
from nakodo_desktop.services.unlocking import (
    Opened,
    create_job,
    delay_seconds,
    office_key_trouble,
    open_vault,
    unlock_job,
)
from nakodo_desktop.vault import people
from nakodo_desktop.vault.audit_reading import AuditFilter, find_entries
from nakodo_desktop.vault.codes import show_code
from nakodo_desktop.vault.this_pc import office_keys
from tests.vaultkit import (
    CHEAPEST_KDF,
    TEST_OFFICE_KEY,
    TEST_PASSPHRASE,
    TEST_RECOVERY_CODE,
    Clock,
    VaultTemplate,
    pc_of,
)

OFFICE_KEY = show_code(TEST_OFFICE_KEY)


@pytest.fixture
def elsewhere(vault_folder: Path, tmp_path: Path) -> Path:
    """A PC that has never seen this vault."""
    return tmp_path / "new-pc"


def test_a_new_office_keeps_its_key_on_this_pc_and_opens_without_asking(tmp_path: Path) -> None:
    folder, pc = tmp_path / "vault", tmp_path / "pc"
    made = create_job(
        folder, passphrase=TEST_PASSPHRASE, head_name="見本 所長", office_key=OFFICE_KEY, kdf=CHEAPEST_KDF
    )()
    open_vault(made, now=Clock(), data_dir=pc).close()
    again = unlock_job(folder, TEST_PASSPHRASE, data_dir=pc)()
    assert again.keys.slot.office_key_id, "the passphrase alone would be guessed at from a stolen folder"
    assert pc.resolve() not in folder.resolve().parents and folder not in pc.parents


def test_another_pc_asks_once_for_the_printed_key_T54(vault_folder: Path, elsewhere: Path) -> None:
    with pytest.raises(OfficeKeyNeeded):
        unlock_job(vault_folder, TEST_PASSPHRASE, data_dir=elsewhere)()
    opened = unlock_job(vault_folder, TEST_PASSPHRASE, office_key=OFFICE_KEY.lower(), data_dir=elsewhere)()
    open_vault(opened, now=Clock(), data_dir=elsewhere).close()
    assert unlock_job(vault_folder, TEST_PASSPHRASE, data_dir=elsewhere)().keys.slot_id == opened.keys.slot_id


def test_a_wrong_key_is_not_kept(vault_folder: Path, vault_template: VaultTemplate, elsewhere: Path) -> None:
    with pytest.raises(OfficeKeyNeeded):
        unlock_job(vault_folder, TEST_PASSPHRASE, office_key=show_code(bytes(16)), data_dir=elsewhere)()
    assert not elsewhere.exists()


def test_paper_opens_without_the_key_and_brings_it_along(vault_folder: Path, elsewhere: Path) -> None:
    opened = unlock_job(vault_folder, TEST_RECOVERY_CODE, data_dir=elsewhere)()
    vault = open_vault(opened, now=Clock(), data_dir=elsewhere)
    vault.close()
    assert office_keys(elsewhere, vault.vault_id) == (TEST_OFFICE_KEY,)
    assert opened.passphrase is None, "paper is not a passphrase to renew anything with"


def test_a_misread_key_is_told_before_anything_slow() -> None:
    assert office_key_trouble(OFFICE_KEY) is None
    trouble = office_key_trouble("B" + OFFICE_KEY[1:])
    assert trouble is not None and "入力ミス" in trouble.message


def test_wrong_passphrases_wait_longer_and_are_told_to_whoever_gets_in(vault_folder: Path) -> None:
    clock, pc = Clock(), pc_of(vault_folder)
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            unlock_job(vault_folder, "ちがう 合言葉 です", office_key=OFFICE_KEY, data_dir=pc, now=clock)()
    assert [delay_seconds(count) for count in range(9)] == [0, 0, 1, 2, 5, 10, 30, 60, 60]
    vault = open_vault(
        unlock_job(vault_folder, TEST_PASSPHRASE, office_key=OFFICE_KEY, data_dir=pc)(), now=clock, data_dir=pc
    )
    assert len(vault.failed_attempts) == 3
    assert len(find_entries(vault.read(), AuditFilter(act="vault.unlock_failed"))) == 3
    vault.close()
    again = open_vault(unlock_job(vault_folder, TEST_PASSPHRASE, data_dir=pc)(), now=clock, data_dir=pc)
    assert again.failed_attempts == ()
    again.close()


def test_a_way_in_follows_a_changed_office_key_at_its_next_unlock(vault_folder: Path) -> None:
    pc, clock, new_key = pc_of(vault_folder), Clock(), bytes(range(16, 32))
    vault = open_vault(_unlocked(vault_folder, pc), now=clock, data_dir=pc)
    people.set_office_key(vault, new_key)
    vault.close()
    opened = _unlocked(vault_folder, pc)
    vault = open_vault(opened, now=clock, data_dir=pc)
    assert office_keys(pc, vault.vault_id) == (new_key, TEST_OFFICE_KEY)
    service = People(vault, now=clock, kdf=CHEAPEST_KDF)
    renewal = service.renewal(opened.passphrase)
    assert renewal is not None
    service.renew(renewal())
    renewed = vault.slot.office_key_id
    vault.close()
    assert renewed != opened.keys.slot.office_key_id
    assert _unlocked(vault_folder, pc).keys.slot.office_key_id == renewed


def test_what_is_as_it_should_be_is_not_renewed(vault_folder: Path) -> None:
    pc, clock = pc_of(vault_folder), Clock()
    vault = open_vault(unlock_job(vault_folder, TEST_RECOVERY_CODE, data_dir=pc)(), now=clock, data_dir=pc)
    assert People(vault, now=clock).renewal(TEST_PASSPHRASE) is None
    vault.close()


def _unlocked(folder: Path, pc: Path) -> Opened:
    return unlock_job(folder, TEST_PASSPHRASE, office_key=OFFICE_KEY, data_dir=pc)()
