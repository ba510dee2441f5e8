"""The second half of an erasure: overwrite what was deleted, tell the copies outside, and only then call it done."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from nakodo_desktop.errors import VaultInUse
from nakodo_desktop.vault import erasure_ledger, ledger_mirror
from nakodo_desktop.vault.backup_shelf import places_out_there
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.vault import Vault


def purge(vault: Vault, *, places: Iterable[Path] = ()) -> bool:
    """Whether everything deleted so far is overwritten; False while somebody still reads: try again later.

    `places`: where backups go besides those the vault knows of. Raises DiskFull, NotWritable; then nothing is called
    done and the next try begins anew.
    """
    db = vault.read()
    if not erasure_ledger.is_pending(db):
        return True
    if not fold_in_log(db):
        return False
    vault.pc_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ledger_mirror.write_mirror(db, vault.vault_id, vault.pc_folder)
    ledger_mirror.write_where_possible(db, vault.vault_id, (*places_out_there(db), *places))
    with vault.transaction() as tx:
        tx.audit("erasure.purged", detail={"count": erasure_ledger.mark_purged(tx.db)})
        erasure_ledger.mark_expired(tx.db)
    return True


def fold_in_log(db: Connection) -> bool:
    """DELETE alone erases nothing: the old pages stand in the file until the log is folded in and cut to nothing."""
    try:
        row = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except VaultInUse:
        return False
    return row is not None and row[0] == 0
