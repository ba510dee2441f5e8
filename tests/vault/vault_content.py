"""Something to put into a vault of which a test can tell whether it is still there."""

from __future__ import annotations

from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.vault import Vault

_INSERT = "INSERT INTO staff (id, name, role, is_active, created_at) VALUES (:id, :name, 'clerk', 0, '2026-11-23')"
_COUNT = "SELECT count(*) FROM staff WHERE name LIKE '架空 事務%'"
_NAMES = "SELECT name FROM staff WHERE name LIKE '架空 事務%'"


def clerk_name(number: int, length: int = 0) -> str:
    return f"架空 事務{number:05d}".ljust(length, "々")


def add_clerk(vault: Vault, number: int, *, length: int = 0) -> None:
    """One use case: a row and its audit entry."""
    staff_id = f"{number:032x}"
    with vault.transaction() as transaction:
        transaction.db.execute(_INSERT, {"id": staff_id, "name": clerk_name(number, length)})
        transaction.audit("staff.add", subject=staff_id)


def clerks(db: Connection) -> int:
    row = db.execute(_COUNT).fetchone()
    return 0 if row is None else int(row[0])


def clerk_names(db: Connection) -> set[str]:
    return {str(row["name"]) for row in db.execute(_NAMES)}
