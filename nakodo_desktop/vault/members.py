"""Rows of the narrow `member` table: list, search, filter, insert and the guarded update."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nakodo_desktop.domain.declaration import DeclarationState
from nakodo_desktop.domain.leak_others import MemberName
from nakodo_desktop.domain.member import MemberId, MemberRow, MemberStatus
from nakodo_desktop.domain.member_query import Group, MemberQuery, SortBy
from nakodo_desktop.domain.search_keys import digits_key, search_key
from nakodo_desktop.vault.connection import Connection, Row
from nakodo_desktop.vault.rows import SqlValue, one

_ROW = """id, number, legal_name, kana, sex, birth_date, residence, status, declaration_state,
    declaration_valid_until, last_interview_on, certificate_until"""
ROWS_BY_ID = f"SELECT {_ROW} FROM member WHERE id IN (SELECT value FROM json_each(:ids))"
UIDS = "SELECT id, uid FROM member WHERE id IN (SELECT value FROM json_each(:ids))"
UID_OF_NUMBER = "SELECT uid FROM member WHERE number = :number"
NAMES_BY_UID = "SELECT uid, number, legal_name FROM member WHERE uid IN (SELECT value FROM json_each(:uids))"
KERNEL = f"SELECT {_ROW}, uid, joined_on, version FROM member WHERE id = :id"
INSERT = """INSERT INTO member (uid, number, status, legal_name, kana, sex, birth_date, residence, sort_kana,
    search_name, search_kana, search_number, search_phone, certificate_until, joined_on, last_interview_on, version,
    updated_at)
    VALUES (:uid, :number, :status, :legal_name, :kana, :sex, :birth_date, :residence, :sort_kana, :search_name,
    :search_kana, :search_number, :search_phone, :certificate_until, :joined_on, :last_interview_on, 1, :now)
    RETURNING id"""
UPDATE_FACTS = """UPDATE member SET number = :number, legal_name = :legal_name, kana = :kana, sex = :sex,
    birth_date = :birth_date, residence = :residence, sort_kana = :sort_kana, search_name = :search_name,
    search_kana = :search_kana, search_number = :search_number, search_phone = :search_phone,
    certificate_until = :certificate_until, last_interview_on = :last_interview_on, version = version + 1,
    updated_at = :now
    WHERE id = :id AND version = :version"""
UPDATE_NONE = """UPDATE member SET last_interview_on = :last_interview_on, version = version + 1, updated_at = :now
    WHERE id = :id AND version = :version"""
UPDATE_STATUS = """UPDATE member SET status = :status, version = version + 1, updated_at = :now
    WHERE id = :id AND version = :version"""
UPDATE_DECLARATION = """UPDATE member SET declaration_state = :state, declaration_valid_until = :until,
    updated_at = :now WHERE id = :id"""
DELETE = "DELETE FROM member WHERE id = :id"
ALL_NAMES = "SELECT family_name, given_name, family_kana, given_kana, employer_name FROM profile"
PSEUDONYMS = "SELECT member_id, pseudonym FROM profile WHERE pseudonym IS NOT NULL"

# As `domain.single_proof`: a certificate heals neither a suspicion nor a sheet that waits for its signature.
_SIGNED = "declaration_state = 'signed' AND declaration_valid_until >= :today"
_CERTIFIED = "certificate_until >= :today AND coalesce(declaration_state, '') NOT IN ('printed', 'false_suspected')"
PROVED_SINGLE = f"coalesce(({_SIGNED}) OR ({_CERTIFIED}), 0)"
_GROUP_SQL: dict[Group, str] = {
    Group.ALL: "1",
    Group.ACTIVE: "status IN ('omiai', 'pre_courtship', 'serious')",
    Group.PAPERS: f"status IN ('pre_publish', 'omiai', 'pre_courtship', 'serious') AND NOT {PROVED_SINGLE}",
    Group.PRE_PUBLISH: "status = 'pre_publish'",
    Group.LEFT: "status IN ('paused', 'withdrawn', 'married_out')",
}
_STATUS_ORDER = " ".join(f"WHEN '{status.value}' THEN {n}" for n, status in enumerate(MemberStatus))
_SORT_SQL: dict[SortBy, str] = {
    SortBy.KANA: "sort_kana",
    SortBy.NUMBER: "CAST(substr(number, 3) AS INTEGER)",
    SortBy.AGE: "-CAST(replace(birth_date, '-', '') AS INTEGER)",  # the later born, the younger
    SortBy.RESIDENCE: "residence",
    SortBy.STATUS: f"CASE status {_STATUS_ORDER} END",
    SortBy.DECLARATION: "max(coalesce(declaration_valid_until, ''), coalesce(certificate_until, ''))",
    SortBy.LAST_INTERVIEW: "last_interview_on",
}
COUNTS = "SELECT " + ", ".join(f"count(*) FILTER (WHERE {sql})" for sql in _GROUP_SQL.values()) + " FROM member"
_TERM = (
    "(instr(search_name, :t{n}) > 0 OR instr(search_kana, :t{n}) > 0"
    " OR instr(search_number, :t{n}) > 0 OR (:d{n} <> '' AND instr(search_phone, :d{n}) > 0))"
)
MOST_TERMS = 8


@dataclass(frozen=True, kw_only=True)
class MemberFacts:
    """What the narrow table holds of a member's answers."""

    number: str
    legal_name: str
    kana: str
    sex: str
    birth_date: date
    residence: str
    phone: str
    last_interview_on: date
    certificate_until: date | None = None  # of a 独身証明書 in place of the declaration


@dataclass(frozen=True)
class Kernel:
    """A list row with what only the record needs."""

    row: MemberRow
    uid: str
    joined_on: date
    version: int


def select_ids(db: Connection, query: MemberQuery, *, today: date) -> list[MemberId]:
    """Ids in list order; all of them: 8 bytes a member, so that any row can be jumped to."""
    sql, values = search_sql(query)
    return [MemberId(row[0]) for row in db.execute(sql, values | {"today": today.isoformat()})]


def search_sql(query: MemberQuery) -> tuple[str, dict[str, str]]:
    """The search builder: the only place that puts SQL together, from constants and numbered parameters."""
    conditions, values = [_GROUP_SQL[query.group]], {}
    for n, term in enumerate(query.text.split()[:MOST_TERMS]):
        conditions.append(_TERM.format(n=n))
        values[f"t{n}"] = search_key(term)
        values[f"d{n}"] = digits_key(term) if not any(map(str.isalpha, term)) else ""  # F-0128 is no telephone
    direction = "DESC" if query.descending else "ASC"
    # Reading and id in one direction are the index itself; asked for once more as a tie they would be sorted anew.
    ties = f"id {direction}" if query.sort_by is SortBy.KANA else "sort_kana, id"
    order = f"{_SORT_SQL[query.sort_by]} {direction}, {ties}"
    return f"SELECT id, :today FROM member WHERE {' AND '.join(conditions)} ORDER BY {order}", values


def rows(db: Connection, ids: Sequence[MemberId]) -> list[MemberRow]:
    """List rows in the order of `ids`; an id that is gone is left out."""
    found = {row[0]: _row(row) for row in db.execute(ROWS_BY_ID, {"ids": json.dumps(list(ids))})}
    return [found[i] for i in ids if i in found]


def uids(db: Connection, ids: Sequence[MemberId]) -> list[str]:
    """The names the audit log knows the members by, in the order of `ids`."""
    found = {row[0]: row[1] for row in db.execute(UIDS, {"ids": json.dumps(list(ids))})}
    return [found[i] for i in ids if i in found]


def uid_of_number(db: Connection, number: str) -> str | None:
    row = db.execute(UID_OF_NUMBER, {"number": number}).fetchone()
    return None if row is None else str(row["uid"])


def names_by_uid(db: Connection, uids: Sequence[str]) -> dict[str, str]:
    """Number and name of those who are still on record; the log knows only the opaque uid."""
    found = db.execute(NAMES_BY_UID, {"uids": json.dumps(sorted(set(uids)))})
    return {row["uid"]: f"{row['number']} {row['legal_name']}" for row in found}


def counts(db: Connection, *, today: date) -> Mapping[Group, int]:
    """How many members each chip would show."""
    found = one(db, COUNTS, {"today": today.isoformat()})
    return {group: found[i] for i, group in enumerate(_GROUP_SQL)}


def kernel(db: Connection, member_id: MemberId) -> Kernel | None:
    found = db.execute(KERNEL, {"id": member_id}).fetchone()
    if found is None:
        return None
    return Kernel(_row(found), found["uid"], date.fromisoformat(found["joined_on"]), found["version"])


def insert(db: Connection, facts: MemberFacts, *, uid: str, joined_on: date, now: datetime) -> MemberId:
    values = _columns(facts) | {
        "uid": uid,
        "status": MemberStatus.PRE_PUBLISH.value,
        "joined_on": joined_on.isoformat(),
        "now": now.isoformat(),
    }
    return MemberId(one(db, INSERT, values)[0])


def update_facts(db: Connection, member_id: MemberId, facts: MemberFacts, *, version: int, now: datetime) -> bool:
    """False when somebody else saved first; nothing was changed then."""
    values = _columns(facts) | {"id": member_id, "version": version, "now": now.isoformat()}
    return db.execute(UPDATE_FACTS, values).rowcount == 1


def update_none(db: Connection, member_id: MemberId, *, last_interview_on: date, version: int, now: datetime) -> bool:
    """As `update_facts` when the facts are what the row holds: no index is touched."""
    values: dict[str, SqlValue] = {
        "id": member_id,
        "last_interview_on": last_interview_on.isoformat(),
        "version": version,
        "now": now.isoformat(),
    }
    return db.execute(UPDATE_NONE, values).rowcount == 1


def update_status(db: Connection, member_id: MemberId, status: MemberStatus, *, version: int, now: datetime) -> bool:
    """False when somebody else saved first; nothing was changed then."""
    values = {"id": member_id, "status": status.value, "version": version, "now": now.isoformat()}
    return db.execute(UPDATE_STATUS, values).rowcount == 1


def note_declaration(
    db: Connection, member_id: MemberId, state: DeclarationState | None, *, until: date | None, now: datetime
) -> None:
    """Keep the list column beside the declaration it tells of; same transaction."""
    values = {
        "id": member_id,
        "state": None if state is None else state.value,
        "until": None if until is None else until.isoformat(),
        "now": now.isoformat(),
    }
    db.execute(UPDATE_DECLARATION, values)


def delete(db: Connection, member_id: MemberId) -> None:
    db.execute(DELETE, {"id": member_id})


def all_names(db: Connection) -> tuple[MemberName, ...]:
    """What everybody and their work are called, for the leak scan."""
    return tuple(
        MemberName(
            family_name=r[0] or "",
            given_name=r[1] or "",
            family_kana=r[2] or "",
            given_kana=r[3] or "",
            employer=r[4] or "",
        )
        for r in db.execute(ALL_NAMES)
    )


def pseudonyms(db: Connection) -> dict[MemberId, str]:
    """Who is called what on the site."""
    return {MemberId(r[0]): r[1] for r in db.execute(PSEUDONYMS)}


def _columns(facts: MemberFacts) -> dict[str, SqlValue]:
    return {
        "number": facts.number,
        "legal_name": facts.legal_name,
        "kana": facts.kana,
        "sex": facts.sex,
        "birth_date": facts.birth_date.isoformat(),
        "residence": facts.residence,
        "sort_kana": search_key(facts.kana),
        "search_name": search_key(facts.legal_name),
        "search_kana": search_key(facts.kana),
        "search_number": search_key(facts.number),
        "search_phone": digits_key(facts.phone),
        "last_interview_on": facts.last_interview_on.isoformat(),
        "certificate_until": None if facts.certificate_until is None else facts.certificate_until.isoformat(),
    }


def _row(r: Row) -> MemberRow:
    return MemberRow(
        MemberId(int(r[0])),
        r[1],
        r[2],
        r[3],
        r[4],
        date.fromisoformat(r[5]),
        r[6],
        MemberStatus(r[7]),
        DeclarationState(r[8]) if r[8] else None,
        date.fromisoformat(r[9]) if r[9] else None,
        date.fromisoformat(r[10]),
        date.fromisoformat(r[11]) if r[11] else None,
    )
