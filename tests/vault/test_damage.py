"""T12, T13, T20 to T24: damaged, cut, replaced or rolled-back files lead to named findings, never to wrong data."""

from __future__ import annotations

import random
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import UserError, VaultDamaged, VaultReplaced
from nakodo_desktop.vault import canonical, this_pc
from nakodo_desktop.vault.connection import PAGE_BYTES, open_vault_connection
from nakodo_desktop.vault.findings import Finding, Severity
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.health import examine
from nakodo_desktop.vault.rotation import rotate_keys
from nakodo_desktop.vault.salvage import salvage
from nakodo_desktop.vault.vault import Vault
from tests.vault.colleague import unlock_here
from tests.vault.vault_content import add_clerk, clerk_name, clerk_names, clerks
from tests.vaultkit import Clock, pc_of, reopen, reopened

_AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
_ROWS = 250
_LONG = 300  # characters of a name: so that the rows fill many pages
_DATABASE = "vault-000001.db"


@pytest.fixture
def filled(vault: Vault) -> Path:
    """A closed vault with a page count worth damaging."""
    with vault.transaction() as transaction:
        for number in range(_ROWS):
            transaction.db.execute(
                "INSERT INTO staff (id, name, role, is_active, created_at) VALUES (?, ?, 'clerk', 0, '2026-11-23')",
                (f"{number:032x}", clerk_name(number, _LONG)),
            )
            transaction.audit("staff.add", subject=f"{number:032x}")
    folder = vault.folder
    vault.close()
    return folder


def _examine(folder: Path) -> list[Finding]:
    return [finding for finding in examine(unlock_here(folder), at=_AT) if finding.kind.value != "backup_old"]


def _kinds(folder: Path) -> set[str]:
    return {finding.kind.value for finding in _examine(folder)}


def _flip(path: Path, place: int) -> None:
    with path.open("rb+") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 0x40]))


def test_a_sound_vault_has_no_findings(filled: Path) -> None:
    assert _examine(filled) == []


def test_T20_a_flipped_bit_never_gives_wrong_data_and_is_named_by_page(filled: Path) -> None:
    path = filled / _DATABASE
    sound = path.read_bytes()
    pages = len(sound) // PAGE_BYTES
    right = {clerk_name(number, _LONG) for number in range(_ROWS)}
    dice = random.Random(20261123)
    unreadable = 0
    for page in dice.sample(range(1, pages), 12):
        path.write_bytes(sound)
        _flip(path, page * PAGE_BYTES + dice.randrange(PAGE_BYTES))
        found = {finding.kind.value: finding for finding in _examine(filled)}
        assert str(page + 1) in found["page_damaged"].places
        assert found["page_damaged"].severity is Severity.DANGER
        try:
            with reopened(filled) as vault:
                assert clerk_names(vault.read()) == right
        except VaultDamaged:
            unreadable += 1
    assert unreadable > 0


def test_T20_what_is_readable_can_be_salvaged(filled: Path, fast_folder: Path) -> None:
    path = filled / _DATABASE
    sound = path.read_bytes()
    keys = unlock_here(filled)  # the header stays as it is
    lost, without_schema = [], 0
    for page in range(len(sound) // (2 * PAGE_BYTES), len(sound) // PAGE_BYTES - 1, 9):
        path.write_bytes(sound)
        _flip(path, page * PAGE_BYTES + 100)
        target = fast_folder / f"saved-{page}"
        try:
            result = salvage(keys, target, at=_AT)
        except VaultDamaged:
            without_schema += 1  # the page told where the tables are: nothing can be read without it
            continue
        with reopened(target) as vault:
            names = clerk_names(vault.read())
            assert names <= {clerk_name(number, _LONG) for number in range(_ROWS)}
            assert vault.staff.role is Role.HEAD
            lost.append(_ROWS - len(names))
        assert ("staff" in result.gaps) == (lost[-1] > 0)
    assert without_schema <= 2
    assert min(lost) == 0
    assert 0 < max(lost) < _ROWS // 2


def test_salvage_of_a_sound_vault_loses_nothing(filled: Path, tmp_path: Path) -> None:
    result = salvage(unlock_here(filled), tmp_path / "saved", at=_AT)
    assert result.gaps == {}
    assert result.rows["staff"] == _ROWS + 1
    assert _kinds(tmp_path / "saved") == set()


def test_T20_a_salvaged_office_whose_log_has_a_hole_can_be_backed_up_again(filled: Path, tmp_path: Path) -> None:
    keys = unlock_here(filled)
    with closing(open_vault_connection(filled / _DATABASE, keys.database_key())) as db:
        db.execute("DROP TRIGGER audit_is_never_deleted")
        db.execute("DELETE FROM audit WHERE seq BETWEEN 40 AND 60")  # as a page that cannot be read takes them
    assert _kinds(filled) == {"audit_broken"}
    saved = salvage(keys, tmp_path / "saved", at=_AT).folder
    found = {finding.kind.value: finding for finding in _examine(saved)}
    assert [kind for kind, finding in found.items() if finding.severity is Severity.DANGER] == []
    assert found["audit_incomplete"].places == ("40件目",), "what was lost stays told"
    with closing(open_vault_connection(saved / "vault-000002.db", unlock_here(saved).database_key())) as db:
        db.execute("DROP TRIGGER audit_is_never_updated")
        db.execute("UPDATE audit SET subject = 'x' WHERE act = 'vault.salvaged'")
    assert "audit_broken" in _kinds(saved), "from the salvage on nothing is forgiven"


def test_T20_a_damaged_first_page_is_told_as_damage_since_the_passphrase_was_right(filled: Path) -> None:
    _flip(filled / _DATABASE, 500)
    with pytest.raises(VaultDamaged, match="パスワードは正しい"):
        reopen(filled)
    assert "structure_damaged" in _kinds(filled)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("page boundary", {"structure_damaged", "page_damaged"}),
        ("inside a page", {"database_cut"}),
        ("empty", {"database_cut"}),
        ("100 bytes", {"database_cut"}),
        ("garbage page appended", {"page_damaged"}),
        ("garbage bytes appended", {"database_cut"}),
        ("gone", {"database_missing"}),
    ],
)
def test_T21_each_way_of_cutting_has_its_finding(filled: Path, name: str, expected: set[str]) -> None:
    path = filled / _DATABASE
    raw = path.read_bytes()
    content = {
        "page boundary": raw[: -3 * PAGE_BYTES],
        "inside a page": raw[: -PAGE_BYTES // 2],
        "empty": b"",
        "100 bytes": raw[:100],
        "garbage page appended": raw + b"\x5a" * PAGE_BYTES,
        "garbage bytes appended": raw + b"garbage",
    }.get(name)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    found = _examine(filled)
    assert {finding.kind.value for finding in found} & expected
    assert all(finding.advice for finding in found)


def _killed_with_wal(folder: Path) -> Path:
    """A copy of an open vault: as a killed process leaves it, with committed rows still in the `-wal`."""
    with reopened(folder) as vault:
        for number in range(1000, 1010):
            add_clerk(vault, number)
        vault.remember_progress()
        copy = folder.with_name("killed")
        shutil.copytree(folder, copy)
        shutil.copytree(pc_of(folder), pc_of(copy))
    return copy


def test_a_wal_of_a_killed_process_is_taken_up(filled: Path) -> None:
    with reopened(_killed_with_wal(filled)) as vault:
        assert clerks(vault.read()) == _ROWS + 10
        assert vault.findings == ()


@pytest.mark.parametrize("damage", ["deleted", "cut", "bit flipped", "header flipped"])
def test_T22_a_lost_wal_opens_and_the_loss_is_told(filled: Path, damage: str) -> None:
    folder = _killed_with_wal(filled)
    wal = folder / (_DATABASE + "-wal")
    raw = wal.read_bytes()
    assert len(raw) > 10 * PAGE_BYTES
    if damage == "deleted":
        wal.unlink()
    elif damage == "cut":
        wal.write_bytes(raw[: len(raw) // 2])
    elif damage == "bit flipped":
        _flip(wal, 32 + 24 + 77)
    else:
        _flip(wal, 20)
    with reopened(folder) as vault:
        assert clerks(vault.read()) < _ROWS + 10
        assert [finding.kind.value for finding in vault.findings] == ["older_than_last_seen"]
        assert vault.findings[0].severity is Severity.DANGER


def test_T23_yesterdays_wal_does_not_fit_todays_database(filled: Path) -> None:
    """Every rewrite has a new name; forced beside the new file, the old log's frames belong to another key."""
    killed = _killed_with_wal(filled)
    with reopened(filled) as vault:
        vault.take_back(rotate_keys(vault.lend(), at=_AT))
        present = vault.header.database_name
    shutil.copyfile(killed / (_DATABASE + "-wal"), filled / (_DATABASE + "-wal"))
    with reopened(filled) as vault:
        assert clerks(vault.read()) == _ROWS + 10
    assert not (filled / (_DATABASE + "-wal")).exists(), "leftovers of an older generation are cleared away"
    shutil.copyfile(killed / (_DATABASE + "-wal"), filled / (present + "-wal"))
    assert _kinds(filled) & {"structure_damaged", "page_damaged"}


def test_T24_an_older_database_alone_is_told(filled: Path) -> None:
    older = (filled / _DATABASE).read_bytes()
    with reopened(filled) as vault:
        add_clerk(vault, 5000)
    (filled / _DATABASE).write_bytes(older)
    with reopened(filled) as vault:
        assert [finding.kind.value for finding in vault.findings] == ["older_than_last_seen"]


def test_T24_the_warning_stays_until_the_office_accepts_the_older_copy(filled: Path) -> None:
    older = (filled / _DATABASE).read_bytes()
    with reopened(filled) as vault:
        add_clerk(vault, 5000)
    (filled / _DATABASE).write_bytes(older)
    with reopened(filled) as vault:
        assert vault.findings
    with reopened(filled) as vault:
        assert vault.findings, "closing and opening again must not silence it"
        vault.accept_as_newest()
    with reopened(filled) as vault:
        assert vault.findings == ()


def test_T24_an_older_copy_of_everything_is_told_on_the_pc_that_saw_the_newer(filled: Path, tmp_path: Path) -> None:
    shutil.copytree(filled, tmp_path / "older")
    with reopened(filled) as vault:
        vault.take_back(rotate_keys(vault.lend(), at=_AT))
    newer = read_header(filled).header.database_name
    for name in ("vault.hdr", "vault.hdr.2", _DATABASE):
        shutil.copyfile(tmp_path / "older" / name, filled / name)
    with reopened(filled) as vault:
        assert [finding.kind.value for finding in vault.findings] == ["older_than_last_seen"]
    assert (filled / newer).exists(), "the newer file is not a leftover"
    # Documented: a PC that never saw the newer one notices nothing.
    elsewhere = Vault.open(tmp_path / "older", unlock_here(tmp_path / "older"), data_dir=tmp_path / "other-pc")
    assert elsewhere.findings == ()
    elsewhere.close()


def test_T24_an_older_page_alone_is_found_only_by_the_log(filled: Path) -> None:
    """Documented limit: an authentic older page passes every check; here it belongs to the audit log."""
    path = filled / _DATABASE
    older = path.read_bytes()
    with reopened(filled) as vault, vault.transaction() as transaction:
        transaction.db.execute("UPDATE staff SET name = '架空 改名' WHERE id = ?", (f"{0:032x}",))
        transaction.audit("staff.changed", subject=f"{0:032x}")
    newer = path.read_bytes()
    changed = [
        page
        for page in range(min(len(older), len(newer)) // PAGE_BYTES)
        if older[page * PAGE_BYTES : (page + 1) * PAGE_BYTES] != newer[page * PAGE_BYTES : (page + 1) * PAGE_BYTES]
    ]
    noticed = 0
    for page in changed[1:]:
        mixed = bytearray(newer)
        mixed[page * PAGE_BYTES : (page + 1) * PAGE_BYTES] = older[page * PAGE_BYTES : (page + 1) * PAGE_BYTES]
        path.write_bytes(mixed)
        checkpoints = [seen.proof.checkpoint] if (seen := this_pc.last_seen(pc_of(filled), _vault_id(filled))) else []
        found = examine(unlock_here(filled), checkpoints=checkpoints, at=_AT)
        noticed += any(finding.severity is Severity.DANGER for finding in found)
    assert changed and noticed >= 1


def _vault_id(folder: Path) -> str:
    return canonical.from_bytes(read_header(folder).header.vault_id)


@pytest.mark.parametrize("what", ["renamed", "deleted", "replaced"])
def test_T12_a_database_taken_away_while_open_stops_all_writing(vault: Vault, what: str) -> None:
    add_clerk(vault, 1)
    path = vault.folder / _DATABASE
    if what == "renamed":
        path.rename(path.with_name("elsewhere.db"))
    elif what == "deleted":
        path.unlink()
    else:
        copy = path.with_name("copy.db")
        shutil.copyfile(path, copy)
        copy.replace(path)
    with pytest.raises(VaultReplaced):
        vault.refuse_replaced_file()
    with pytest.raises(VaultReplaced):
        add_clerk(vault, 2)
    with pytest.raises(VaultReplaced):
        vault.lend()
    vault.rescue_copy(vault.folder.with_name("rescue"))
    vault.abandon()
    with reopened(vault.folder.with_name("rescue")) as rescued:
        assert clerks(rescued.read()) == 1


@pytest.mark.parametrize(
    ("jump", "expected"),
    [
        (timedelta(days=-1), ["clock_behind"]),
        (timedelta(days=-3650), ["clock_behind"]),
        (timedelta(days=3650), ["clock_ahead"]),
        (timedelta(hours=-1, minutes=1), ["clock_behind"]),
        (timedelta(minutes=-5), []),
        (timedelta(days=2), []),
    ],
)
def test_T13_a_clock_that_jumps_is_told_and_the_order_of_the_log_stays(
    filled: Path, jump: timedelta, expected: list[str]
) -> None:
    seen = this_pc.last_seen(pc_of(filled), _vault_id(filled))
    assert seen is not None
    vault = reopen(filled, now=Clock(seen.at + jump))
    assert [finding.kind.value for finding in vault.findings] == expected
    assert vault.last_seen_at == seen.at
    add_clerk(vault, 7000)
    last = vault.checkpoint().checkpoint
    row = vault.read().execute("SELECT act FROM audit WHERE seq = ?", (last.seq,)).fetchone()
    assert row is not None and row["act"] == "staff.add"
    vault.close()
    again = this_pc.last_seen(pc_of(filled), _vault_id(filled))
    assert again is not None and again.at >= seen.at, "time seen never goes back"


def test_every_finding_of_a_broken_vault_names_a_way_out(filled: Path) -> None:
    keys = unlock_here(filled)
    (filled / "vault.hdr").write_bytes(b"")
    (filled / "vault.hdr.2").write_bytes(b"")
    found = examine(replace(keys), at=_AT)
    assert {finding.kind.value for finding in found} == {"header_broken"}
    assert all(finding.message and finding.advice for finding in found)
    with pytest.raises(UserError):
        reopen(filled)
