"""Questions to the audit log: is it whole, who saw this member, what did this person see between two moments."""

from __future__ import annotations

import csv
import hmac
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from nakodo_desktop.vault import audit, canonical
from nakodo_desktop.vault.connection import Connection, Row
from nakodo_desktop.vault.rows import one

_COLUMNS = "seq, at, mono, actor, session, act, subject, detail, prev, mac"
_ALL = f"SELECT {_COLUMNS} FROM audit ORDER BY seq"
_WENT_BACK = "SELECT max(at) FROM audit WHERE act IN ('vault.restored', 'vault.accept_older', 'vault.salvaged')"
_SALVAGED = "SELECT coalesce(max(seq), 0) FROM audit WHERE act = 'vault.salvaged'"
_FILTERED = f"""
SELECT {_COLUMNS} FROM audit
WHERE (:since IS NULL OR at >= :since)
  AND (:until IS NULL OR at < :until)
  AND (:actor IS NULL OR actor = :actor)
  AND (:act IS NULL OR act = :act OR act LIKE :act || '.%')
  AND (:before_seq IS NULL OR seq < :before_seq)
ORDER BY seq DESC LIMIT :limit
"""
# A list shows many members at once; its entry names them in `ids`.
_ABOUT = f"""
SELECT {_COLUMNS} FROM audit WHERE subject = :subject
UNION
SELECT {_COLUMNS} FROM audit
WHERE act IN ('list.view', 'export.begin') AND EXISTS (SELECT 1 FROM json_each(detail, '$.ids') WHERE value = :subject)
ORDER BY seq DESC LIMIT :limit
"""
_SEEN_BY = """
SELECT subject AS id FROM audit
WHERE actor = :actor AND at >= :since AND at < :until AND subject <> '' AND act IN ({acts})
UNION
SELECT shown.value FROM audit, json_each(audit.detail, '$.ids') AS shown
WHERE actor = :actor AND at >= :since AND at < :until AND act IN ({acts})
ORDER BY 1
"""
_SEEING_ACTS = ("member.view", "photo.view", "field.unmask", "list.view", "document.print", "export.begin")
_SEEN_BY_SQL = _SEEN_BY.format(acts=", ".join(f"'{act}'" for act in _SEEING_ACTS))

_CSV_HEADER = ("番号", "日時", "担当者", "操作", "対象", "詳細", "検証値")
_FORMULA_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")


@dataclass(frozen=True)
class AuditEntry:
    seq: int
    at: datetime
    actor: str  # staff id; '' = the recovery code
    session: str
    act: str
    subject: str
    detail: Mapping[str, object]
    mac: bytes


@dataclass(frozen=True)
class AuditFilter:
    """None means "any"."""

    since: datetime | None = None
    until: datetime | None = None  # exclusive
    actor: str | None = None
    act: str | None = None  # whole name or its beginning: `member` finds `member.view`
    before_seq: int | None = None  # for the next page


@dataclass(frozen=True)
class ChainReport:
    """`broken_at`: the first entry that does not continue the one before it; None while the chain is whole.

    `hole_at`: the same, but from before the records were saved out of a damaged file, which could lose entries.
    """

    entries: int
    broken_at: int | None
    hole_at: int | None = None


def verify_chain(db: Connection, key: bytes) -> ChainReport:
    """Recompute every MAC. Finds edits and gaps; a cut tail shows only against a checkpoint."""
    salvaged = int(one(db, _SALVAGED)[0])
    prev, seq, hole_at = audit.GENESIS, 0, None
    for row in db.execute(_ALL):
        seq += 1
        mac = audit.entry_mac(key, prev, audit.signed_fields(row))
        if row["seq"] != seq or bytes(row["prev"]) != prev or not hmac.compare_digest(bytes(row["mac"]), mac):
            if row["seq"] >= salvaged:
                return ChainReport(seq, broken_at=seq, hole_at=hole_at)
            hole_at = hole_at or seq
        seq, prev = row["seq"], bytes(row["mac"])
    return ChainReport(seq, broken_at=None, hole_at=hole_at)


def went_back_at(db: Connection) -> datetime | None:
    """When the office last went back on purpose; what lies outside from before that proves nothing about this log."""
    found = one(db, _WENT_BACK)[0]
    return None if found is None else datetime.fromisoformat(found)


def find_entries(db: Connection, wanted: AuditFilter, *, limit: int = 200) -> list[AuditEntry]:
    """Newest first."""
    parameters = {
        "since": _stored(wanted.since),
        "until": _stored(wanted.until),
        "actor": wanted.actor,
        "act": wanted.act,
        "before_seq": wanted.before_seq,
        "limit": limit,
    }
    return [_entry(row) for row in db.execute(_FILTERED, parameters)]


def entries_about(db: Connection, subject: str, *, limit: int = 1000) -> list[AuditEntry]:
    """Everything that happened to one record, newest first: who saw this member, and where."""
    return [_entry(row) for row in db.execute(_ABOUT, {"subject": subject, "limit": limit})]


def seen_by(db: Connection, actor: str, *, since: datetime, until: datetime) -> list[str]:
    """The ids a person had on the screen, on paper or in a file between two moments, each once."""
    parameters = {"actor": actor, "since": _stored(since), "until": _stored(until)}
    return [row["id"] for row in db.execute(_SEEN_BY_SQL, parameters)]


def audit_csv(entries: Iterable[AuditEntry], names: Mapping[str, str]) -> bytes:
    """RFC 4180 with BOM. `names`: staff id → name. A cell that a spreadsheet would run gets a leading apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_CSV_HEADER)
    for entry in entries:
        cells = (
            str(entry.seq),
            entry.at.isoformat(timespec="milliseconds"),
            names.get(entry.actor, entry.actor),
            entry.act,
            entry.subject,
            canonical.encode(entry.detail).decode("utf-8"),
            entry.mac.hex(),
        )
        writer.writerow([_harmless(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return "'" + cell if cell.lstrip(" 　").startswith(_FORMULA_STARTS) else cell


def _stored(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _entry(row: Row) -> AuditEntry:
    detail = canonical.decode(row["detail"].encode("utf-8"))
    return AuditEntry(
        seq=row["seq"],
        at=datetime.fromisoformat(row["at"]),
        actor=row["actor"],
        session=row["session"],
        act=row["act"],
        subject=row["subject"],
        detail=detail if isinstance(detail, dict) else {},
        mac=bytes(row["mac"]),
    )
