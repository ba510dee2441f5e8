"""Pictures of signed sheets: safe pixels in the vault and nowhere else."""

from __future__ import annotations

from datetime import datetime

from nakodo_desktop.domain.declaration import DeclarationId
from nakodo_desktop.vault.connection import Connection

UPSERT = """INSERT INTO signed_scan (declaration_id, jpeg, sha256, staff_id, taken_in_at)
    VALUES (:id, :jpeg, :sha256, :staff_id, :now)
    ON CONFLICT (declaration_id) DO UPDATE SET jpeg = excluded.jpeg, sha256 = excluded.sha256,
    staff_id = excluded.staff_id, taken_in_at = excluded.taken_in_at"""
TAKEN_IN_AT = "SELECT taken_in_at FROM signed_scan WHERE declaration_id = :id"
JPEG = "SELECT jpeg FROM signed_scan WHERE declaration_id = :id"
DELETE = "DELETE FROM signed_scan WHERE declaration_id = :id"


def put(
    db: Connection, declaration_id: DeclarationId, *, jpeg: bytes, sha256: str, staff_id: str, now: datetime
) -> None:
    """In place of an earlier one."""
    values = {"id": declaration_id, "jpeg": jpeg, "sha256": sha256, "staff_id": staff_id, "now": now.isoformat()}
    db.execute(UPSERT, values)


def taken_in_at(db: Connection, declaration_id: DeclarationId) -> datetime | None:
    """None when there is none."""
    row = db.execute(TAKEN_IN_AT, {"id": declaration_id}).fetchone()
    return None if row is None else datetime.fromisoformat(row[0])


def jpeg(db: Connection, declaration_id: DeclarationId) -> bytes | None:
    row = db.execute(JPEG, {"id": declaration_id}).fetchone()
    return None if row is None else bytes(row[0])


def delete(db: Connection, declaration_id: DeclarationId) -> bool:
    """False when there was none."""
    return db.execute(DELETE, {"id": declaration_id}).rowcount == 1
