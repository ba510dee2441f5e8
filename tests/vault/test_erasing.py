"""Which tables go with which class: a new table that hangs on a member has to be told apart here first."""

from __future__ import annotations

import re
from pathlib import Path

from nakodo_desktop.domain.fields import Retention
from nakodo_desktop.vault import erasing
from tests.schemakit import read_tables
from tests.vaultkit import VaultTemplate

# What stays with the contract and goes with the record: name, papers, proof of what was said and signed.
WITH_THE_RECORD = {"profile", "consent", "purpose_notice", "identity_check", "declaration", "legal_hold"}
BEFORE = {
    Retention.PHOTO: {"photo"},
    Retention.PROFILE: {"profile", "special_care", "profile_change", "interview", "text_release", "coarsening"},
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
