"""What is held of people who left, and what goes with each class of records; which column is which the catalogue says.

Deleting is half of it: the pages are overwritten when the log is folded in (`purging`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.fields import Retention, Store
from nakodo_desktop.domain.member import MemberId, MemberStatus
from nakodo_desktop.domain.retention import Holding, keys_of
from nakodo_desktop.errors import VaultDamaged
from nakodo_desktop.vault.connection import Connection, Row
from nakodo_desktop.vault.erasure_ledger import Entry
from nakodo_desktop.vault.rows import one

_PROFILE_KEYS = keys_of(Retention.PROFILE, Store.PROFILE)
_CARE_KEYS = catalog.columns(Store.SPECIAL_CARE)
_KEPT_KEYS = json.dumps(keys_of(Retention.CONTRACT, Store.PROFILE))  # whose history stays with the record

DELETE_PHOTOS = "DELETE FROM photo WHERE member_id = :id"
DELETE_DRAFT_PHOTOS = "DELETE FROM photo WHERE interview_id IN (SELECT id FROM interview WHERE member_id = :id)"
CLEAR_PROFILE = f"UPDATE profile SET {', '.join(f'{key} = NULL' for key in _PROFILE_KEYS)} WHERE member_id = :id"
DELETE_SPECIAL_CARE = "DELETE FROM special_care WHERE member_id = :id"
DELETE_HISTORY = """DELETE FROM profile_change WHERE member_id = :id
    AND field_key NOT IN (SELECT value FROM json_each(:kept))"""
DELETE_DRAFTS = "DELETE FROM interview WHERE member_id = :id AND state = 'in_progress'"
DELETE_RELEASES = "DELETE FROM text_release WHERE member_id = :id"
DELETE_COARSENINGS = "DELETE FROM coarsening WHERE member_id = :id"
DELETE_FORM_DRAFTS = "DELETE FROM form_draft WHERE member_id = :id"
DELETE_MEMBER = "DELETE FROM member WHERE id = :id"
DELETE_PROVISIONS = "DELETE FROM provision WHERE member_uid = :uid"
END_HOLD = "DELETE FROM legal_hold WHERE member_id = :id"
ID_OF = "SELECT id FROM member WHERE uid = :uid"
NEW_VERSION = "UPDATE member SET version = version + 1 WHERE id = :id"  # what was read before cannot be saved back
_DELETIONS: dict[Retention, tuple[str, ...]] = {
    Retention.PHOTO: (DELETE_PHOTOS, DELETE_DRAFT_PHOTOS),
    Retention.PROFILE: (
        CLEAR_PROFILE,
        DELETE_SPECIAL_CARE,
        DELETE_HISTORY,
        DELETE_DRAFTS,
        DELETE_RELEASES,
        DELETE_COARSENINGS,
        DELETE_FORM_DRAFTS,
    ),
    Retention.CONTRACT: (DELETE_MEMBER,),
    Retention.PROVISION: (DELETE_PROVISIONS,),
}

_HAS_PROFILE = f"""(
    EXISTS (SELECT 1 FROM profile p WHERE p.member_id = m.id AND coalesce({", ".join(_PROFILE_KEYS)}) IS NOT NULL)
    OR EXISTS (SELECT 1 FROM special_care c WHERE c.member_id = m.id AND coalesce({", ".join(_CARE_KEYS)}) IS NOT NULL)
    OR EXISTS (SELECT 1 FROM profile_change h WHERE h.member_id = m.id
        AND h.field_key NOT IN (SELECT value FROM json_each(:kept)))
    OR EXISTS (SELECT 1 FROM interview i WHERE i.member_id = m.id AND i.state = 'in_progress')
    OR EXISTS (SELECT 1 FROM text_release t WHERE t.member_id = m.id)
    OR EXISTS (SELECT 1 FROM coarsening c WHERE c.member_id = m.id)
    OR EXISTS (SELECT 1 FROM form_draft f WHERE f.member_id = m.id))"""
_HELD = f"""SELECT m.id, m.uid, m.number, m.legal_name, m.status, coalesce(m.status_since, m.updated_at),
    EXISTS (SELECT 1 FROM photo p WHERE p.member_id = m.id)
    OR EXISTS (SELECT 1 FROM interview i JOIN photo p ON p.interview_id = i.id WHERE i.member_id = m.id),
    {_HAS_PROFILE},
    (SELECT max(retain_until) FROM provision p WHERE p.member_uid = m.uid),
    l.reason, l.held_at
    FROM member m LEFT JOIN legal_hold l ON l.member_id = m.id"""
WHO_LEFT = f"{_HELD} WHERE m.status IN ('withdrawn', 'married_out') ORDER BY m.sort_kana, m.id"
ONE = f"{_HELD} WHERE m.id = :id"
BY_UID = f"{_HELD} WHERE m.uid = :uid"
# The record is gone, the records of provision are not: 規則21条. They name the person, as the law asks.
PROVISIONS_ALONE = """SELECT p.member_uid, min(p.person), max(p.retain_until)
    FROM (SELECT DISTINCT uid FROM erasure WHERE record = 'contract') e JOIN provision p ON p.member_uid = e.uid
    GROUP BY p.member_uid ORDER BY max(p.retain_until), p.member_uid"""
PROVISION_ALONE = """SELECT member_uid, min(person), max(retain_until) FROM provision WHERE member_uid = :uid
    GROUP BY member_uid"""

# For the home page, at each look: whom the ledger knows is taken for done without looking into the wide tables.
COUNT_DUE = f"""SELECT count(*) FROM
    (SELECT m.id, m.uid, coalesce(m.status_since, m.updated_at) AS left_at FROM member m
     WHERE m.status IN ('withdrawn', 'married_out') AND m.id NOT IN (SELECT member_id FROM legal_hold)) m
    WHERE m.left_at < :contract
    OR (m.left_at < :photo AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.uid = m.uid AND e.record = 'photo')
        AND EXISTS (SELECT 1 FROM photo p WHERE p.member_id = m.id))
    OR (m.left_at < :profile AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.uid = m.uid AND e.record = 'profile')
        AND {_HAS_PROFILE})
    OR (m.left_at < :provision AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.uid = m.uid AND e.record = 'provision')
        AND (SELECT max(retain_until) FROM provision p WHERE p.member_uid = m.uid) < :today)"""


@dataclass(frozen=True)
class Hold:
    """Why nothing of a record may be erased, since when."""

    reason: str
    held_at: datetime


@dataclass(frozen=True)
class Held:
    """One person and what is there of them. `id` and `status` are None when only records of provision are."""

    id: MemberId | None
    uid: str
    number: str
    legal_name: str
    status: MemberStatus | None
    holding: Holding
    hold: Hold | None


def who_left(db: Connection) -> tuple[Held, ...]:
    """Everybody who left, and those of whom only records of provision are there."""
    gone = tuple(_provisions_alone(row) for row in db.execute(PROVISIONS_ALONE))
    return tuple(_held(row) for row in db.execute(WHO_LEFT, {"kept": _KEPT_KEYS})) + gone


def count_due(db: Connection, last_left: Mapping[Retention, date], *, today: date) -> int:
    """How many people have something due, quickly. `last_left`: who left on that day or before is due, by class.

    A record of provision is never younger than the day its person left.
    """
    bounds = {
        record.value: datetime.combine(day + timedelta(days=1), time()).astimezone(UTC).isoformat()
        for record, day in last_left.items()
    }
    alone = sum(
        provisions_alone.holding.provisions_until < today
        for provisions_alone in map(_provisions_alone, db.execute(PROVISIONS_ALONE))
        if provisions_alone.holding.provisions_until is not None
    )
    return int(one(db, COUNT_DUE, {**bounds, "today": today.isoformat(), "kept": _KEPT_KEYS})[0]) + alone


def held(db: Connection, member_id: MemberId) -> Held | None:
    """None when there is no such record. Somebody who did not leave has no day to count from."""
    row = db.execute(ONE, {"id": member_id, "kept": _KEPT_KEYS}).fetchone()
    return None if row is None else _held(row)


def held_by_uid(db: Connection, uid: str) -> Held | None:
    """What is left of a person after an erasure; None: nothing."""
    row = db.execute(BY_UID, {"uid": uid, "kept": _KEPT_KEYS}).fetchone()
    if row is not None:
        return _held(row)
    alone = db.execute(PROVISION_ALONE, {"uid": uid}).fetchone()
    return None if alone is None else _provisions_alone(alone)


def erase(db: Connection, uid: str, records: Iterable[Retention]) -> None:
    """Delete these classes of one person's records, inside the caller's transaction. A hold is the caller's to ask."""
    row = db.execute(ID_OF, {"uid": uid}).fetchone()
    values = {"id": None if row is None else row["id"], "uid": uid, "kept": _KEPT_KEYS}
    for record in sorted(records, key=list(Retention).index):
        for sql in _DELETIONS[record]:
            db.execute(sql, values)
    db.execute(NEW_VERSION, values)


def erase_again(db: Connection, entries: Sequence[Entry]) -> None:
    """After going back to a database that does not know of these erasures; a hold from back then is over since.

    Inside the caller's transaction. Raises VaultDamaged when something of them would stay.
    """
    for entry in entries:
        row = db.execute(ID_OF, {"uid": entry.uid}).fetchone()
        if row is not None:
            db.execute(END_HOLD, {"id": row["id"]})
        erase(db, entry.uid, (entry.record,))
    if any(_stays(db, entry) for entry in entries):
        raise VaultDamaged(
            "消去した記録を、控えから取り除けませんでした。復元を取りやめ、いまのデータには触れていません。",
            "「安全」の画面で点検を行ってください。",
        )


def _stays(db: Connection, entry: Entry) -> bool:
    there = held_by_uid(db, entry.uid)
    return there is not None and entry.record in there.holding.held


def _held(r: Row) -> Held:
    status = MemberStatus(r[4])
    there = {
        Retention.PHOTO: bool(r[6]),
        Retention.PROFILE: bool(r[7]),
        Retention.CONTRACT: True,
        Retention.PROVISION: r[8] is not None,
    }
    has_left = status in (MemberStatus.WITHDRAWN, MemberStatus.MARRIED_OUT)
    holding = Holding(
        left_on=datetime.fromisoformat(r[5]).astimezone().date() if has_left else None,
        held=frozenset(record for record, is_there in there.items() if is_there),
        provisions_until=None if r[8] is None else date.fromisoformat(r[8]),
        is_on_hold=r[9] is not None,
    )
    hold = None if r[9] is None else Hold(r[9], datetime.fromisoformat(r[10]))
    return Held(MemberId(int(r[0])), r[1], r[2], r[3], status, holding, hold)


def _provisions_alone(r: Row) -> Held:
    holding = Holding(left_on=None, held=frozenset({Retention.PROVISION}), provisions_until=date.fromisoformat(r[2]))
    return Held(None, r[0], "", r[1], None, holding, None)
