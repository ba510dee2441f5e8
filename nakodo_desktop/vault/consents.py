"""What was shown, seen and agreed to: purpose notice, identity check, consents."""

from __future__ import annotations

from datetime import date, datetime

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.answers import to_plain
from nakodo_desktop.domain.consent import Consent
from nakodo_desktop.domain.fields import Kind, Store
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.rows import SqlValue, optional_date

_NOTICE_KEYS = catalog.columns(Store.NOTICE)
_IDENTITY_KEYS = catalog.columns(Store.IDENTITY)
UPSERT_NOTICE = (
    f"INSERT INTO purpose_notice (member_id, {', '.join(_NOTICE_KEYS)}, text_version, staff_id)"
    f" VALUES (:member_id, {', '.join(f':{k}' for k in _NOTICE_KEYS)}, :text_version, :staff_id)"
    " ON CONFLICT (member_id) DO UPDATE SET text_version = excluded.text_version, staff_id = excluded.staff_id, "
    + ", ".join(f"{k} = excluded.{k}" for k in _NOTICE_KEYS)
)
SELECT_NOTICE = f"SELECT {', '.join(_NOTICE_KEYS)} FROM purpose_notice WHERE member_id = :member_id"
INSERT_IDENTITY = (
    f"INSERT INTO identity_check (member_id, {', '.join(_IDENTITY_KEYS)}, staff_id, recorded_at)"
    f" VALUES (:member_id, {', '.join(f':{k}' for k in _IDENTITY_KEYS)}, :staff_id, :now)"
)
IDENTITY_SEEN_BY = """SELECT s.name FROM identity_check i JOIN staff s ON s.id = i.staff_id
    WHERE i.member_id = :member_id ORDER BY i.id DESC LIMIT 1"""
SELECT_IDENTITY = (
    f"SELECT {', '.join(_IDENTITY_KEYS)} FROM identity_check WHERE member_id = :member_id ORDER BY id DESC LIMIT 1"
)
INSERT_CONSENT = """INSERT INTO consent (member_id, scope, answer, text_version, consent_method, consented_on, staff_id,
    recorded_at) VALUES (:member_id, :scope, :answer, :text_version, :consent_method, :consented_on, :staff_id, :now)"""
SELECT_CONSENTS = """SELECT c.id, c.scope, c.answer, c.text_version, c.consent_method, c.consented_on, s.name,
    c.withdrawn_on FROM consent c JOIN staff s ON s.id = c.staff_id WHERE c.member_id = :member_id ORDER BY c.id"""
WITHDRAW = """UPDATE consent SET withdrawn_on = :day, withdrawn_by = :staff_id
    WHERE id = :id AND member_id = :member_id AND answer = 'given' AND withdrawn_on IS NULL"""


def save_notice(db: Connection, member_id: MemberId, answers: Answers, *, text_version: str, staff_id: str) -> None:
    db.execute(
        UPSERT_NOTICE,
        _values(_NOTICE_KEYS, answers) | {"member_id": member_id, "text_version": text_version, "staff_id": staff_id},
    )


def load_notice(db: Connection, member_id: MemberId) -> dict[str, Value]:
    return _load(db, SELECT_NOTICE, _NOTICE_KEYS, member_id)


def record_identity(db: Connection, member_id: MemberId, answers: Answers, *, staff_id: str, now: datetime) -> None:
    """A check is a fact of its day: each one is a row."""
    db.execute(
        INSERT_IDENTITY,
        _values(_IDENTITY_KEYS, answers) | {"member_id": member_id, "staff_id": staff_id, "now": now.isoformat()},
    )


def load_identity(db: Connection, member_id: MemberId) -> dict[str, Value]:
    """The newest check."""
    return _load(db, SELECT_IDENTITY, _IDENTITY_KEYS, member_id)


def identity_seen_by(db: Connection, member_id: MemberId) -> str:
    """Who saw the document at the newest check; "" when none was seen."""
    row = db.execute(IDENTITY_SEEN_BY, {"member_id": member_id}).fetchone()
    return "" if row is None else str(row[0])


def record_consents(
    db: Connection, member_id: MemberId, answers: Answers, *, text_version: str, staff_id: str, now: datetime
) -> None:
    """One row for each scope that was answered."""
    for scope in catalog.CONSENT_SCOPES:
        answer = answers.get(scope)
        if answer is None:
            continue
        values: dict[str, SqlValue] = {
            "member_id": member_id,
            "scope": scope,
            "answer": str(answer),
            "text_version": text_version,
            "consent_method": str(answers["consent_method"]),
            "consented_on": str(answers["consented_on"]),
            "staff_id": staff_id,
            "now": now.isoformat(),
        }
        db.execute(INSERT_CONSENT, values)


def load_consents(db: Connection, member_id: MemberId) -> tuple[Consent, ...]:
    """Oldest first."""
    return tuple(
        Consent(r[0], r[1], r[2], r[3], r[4], date.fromisoformat(r[5]), r[6], optional_date(r[7]))
        for r in db.execute(SELECT_CONSENTS, {"member_id": member_id})
    )


def withdraw(db: Connection, member_id: MemberId, consent_id: int, *, day: date, staff_id: str) -> bool:
    """False when it did not hold any more."""
    values: dict[str, SqlValue] = {
        "id": consent_id,
        "member_id": member_id,
        "day": day.isoformat(),
        "staff_id": staff_id,
    }
    return db.execute(WITHDRAW, values).rowcount == 1


def _values(keys: tuple[str, ...], answers: Answers) -> dict[str, SqlValue]:
    values: dict[str, SqlValue] = {}
    for key in keys:
        plain = to_plain(answers.get(key))
        values[key] = int(plain) if isinstance(plain, bool) else str(plain) if plain is not None else None
    return values


def _load(db: Connection, sql: str, keys: tuple[str, ...], member_id: MemberId) -> dict[str, Value]:
    row = db.execute(sql, {"member_id": member_id}).fetchone()
    if row is None:
        return {}
    found: dict[str, Value] = {}
    for position, key in enumerate(keys):
        raw, kind = row[position], catalog.FIELDS[key].kind
        found[key] = bool(raw) if kind is Kind.FLAG else date.fromisoformat(raw) if kind is Kind.DATE and raw else raw
    return found
