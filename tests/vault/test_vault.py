from __future__ import annotations

from pathlib import Path

import pytest

from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import OfficeKeyNeeded, VaultInUse, WrongPassphrase
from nakodo_desktop.vault import audit
from nakodo_desktop.vault.codes import parse_code
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.unlock import unlock, unlock_with_recovery_code
from nakodo_desktop.vault.vault import Vault
from tests.vaultkit import TEST_HEAD_NAME, TEST_OFFICE_KEY, TEST_PASSPHRASE, pc_of, reopen

_INSERT = "INSERT INTO staff (id, name, role, is_active, created_at) VALUES (:id, '架空 花子', 'clerk', 0, '2026')"


def test_the_head_is_who_opened(vault: Vault) -> None:
    assert (vault.staff.name, vault.staff.role) == (TEST_HEAD_NAME, Role.HEAD)


def test_a_transaction_is_kept_with_its_audit_entry(vault: Vault) -> None:
    with vault.transaction() as transaction:
        transaction.db.execute(_INSERT, {"id": "a" * 32})
        transaction.audit("staff.add", subject="a" * 32, detail={"role": "clerk"})
    folder = vault.folder
    vault.close()
    again = reopen(folder)
    row = again.read().execute("SELECT name FROM staff WHERE id = :id", {"id": "a" * 32}).fetchone()
    entry = again.read().execute("SELECT actor, detail FROM audit WHERE act = 'staff.add'").fetchone()
    again.close()
    assert row is not None and row["name"] == "架空 花子"
    assert entry is not None and tuple(entry) == (vault.staff.id, '{"role":"clerk"}')


def test_a_failed_transaction_takes_its_audit_entry_along(vault: Vault) -> None:
    before = audit.head(vault.read())
    with pytest.raises(ZeroDivisionError), vault.transaction() as transaction:
        transaction.db.execute(_INSERT, {"id": "a" * 32})
        transaction.audit("staff.add", subject="a" * 32)
        1 / 0  # noqa: B018
    assert audit.head(vault.read()) == before
    assert vault.read().execute("SELECT 1 FROM staff WHERE id = :id", {"id": "a" * 32}).fetchone() is None


def test_names_do_not_enter_the_audit(vault: Vault) -> None:
    with pytest.raises(ValueError, match="ids and catalogue keys"), vault.transaction() as transaction:
        transaction.audit("member.view", detail={"name": "見本 太郎"})


def test_T09_a_second_opener_is_refused_and_told_who_is_there(vault: Vault) -> None:
    keys = unlock(read_header(vault.folder), TEST_PASSPHRASE, office_key=TEST_OFFICE_KEY)
    with pytest.raises(VaultInUse, match="番号"):
        Vault.open(vault.folder, keys)


def test_T50_a_wrong_passphrase_opens_nothing(vault_folder: Path) -> None:
    with pytest.raises(WrongPassphrase):
        unlock(read_header(vault_folder), TEST_PASSPHRASE + "x", office_key=TEST_OFFICE_KEY)


def test_T54_without_the_office_key_it_is_asked_for(vault_folder: Path) -> None:
    with pytest.raises(OfficeKeyNeeded):
        unlock(read_header(vault_folder), TEST_PASSPHRASE)


def test_T54_the_recovery_code_opens_without_the_office_key(vault_folder: Path) -> None:
    code = parse_code("aaaqeaye auda0caj bifqydiob4pd")
    assert isinstance(code, bytes)
    vault = Vault.open(
        vault_folder, unlock_with_recovery_code(read_header(vault_folder), code), data_dir=pc_of(vault_folder)
    )
    assert vault.staff.role is Role.CLERK
    vault.close()
