"""What a vault needs now and then beside its daily work; on a lent vault, in a job."""

from __future__ import annotations

from contextlib import closing

from nakodo_desktop.vault.connection import size_bytes
from nakodo_desktop.vault.generations import refuse_full_disk
from nakodo_desktop.vault.loan import Loan


def compact(loan: Loan) -> int:
    """Give back the pages that erasing left empty. → bytes saved. Raises DiskFull, VaultDamaged; then it is as before.

    SQLite writes the file anew through its log: an end in the middle leaves the old state.
    """
    with closing(loan.connect()) as db:
        refuse_full_disk(db, loan.folder)
        before = size_bytes(db)
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return before - size_bytes(db)
