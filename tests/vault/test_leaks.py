"""T35, T36, T39 as far as the vault goes: no readable value in any file it writes, nor in any error it raises."""

from __future__ import annotations

import sqlite3
import traceback
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from nakodo_desktop.vault.backup import make_backup
from nakodo_desktop.vault.rotation import rotate_keys
from nakodo_desktop.vault.vault import Vault
from tests.erasurekit import decrypted
from tests.vault.colleague import unlock_here
from tests.vaultkit import TEST_PASSPHRASE, pc_of

_AT = datetime(2026, 11, 23, tzinfo=UTC)
_CANARY = "漏洩検査太郎カナリア"
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc-jp")
_RESERVED = 80  # of each page: IV and HMAC
_IV_BYTES = 16
_ROWS = 300


def _plant(vault: Vault) -> None:
    with vault.transaction() as transaction:
        for number in range(_ROWS):
            transaction.db.execute(
                "INSERT INTO staff (id, name, role, is_active, created_at) VALUES (?, ?, 'clerk', 0, '2026-11-23')",
                (f"{number:032x}", _CANARY * 30),
            )


def _hits(root: Path, *, words: tuple[str, ...] = (_CANARY, TEST_PASSPHRASE)) -> list[str]:
    found = []
    for path in root.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            found += [
                f"{path.name}: {encoding}" for word in words for encoding in _ENCODINGS if word.encode(encoding) in raw
            ]
    return found


def test_T35_no_file_of_the_vault_shows_a_value_at_any_moment(vault: Vault, tmp_path: Path) -> None:
    _plant(vault)
    assert _hits(tmp_path) == [], "while open, the -wal full"
    with pytest.raises(ZeroDivisionError), vault.transaction() as transaction:
        # Larger than the cache: pages of an unfinished transaction spill into the -wal.
        transaction.db.execute("UPDATE staff SET name = name || ?", (_CANARY * 2000,))
        assert _hits(tmp_path) == [], "in the middle of a transaction"
        1 / 0  # noqa: B018
    with vault.lent() as loan:
        make_backup(loan, tmp_path / "backups", at=_AT)
    vault.take_back(rotate_keys(vault.lend(), at=_AT))
    vault.read().execute("SELECT name FROM staff ORDER BY name || id").fetchall()
    assert _hits(tmp_path) == []
    vault.close()
    assert _hits(tmp_path) == [], "after closing"
    assert pc_of(vault.folder).is_dir()


def test_T35_the_search_would_find_it_in_a_plain_database(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "plain.db")) as plain:
        plain.execute("CREATE TABLE t (name TEXT)")
        plain.execute("INSERT INTO t VALUES (?)", (_CANARY,))
        plain.commit()
    assert _hits(tmp_path) == ["plain.db: utf-8"]


def test_T36_deleted_rows_are_gone_from_the_decrypted_pages_once_the_log_is_folded_in(vault: Vault) -> None:
    _plant(vault)
    vault.read().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    path = vault.folder / vault.header.database_name
    keys = unlock_here(vault.folder)
    assert decrypted(path, keys).count(_CANARY.encode()) >= _ROWS
    with vault.transaction() as transaction:
        transaction.db.execute("DELETE FROM staff WHERE name LIKE ?", (f"{_CANARY}%",))
    assert decrypted(path, keys).count(_CANARY.encode()) > 0, "before the checkpoint they are still there"
    busy = vault.read().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert busy is not None and busy[0] == 0
    assert decrypted(path, keys).count(_CANARY.encode()) == 0
    assert (vault.folder / f"{path.name}-wal").stat().st_size == 0


def test_T39_errors_of_the_database_carry_no_values(vault: Vault) -> None:
    _plant(vault)
    statements: list[tuple[str, tuple[object, ...]]] = [
        ("INSERT INTO staff (id, name, role, created_at) VALUES (?, ?, 'clerk', '')", (f"{1:032x}", _CANARY)),
        ("INSERT INTO staff (id, name, role, created_at) VALUES (?, 'x', ?, '')", ("e" * 32, _CANARY)),
        ("INSERT INTO secret (name, value) VALUES ('x', ?)", (_CANARY,)),
        ("SELECT * FROM staff WHERE nowhere = ?", (_CANARY,)),
        ("SELECT ?", (_CANARY, _CANARY)),
    ]
    for sql, parameters in statements:
        with pytest.raises(dbapi2.Error) as caught:
            vault.read().execute(sql, parameters)
        assert _CANARY not in "".join(traceback.format_exception(caught.value))


def test_T39_keys_do_not_show_when_they_are_printed(vault: Vault) -> None:
    keys = unlock_here(vault.folder)
    shown = f"{keys!r} {keys} {vault.slot_maker()!r} {vault!r} {vault.lend()!r}"
    vault.take_back()
    for secret in (keys.master_key, keys.database_key()):
        assert repr(secret)[2:-1] not in shown
        assert secret.hex() not in shown
