"""Numbered migrations: in order, whole or not at all, never backwards, never edited."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from nakodo_desktop.errors import VaultTooNew
from nakodo_desktop.vault import creation, migrating, opening
from nakodo_desktop.vault.backup_shelf import list_backups
from nakodo_desktop.vault.connection import open_vault_connection
from nakodo_desktop.vault.migrating import BEFORE_UPDATE
from nakodo_desktop.vault.schema import Migration, migrate, migrations, pending, schema_version
from nakodo_desktop.vault.vault import Vault
from tests.vault.colleague import unlock_here
from tests.vault.vault_content import add_clerk, clerks
from tests.vaultkit import Clock, make_template, pc_of, reopened

_MORE = Migration("9999_create_more.sql", "CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;")

_OLD_MEMBER = """INSERT INTO member (id, uid, number, status, legal_name, kana, sex, birth_date, residence, sort_kana,
    search_name, search_kana, search_number, search_phone, joined_on, last_interview_on, version, updated_at)
    VALUES (:id, :number, :number, 'omiai', '見本 太郎', 'みほん たろう', 'male', '1987-03-14', '', '', '', '', '', '',
    '2026-11-23', '2026-11-23', 1, '2026-11-23T00:00:00+00:00')"""
_OLD_PROFILE = """INSERT INTO profile (member_id, single_status_proof, official_certificate_seen_on)
    VALUES (:id, :proof, :seen_on)"""


def _next_release(monkeypatch: pytest.MonkeyPatch, *more: Migration) -> None:
    known = (*migrations(), *more)
    monkeypatch.setattr(migrating, "migrations", lambda: known)
    monkeypatch.setattr(opening, "migrations", lambda: known)


def test_migrations_are_numbered_without_gaps() -> None:
    assert [int(migration.name[:4]) for migration in migrations()] == list(range(1, len(migrations()) + 1))


def test_every_table_is_strict_and_every_migration_says_why(vault: Vault) -> None:
    loose = vault.read().execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%) STRICT%'"
        " AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    )
    assert [row["name"] for row in loose] == []
    for migration in migrations():
        assert migration.sql.lstrip().startswith("--"), migration.name
        assert "BEGIN;" not in migration.sql and "COMMIT" not in migration.sql, migration.name


def test_the_schema_version_counts_the_migrations(vault: Vault) -> None:
    assert schema_version(vault.read()) == len(migrations())


def test_an_older_vault_is_backed_up_and_migrated_at_its_next_opening(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_clerk(vault, 1)
    folder = vault.folder
    vault.close()
    _next_release(monkeypatch, _MORE)
    with reopened(folder) as migrated:
        assert schema_version(migrated.read()) == len(migrations()) + 1
        assert migrated.read().execute("SELECT * FROM more").fetchall() == []
        assert clerks(migrated.read()) == 1
        assert migrated.header.generation == 2
    [backup] = list_backups(folder / BEFORE_UPDATE)
    assert backup.manifest.schema == len(migrations())


@pytest.mark.parametrize("oldest", [7])
def test_a_vault_of_an_earlier_schema_opens_in_this_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, oldest: int
) -> None:
    """It is backed up by today's program before it has today's tables."""
    with monkeypatch.context() as then:
        then.setattr(creation, "migrations", lambda: migrations()[:oldest])
        template = make_template(tmp_path / "vault")
    with closing(Vault.open(template.folder, template.keys, now=Clock(), data_dir=tmp_path / "pc")) as migrated:
        assert schema_version(migrated.read()) == len(migrations())


def test_a_certificate_seen_before_the_column_was_there_gets_its_last_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = (
        ("official_certificate", "2026-11-23", "2027-02-23"),
        ("official_certificate", "2026-11-30", "2027-02-28"),
        ("official_certificate", "2027-11-30", "2028-02-29"),
        ("official_certificate", "2026-05-31", "2026-08-31"),
        ("official_certificate", None, None),
        ("both", "2026-11-23", None),
    )
    with monkeypatch.context() as then:
        then.setattr(creation, "migrations", lambda: migrations()[:10])
        template = make_template(tmp_path / "vault")
    path = template.folder / template.keys.state.header.database_name
    with closing(open_vault_connection(path, template.keys.database_key())) as db:
        for number, (proof, seen_on, _) in enumerate(cases, start=1):
            db.execute(_OLD_MEMBER, {"id": number, "number": f"M-{number:04d}"})
            db.execute(_OLD_PROFILE, {"id": number, "proof": proof, "seen_on": seen_on})
        migrate(db, migrations())
        found = [row[0] for row in db.execute("SELECT certificate_until FROM member ORDER BY id")]
    assert found == [until for _, _, until in cases]


def test_T29_a_vault_of_a_newer_release_is_refused_untouched(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = vault.folder
    vault.close()
    with monkeypatch.context() as later:
        _next_release(later, _MORE)
        with reopened(folder):
            pass
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    keys = unlock_here(folder)
    with pytest.raises(VaultTooNew, match="新しい版"):
        Vault.open(folder, keys, data_dir=pc_of(folder))
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE staff (id INTEGER) STRICT;",
        "CREATE TABLE half (id INTEGER) STRICT; SELECT * FROM nowhere;",
        "CREATE TABLE half (s TEXT REFERENCES staff (id)) STRICT; INSERT INTO half VALUES ('nobody');",
    ],
)
def test_a_migration_that_fails_leaves_the_vault_as_it_was(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, sql: str
) -> None:
    folder = vault.folder
    vault.close()
    with monkeypatch.context() as broken:
        _next_release(broken, Migration("9999_break_it.sql", sql))
        with pytest.raises((RuntimeError, dbapi2.DatabaseError)), reopened(folder):
            pass
    with reopened(folder) as vault:
        assert vault.header.generation == 1
        assert vault.findings == ()
        assert vault.read().execute("SELECT 1 FROM sqlite_schema WHERE name = 'half'").fetchone() is None


def test_foreign_keys_are_checked_again_after_a_migration(vault_folder: Path) -> None:
    keys = unlock_here(vault_folder)
    with closing(open_vault_connection(vault_folder / "vault-000001.db", keys.database_key())) as db:
        known = (*migrations(), _MORE)
        assert pending(db, known) == 1
        assert migrate(db, known) == 1
        assert migrate(db, known) == 0
        with pytest.raises(dbapi2.IntegrityError):
            db.execute("INSERT INTO interview (staff_id) VALUES ('nobody')")
