"""Suspicions about declarations: the one that holds, and those that were lifted."""

from __future__ import annotations

from datetime import datetime

from nakodo_desktop.domain.declaration import DeclarationId, DeclarationState
from nakodo_desktop.domain.suspicion import Suspicion
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.rows import optional_datetime

INSERT = """INSERT INTO suspicion (declaration_id, reason, staff_id, suspected_at)
    VALUES (:id, :reason, :staff_id, :now)"""
MARK = "UPDATE declaration SET state = 'false_suspected', false_reason = :reason WHERE id = :id"
LIFT = """UPDATE suspicion SET lifted_because = :reason, lifted_by = :staff_id, lifted_at = :now
    WHERE declaration_id = :id AND lifted_at IS NULL"""
UNMARK = """UPDATE declaration SET state = :state, superseded_by = :superseded_by, false_reason = NULL
    WHERE id = :id AND state = 'false_suspected'"""
OF_DECLARATION = """SELECT u.reason, s.name, u.suspected_at, u.lifted_because, l.name, u.lifted_at FROM suspicion u
    LEFT JOIN staff s ON s.id = u.staff_id LEFT JOIN staff l ON l.id = u.lifted_by
    WHERE u.declaration_id = :id ORDER BY u.id DESC"""


def record(db: Connection, declaration_id: DeclarationId, reason: str, *, staff_id: str, now: datetime) -> None:
    """From now on the sheet is suspected. It must not be suspected already."""
    db.execute(INSERT, {"id": declaration_id, "reason": reason, "staff_id": staff_id, "now": now.isoformat()})
    db.execute(MARK, {"id": declaration_id, "reason": reason})


def lift(
    db: Connection,
    declaration_id: DeclarationId,
    reason: str,
    *,
    becomes: DeclarationState,
    superseded_by: DeclarationId | None,
    staff_id: str,
    now: datetime,
) -> bool:
    """False when the sheet was not suspected (any more)."""
    values = {"id": declaration_id, "reason": reason, "staff_id": staff_id, "now": now.isoformat()}
    if db.execute(LIFT, values).rowcount != 1:
        return False
    db.execute(UNMARK, {"id": declaration_id, "state": becomes.value, "superseded_by": superseded_by})
    return True


def of_declaration(db: Connection, declaration_id: DeclarationId) -> tuple[Suspicion, ...]:
    """Newest first."""
    return tuple(
        Suspicion(
            reason=r[0],
            staff_name=r[1] or "",
            suspected_at=datetime.fromisoformat(r[2]),
            lifted_because=r[3] or "",
            lifted_by=r[4] or "",
            lifted_at=optional_datetime(r[5]),
        )
        for r in db.execute(OF_DECLARATION, {"id": declaration_id})
    )
