"""Small readings every aggregate shares."""

from __future__ import annotations

from datetime import date, datetime

from nakodo_desktop.vault.connection import Connection, Parameters, Row

SqlValue = str | int | bytes | None


def one(db: Connection, sql: str, parameters: Parameters = ()) -> Row:
    """The single row of a statement that always has one (a count, RETURNING)."""
    row = db.execute(sql, parameters).fetchone()
    if row is None:
        raise LookupError("the statement gave no row")
    return row


def optional_date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def optional_datetime(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def iso(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()
