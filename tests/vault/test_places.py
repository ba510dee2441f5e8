"""Where a vault lies and who holds it: locks, read-only folders, sync folders, and what this PC remembers."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nakodo_desktop.errors import FolderNotEmpty, NotAVault, NotWritable, VaultInUse, WrongPassphrase
from nakodo_desktop.vault import files, findings, this_pc
from nakodo_desktop.vault.beginnings import new_beginning
from nakodo_desktop.vault.creation import create_vault
from nakodo_desktop.vault.failures import (
    FAILURES_NAME,
    FailedAttempt,
    delay_seconds,
    record_failure,
    recorded_failures,
)
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.lock import LOCK_NAME, take_lock
from nakodo_desktop.vault.places import sync_service
from nakodo_desktop.vault.vault import Vault
from tests.source_tree import ROOT
from tests.vault.colleague import unlock_here
from tests.vaultkit import CHEAPEST_KDF, TEST_OFFICE_KEY, TEST_PASSPHRASE, Clock, VaultTemplate, pc_of, reopened

_AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)

# --- one program at a time

_SECOND = """
import sys
from pathlib import Path
from nakodo_desktop.errors import VaultInUse
from tests.vaultkit import reopen
try:
    reopen(Path(sys.argv[1])).close()
    print("opened")
except VaultInUse as exc:
    print(exc.message)
"""


def _second(folder: Path) -> str:
    command = [sys.executable, "-c", _SECOND, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_T09_a_second_program_is_refused_and_told_who_is_there(vault: Vault) -> None:
    told = _second(vault.folder)
    assert "すでに開かれています" in told
    assert str(os.getpid()) in told
    vault.close()
    assert _second(vault.folder) == "opened"


def test_T09_the_refusal_comes_at_once(vault: Vault) -> None:
    keys = unlock_here(vault.folder)
    begin = time.monotonic()
    with pytest.raises(VaultInUse):
        Vault.open(vault.folder, keys, data_dir=pc_of(vault.folder))
    assert time.monotonic() - begin < 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\x00 torn",
        json.dumps({"host": "other-pc", "pid": 1, "since": "2020-01-01T00:00:00+00:00"}).encode(),
        b'{"host":"other-pc","pid":1,"since":"2020-01-01T00:00:00+00:00"}',
    ],
)
def test_T10_a_stale_lock_file_blocks_nobody(vault_folder: Path, content: bytes) -> None:
    (vault_folder / LOCK_NAME).write_bytes(content)
    with reopened(vault_folder) as vault:
        assert vault.is_open


def test_T10_a_torn_lock_file_of_a_holder_is_no_reason_to_fail(vault_folder: Path) -> None:
    lock = take_lock(vault_folder, now=Clock())
    (vault_folder / LOCK_NAME).write_bytes(b"\xff\x00 torn")
    with pytest.raises(VaultInUse, match=r"すでに開かれています。"):
        take_lock(vault_folder, now=Clock())
    lock.release()
    take_lock(vault_folder, now=Clock()).release()


# --- folders


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "写真.jpg").write_bytes(b"x")
    with pytest.raises(FolderNotEmpty):
        beginning = new_beginning(at=Clock()(), with_sheet=False)
        create_vault(tmp_path, passphrase=TEST_PASSPHRASE, head_name="見本 所長", kdf=CHEAPEST_KDF, beginning=beginning)
    assert [path.name for path in tmp_path.iterdir()] == ["写真.jpg"]


@pytest.mark.parametrize("where", ["missing", "empty", "a file"])
def test_what_is_no_vault_is_told_as_that(tmp_path: Path, where: str) -> None:
    folder = tmp_path / "x"
    if where == "empty":
        folder.mkdir()
    elif where == "a file":
        folder.write_bytes(b"x")
    with pytest.raises(NotAVault):
        read_header(folder)


@pytest.fixture
def read_only_vault(vault_template: VaultTemplate) -> Iterator[Path]:
    """Outside of pytest's own folders, which nobody but their owner may enter."""
    base = Path(tempfile.mkdtemp())
    base.chmod(0o755)
    folder, _ = vault_template.copy(base / "vault")
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    yield folder
    shutil.rmtree(base, ignore_errors=True)


_READ_ONLY = """
import os, sys
from pathlib import Path
from nakodo_desktop.errors import NotWritable
from nakodo_desktop.vault.backup import make_backup
from tests.vaultkit import Clock, VaultTemplate, pc_of, reopen
import tests.vault.colleague
keys = tests.vault.colleague.unlock_here(Path(sys.argv[1]))
if os.geteuid() == 0:
    os.setuid(65534)  # for root nothing is read-only
try:
    from nakodo_desktop.vault.vault import Vault
    Vault.open(Path(sys.argv[1]), keys, now=Clock(), data_dir=Path(sys.argv[2]))
    print("opened")
except NotWritable as exc:
    print(exc.message, exc.advice)
"""


def test_T08_a_read_only_folder_is_told_in_words(read_only_vault: Path) -> None:
    before = {path.name: path.read_bytes() for path in read_only_vault.iterdir()}
    command = [sys.executable, "-c", _READ_ONLY, str(read_only_vault), str(read_only_vault.parent / "pc")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "読み取り専用" in done.stdout and "コピー" in done.stdout
    assert {path.name: path.read_bytes() for path in read_only_vault.iterdir()} == before


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("OneDrive - 事務所/vault", "OneDrive"),
        ("Dropbox/vault", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs/vault", "iCloud"),
        ("iCloudDrive/vault", "iCloud"),
        ("Google Drive/vault", "Google ドライブ"),
        ("マイドライブ/vault", "Google ドライブ"),
        ("Box/vault", "Box"),
        ("nextcloud/vault", "Nextcloud"),
        ("Boxes/vault", None),
        ("Documents/vault", None),
    ],
)
def test_T14_a_sync_folder_is_recognised(tmp_path: Path, path: str, service: str | None) -> None:
    assert sync_service(tmp_path / path) == service


def test_T14_a_vault_in_a_sync_folder_warns_at_every_opening(vault_template: VaultTemplate, tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    folder, _ = vault_template.copy(tmp_path / "OneDrive" / "vault")
    for _ in range(2):
        with reopened(folder) as vault:
            assert [finding.kind for finding in vault.findings] == [findings.FindingKind.SYNCED_FOLDER]


# --- failed attempts


def test_failed_attempts_reach_the_log_at_the_next_unlock(vault_folder: Path) -> None:
    slot = read_header(vault_folder).header.slots[0].id
    for minute in range(3):
        with pytest.raises(WrongPassphrase):
            unlock_here(vault_folder, "ちがう")
        record_failure(vault_folder, FailedAttempt(_AT + timedelta(minutes=minute), slot))
    with reopened(vault_folder) as vault:
        assert [failure.at for failure in vault.failed_attempts] == [_AT + timedelta(minutes=n) for n in range(3)]
        rows = vault.read().execute("SELECT detail FROM audit WHERE act = 'vault.unlock_failed'").fetchall()
        assert len(rows) == 3 and slot in rows[0]["detail"]
    assert not (vault_folder / FAILURES_NAME).exists()
    with reopened(vault_folder) as vault:
        assert vault.failed_attempts == ()


def test_a_torn_or_forged_failure_file_does_no_harm(vault_folder: Path) -> None:
    record_failure(vault_folder, FailedAttempt(_AT, "a" * 32))
    with (vault_folder / FAILURES_NAME).open("ab") as file:
        file.write(b'["2026-11-23T03:00:00+00:00","\xe5"]\n["x","y"]\n[1,2]\n{}\n["2026-11-23T03:00:00","naive"]\n["20')
    assert recorded_failures(vault_folder) == (FailedAttempt(_AT, "a" * 32),)
    with reopened(vault_folder) as vault:
        assert len(vault.failed_attempts) == 1


def test_the_failure_file_does_not_grow_for_ever(vault_folder: Path) -> None:
    for _ in range(1500):
        record_failure(vault_folder, FailedAttempt(_AT, "a" * 32))
    assert (vault_folder / FAILURES_NAME).stat().st_size < 70_000


def test_the_delay_grows_and_never_locks_anybody_out() -> None:
    assert [delay_seconds(failures) for failures in range(10)] == [0, 0, 1, 2, 5, 10, 30, 60, 60, 60]
    assert delay_seconds(10_000) == 60


# --- this PC


def test_the_office_key_lies_outside_the_vault_and_for_its_owner_only(tmp_path: Path) -> None:
    this_pc.keep_office_key(tmp_path, "vault-id", key=TEST_OFFICE_KEY)
    this_pc.keep_office_key(tmp_path, "vault-id", key=bytes(16))
    this_pc.keep_office_key(tmp_path, "vault-id", key=TEST_OFFICE_KEY)
    assert this_pc.office_keys(tmp_path, "vault-id") == (TEST_OFFICE_KEY, bytes(16))
    assert this_pc.office_keys(tmp_path, "other") == ()
    if os.name == "posix":
        [path] = (tmp_path / "offices" / "vault-id").iterdir()
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"keys":["AA"],"v":1}', b'{"keys":"x","v":1}'])
def test_a_damaged_office_key_file_means_asking_for_the_paper(tmp_path: Path, content: bytes) -> None:
    this_pc.keep_office_key(tmp_path, "vault-id", key=TEST_OFFICE_KEY)
    (tmp_path / "offices" / "vault-id" / "office.key").write_bytes(content)
    assert this_pc.office_keys(tmp_path, "vault-id") == ()


def test_a_damaged_last_seen_file_is_as_good_as_none(vault: Vault) -> None:
    folder = vault.folder
    vault.close()
    [path] = pc_of(folder).rglob("last-seen.json")
    raw = path.read_bytes()
    for content in (b"", raw[:-1], raw.replace(b'"gen":1', b'"gen":0'), raw.replace(b'"seq":', b'"seq":9')):
        path.write_bytes(content)
        assert this_pc.last_seen(pc_of(folder), vault.vault_id) is None
    with reopened(folder) as again:
        assert again.findings == ()


def test_who_was_here_last_is_remembered(vault: Vault) -> None:
    seen = this_pc.last_seen(pc_of(vault.folder), vault.vault_id)
    assert seen is not None and seen.slot_id == vault.slot.id


# --- files


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "x"
    files.write_atomically(path, b"old")
    path.with_name("x.tmp").mkdir()
    with pytest.raises(NotWritable):
        files.write_atomically(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_written_file_and_its_name_are_on_the_disk_when_writing_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real_sync(descriptor)

    def replace(self: Path, target: Path) -> Path:
        steps.append("rename")
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    files.write_atomically(tmp_path / "x", b"new")
    assert steps == (["file", "rename", "folder"] if os.name == "posix" else ["file", "rename"])


def test_T15_a_file_held_by_another_program_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a virus scanner does it on Windows; here the refusals are played."""
    refusals = 3
    real, waits = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        nonlocal refusals
        if refusals:
            refusals -= 1
            raise PermissionError("held")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(files, "_PATIENT", True)
    monkeypatch.setattr(files.time, "sleep", waits.append)
    files.write_atomically(tmp_path / "x", b"new")
    assert (tmp_path / "x").read_bytes() == b"new"
    assert len(waits) == 3
    refusals = 1000
    with pytest.raises(NotWritable):
        files.write_atomically(tmp_path / "x", b"newer")
    assert (tmp_path / "x").read_bytes() == b"new"
    assert sum(waits[3:]) < 3
