"""The one door to SQLCipher: every setting on every connection, no mistaken key, no plaintext file ever."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from nakodo_desktop.errors import NotAVault, NotWritable, UserError, VaultDamaged, VaultInUse
from nakodo_desktop.vault import connection, health, migrating, opening
from nakodo_desktop.vault.backup import make_backup
from nakodo_desktop.vault.backup_shelf import list_backups
from nakodo_desktop.vault.connection import open_vault_connection, restrict
from nakodo_desktop.vault.rehearsal import look_into
from nakodo_desktop.vault.restore import restore_into, restore_over
from nakodo_desktop.vault.rotation import rotate_keys
from nakodo_desktop.vault.salvage import salvage
from nakodo_desktop.vault.schema import Migration, migrations
from nakodo_desktop.vault.vault import Vault
from tests.source_tree import ROOT
from tests.vault.colleague import unlock_here
from tests.vaultkit import Clock, reopened

_AT = datetime(2026, 11, 23, tzinfo=UTC)
_WANTED = {
    "cipher_status": "1",
    "cipher_memory_security": "1",
    "cipher_log_level": "NONE",
    "page_size": "8192",
    "locking_mode": "exclusive",
    "journal_mode": "wal",
    "synchronous": "2",
    "secure_delete": "1",
    "temp_store": "2",
    "foreign_keys": "1",
    "recursive_triggers": "1",
    "trusted_schema": "0",
    "cell_size_check": "1",
    "mmap_size": "0",
    "auto_vacuum": "0",
    "wal_autocheckpoint": "1000",
    "busy_timeout": "5000",
    "application_id": str(0x4E414B4F),
}


def _settings(db: Any) -> dict[str, str]:
    db.set_authorizer(None)  # only a test may: the authorizer itself forbids to look
    found = {}
    for name in _WANTED:
        row = db.execute(f"PRAGMA {name}").fetchone()
        found[name] = "" if row is None else str(row[0])
    return found


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33), bytes(16), b"x'" + b"00" * 31 + b"'", bytes(64)])
def test_T56_a_key_of_another_length_is_refused_before_sqlcipher_sees_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: bytes
) -> None:
    monkeypatch.setattr(connection.dbapi2, "connect", lambda *_args, **_more: pytest.fail("SQLCipher was called"))
    with pytest.raises(ValueError, match="32 bytes"):
        open_vault_connection(tmp_path / "x.db", key, create=True)
    assert list(tmp_path.iterdir()) == []


def test_T28_a_plaintext_database_is_refused_and_not_written_to(vault_folder: Path) -> None:
    path = vault_folder / "vault-000001.db"
    keys = unlock_here(vault_folder)
    path.unlink()
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE member (name TEXT)")
        plain.execute("INSERT INTO member SELECT hex(randomblob(8000)) FROM json_each('[1,2,3]')")
        plain.commit()
    before = path.read_bytes()
    with pytest.raises(NotAVault):
        Vault.open(vault_folder, keys, data_dir=vault_folder.with_name("pc"))
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"x" * 100, bytes(8191)])
def test_T21_a_file_shorter_than_a_page_is_damage_and_never_a_new_vault(vault_folder: Path, content: bytes) -> None:
    keys = unlock_here(vault_folder)
    path = vault_folder / "vault-000001.db"
    path.write_bytes(content)
    with pytest.raises(VaultDamaged):
        Vault.open(vault_folder, keys, data_dir=vault_folder.with_name("pc"))
    assert path.read_bytes() == content


def test_a_missing_database_is_not_created(vault_folder: Path) -> None:
    keys = unlock_here(vault_folder)
    (vault_folder / "vault-000001.db").unlink()
    with pytest.raises(VaultDamaged, match="見つかりません"):
        Vault.open(vault_folder, keys, data_dir=vault_folder.with_name("pc"))
    assert not (vault_folder / "vault-000001.db").exists()


def test_the_daily_connection_keeps_64_megabytes_of_pages(vault_folder: Path) -> None:
    keys = unlock_here(vault_folder)
    with closing(open_vault_connection(vault_folder / "vault-000001.db", keys.database_key())) as db:
        db.set_authorizer(None)  # type: ignore[attr-defined]
        assert [row[0] for row in db.execute("PRAGMA cache_size")] == [-64 * 1024]


def test_T28_no_connection_is_made_without_a_key(vault: Vault) -> None:
    raw = (vault.folder / "vault-000001.db").read_bytes()
    assert not raw.startswith(b"SQLite format 3")
    assert "見本 所長".encode() not in raw


def test_a_setting_that_does_not_hold_stops_the_program(vault_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = unlock_here(vault_folder)
    changed = tuple(
        (name, value, "9" if name == "temp_store" else wanted) for name, value, wanted in connection._SETTINGS
    )
    monkeypatch.setattr(connection, "_SETTINGS", changed)
    with pytest.raises(RuntimeError, match="temp_store is 2, not 9"):
        open_vault_connection(vault_folder / "vault-000001.db", keys.database_key())


def test_a_database_of_another_program_is_refused(vault_folder: Path) -> None:
    keys = unlock_here(vault_folder)
    path = vault_folder / "vault-000001.db"
    with closing(open_vault_connection(path, keys.database_key())) as db:
        db.set_authorizer(None)  # type: ignore[attr-defined]
        db.execute("PRAGMA application_id = 1")
    with pytest.raises(NotAVault):
        open_vault_connection(path, keys.database_key())


def test_creation_never_takes_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"something")
    with pytest.raises(NotWritable):
        open_vault_connection(tmp_path / "x.db", bytes(32), create=True)
    assert (tmp_path / "x.db").read_bytes() == b"something"


def test_a_second_connection_is_refused_by_sqlite_itself(vault: Vault, tmp_path: Path) -> None:
    key = unlock_here(vault.folder).database_key()
    program = (
        "import sys; from pathlib import Path; from nakodo_desktop.errors import VaultInUse\n"
        "from nakodo_desktop.vault import connection; connection._SETTINGS = (('busy_timeout', '0', '0'),)\n"
        "from nakodo_desktop.vault.connection import open_vault_connection\n"
        "try: open_vault_connection(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))\n"
        "except VaultInUse: print('in use')"
    )
    path = vault.folder / "vault-000001.db"
    done = subprocess.run(
        [sys.executable, "-c", program, str(path), key.hex()], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "in use", done.stderr


def _every_connection(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str], bool]]:
    """Look at each connection at the moment it is closed: after all work was done with it."""
    seen: list[tuple[str, dict[str, str], bool]] = []
    real_close = connection._MappedConnection.close
    real_authorizer = connection._MappedConnection.set_authorizer
    guarded: set[int] = set()

    def set_authorizer(self: Any, callback: Any) -> None:
        if callback is not None:
            guarded.add(id(self))
        real_authorizer(self, callback)

    def close(self: Any) -> None:
        if id(self) in guarded:
            seen.append(("", _settings(self), True))
            guarded.discard(id(self))
        real_close(self)

    monkeypatch.setattr(connection._MappedConnection, "set_authorizer", set_authorizer)
    monkeypatch.setattr(connection._MappedConnection, "close", close)
    return seen


def test_T43_every_connection_of_every_job_has_every_setting(
    vault_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = _every_connection(monkeypatch)
    keys = unlock_here(vault_folder)
    place = tmp_path / "backups"

    def during(work: Callable[[], object]) -> int:
        before = len(seen)
        work()
        return len(seen) - before

    with reopened(vault_folder) as vault:
        counts = [
            during(lambda: make_backup(vault.lend(), place, at=_AT)),
            during(vault.take_back),
            during(lambda: vault.take_back(rotate_keys(vault.lend(), at=_AT))),
        ]
        backup = list_backups(place)[0]
        backup_keys = unlock_here(backup.folder)
        counts += [
            during(lambda: look_into(backup, backup_keys, scratch=tmp_path / "scratch")),
            during(
                lambda: vault.take_back(
                    restore_into(vault.lend(), backup, backup_keys, at=_AT, data_dir=tmp_path / "pc")
                )
            ),
            during(lambda: health.examine(vault.lend().keys, at=_AT)),
            during(lambda: salvage(vault._keys, tmp_path / "salvaged", at=_AT)),
        ]
        vault.take_back()
    more = (*migrations(), Migration("9999_create_more.sql", "CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;"))
    monkeypatch.setattr(migrating, "migrations", lambda: more)
    monkeypatch.setattr(opening, "migrations", lambda: more)
    with reopened(vault_folder):
        pass
    folder = tmp_path / "new-pc"
    counts.append(
        during(lambda: restore_over(folder, backup, backup_keys, present=None, data_dir=tmp_path / "pc", now=Clock()))
    )
    assert keys.slot_id and all(count > 0 for index, count in enumerate(counts) if index != 1), counts
    assert len(seen) > 30
    for _, settings, _ in seen:
        assert settings == _WANTED


_REFUSED = r"not authorized|authorization denied|may not be modified"
_FORBIDDEN_DAILY = [
    "ATTACH DATABASE 'plain.db' AS plain KEY ''",
    "ATTACH DATABASE '' AS memory",
    "CREATE TABLE other (id INTEGER)",
    "DROP TABLE audit",
    "DROP TRIGGER audit_is_never_updated",
    "ALTER TABLE audit RENAME TO gone",
    "CREATE TEMP TRIGGER t AFTER INSERT ON audit BEGIN SELECT 1; END",
    "UPDATE sqlite_schema SET sql = ''",
    "UPDATE audit SET act = 'x'",
    "DELETE FROM audit",
    "SELECT sqlcipher_export('main')",
    "SELECT load_extension('x')",
    "VACUUM",
    "VACUUM INTO 'copy.db'",
    "REINDEX",
    "ANALYZE",
    "PRAGMA rekey = 'x'",
    "PRAGMA key = 'x'",
    "PRAGMA writable_schema = ON",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = OFF",
    "PRAGMA temp_store = FILE",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA user_version = 99",
    "PRAGMA secure_delete = OFF",
    "PRAGMA cipher_log = 'x'",
]
_FORBIDDEN_ALWAYS = [
    statement
    for statement in _FORBIDDEN_DAILY
    if statement.startswith(("ATTACH DATABASE 'plain", "SELECT", "VACUUM INTO", "PRAGMA"))
    and "foreign_keys" not in statement
    and "user_version" not in statement
]


@pytest.mark.parametrize("statement", _FORBIDDEN_DAILY)
def test_T30_T43_what_the_daily_connection_may_never_do(vault: Vault, statement: str) -> None:
    with pytest.raises(dbapi2.DatabaseError, match=_REFUSED):
        vault.read().execute(statement)


@pytest.mark.parametrize("statement", _FORBIDDEN_ALWAYS)
def test_T43_not_even_maintenance_may_reach_outside(vault_folder: Path, statement: str) -> None:
    keys = unlock_here(vault_folder)
    db = open_vault_connection(vault_folder / "vault-000001.db", keys.database_key())
    with closing(db), pytest.raises((dbapi2.DatabaseError, UserError)):
        db.execute(statement)
    assert not list(vault_folder.glob("*plain*"))


def test_daily_work_is_not_hindered(vault: Vault) -> None:
    db = vault.read()
    with vault.transaction() as transaction:
        transaction.db.execute("SAVEPOINT a")
        transaction.db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n"
        )
        transaction.db.execute("RELEASE a")
    assert [row[0] for row in db.execute("PRAGMA integrity_check")] == ["ok"]
    assert db.execute("PRAGMA cipher_integrity_check").fetchall() == []
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() is not None


def test_a_restricted_connection_cannot_be_freed_by_sql(vault_folder: Path) -> None:
    keys = unlock_here(vault_folder)
    with closing(open_vault_connection(vault_folder / "vault-000001.db", keys.database_key())) as db:
        db.execute("CREATE TABLE other (id INTEGER) STRICT")
        restrict(db)
        with pytest.raises(dbapi2.DatabaseError, match="not authorized"):
            db.execute("DROP TABLE other")


def test_lent_means_nobody_else_works(vault: Vault) -> None:
    with vault.lent():
        with pytest.raises(VaultInUse):
            vault.read()
        with pytest.raises(VaultInUse), vault.transaction():
            pass
    assert vault.read().execute("SELECT 1").fetchone() is not None


def test_T44_the_source_neither_rekeys_nor_keys_by_text_nor_uses_plain_sqlite() -> None:
    found = []
    for path in (ROOT / "nakodo_desktop").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        lowered = text.lower()
        for forbidden in ("pragma rekey", "pragma key", "import sqlite3", "from sqlite3"):
            if forbidden in lowered:
                found.append((path.name, forbidden))
        if ".connect(" in text and path.name != "connection.py" and "dbapi2" in text:
            found.append((path.name, "connects by itself"))
    assert found == []
