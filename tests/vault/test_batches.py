"""Batches and provision records: written once, kept as long as the law says, changed by nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest

from nakodo_desktop.domain.provision import BatchRecord, Change, Listing, Provision
from nakodo_desktop.vault import batches
from nakodo_desktop.vault.batches import Entry
from nakodo_desktop.vault.connection import Connection, IntegrityError
from nakodo_desktop.vault.vault import Vault
from tests import factory
from tests.vault.recordkit import NOW, written

RECIPIENT = factory.office().recipient
ENDLESS = date(9999, 12, 31)
PAST = date(2001, 1, 1)
GIVEN = (Change.NEW, Change.CHANGED)


def batch(vault: Vault, seq: int, **changes: Change) -> BatchRecord:
    day = date(2026, 11, seq)
    return BatchRecord(
        seq=seq,
        name=f"MIHON-{seq:04d}.zip",
        day=day,
        rule_version="2026-11-01",
        recipient=RECIPIENT,
        profile_count=len(changes),
        removal_count=sum(change is Change.REMOVED for change in changes.values()),
        manifest_sha256=f"{seq:064d}",
        staff_name=vault.staff.name,
        created_at=datetime(2026, 11, seq, 3, 0, tzinfo=UTC),
    )


def provision(seq: int, uid: str, *, until: date) -> Provision:
    return Provision(
        member_uid=uid,
        person="見本 太郎",
        provided_on=date(2026, 11, seq),
        recipient=RECIPIENT,
        items=("pseudonym", "height_cm"),
        consent_text_version="2026-11-01",
        consented_on=date(2026, 11, 1),
        rule_version="2026-11-01",
        bundle_sha256=f"{seq:064d}",
        retain_until=until,
    )


def _begin(db: Connection, record: BatchRecord, entries: Iterable[Entry], *, staff_id: str) -> None:
    batches.begin(db, record, folder="見本フォルダー", staff_id=staff_id)
    batches.note_entries(db, record.seq, entries)


def begin(vault: Vault, seq: int, *, until: date = ENDLESS, **changes: Change) -> BatchRecord:
    """A batch in which each member named has this change."""
    record = batch(vault, seq, **changes)
    entries = [Entry(uid, f"site-{uid}", change, f"content-{uid}-{seq}") for uid, change in changes.items()]
    given = [provision(seq, uid, until=until) for uid, change in changes.items() if change is not Change.REMOVED]
    written(
        vault,
        lambda db: _begin(db, record, entries, staff_id=vault.staff.id),
    )
    written(vault, lambda db: batches.note_provisions(db, seq, given))
    return record


def deliver(vault: Vault, seq: int, *, until: date = ENDLESS, **changes: Change) -> BatchRecord:
    record = begin(vault, seq, until=until, **changes)
    written(vault, lambda db: batches.confirm(db, seq))
    return record


def test_a_delivered_batch_comes_back_as_it_went(vault: Vault) -> None:
    first, second = deliver(vault, 1, a=Change.NEW), deliver(vault, 2, a=Change.CHANGED, b=Change.NEW)
    assert batches.latest(vault.read(), limit=5) == (second, first)
    assert batches.latest(vault.read(), limit=1) == (second,)
    assert batches.next_seq(vault.read()) == 3
    assert batches.provisions_of(vault.read(), "a") == (
        provision(2, "a", until=ENDLESS),
        provision(1, "a", until=ENDLESS),
    )
    assert batches.provisions_of(vault.read(), "nobody") == ()


def test_the_newest_batch_says_who_is_listed_and_since_when(vault: Vault) -> None:
    deliver(vault, 1, a=Change.NEW, b=Change.NEW)
    deliver(vault, 2, a=Change.REMOVED, b=Change.CHANGED)
    deliver(vault, 3, a=Change.NEW, b=Change.UNCHANGED)
    begin(vault, 4, a=Change.REMOVED, b=Change.NEW)
    listed = {listing.member_uid: listing for listing in batches.listed(vault.read())}
    assert listed == {
        "a": Listing(
            member_uid="a",
            site_id="site-a",
            content_sha256="content-a-3",
            seq=3,
            day=date(2026, 11, 3),
            since=date(2026, 11, 3),
        ),
        "b": Listing(
            member_uid="b",
            site_id="site-b",
            content_sha256="content-b-3",
            seq=3,
            day=date(2026, 11, 3),
            since=date(2026, 11, 1),
        ),
    }


def test_a_batch_that_was_only_begun_is_no_provision_yet_and_can_be_forgotten(vault: Vault) -> None:
    begin(vault, 1, a=Change.NEW)
    assert batches.listed(vault.read()) == batches.latest(vault.read(), limit=5) == ()
    assert batches.provisions_of(vault.read(), "a") == ()
    (unsettled,) = batches.unsettled(vault.read())
    assert (unsettled.seq, unsettled.name, unsettled.folder) == (1, "MIHON-0001.zip", "見本フォルダー")
    written(vault, lambda db: batches.drop(db, 1))
    assert batches.unsettled(vault.read()) == ()
    for table in ("batch", "batch_entry", "provision"):
        assert vault.read().execute(f"SELECT 1 FROM {table}").fetchone() is None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE provision SET person = '別人'",
        "UPDATE provision SET retain_until = '2001-01-01'",
        "INSERT OR REPLACE INTO provision SELECT * FROM provision",
        "DELETE FROM provision",
        "UPDATE batch SET recipient_name = '別の協会'",
        "UPDATE batch SET state = 'writing'",
        "DELETE FROM batch",
        "INSERT OR REPLACE INTO batch SELECT * FROM batch",
        "UPDATE batch_entry SET change = 'removed'",
        "DELETE FROM batch_entry",
        "INSERT OR REPLACE INTO batch_entry SELECT * FROM batch_entry",
    ],
)
def test_nothing_of_a_delivered_batch_can_be_changed_by_any_statement(vault: Vault, sql: str) -> None:
    deliver(vault, 1, a=Change.NEW)
    with pytest.raises(IntegrityError, match=r"change|kept"):
        written(vault, lambda db: db.execute(sql))
    written(vault, lambda db: batches.drop(db, 1))
    assert len(batches.provisions_of(vault.read(), "a")) == len(batches.listed(vault.read())) == 1


def test_a_record_whose_last_day_is_over_may_go(vault: Vault) -> None:
    """規則21条: three years from the last provision; not longer than needed either."""
    deliver(vault, 1, until=PAST, a=Change.NEW)
    written(vault, lambda db: db.execute("DELETE FROM provision WHERE retain_until < '2026-11-23'"))
    assert batches.provisions_of(vault.read(), "a") == ()


def test_a_batch_is_begun_once(vault: Vault) -> None:
    deliver(vault, 1, a=Change.NEW)
    with pytest.raises(IntegrityError):
        begin(vault, 1, a=Change.NEW)
    assert NOW.date() > batches.latest(vault.read(), limit=1)[0].day
