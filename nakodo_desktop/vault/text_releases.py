"""Typed reasons for doubtful findings in texts that leave; kept by the checksum of the text they were given for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.vault.connection import Connection

INSERT = """INSERT INTO text_release (member_id, field_key, finding, text_sha256, reason, staff_id, released_at)
    VALUES (:member_id, :field_key, :finding, :text_sha256, :reason, :staff_id, :now)"""
SELECT = "SELECT field_key, finding, text_sha256, reason FROM text_release WHERE member_id = :member_id ORDER BY id"


@dataclass(frozen=True)
class TextRelease:
    field_key: str
    finding: str  # the characters found
    text_sha256: str
    reason: str


def insert(db: Connection, member_id: MemberId, release: TextRelease, *, staff_id: str, now: datetime) -> None:
    db.execute(
        INSERT,
        {
            "member_id": member_id,
            "field_key": release.field_key,
            "finding": release.finding,
            "text_sha256": release.text_sha256,
            "reason": release.reason,
            "staff_id": staff_id,
            "now": now.isoformat(),
        },
    )


def of_member(db: Connection, member_id: MemberId) -> tuple[TextRelease, ...]:
    """Oldest first."""
    return tuple(TextRelease(r[0], r[1], r[2], r[3]) for r in db.execute(SELECT, {"member_id": member_id}))
