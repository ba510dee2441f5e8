"""The erasure ledger: which class of whose records was erased when; opaque uids only, never forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from nakodo_desktop.domain.fields import Retention
from nakodo_desktop.domain.retention import Reason
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.rows import one
from nakodo_desktop.vault.schema import schema_version

INSERT = """INSERT INTO erasure (uid, record, at, reason, state) VALUES (:uid, :record, :at, :reason, :state)
    ON CONFLICT (uid, record, at) DO NOTHING"""
ALL = "SELECT uid, record, at, reason FROM erasure ORDER BY at, uid, record"
PENDING = "SELECT count(*) FROM erasure WHERE state = 'pending'"
PURGED = "UPDATE erasure SET state = 'purged' WHERE state = 'pending'"
# A backup from before an erasure still holds what was erased, until it is pruned or reported destroyed.
EXPIRED = """UPDATE erasure SET state = 'backups_expired' WHERE state = 'purged'
    AND NOT EXISTS (SELECT 1 FROM backup WHERE gone_at IS NULL AND made_at < erasure.at)"""
NEWEST_IN_BACKUPS = "SELECT max(at) FROM erasure WHERE state <> 'backups_expired'"
ANY = "SELECT EXISTS (SELECT 1 FROM erasure)"

_SINCE_SCHEMA = 8


class State(Enum):
    PENDING = "pending"
    PURGED = "purged"
    BACKUPS_EXPIRED = "backups_expired"


@dataclass(frozen=True)
class Entry:
    """One class of one person's records, and when it went."""

    uid: str
    record: Retention
    at: datetime
    reason: Reason


def note(db: Connection, entries: Iterable[Entry], *, state: State) -> None:
    """Inside the caller's transaction; what is known already stays as it is."""
    db.executemany(
        INSERT,
        [
            {
                "uid": entry.uid,
                "record": entry.record.value,
                "at": moment(entry.at),
                "reason": entry.reason.value,
                "state": state.value,
            }
            for entry in entries
        ],
    )


def entries(db: Connection) -> tuple[Entry, ...]:
    """Oldest first."""
    return tuple(
        Entry(row["uid"], Retention(row["record"]), datetime.fromisoformat(row["at"]), Reason(row["reason"]))
        for row in db.execute(ALL)
    )


def is_empty(db: Connection) -> bool:
    """Nobody was ever erased; so it is, too, before there was a ledger: an older vault is backed up to be migrated."""
    return schema_version(db) < _SINCE_SCHEMA or not one(db, ANY)[0]


def is_pending(db: Connection) -> bool:
    """Whether something was deleted whose pages may not be overwritten yet."""
    return bool(one(db, PENDING)[0])


def mark_purged(db: Connection) -> int:
    return db.execute(PURGED).rowcount


def mark_expired(db: Connection) -> int:
    """Those of which no backup tells any more."""
    return db.execute(EXPIRED).rowcount


def newest_in_backups(db: Connection) -> datetime | None:
    """Backups made before this moment hold somebody who was erased. None: there is no such backup."""
    found = one(db, NEWEST_IN_BACKUPS)[0]
    return None if found is None else datetime.fromisoformat(found)


def moment(at: datetime) -> str:
    """As the backups' moments are written, so that the two can be compared."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
