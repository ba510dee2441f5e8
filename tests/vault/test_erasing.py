"""Which tables go with which class: a new table that hangs on a member has to be told apart here first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nakodo_desktop.domain.fields import Retention
from nakodo_desktop.domain.retention import Reason
from nakodo_desktop.vault import creation, erasing, erasure_ledger
from nakodo_desktop.vault.backup_shelf import list_backups
from nakodo_desktop.vault.erasure_ledger import Entry
from nakodo_desktop.vault.restore import restore_into
from nakodo_desktop.vault.schema import migrations, schema_version
from nakodo_desktop.vault.vault import Vault
from tests.schemakit import read_tables
from tests.vault.colleague import unlock_here
from tests.vault.recordkit import NOW, a_member, written
from tests.vaultkit import Clock, VaultTemplate, make_template, pc_of

# What stays with the contract and goes with the record: name, papers, proof of what was said and signed.
WITH_THE_RECORD = {"profile", "consent", "purpose_notice", "identity_check", "declaration", "legal_hold"}
BEFORE = {
    Retention.PHOTO: {"photo"},
    Retention.PROFILE: {
        *("profile", "special_care", "profile_change", "interview", "text_release", "coarsening", "form_draft"),
    },
}


def emptied(retention: Retention) -> set[str]:
    """The tables a class takes something out of."""
    found = (re.search(r"(?:DELETE FROM|UPDATE) (\w+)", sql) for sql in erasing._DELETIONS[retention])
    return {match[1] for match in found if match is not None}


def test_every_table_that_hangs_on_a_member_is_accounted_for(vault_template: VaultTemplate, tmp_path: Path) -> None:
    tables = read_tables(vault_template, tmp_path / "schema")
    hanging = {name for name, table in tables.items() if "REFERENCES member (id) ON DELETE CASCADE" in table.sql}
    assert {name for name, table in tables.items() if "REFERENCES member" in table.sql} == hanging
    assert hanging == WITH_THE_RECORD | BEFORE[Retention.PHOTO] | BEFORE[Retention.PROFILE]
    assert {name for name, table in tables.items() if "member_uid" in table.columns} == {"batch_entry", "provision"}


def test_each_class_takes_its_tables() -> None:
    assert emptied(Retention.PHOTO) == BEFORE[Retention.PHOTO]
    assert emptied(Retention.PROFILE) == BEFORE[Retention.PROFILE]
    assert emptied(Retention.CONTRACT) == {"member"}
    assert emptied(Retention.PROVISION) == {"provision"}


def test_a_vault_and_a_backup_of_the_release_before_are_taken_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The update backs up before there is a ledger; going back to that backup brings it to this release."""
    with monkeypatch.context() as before:
        before.setattr(creation, "migrations", lambda: migrations()[:7])
        template = make_template(tmp_path / "vault")
    vault = Vault.open(template.folder, template.keys, now=Clock(), data_dir=pc_of(template.folder))
    try:
        member_id = a_member(vault)
        (backup,) = list_backups(template.folder / "before-update")
        assert backup.manifest.schema == 7
        entry = Entry("uid-1", Retention.CONTRACT, NOW, Reason.PERIOD)
        written(vault, lambda db: erasing.erase(db, "uid-1", (Retention.CONTRACT,)))
        written(vault, lambda db: erasure_ledger.note(db, [entry], state=erasure_ledger.State.PENDING))
        keys = restore_into(vault.lend(), backup, unlock_here(backup.folder), at=NOW, data_dir=pc_of(template.folder))
        vault.take_back(keys)
        assert schema_version(vault.read()) == len(migrations())
        assert erasure_ledger.entries(vault.read()) == (entry,)
        assert erasing.held(vault.read(), member_id) is None
    finally:
        vault.close()
