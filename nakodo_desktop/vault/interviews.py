"""Interviews with their answers as one JSON row: the draft that is never lost, and the record of who asked when."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from nakodo_desktop.domain.answers import from_json, to_json
from nakodo_desktop.domain.interview_record import Interview, InterviewKind, InterviewState
from nakodo_desktop.domain.member import InterviewId, MemberId
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.vault import form_drafts
from nakodo_desktop.vault.connection import Connection, Row
from nakodo_desktop.vault.rows import one

_COLUMNS = """i.id, i.number, i.kind, i.member_id, i.state, i.step, i.visited, i.answers, s.name, i.started_at,
    i.saved_at, i.finished_at, i.version, i.publish"""
_FROM = "FROM interview i JOIN staff s ON s.id = i.staff_id"
NEXT_NUMBER = """SELECT max(coalesce((SELECT max(number) FROM interview), 0), coalesce((SELECT max(highest) FROM
    number_given), 0)) + 1"""
INSERT = """INSERT INTO interview (number, kind, member_id, state, step, visited, answers, staff_id, started_at,
    saved_at, version) VALUES (:number, :kind, :member_id, 'in_progress', :step, '[]', :answers, :staff_id, :now,
    :now, 1) RETURNING id"""
SAVE = """UPDATE interview SET step = :step, visited = :visited, answers = :answers, saved_at = :now,
    publish = coalesce(:publish, publish), version = version + 1
    WHERE id = :id AND version = :version AND state = 'in_progress'"""
FINISH = """UPDATE interview SET state = :state, member_id = :member_id, answers = '{}', finished_at = :now,
    saved_at = :now, version = version + 1 WHERE id = :id AND state = 'in_progress'"""
NUMBER_OF = "SELECT number FROM interview WHERE id = :id"
ATTACH = "UPDATE interview SET member_id = :member_id WHERE id = :id"
ONE = f"SELECT {_COLUMNS} {_FROM} WHERE i.id = :id"
IN_PROGRESS = f"SELECT {_COLUMNS} {_FROM} WHERE i.state = 'in_progress' ORDER BY i.saved_at DESC, i.id DESC"
OF_MEMBER = f"SELECT {_COLUMNS} {_FROM} WHERE i.member_id = :member_id ORDER BY i.id DESC"


def start(
    db: Connection,
    kind: InterviewKind,
    *,
    step: str,
    answers: Answers,
    staff_id: str,
    now: datetime,
    member_id: MemberId | None = None,
    number: int | None = None,
) -> InterviewId:
    """A new interview; an intake takes the next running number, which becomes the member's."""
    if number is None:
        number = one(db, NEXT_NUMBER)[0]
    values = {
        "number": number,
        "kind": kind.value,
        "member_id": member_id,
        "step": step,
        "answers": to_json(answers),
        "staff_id": staff_id,
        "now": now.isoformat(),
    }
    return InterviewId(one(db, INSERT, values)[0])


def save(
    db: Connection,
    interview_id: InterviewId,
    *,
    version: int,
    step: str,
    visited: Collection[str],
    answers: Answers,
    now: datetime,
    publish: bool | None = None,
) -> bool:
    """False when it was saved elsewhere in the meantime, or is no longer in progress. `publish` None: as it was."""
    values = {
        "id": interview_id,
        "version": version,
        "step": step,
        "visited": json.dumps(sorted(visited)),
        "answers": to_json(answers),
        "publish": publish,
        "now": now.isoformat(),
    }
    return bool(db.execute(SAVE, values).rowcount == 1)


def number_of(db: Connection, interview_id: InterviewId) -> int:
    """The running number the interview took."""
    return int(one(db, NUMBER_OF, {"id": interview_id})[0])


def attach(db: Connection, interview_id: InterviewId, member_id: MemberId) -> None:
    """The person has a record now; the interview goes on."""
    db.execute(ATTACH, {"id": interview_id, "member_id": member_id})


def close(
    db: Connection, interview_id: InterviewId, state: InterviewState, *, member_id: MemberId | None, now: datetime
) -> bool:
    """End it; the draft answers are emptied, the member's tables hold them now (or nobody does)."""
    form_drafts.forget_with(db, interview_id)
    values = {"id": interview_id, "state": state.value, "member_id": member_id, "now": now.isoformat()}
    return bool(db.execute(FINISH, values).rowcount == 1)


def load(db: Connection, interview_id: InterviewId) -> Interview | None:
    row = db.execute(ONE, {"id": interview_id}).fetchone()
    return None if row is None else _interview(row)


def in_progress(db: Connection) -> tuple[Interview, ...]:
    """Newest first."""
    return tuple(_interview(row) for row in db.execute(IN_PROGRESS))


def of_member(db: Connection, member_id: MemberId) -> tuple[Interview, ...]:
    """Newest first."""
    return tuple(_interview(row) for row in db.execute(OF_MEMBER, {"member_id": member_id}))


def _interview(r: Row) -> Interview:
    return Interview(
        id=InterviewId(int(r[0])),
        number=int(r[1]),
        kind=InterviewKind(r[2]),
        member_id=None if r[3] is None else MemberId(int(r[3])),
        state=InterviewState(r[4]),
        step=r[5],
        visited=frozenset(json.loads(r[6])),
        answers=from_json(r[7]),
        staff_name=r[8],
        started_at=datetime.fromisoformat(r[9]),
        saved_at=datetime.fromisoformat(r[10]),
        finished_at=None if r[11] is None else datetime.fromisoformat(r[11]),
        version=int(r[12]),
        publish=bool(r[13]),
    )
