"""The append-only log: who did what to which record, chained so that a change in the middle shows.

Entries hold ids, catalogue keys and counts, never names or values. What the chain alone cannot show (a cut tail, a
full rewrite by a key holder) shows against a checkpoint kept outside.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from nakodo_desktop.vault import canonical
from nakodo_desktop.vault.connection import Connection, Row

Detail = Mapping[str, str | int | Sequence[str]]  # a sequence: ids, at most 500

GENESIS = bytes(32)

_ACT = re.compile(r"[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)*")
_PLAIN = re.compile(r"[\x20-\x7e]{0,200}")  # no name and hardly an answer of a Japanese office fits into this
_MAX_IDS = 500

_SIGNED = ("seq", "at", "mono", "actor", "session", "act", "subject", "detail")
_HEAD = "SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1"
_INSERT = """
INSERT INTO audit (seq, at, mono, actor, session, act, subject, detail, prev, mac)
VALUES (:seq, :at, :mono, :actor, :session, :act, :subject, :detail, :prev, :mac)
"""


@dataclass(frozen=True)
class Head:
    """The last entry: enough to prove later that the log was at least this long and ended like this."""

    seq: int
    mac: bytes


EMPTY = Head(0, GENESIS)


@dataclass(frozen=True)
class Author:
    """Who writes, and in which session of the program."""

    actor: str  # staff id, '' for the recovery code
    session: str


def head(db: Connection) -> Head:
    row = db.execute(_HEAD).fetchone()
    return EMPTY if row is None else Head(row["seq"], bytes(row["mac"]))


def append(
    db: Connection,
    key: bytes,
    *,
    author: Author,
    at: datetime,
    mono_ms: int,
    act: str,
    subject: str = "",
    detail: Detail | None = None,
) -> Head:
    """One entry inside the caller's transaction: a rollback takes it along."""
    last = head(db)
    entry = compose(after=last, author=author, at=at, mono_ms=mono_ms, act=act, subject=subject, detail=detail)
    return write(db, key, entry, after=last)


def compose(
    *,
    after: Head,
    author: Author,
    at: datetime,
    mono_ms: int,
    act: str,
    subject: str = "",
    detail: Detail | None = None,
) -> dict[str, object]:
    """The entry that follows `after`, as its MAC covers it. Raises ValueError for anything but ids, keys and counts."""
    _refuse_values(act, subject, detail or {})
    return {
        "seq": after.seq + 1,
        "at": at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "mono": mono_ms,
        "actor": author.actor,
        "session": author.session,
        "act": act,
        "subject": subject,
        "detail": canonical.encode(dict(detail or {})).decode("utf-8"),
    }


def write(db: Connection, key: bytes, entry: dict[str, object], *, after: Head) -> Head:
    """`entry`: from `compose`. Raises RuntimeError outside a transaction."""
    if not db.in_transaction:
        raise RuntimeError("an audit entry belongs to the transaction it tells of")
    mac = entry_mac(key, after.mac, entry)
    db.execute(_INSERT, {**entry, "prev": after.mac, "mac": mac})
    return Head(after.seq + 1, mac)


def entry_mac(key: bytes, prev: bytes, entry: Mapping[str, object]) -> bytes:
    return hmac.digest(key, prev + canonical.encode(entry), "sha256")


def signed_fields(row: Row) -> dict[str, object]:
    """What the MAC of a stored entry covers besides the MAC before it."""
    return {key: row[key] for key in _SIGNED}


def _refuse_values(act: str, subject: str, detail: Detail) -> None:
    """The log outlives the erasure of a member, so nothing of the member may enter it."""
    if not _ACT.fullmatch(act):
        raise ValueError("an act is a dotted name")
    if any(not _PLAIN.fullmatch(text) for text in (subject, *_texts(detail))):
        raise ValueError("the audit takes ids and catalogue keys only")


def _texts(detail: Detail) -> Iterator[str]:
    for key, value in detail.items():
        yield key
        if isinstance(value, str):
            yield value
        elif not isinstance(value, int):
            if len(value) > _MAX_IDS:
                raise ValueError("an audit entry names at most 500 ids")
            yield from value
