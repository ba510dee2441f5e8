"""The key file: damage is mended, tampering is refused before anything slow or dangerous happens."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nakodo_desktop.errors import (
    HeaderRolledBack,
    VaultDamaged,
    VaultTampered,
    VaultTooNew,
    WrongPassphrase,
)
from nakodo_desktop.vault import canonical, people
from nakodo_desktop.vault.header import FILE_NAMES, HeaderState, encode_header, read_header
from nakodo_desktop.vault.unlock import unlock
from nakodo_desktop.vault.vault import Vault
from tests.vault.colleague import COLLEAGUE, COLLEAGUE_PASSPHRASE, add_colleague, unlock_here
from tests.vault.header_forging import forge, header_json, signed_by_nobody
from tests.vaultkit import (
    TEST_OFFICE_KEY,
    TEST_PASSPHRASE,
    VaultTemplate,
    reopen,
)


@pytest.mark.parametrize("broken", [b"", b"NAKODOV\x01", b"\x00" * 4096])
@pytest.mark.parametrize("name", FILE_NAMES)
def test_T25_one_damaged_copy_is_mended_from_the_other(vault_folder: Path, name: str, broken: bytes) -> None:
    sound = (vault_folder / name).read_bytes()
    (vault_folder / name).write_bytes(broken)
    vault = reopen(vault_folder)
    assert [finding.kind.value for finding in vault.findings] == ["header_copy_broken"]
    assert (vault_folder / name).read_bytes() == sound
    vault.close()


def test_T25_a_flipped_bit_anywhere_is_damage(vault_folder: Path) -> None:
    raw = (vault_folder / FILE_NAMES[0]).read_bytes()
    for place in range(0, len(raw), 97):
        for name in FILE_NAMES:
            (vault_folder / name).write_bytes(raw[:place] + bytes([raw[place] ^ 0x10]) + raw[place + 1 :])
        with pytest.raises(VaultDamaged, match="両方とも"):
            read_header(vault_folder)


def test_T25_both_copies_gone_points_to_the_backup(vault_folder: Path) -> None:
    for name in FILE_NAMES:
        (vault_folder / name).unlink()
    with pytest.raises(VaultDamaged) as caught:
        read_header(vault_folder)
    assert "バックアップ" in caught.value.advice


@pytest.mark.parametrize(
    "change",
    [
        {"m": 1024},
        {"m": 64 * 1024 - 1},
        {"m": 4 * 1024 * 1024},
        {"t": 1},
        {"t": 13},
        {"p": 0},
        {"p": 9},
        {"alg": "scrypt"},
        {"v": 16},
        {"m": "65536"},
        {"m": True},
        {"extra": 1},
    ],
)
def test_T26_key_derivation_out_of_bounds_is_refused_at_once(vault_folder: Path, change: dict[str, object]) -> None:
    body = header_json(vault_folder)
    body["slots"][0]["kdf"].update(change)
    signed_by_nobody(vault_folder, body)
    begin = time.process_time()
    with pytest.raises(VaultTampered):
        read_header(vault_folder)
    assert time.process_time() - begin < 0.1


@pytest.mark.parametrize("change", [{"t": 3}, {"ok": ""}])
def test_T26_key_derivation_changed_within_bounds_opens_nothing(vault_folder: Path, change: dict[str, object]) -> None:
    body = header_json(vault_folder)
    body["slots"][0]["kdf"].update(change)
    signed_by_nobody(vault_folder, body)
    with pytest.raises(WrongPassphrase):
        unlock_here(vault_folder)


def test_T26_a_hundred_thousand_slots_are_refused_at_once(vault_folder: Path) -> None:
    body = header_json(vault_folder)
    body["slots"] = body["slots"] * 50_000
    signed_by_nobody(vault_folder, body)
    begin = time.process_time()
    with pytest.raises(VaultDamaged):
        read_header(vault_folder)
    assert time.process_time() - begin < 0.1


@pytest.mark.parametrize("count", [0, 33])
def test_T26_too_few_or_too_many_slots_are_refused(vault_folder: Path, count: int) -> None:
    body = header_json(vault_folder)
    body["slots"] = body["slots"][:1] * count
    signed_by_nobody(vault_folder, body)
    with pytest.raises(VaultTampered):
        read_header(vault_folder)


@pytest.mark.parametrize(
    "raw", [b"{}", b"[]", b"null", b'{"v":1}', b"[" * 200_000, b'{"v": 1}', b'{"v":1,"v":1}', b'{"v":1.0}', b"\xff"]
)
def test_T26_json_that_is_not_ours_is_refused(vault_folder: Path, raw: bytes) -> None:
    forge(vault_folder, raw)
    with pytest.raises(VaultTampered):
        read_header(vault_folder)


@pytest.mark.parametrize(
    "name", ["../other.db", "vault-1.db", "vault-000002.db", "vault-000001.db\n", "vault-００００01.db"]
)
def test_T27_the_header_names_only_its_own_database(vault_folder: Path, name: str) -> None:
    body = header_json(vault_folder)
    body["db"] = name
    signed_by_nobody(vault_folder, body)
    with pytest.raises(VaultTampered):
        read_header(vault_folder)


def _edited(state: HeaderState, **changes: Any) -> HeaderState:
    """As an attacker would: plain checksum right, keyed one not theirs to make."""
    return replace(state, header=replace(state.header, **changes), signed=state.signed + b"edited")


def test_T27_a_relabelled_slot_does_not_unwrap(vault: Vault) -> None:
    slot = add_colleague(vault)
    state = read_header(vault.folder)
    head = vault.slot
    relabelled = tuple(
        replace(known, staff_id=head.staff_id) if known.id == slot.id else known for known in state.header.slots
    )
    with pytest.raises(WrongPassphrase):
        unlock(_edited(state, slots=relabelled), COLLEAGUE_PASSPHRASE, office_key=TEST_OFFICE_KEY)


def test_T27_swapped_seals_are_tampering(vault: Vault) -> None:
    add_colleague(vault)
    state = read_header(vault.folder)
    first, second, *rest = state.header.slots
    swapped = (
        replace(first, sealed_master=second.sealed_master),
        replace(second, sealed_master=first.sealed_master),
        *rest,
    )
    with pytest.raises(VaultTampered):
        unlock(_edited(state, slots=swapped), TEST_PASSPHRASE, office_key=TEST_OFFICE_KEY)


def test_T27_a_removed_or_foreign_slot_breaks_the_seal(
    vault_folder: Path, vault_template: VaultTemplate, tmp_path: Path
) -> None:
    state = read_header(vault_folder)
    head = state.header.slots[0]
    before = {path.name: path.read_bytes() for path in vault_folder.iterdir()}
    for slots in ((head,), (*state.header.slots, replace(head, id="e" * 32))):
        body = canonical.decode(state.signed[8:])
        assert isinstance(body, dict)
        body["slots"] = [slot.to_json() for slot in slots]
        signed_by_nobody(vault_folder, body)
        forged = {path.name: path.read_bytes() for path in vault_folder.iterdir()}
        with pytest.raises(VaultTampered):
            unlock_here(vault_folder)
        assert {path.name: path.read_bytes() for path in vault_folder.iterdir()} == forged, "something was written"
    assert set(forged) == set(before)


def test_T24_an_older_header_beside_a_newer_database_is_refused(vault: Vault) -> None:
    folder = vault.folder
    for name in FILE_NAMES:
        shutil.copyfile(folder / name, folder.with_name(name))
    add_colleague(vault)
    people.disable_person(vault, COLLEAGUE.id)
    vault.close()
    for name in FILE_NAMES:
        shutil.copyfile(folder.with_name(name), folder / name)
    with pytest.raises(HeaderRolledBack):
        reopen(folder)


@pytest.mark.parametrize("version", [2, 99])
def test_T29_a_newer_header_is_left_as_it_is(vault_folder: Path, version: int) -> None:
    body = header_json(vault_folder)
    body.update({"v": version, "something": "new"})
    signed_by_nobody(vault_folder, body)
    before = {path.name: path.read_bytes() for path in vault_folder.iterdir()}
    with pytest.raises(VaultTooNew):
        read_header(vault_folder)
    assert {path.name: path.read_bytes() for path in vault_folder.iterdir()} == before


def test_optional_fields_of_a_later_release_survive_a_rewrite(vault: Vault) -> None:
    state = read_header(vault.folder)
    with_extra = replace(state.header, extra={"later": [1, "two"]})
    raw = encode_header(with_extra, unlock_here(vault.folder).master_key)
    for name in FILE_NAMES:
        (vault.folder / name).write_bytes(raw)
    assert read_header(vault.folder).header.extra == {"later": [1, "two"]}
    assert unlock_here(vault.folder).state.header.extra == {"later": [1, "two"]}
