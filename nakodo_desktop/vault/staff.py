"""The people of the office as the vault stores them; who may open it is the header's matter."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from nakodo_desktop.domain.staff import Role, Staff, StaffId
from nakodo_desktop.vault.connection import Connection, Row

_COLUMNS = "id, name, role, slot_id, is_active, created_at, removed_at"
_SELECT = f"SELECT {_COLUMNS} FROM staff WHERE id = :id"
_LIST = f"SELECT {_COLUMNS} FROM staff ORDER BY created_at, id"
_INSERT = """
INSERT INTO staff (id, name, role, slot_id, is_active, created_at) VALUES (:id, :name, :role, :slot_id, :is_active, :at)
"""


@dataclass(frozen=True)
class StaffRecord:
    staff: Staff
    slot_id: str | None  # None: no way in
    is_active: bool
    created_at: datetime
    removed_at: datetime | None


def new_staff_id() -> StaffId:
    return StaffId(secrets.token_hex(16))


def find_staff(db: Connection, staff_id: StaffId) -> StaffRecord | None:
    row = db.execute(_SELECT, {"id": staff_id}).fetchone()
    return None if row is None else _record(row)


def list_staff(db: Connection) -> list[StaffRecord]:
    """Everybody who ever had a slot, oldest first; the removed too, since the audit names them."""
    return [_record(row) for row in db.execute(_LIST)]


def insert_staff(db: Connection, staff: Staff, *, slot_id: str | None, at: datetime) -> None:
    db.execute(
        _INSERT,
        {
            "id": staff.id,
            "name": staff.name,
            "role": staff.role.value,
            "slot_id": slot_id,
            "is_active": int(slot_id is not None),
            "at": at.isoformat(timespec="milliseconds"),
        },
    )


def _record(row: Row) -> StaffRecord:
    return StaffRecord(
        staff=Staff(StaffId(row["id"]), row["name"], Role(row["role"])),
        slot_id=row["slot_id"],
        is_active=bool(row["is_active"]),
        created_at=datetime.fromisoformat(row["created_at"]),
        removed_at=None if row["removed_at"] is None else datetime.fromisoformat(row["removed_at"]),
    )
