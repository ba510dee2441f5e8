"""Ways in: who opens with what, and what is told to whom."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from nakodo_desktop.domain.staff import Role
from nakodo_desktop.domain.values import Trouble
from nakodo_desktop.errors import (
    OfficeKeyNeeded,
    WrongPassphrase,
)
from nakodo_desktop.vault import kdf, people
from nakodo_desktop.vault.codes import new_code, parse_code, show_code
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.unlock import fits_office_key, unlock_with_recovery_code
from nakodo_desktop.vault.vault import Vault
from tests.source_tree import ROOT
from tests.vault.colleague import COLLEAGUE, COLLEAGUE_PASSPHRASE, add_colleague, paper_code, unlock_here
from tests.vaultkit import (
    CHEAPEST_KDF,
    TEST_OFFICE_KEY,
    TEST_PASSPHRASE,
    TEST_RECOVERY_CODE,
    pc_of,
    reopened,
)


@pytest.mark.parametrize(
    "typed",
    [
        TEST_PASSPHRASE,
        "おためし\u3000合言葉\u3000みほん\u300014",  # the space of a Japanese input method
        "おためし 合言葉 みほん １４",  # full width
    ],
)
def test_T50_every_width_of_the_right_passphrase_opens(vault_folder: Path, typed: str) -> None:
    assert unlock_here(vault_folder, typed).staff_id is not None


@pytest.mark.parametrize(
    "typed", ["", "x", TEST_PASSPHRASE + " ", TEST_PASSPHRASE.upper() + "A", "あ" * 10_000, "\ud800"]
)
def test_T50_everything_else_is_told_in_the_same_words(vault_folder: Path, typed: str) -> None:
    with pytest.raises(WrongPassphrase) as caught:
        unlock_here(vault_folder, typed)
    assert (caught.value.message, caught.value.advice) == (WrongPassphrase().message, WrongPassphrase().advice)


def test_T50_another_persons_passphrase_opens_as_that_person(vault: Vault) -> None:
    add_colleague(vault)
    folder = vault.folder
    vault.close()
    with reopened(folder, passphrase=COLLEAGUE_PASSPHRASE) as again:
        assert again.staff == COLLEAGUE


def test_the_preferred_slot_is_tried_first(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    slot = add_colleague(vault)
    tried: list[str] = []
    from nakodo_desktop.vault import unlock as module

    real = module.open_slot
    monkeypatch.setattr(
        module, "open_slot", lambda slot, *rest, **more: (tried.append(slot.id), real(slot, *rest, **more))[1]
    )
    unlock_here(vault.folder, COLLEAGUE_PASSPHRASE, prefer_slot=slot.id)
    assert tried == [slot.id]


@pytest.mark.parametrize(
    "typed",
    [
        TEST_RECOVERY_CODE,
        TEST_RECOVERY_CODE.lower(),
        TEST_RECOVERY_CODE.replace("-", ""),
        TEST_RECOVERY_CODE.replace("-", " "),
        TEST_RECOVERY_CODE.replace("O", "0").replace("I", "1").replace("B", "8"),
        "".join(chr(ord(letter) + 0xFEE0) if letter != "-" else "－" for letter in TEST_RECOVERY_CODE),
    ],
)
def test_T51_a_code_from_paper_is_read_forgivingly(typed: str) -> None:
    assert parse_code(typed) == bytes(range(16))


def test_T51_one_wrong_letter_is_a_typing_error_not_a_wrong_key() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    plain = TEST_RECOVERY_CODE.replace("-", "")
    missed = [
        plain[:place] + letter + plain[place + 1 :]
        for place in range(len(plain))
        for letter in letters
        if letter != plain[place] and not isinstance(parse_code(plain[:place] + letter + plain[place + 1 :]), Trouble)
    ]
    assert len(missed) <= 3  # ten check bits let about one in a thousand of 868 through


@pytest.mark.parametrize("typed", ["", "ABCD", TEST_RECOVERY_CODE + "A", "????-" * 7, "あ" * 28])
def test_T51_no_code_at_all_is_told_in_words(typed: str) -> None:
    assert isinstance(parse_code(typed), Trouble)


def test_codes_come_back_as_they_were_shown() -> None:
    codes = [new_code() for _ in range(200)]
    assert [parse_code(show_code(code)) for code in codes] == codes


def test_T54_the_office_key_is_asked_for_where_it_is_missing(vault_folder: Path) -> None:
    with pytest.raises(OfficeKeyNeeded):
        unlock_here(vault_folder, office_key=None)
    with pytest.raises(OfficeKeyNeeded):
        unlock_here(vault_folder, office_key=bytes(16))


def test_a_key_of_another_office_is_told_before_the_slow_work(vault_folder: Path) -> None:
    assert fits_office_key(read_header(vault_folder), TEST_OFFICE_KEY)
    assert not fits_office_key(read_header(vault_folder), bytes(16))


def test_T54_the_recovery_code_needs_no_office_key(vault_folder: Path) -> None:
    vault = Vault.open(
        vault_folder, unlock_with_recovery_code(read_header(vault_folder), paper_code()), data_dir=pc_of(vault_folder)
    )
    assert vault.staff.role is Role.CLERK
    vault.close()


def test_a_new_office_key_reaches_each_way_in_at_its_nextunlock_here(vault: Vault) -> None:
    fresh = bytes(range(100, 116))
    people.set_office_key(vault, fresh)
    assert people.needs_renewal(vault)
    people.renew_slot(vault, vault.slot_maker(CHEAPEST_KDF).for_person(vault.staff.id, TEST_PASSPHRASE))
    folder = vault.folder
    vault.close()
    assert unlock_here(folder, office_key=(TEST_OFFICE_KEY, fresh)).staff_id is not None
    with pytest.raises(OfficeKeyNeeded):
        unlock_here(folder)


def test_a_vault_without_office_key_opens_by_the_passphrase_alone(vault: Vault) -> None:
    people.set_office_key(vault, None)
    people.renew_slot(vault, vault.slot_maker(CHEAPEST_KDF).for_person(vault.staff.id, TEST_PASSPHRASE))
    assert unlock_here(vault.folder, office_key=None).staff_id == vault.staff.id


def test_T55_too_little_memory_is_said_in_words(tmp_path: Path) -> None:
    program = f"""
import resource
from nakodo_desktop.errors import NotEnoughMemory
from nakodo_desktop.vault.kdf import KdfParameters, derive_key
resource.setrlimit(resource.RLIMIT_AS, ({300 * 1024 * 1024}, {resource.RLIM_INFINITY}))
try:
    derive_key("x", KdfParameters(memory_kib=1024 * 1024), salt=bytes(16), associated=b"", office_key=None)
except NotEnoughMemory as exc:
    print(exc.message)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "メモリ不足" in done.stdout) == (0, True), done.stderr


def test_the_bounds_of_the_key_derivation_are_checked_when_parameters_are_made() -> None:
    for memory, iterations, lanes in ((64 * 1024 - 1, 3, 1), (1024 * 1024 + 1, 3, 1), (65536, 1, 1), (65536, 3, 9)):
        with pytest.raises(ValueError, match="bounds"):
            kdf.KdfParameters(memory, iterations, lanes)
