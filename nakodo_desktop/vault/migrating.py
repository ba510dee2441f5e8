"""Brings an older vault to this release's schema: a verified backup first, then on a copy, then the switch."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

from nakodo_desktop.vault.backup import make_backup
from nakodo_desktop.vault.backup_shelf import keep_newest
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.generations import changing, discard_database, new_generation, switch, write_generation
from nakodo_desktop.vault.header_notes import reserve_generation
from nakodo_desktop.vault.loan import Loan, append_audit
from nakodo_desktop.vault.schema import migrate, migrations, schema_version
from nakodo_desktop.vault.unlock import OpenedKeys

BEFORE_UPDATE = "before-update"

_KEPT = 2


def migrate_vault(loan: Loan, *, at: datetime) -> OpenedKeys:
    """Raises DiskFull, NotWritable, VaultDamaged; then the vault is as it was, for the older release too."""
    make_backup(loan, loan.folder / BEFORE_UPDATE, at=at)
    keep_newest(loan.folder / BEFORE_UPDATE, loan.keys.state.header.vault_id, count=_KEPT)

    def change(db: Connection) -> None:
        before = schema_version(db)
        migrate(db, migrations())
        with changing(db):
            append_audit(
                db,
                loan.author,
                at=at,
                act="vault.migrated",
                detail={"from": before, "to": schema_version(db)},
            )

    header = loan.keys.state.header
    with closing(loan.connect_to_copy()) as source:
        new, master_key = new_generation(header, slots=header.slots, generation=reserve_generation(source))
        write_generation(loan.folder, new, master_key=master_key, source=source, change=change)
    state = switch(loan.folder, new, master_key=master_key)
    discard_database(loan.database)
    return OpenedKeys(state, loan.keys.slot_id, master_key)
