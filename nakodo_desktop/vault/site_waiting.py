"""How far the association's site lags behind the register, counted in the narrow tables; nobody is judged here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.members import PROVED_SINGLE
from nakodo_desktop.vault.rows import one

_SHOWN = """SELECT e.member_uid FROM batch b JOIN batch_entry e ON e.batch_id = b.id
    WHERE b.seq = (SELECT max(seq) FROM batch WHERE state = 'delivered') AND e.change <> 'removed'"""
WAITING = f"""WITH shown(uid) AS ({_SHOWN}), fit(uid, updated_at) AS (SELECT uid, updated_at FROM member
    WHERE status IN ('omiai', 'pre_courtship') AND {PROVED_SINGLE})
    SELECT (SELECT count(*) FROM fit WHERE uid NOT IN (SELECT uid FROM shown)),
    (SELECT count(*) FROM fit WHERE uid IN (SELECT uid FROM shown)
        AND updated_at > (SELECT max(created_at) FROM batch WHERE state = 'delivered')),
    (SELECT count(*) FROM shown WHERE uid NOT IN (SELECT uid FROM fit))"""


@dataclass(frozen=True)
class SiteWaiting:
    """Members by what the next batch may bring: their consents and words are looked at only there."""

    fresh: int
    changed: int
    gone: int

    def __bool__(self) -> bool:
        return bool(self.fresh or self.changed or self.gone)


def site_waiting(db: Connection, *, today: date) -> SiteWaiting:
    row = one(db, WAITING, {"today": today.isoformat()})
    return SiteWaiting(row[0], row[1], row[2])
