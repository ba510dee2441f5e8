"""Adding, changing, disabling and removing people: what their passphrases open afterwards."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from nakodo_desktop.domain.staff import Role, Staff, StaffId
from nakodo_desktop.errors import (
    UserError,
    VaultDamaged,
    WrongPassphrase,
)
from nakodo_desktop.vault import people
from nakodo_desktop.vault.codes import new_code
from nakodo_desktop.vault.connection import open_vault_connection
from nakodo_desktop.vault.header import FILE_NAMES, read_header
from nakodo_desktop.vault.keys import database_key
from nakodo_desktop.vault.opening import RECOVERY_STAFF
from nakodo_desktop.vault.rotation import remove_person, replace_recovery_sheet, rotate_keys
from nakodo_desktop.vault.staff import list_staff
from nakodo_desktop.vault.unlock import unlock_with_recovery_code
from nakodo_desktop.vault.vault import Vault
from tests.vault.colleague import COLLEAGUE, COLLEAGUE_PASSPHRASE, add_colleague, paper_code, unlock_here
from tests.vaultkit import (
    CHEAPEST_KDF,
    Clock,
    pc_of,
    reopen,
    reopened,
)


def test_T52_a_removed_person_opens_only_what_they_copied_before(vault: Vault, tmp_path: Path) -> None:
    add_colleague(vault)
    folder = vault.folder
    vault.close()
    shutil.copytree(folder, tmp_path / "stolen")
    vault = reopen(folder)
    vault.take_back(remove_person(vault.lend(), COLLEAGUE.id, at=Clock()()))
    vault.close()
    with pytest.raises(WrongPassphrase):
        unlock_here(folder, COLLEAGUE_PASSPHRASE)
    # The old header put back beside the new database:
    for name in FILE_NAMES:
        shutil.copyfile(tmp_path / "stolen" / name, folder / name)
    keys = unlock_here(folder, COLLEAGUE_PASSPHRASE)
    with pytest.raises(VaultDamaged):
        Vault.open(folder, keys, data_dir=pc_of(folder))
    # Documented: a whole copy made before still opens for them.
    stolen = Vault.open(tmp_path / "stolen", unlock_here(tmp_path / "stolen", COLLEAGUE_PASSPHRASE), data_dir=tmp_path)
    assert stolen.staff == COLLEAGUE
    stolen.close()


def test_T53_rotation_keeps_everybody_who_stays(vault: Vault) -> None:
    add_colleague(vault)
    leaver = Staff(StaffId("d" * 32), "架空 退職", Role.CLERK)
    people.add_person(vault, leaver, slot=vault.slot_maker(CHEAPEST_KDF).for_person(leaver.id, "たいしょく 合言葉 17"))
    folder = vault.folder
    vault.take_back(remove_person(vault.lend(), leaver.id, at=Clock()()))
    vault.close()
    assert unlock_here(folder).staff_id is not None
    assert unlock_here(folder, COLLEAGUE_PASSPHRASE).staff_id == COLLEAGUE.id
    assert unlock_with_recovery_code(read_header(folder), paper_code()).staff_id is None
    with pytest.raises(WrongPassphrase):
        unlock_here(folder, "たいしょく 合言葉 17")


def test_each_rotation_ends_every_key_before_it(vault: Vault) -> None:
    keys = [vault.slot_maker().master_key]
    for _ in range(2):
        vault.take_back(rotate_keys(vault.lend(), at=Clock()()))
        keys.append(vault.slot_maker().master_key)
    assert len(set(keys)) == 3
    path, vault_id = vault.folder / vault.header.database_name, vault.header.vault_id
    vault.close()
    for old in keys[:-1]:
        with pytest.raises(VaultDamaged):
            open_vault_connection(path, database_key(old, vault_id))
    open_vault_connection(path, database_key(keys[-1], vault_id)).close()


def test_a_new_recovery_sheet_makes_the_old_one_worthless(vault: Vault) -> None:
    code = new_code()
    folder, old_header = vault.folder, read_header(vault.folder)
    slot = vault.slot_maker(CHEAPEST_KDF).for_paper(code)
    vault.take_back(replace_recovery_sheet(vault.lend(), slot, at=Clock()()))
    database = folder / vault.header.database_name
    vault.close()
    assert unlock_with_recovery_code(read_header(folder), code).staff_id is None
    with pytest.raises(WrongPassphrase):
        unlock_with_recovery_code(read_header(folder), paper_code())
    with pytest.raises(VaultDamaged):  # old paper with an old header: another master key
        open_vault_connection(database, unlock_with_recovery_code(old_header, paper_code()).database_key())


def test_a_changed_passphrase_needs_the_old_one_and_ends_it(vault: Vault) -> None:
    folder = vault.folder
    slot = vault.slot_maker(CHEAPEST_KDF).for_person(vault.staff.id, "あたらしい 合言葉 みほん 15")
    proof = unlock_with_recovery_code(read_header(folder), paper_code())
    with pytest.raises(WrongPassphrase):
        people.change_own_passphrase(vault, slot, proof=proof)
    people.change_own_passphrase(vault, slot, proof=unlock_here(folder))
    vault.close()
    with pytest.raises(WrongPassphrase):
        unlock_here(folder)
    with reopened(folder, passphrase="あたらしい 合言葉 みほん 15") as again:
        assert again.staff == vault.staff


def test_a_disabled_person_comes_back_with_a_new_passphrase(vault: Vault) -> None:
    add_colleague(vault)
    people.disable_person(vault, COLLEAGUE.id)
    with pytest.raises(WrongPassphrase):
        unlock_here(vault.folder, COLLEAGUE_PASSPHRASE)
    slot = vault.slot_maker(CHEAPEST_KDF).for_person(COLLEAGUE.id, "もどりました 合言葉 18")
    people.give_new_passphrase(vault, COLLEAGUE.id, slot=slot)
    folder = vault.folder
    vault.close()
    with reopened(folder, passphrase="もどりました 合言葉 18") as again:
        assert again.staff == COLLEAGUE


def test_the_paper_code_gives_a_head_who_forgot_a_new_passphrase(vault_folder: Path) -> None:
    keys = unlock_with_recovery_code(read_header(vault_folder), paper_code())
    vault = Vault.open(vault_folder, keys, data_dir=pc_of(vault_folder))
    head = next(record.staff for record in list_staff(vault.read()) if record.staff.role is Role.HEAD)
    slot = vault.slot_maker(CHEAPEST_KDF).for_person(head.id, "おもいだした 合言葉 19")
    people.give_new_passphrase(vault, head.id, slot=slot)
    assert vault.staff == RECOVERY_STAFF
    vault.close()
    with reopened(vault_folder, passphrase="おもいだした 合言葉 19") as again:
        assert again.staff == head


def test_the_office_never_loses_its_last_head(vault: Vault) -> None:
    add_colleague(vault)
    me = vault.staff
    with pytest.raises(UserError, match="所長がひとりも"):
        people.disable_person(vault, me.id)
    with pytest.raises(UserError, match="所長がひとりも"):
        people.change_person(vault, replace(me, role=Role.CLERK))
    people.change_person(vault, replace(COLLEAGUE, role=Role.HEAD))
    people.change_person(vault, replace(me, role=Role.CLERK))
    assert vault.staff.role is Role.CLERK
