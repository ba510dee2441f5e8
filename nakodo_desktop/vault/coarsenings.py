"""What a member is shown more coarsely than the rules demand, from batch to batch."""

from __future__ import annotations

from datetime import datetime

from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.site_context import Coarsening
from nakodo_desktop.vault.connection import Connection

INSERT = """INSERT INTO coarsening (member_id, kind, staff_id, decided_at) VALUES (:member_id, :kind, :staff_id, :now)
    ON CONFLICT (member_id, kind) DO NOTHING"""
DELETE = "DELETE FROM coarsening WHERE member_id = :member_id AND kind = :kind"
SELECT = "SELECT kind FROM coarsening WHERE member_id = :member_id"


def of_member(db: Connection, member_id: MemberId) -> frozenset[Coarsening]:
    return frozenset(Coarsening[row[0].upper()] for row in db.execute(SELECT, {"member_id": member_id}))


def put(db: Connection, member_id: MemberId, kind: Coarsening, *, staff_id: str, now: datetime) -> None:
    values = {"member_id": member_id, "kind": name_of(kind), "staff_id": staff_id, "now": now.isoformat()}
    db.execute(INSERT, values)


def drop(db: Connection, member_id: MemberId, kind: Coarsening) -> None:
    db.execute(DELETE, {"member_id": member_id, "kind": name_of(kind)})


def name_of(kind: Coarsening) -> str:
    """Its name in the database and in the audit log; the enum's value is Japanese and may be reworded."""
    return kind.name.lower()
