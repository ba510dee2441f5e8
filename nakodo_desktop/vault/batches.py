"""Bundles that left, who was in them, and the provision records; nothing here is ever changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from nakodo_desktop.domain.office import Recipient
from nakodo_desktop.domain.provision import BatchRecord, Change, Listing, Provision, Removal
from nakodo_desktop.domain.search_keys import search_key
from nakodo_desktop.vault.connection import Connection, Row
from nakodo_desktop.vault.rows import SqlValue, one

ANY = "SELECT EXISTS (SELECT 1 FROM batch)"
NEXT_SEQ = "SELECT coalesce(max(seq), 0) + 1 FROM batch"
INSERT_BATCH = """INSERT INTO batch (seq, state, folder, name, day, rule_version, recipient_code, recipient_name,
    recipient_address, recipient_representative, profile_count, removal_count, sha256, staff_id, approved_by,
    created_at)
    VALUES (:seq, 'writing', :folder, :name, :day, :rule_version, :recipient_code, :recipient_name,
    :recipient_address, :recipient_representative, :profile_count, :removal_count, :sha256, :staff_id, :approved_by,
    :now)"""
INSERT_ENTRY = """INSERT INTO batch_entry (batch_id, member_uid, site_id, change, content_sha256)
    VALUES (:batch_id, :member_uid, :site_id, :change, :content_sha256)"""
INSERT_PROVISION = """INSERT INTO provision (member_uid, person, batch_id, provided_on, recipient_name,
    recipient_address, recipient_representative, items, consent_text_version, consented_on, rule_version,
    bundle_sha256, retain_until, pseudonym, search_pseudonym, search_person) VALUES (:member_uid, :person, :batch_id,
    :provided_on, :recipient_name, :recipient_address, :recipient_representative, :items, :consent_text_version,
    :consented_on, :rule_version, :bundle_sha256, :retain_until, :pseudonym, :search_pseudonym, :search_person)"""
_BATCH = """b.seq, b.name, b.day, b.rule_version, b.recipient_code, b.recipient_name, b.recipient_address,
    b.recipient_representative, b.profile_count, b.removal_count, b.sha256, s.name, b.created_at, a.name"""
BEGUN = "SELECT id FROM batch WHERE seq = :seq AND state = 'writing'"
CONFIRM = "UPDATE batch SET state = 'delivered' WHERE seq = :seq AND state = 'writing'"
DROP_ENTRIES = "DELETE FROM batch_entry WHERE batch_id = (SELECT id FROM batch WHERE seq = :seq AND state = 'writing')"
DROP_PROVISIONS = "DELETE FROM provision WHERE batch_id = (SELECT id FROM batch WHERE seq = :seq AND state = 'writing')"
DROP = "DELETE FROM batch WHERE seq = :seq AND state = 'writing'"
UNSETTLED = "SELECT seq, name, folder, sha256 FROM batch WHERE state = 'writing' ORDER BY seq"
LATEST = f"""SELECT {_BATCH} FROM batch b JOIN staff s ON s.id = b.staff_id
    LEFT JOIN staff a ON a.id = b.approved_by WHERE b.state = 'delivered'
    ORDER BY b.seq DESC LIMIT :limit"""
LISTED = """SELECT e.member_uid, e.site_id, e.content_sha256, b.seq, b.day,
    (SELECT b2.day FROM batch_entry e2 JOIN batch b2 ON b2.id = e2.batch_id
     WHERE e2.member_uid = e.member_uid AND e2.change = 'new' AND b2.state = 'delivered' ORDER BY b2.seq DESC LIMIT 1)
    FROM batch b JOIN batch_entry e ON e.batch_id = b.id
    WHERE b.seq = (SELECT max(seq) FROM batch WHERE state = 'delivered') AND e.change <> 'removed'"""
PROVISION_COLUMNS = """p.member_uid, p.person, p.provided_on, b.recipient_code, p.recipient_name, p.recipient_address,
    p.recipient_representative, p.items, p.consent_text_version, p.consented_on, p.rule_version, p.bundle_sha256,
    p.retain_until, p.pseudonym"""
PROVISIONS = f"""SELECT {PROVISION_COLUMNS} FROM provision p JOIN batch b ON b.id = p.batch_id
    WHERE p.member_uid = :uid AND b.state = 'delivered' ORDER BY p.id DESC"""
REMOVALS = """SELECT b.day, b.recipient_name FROM batch_entry e JOIN batch b ON b.id = e.batch_id
    WHERE e.member_uid = :uid AND e.change = 'removed' AND b.state = 'delivered' ORDER BY b.seq DESC"""


@dataclass(frozen=True)
class Entry:
    """One member in a batch."""

    member_uid: str
    site_id: str
    change: Change
    content_sha256: str


@dataclass(frozen=True)
class Unsettled:
    """A batch whose writing was cut off: does the file lie there or not?"""

    seq: int
    name: str
    folder: str  # or the address of a server
    manifest_sha256: str

    @property
    def is_remote(self) -> bool:
        return "://" in self.folder


def fixes_the_recipient(db: Connection) -> bool:
    """Whether anything was ever given, or is just being given, to the recipient of this vault."""
    return bool(one(db, ANY)[0])


def next_seq(db: Connection) -> int:
    return int(one(db, NEXT_SEQ)[0])


def begin(
    db: Connection,
    batch: BatchRecord,
    *,
    folder: str,
    staff_id: str,
    approved_by: str | None = None,
) -> None:
    """Write down what is about to leave. `note_entries` and `note_provisions` follow, then `confirm`.

    `folder`: the folder, or the address of a server. `approved_by`: the second person, when the office wants one.
    """
    values: dict[str, SqlValue] = {
        **_recipient(batch.recipient),
        "seq": batch.seq,
        "folder": folder,
        "name": batch.name,
        "day": batch.day.isoformat(),
        "rule_version": batch.rule_version,
        "recipient_code": batch.recipient.code,
        "profile_count": batch.profile_count,
        "removal_count": batch.removal_count,
        "sha256": batch.manifest_sha256,
        "staff_id": staff_id,
        "approved_by": approved_by,
        "now": batch.created_at.isoformat(),
    }
    db.execute(INSERT_BATCH, values)


def note_entries(db: Connection, seq: int, entries: Iterable[Entry]) -> None:
    """Who is in it, while the batch is only begun."""
    batch_id = one(db, BEGUN, {"seq": seq})[0]
    db.executemany(
        INSERT_ENTRY,
        [
            {
                "batch_id": batch_id,
                "member_uid": entry.member_uid,
                "site_id": entry.site_id,
                "change": entry.change.value,
                "content_sha256": entry.content_sha256,
            }
            for entry in entries
        ],
    )


def note_provisions(db: Connection, seq: int, provisions: Iterable[Provision]) -> None:
    """One record for each member given, while the batch is only begun."""
    batch_id = one(db, BEGUN, {"seq": seq})[0]
    db.executemany(INSERT_PROVISION, [_provision_values(p) | {"batch_id": batch_id} for p in provisions])


def confirm(db: Connection, seq: int) -> None:
    """The file lies in its folder: from now on nothing of this batch changes."""
    db.execute(CONFIRM, {"seq": seq})


def drop(db: Connection, seq: int) -> None:
    """Nothing left: forget a batch that was only begun."""
    for sql in (DROP_ENTRIES, DROP_PROVISIONS, DROP):
        db.execute(sql, {"seq": seq})


def unsettled(db: Connection) -> tuple[Unsettled, ...]:
    """Batches that were begun and never confirmed."""
    return tuple(Unsettled(r[0], r[1], r[2], r[3]) for r in db.execute(UNSETTLED))


def latest(db: Connection, *, limit: int) -> tuple[BatchRecord, ...]:
    """Newest first."""
    return tuple(_batch(row) for row in db.execute(LATEST, {"limit": limit}))


def listed(db: Connection) -> tuple[Listing, ...]:
    """Who the newest batch shows on the site."""
    return tuple(
        Listing(
            member_uid=r[0],
            site_id=r[1],
            content_sha256=r[2],
            seq=r[3],
            day=date.fromisoformat(r[4]),
            since=date.fromisoformat(r[5]),
        )
        for r in db.execute(LISTED)
    )


def provisions_of(db: Connection, member_uid: str) -> tuple[Provision, ...]:
    """Answers what of a person was given to whom. Newest first."""
    return tuple(provision_of(row) for row in db.execute(PROVISIONS, {"uid": member_uid}))


def removals_of(db: Connection, member_uid: str) -> tuple[Removal, ...]:
    """When the recipient was told to show the person no longer. Newest first."""
    return tuple(Removal(date.fromisoformat(r[0]), r[1]) for r in db.execute(REMOVALS, {"uid": member_uid}))


def _recipient(recipient: Recipient) -> dict[str, str | int]:
    return {
        "recipient_name": recipient.name,
        "recipient_address": recipient.address,
        "recipient_representative": recipient.representative,
    }


def _provision_values(p: Provision) -> dict[str, str | int]:
    return _recipient(p.recipient) | {
        "member_uid": p.member_uid,
        "person": p.person,
        "provided_on": p.provided_on.isoformat(),
        "items": json.dumps(list(p.items)),
        "consent_text_version": p.consent_text_version,
        "consented_on": p.consented_on.isoformat(),
        "rule_version": p.rule_version,
        "bundle_sha256": p.bundle_sha256,
        "retain_until": p.retain_until.isoformat(),
        "pseudonym": p.pseudonym,
        "search_pseudonym": search_key(p.pseudonym),
        "search_person": search_key(p.person),
    }


def _batch(r: Row) -> BatchRecord:
    return BatchRecord(
        seq=r[0],
        name=r[1],
        day=date.fromisoformat(r[2]),
        rule_version=r[3],
        recipient=Recipient(code=r[4], name=r[5], address=r[6], representative=r[7]),
        profile_count=r[8],
        removal_count=r[9],
        manifest_sha256=r[10],
        staff_name=r[11],
        created_at=datetime.fromisoformat(r[12]),
        approved_by=r[13] or "",
    )


def provision_of(r: Row) -> Provision:
    """From a row that begins with PROVISION_COLUMNS."""
    return Provision(
        member_uid=r[0],
        person=r[1],
        provided_on=date.fromisoformat(r[2]),
        recipient=Recipient(code=r[3], name=r[4], address=r[5], representative=r[6]),
        items=tuple(json.loads(r[7])),
        consent_text_version=r[8],
        consented_on=date.fromisoformat(r[9]),
        rule_version=r[10],
        bundle_sha256=r[11],
        retain_until=date.fromisoformat(r[12]),
        pseudonym=r[13],
    )
