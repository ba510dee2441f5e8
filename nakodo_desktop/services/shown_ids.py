"""After this, whoever shows or gives out many members at once need not know how many the log takes in one entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nakodo_desktop.vault.vault import Transaction

_IDS_PER_ENTRY = 500


def note_ids(tx: Transaction, act: str, uids: Sequence[str], detail: Mapping[str, str | int] | None = None) -> None:
    """Log an act about many members, found for each of them; of nobody it is logged too. Each entry has `detail`."""
    for start in range(0, max(len(uids), 1), _IDS_PER_ENTRY):
        tx.audit(act, detail={**(detail or {}), "ids": uids[start : start + _IDS_PER_ENTRY]})
