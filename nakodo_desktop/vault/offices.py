"""The one row of office settings."""

from __future__ import annotations

from datetime import datetime

from nakodo_desktop.domain.office import Office, Recipient
from nakodo_desktop.vault.connection import Connection

_KEYS = (
    "code",
    "name",
    "representative",
    "postal_code",
    "address",
    "phone",
    "lawyer_name",
    "redeclare_months",
    "is_demo",
    "bands_measures",
    "small_city_area",
    "small_city_occupation",
    "declined_on_site",
)
_RECIPIENT_KEYS = ("code", "name", "address", "representative")
_ALL = (*_KEYS, *(f"recipient_{key}" for key in _RECIPIENT_KEYS))
SELECT = f"SELECT {', '.join(_ALL)} FROM office WHERE id = 1"
INSERT_RENAME = """INSERT INTO recipient_rename (old_name, new_name, reason, staff_id, renamed_at)
    VALUES (:old_name, :new_name, :reason, :staff_id, :now)"""
UPSERT = (
    f"INSERT INTO office (id, {', '.join(_ALL)}) VALUES (1, {', '.join(f':{key}' for key in _ALL)})"
    f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{key} = excluded.{key}' for key in _ALL)}"
)


def load(db: Connection) -> Office | None:
    """None until the set-up wrote it."""
    row = db.execute(SELECT).fetchone()
    if row is None:
        return None
    recipient = Recipient(**{key: row[f"recipient_{key}"] for key in _RECIPIENT_KEYS})
    values = {key: row[key] for key in _KEYS}
    values |= {"is_demo": bool(row["is_demo"]), "bands_measures": bool(row["bands_measures"])}
    return Office(recipient=recipient, **values)


def save(db: Connection, office: Office) -> None:
    values = {key: getattr(office, key) for key in _KEYS}
    values |= {"is_demo": int(office.is_demo), "bands_measures": int(office.bands_measures)}
    values |= {f"recipient_{key}": getattr(office.recipient, key) for key in _RECIPIENT_KEYS}
    db.execute(UPSERT, values)


def note_rename(db: Connection, *, old_name: str, new_name: str, reason: str, staff_id: str, now: datetime) -> None:
    """Before `save`, once the recipient is fixed: why the same association is called otherwise."""
    values = {"old_name": old_name, "new_name": new_name, "reason": reason, "staff_id": staff_id}
    db.execute(INSERT_RENAME, values | {"now": now.isoformat()})
