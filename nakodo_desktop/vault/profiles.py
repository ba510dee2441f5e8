"""Answers of the catalogue in their tables: one function for every column, none by name.

The statements are put together once from the catalogue; `tests/test_catalog.py` compares it with the schema.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.answers import from_plain, to_plain
from nakodo_desktop.domain.fields import Kind, Store
from nakodo_desktop.domain.member import MemberId, ProfileChange
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.vault.connection import Connection

_WIDE = (Store.PROFILE, Store.SPECIAL_CARE)
_KEYS = {store: catalog.columns(store) for store in _WIDE}
_FEW = 6  # a wide row written whole checks every column anew; from here on that is quicker than one by one


def _upsert(store: Store) -> str:
    keys = _KEYS[store]
    return (
        f"INSERT INTO {store.value} (member_id, {', '.join(keys)})"
        f" VALUES (:member_id, {', '.join(f':{k}' for k in keys)})"
        f" ON CONFLICT (member_id) DO UPDATE SET {', '.join(f'{k} = excluded.{k}' for k in keys)}"
    )


UPSERT = {store: _upsert(store) for store in _WIDE}
SELECT = {store: f"SELECT {', '.join(_KEYS[store])} FROM {store.value} WHERE member_id = :member_id" for store in _WIDE}
UPDATE_ONE = {
    key: f"UPDATE {store.value} SET {key} = :value WHERE member_id = :member_id"
    for store in _WIDE
    for key in _KEYS[store]
}
INSERT_CHANGE = """INSERT INTO profile_change (member_id, field_key, old_value, new_value, staff_id, changed_at)
    VALUES (:member_id, :field_key, :old_value, :new_value, :staff_id, :changed_at)"""
FORGET_CHANGES = """DELETE FROM profile_change
    WHERE member_id = :member_id AND field_key IN (SELECT value FROM json_each(:keys))"""
SELECT_CHANGES = """SELECT c.field_key, c.old_value, c.new_value, s.name, c.changed_at
    FROM profile_change c JOIN staff s ON s.id = c.staff_id WHERE c.member_id = :member_id ORDER BY c.id DESC"""


def save(db: Connection, member_id: MemberId, answers: Answers) -> None:
    """Write every wide-table answer of the member; a key that is not in `answers` becomes unanswered."""
    for store in _WIDE:
        _save_whole(db, member_id, store, answers)


def save_changed(db: Connection, member_id: MemberId, answers: Answers, changed: Collection[str]) -> None:
    """As `save`, when of what is on record only `changed` differs: a correction touches few facts of many."""
    for store in _WIDE:
        keys = [key for key in _KEYS[store] if key in changed]
        if len(keys) > _FEW or not all(_update_one(db, member_id, key, answers.get(key)) for key in keys):
            _save_whole(db, member_id, store, answers)


def _save_whole(db: Connection, member_id: MemberId, store: Store, answers: Answers) -> None:
    values: dict[str, object] = {key: _to_sql(answers.get(key)) for key in _KEYS[store]}
    db.execute(UPSERT[store], values | {"member_id": member_id})


def _update_one(db: Connection, member_id: MemberId, key: str, value: Value) -> bool:
    """False when the member has no row there yet."""
    return db.execute(UPDATE_ONE[key], {"value": _to_sql(value), "member_id": member_id}).rowcount == 1


def load(db: Connection, member_id: MemberId, stores: Iterable[Store]) -> dict[str, Value]:
    """The answered facts of the member in these tables."""
    answers: dict[str, Value] = {}
    for store in stores:
        row = db.execute(SELECT[store], {"member_id": member_id}).fetchone()
        if row is None:
            continue
        for position, key in enumerate(_KEYS[store]):
            value = _from_sql(key, row[position])
            if value is not None:
                answers[key] = value
    return answers


def note_change(
    db: Connection,
    member_id: MemberId,
    field_key: str,
    *,
    old: str | None,
    new: str | None,
    staff_id: str,
    now: datetime,
) -> None:
    values = {
        "member_id": member_id,
        "field_key": field_key,
        "old_value": old,
        "new_value": new,
        "staff_id": staff_id,
        "changed_at": now.isoformat(),
    }
    db.execute(INSERT_CHANGE, values)


def forget_changes(db: Connection, member_id: MemberId, field_keys: Iterable[str]) -> None:
    """Nothing of these facts stays in the history; that they were changed once stays in the audit log."""
    db.execute(FORGET_CHANGES, {"member_id": member_id, "keys": json.dumps(list(field_keys))})


def changes(db: Connection, member_id: MemberId) -> tuple[ProfileChange, ...]:
    """Newest first."""
    found = db.execute(SELECT_CHANGES, {"member_id": member_id})
    return tuple(ProfileChange(r[0], r[1], r[2], r[3], datetime.fromisoformat(r[4])) for r in found)


def _to_sql(value: Value) -> str | int | None:
    plain = to_plain(value)
    if isinstance(plain, list):
        return json.dumps(plain, ensure_ascii=False)
    return int(plain) if isinstance(plain, bool) else plain


def _from_sql(key: str, raw: object) -> Value:
    field = catalog.FIELDS[key]
    if raw is not None and field.kind in (Kind.FAMILY, Kind.WISH):
        return from_plain(field, json.loads(str(raw)))
    return from_plain(field, raw)
