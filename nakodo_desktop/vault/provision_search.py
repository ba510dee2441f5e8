"""Finds records of provision without the member's record, which may be erased: by person, by batch, by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from nakodo_desktop.domain.provision import Provision
from nakodo_desktop.domain.provision_question import OfBatch, OfDay, OfPerson, Question
from nakodo_desktop.vault.batches import PROVISION_COLUMNS, provision_of
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.rows import SqlValue

_FOUND = f"""SELECT {PROVISION_COLUMNS}, b.seq, EXISTS (SELECT 1 FROM member m WHERE m.uid = p.member_uid)
    FROM provision p JOIN batch b ON b.id = p.batch_id WHERE b.state = 'delivered'"""
BY_PERSON = f"{_FOUND} AND (p.search_pseudonym = :key OR p.search_person = :key) ORDER BY p.id DESC LIMIT :limit"
BY_BATCH = f"""{_FOUND} AND p.batch_id = (SELECT id FROM batch WHERE seq = :seq) ORDER BY p.id DESC LIMIT :limit"""
BY_DAY = f"""{_FOUND} AND p.batch_id IN (SELECT id FROM batch WHERE day = :day) ORDER BY p.id DESC LIMIT :limit"""


@dataclass(frozen=True)
class FoundProvision:
    provision: Provision
    seq: int
    has_record: bool  # False: erased, only the records of provision are left


def find_provisions(db: Connection, question: Question, *, limit: int) -> tuple[FoundProvision, ...]:
    """Newest first; one look-up by index, however many records there are."""
    match question:
        case OfPerson(key):
            return _ask(db, BY_PERSON, {"key": key, "limit": limit})
        case OfBatch(seq):
            return _ask(db, BY_BATCH, {"seq": seq, "limit": limit})
        case OfDay(day):
            return _ask(db, BY_DAY, {"day": day.isoformat(), "limit": limit})
        case _:
            assert_never(question)


def _ask(db: Connection, sql: str, values: Mapping[str, SqlValue]) -> tuple[FoundProvision, ...]:
    rows = db.execute(sql, values)
    return tuple(FoundProvision(provision_of(row), row[-2], bool(row[-1])) for row in rows)
