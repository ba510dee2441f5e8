"""What somebody had half typed into a form when the telephone rang: one row a form and person, encrypted as all is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from nakodo_desktop.domain.member import InterviewId, MemberId
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.vault.connection import Connection, Row

KEEP = """INSERT INTO form_draft (form, staff_id, member_id, interview_id, answers, saved_at)
    SELECT :form, :staff_id, :member_id, :interview_id, :answers, :now WHERE :interview_id IS NULL
    OR EXISTS (SELECT 1 FROM interview WHERE id = :interview_id AND state = 'in_progress')
    ON CONFLICT (form, staff_id) DO UPDATE SET answers = excluded.answers, saved_at = excluded.saved_at"""
ONE = "SELECT answers, saved_at FROM form_draft WHERE form = :form AND staff_id = :staff_id"
FORGET = "DELETE FROM form_draft WHERE form = :form AND staff_id = :staff_id"
WAITING = """SELECT form, member_id, saved_at FROM form_draft WHERE staff_id = :staff_id AND interview_id IS NULL
    ORDER BY saved_at DESC, form"""
FORGET_FOR_ALL = "DELETE FROM form_draft WHERE form = :form"
FORGET_WITH = "DELETE FROM form_draft WHERE interview_id = :interview_id"


@dataclass(frozen=True)
class FormDraft:
    """The fields that were touched, by their name in the form."""

    answers: Answers
    saved_at: datetime


def keep(
    db: Connection,
    form: str,
    answers: Answers,
    *,
    staff_id: str,
    member_id: MemberId | None = None,
    interview_id: InterviewId | None = None,
    now: datetime,
) -> None:
    """With `interview_id`: nothing once that interview is over."""
    values = {
        "form": form,
        "staff_id": staff_id,
        "member_id": member_id,
        "interview_id": interview_id,
        "answers": json.dumps({key: _to_plain(value) for key, value in answers.items()}),
        "now": now.isoformat(),
    }
    db.execute(KEEP, values)


def load(db: Connection, form: str, *, staff_id: str) -> FormDraft | None:
    row = db.execute(ONE, {"form": form, "staff_id": staff_id}).fetchone()
    if row is None:
        return None
    plain: dict[str, object] = json.loads(row["answers"])
    return FormDraft({key: _from_plain(raw) for key, raw in plain.items()}, _moment(row))


def waiting(db: Connection, *, staff_id: str) -> tuple[tuple[str, MemberId | None, datetime], ...]:
    """Form, member and moment; the one that was typed last comes first. Not those an interview goes on with."""
    found = db.execute(WAITING, {"staff_id": staff_id})
    return tuple((r["form"], None if r["member_id"] is None else MemberId(r["member_id"]), _moment(r)) for r in found)


def forget(db: Connection, form: str, *, staff_id: str) -> bool:
    """False when there was nothing."""
    return db.execute(FORGET, {"form": form, "staff_id": staff_id}).rowcount > 0


def forget_for_all(db: Connection, form: str) -> None:
    """Whoever typed it."""
    db.execute(FORGET_FOR_ALL, {"form": form})


def forget_with(db: Connection, interview_id: InterviewId) -> None:
    """The interview is over."""
    db.execute(FORGET_WITH, {"interview_id": interview_id})


def _moment(row: Row) -> datetime:
    return datetime.fromisoformat(row["saved_at"])


def _to_plain(value: Value) -> object:
    """A form is no catalogue: a date says of itself that it is one. A cleared field is kept as one."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return list(value) if isinstance(value, tuple) else value


def _from_plain(raw: object) -> Value:
    if isinstance(raw, dict):
        return date.fromisoformat(str(raw["date"]))
    if isinstance(raw, list):
        return tuple(str(item) for item in raw)
    if raw is None or isinstance(raw, str | int):
        return raw
    raise TypeError(type(raw).__name__)
