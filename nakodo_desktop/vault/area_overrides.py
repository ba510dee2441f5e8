"""Which 市 the office shows by another class than the law's, each with who decided and why."""

from __future__ import annotations

from datetime import date

from nakodo_desktop.domain.municipality import AreaClass, AreaOverride
from nakodo_desktop.domain.staff import StaffId
from nakodo_desktop.vault.connection import Connection

SELECT = "SELECT code, area_class, reason, staff_id, marked_on FROM area_override ORDER BY code"
UPSERT = """INSERT INTO area_override (code, area_class, reason, staff_id, marked_on)
    VALUES (:code, :area_class, :reason, :staff_id, :marked_on)
    ON CONFLICT (code) DO UPDATE SET area_class = excluded.area_class, reason = excluded.reason,
    staff_id = excluded.staff_id, marked_on = excluded.marked_on"""
DELETE = "DELETE FROM area_override WHERE code = :code"


def load(db: Connection) -> dict[str, AreaOverride]:
    """By code, in the order of the codes."""
    return {
        r[0]: AreaOverride(
            code=r[0],
            area_class=AreaClass[r[1].upper()],
            reason=r[2],
            staff_id=StaffId(r[3]),
            marked_on=date.fromisoformat(r[4]),
        )
        for r in db.execute(SELECT)
    }


def put(db: Connection, override: AreaOverride) -> None:
    db.execute(
        UPSERT,
        {
            "code": override.code,
            "area_class": override.area_class.name.lower(),
            "reason": override.reason,
            "staff_id": override.staff_id,
            "marked_on": override.marked_on.isoformat(),
        },
    )


def drop(db: Connection, code: str) -> None:
    db.execute(DELETE, {"code": code})
