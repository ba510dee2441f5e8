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
_UPDATE = "UPDATE staff SET name = :name, role = :role WHERE id = :id AND removed_at IS NULL"
_REMOVE = "UPDATE staff SET slot_id = NULL, is_active = 0, removed_at = :at WHERE id = :id AND removed_at IS NULL"
_ADOPT = """
INSERT INTO staff (id, name, role, slot_id, is_active, created_at, removed_at)
VALUES (:id, :name, :role, NULL, 0, :at, :removed_at)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, slot_id = NULL, is_active = 0,
    removed_at = excluded.removed_at
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


def update_staff(db: Connection, staff: Staff) -> None:
    """Name and role. Raises LookupError for somebody unknown or removed."""
    if db.execute(_UPDATE, {"id": staff.id, "name": staff.name, "role": staff.role.value}).rowcount != 1:
        raise LookupError("no such person")


def mark_removed(db: Connection, staff_id: StaffId, *, at: datetime) -> None:
    """After the way in is gone. The row stays: the audit names it."""
    if db.execute(_REMOVE, {"id": staff_id, "at": at.isoformat(timespec="milliseconds")}).rowcount != 1:
        raise LookupError("no such person")


def adopt_staff(db: Connection, record: StaffRecord) -> None:
    """Write a person as another database knows them, without a way in (the header's notes give it)."""
    db.execute(
        _ADOPT,
        {
            "id": record.staff.id,
            "name": record.staff.name,
            "role": record.staff.role.value,
            "at": record.created_at.isoformat(timespec="milliseconds"),
            "removed_at": None if record.removed_at is None else record.removed_at.isoformat(timespec="milliseconds"),
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
