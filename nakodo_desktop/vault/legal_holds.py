"""Holds: a record that is needed in a dispute is not erased, whatever is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.vault.connection import Connection

PUT = """INSERT INTO legal_hold (member_id, reason, staff_id, held_at) VALUES (:id, :reason, :staff_id, :now)
    ON CONFLICT (member_id) DO UPDATE SET reason = excluded.reason, staff_id = excluded.staff_id,
    held_at = excluded.held_at"""
END = "DELETE FROM legal_hold WHERE member_id = :id"
END_ALL = "DELETE FROM legal_hold"
ALL = """SELECT m.uid, l.reason, l.staff_id, l.held_at FROM legal_hold l JOIN member m ON m.id = l.member_id
    ORDER BY m.uid"""
ADOPT = """INSERT INTO legal_hold (member_id, reason, staff_id, held_at)
    SELECT id, :reason, :staff_id, :held_at FROM member WHERE uid = :uid"""


@dataclass(frozen=True)
class HoldRow:
    """A hold by the member's uid, to be carried into another database."""

    uid: str
    reason: str
    staff_id: str
    held_at: str


def put(db: Connection, member_id: MemberId, *, reason: str, staff_id: str, now: datetime) -> None:
    db.execute(PUT, {"id": member_id, "reason": reason, "staff_id": staff_id, "now": now.isoformat()})


def end(db: Connection, member_id: MemberId) -> bool:
    """False when there was none."""
    return db.execute(END, {"id": member_id}).rowcount == 1


def holds(db: Connection) -> tuple[HoldRow, ...]:
    return tuple(HoldRow(row["uid"], row["reason"], row["staff_id"], row["held_at"]) for row in db.execute(ALL))


def adopt(db: Connection, rows: Iterable[HoldRow]) -> None:
    """In place of those that are there: after a restore the holds of today count. Inside the caller's transaction."""
    db.execute(END_ALL)
    db.executemany(
        ADOPT,
        [{"uid": r.uid, "reason": r.reason, "staff_id": r.staff_id, "held_at": r.held_at} for r in rows],
    )
