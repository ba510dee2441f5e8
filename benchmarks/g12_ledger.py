"""G12, S12: what of a member was given to whom, asked of ledgers of 100,000, a million and 8.56 million records.

Each answer is compared with what went in. Weekly bundles of 500; a member was in five of them, in the order of time, so
that the records of one member lie far apart. Warm: the members asked for are other ones each time, the file was just
written and is in the system's cache as far as it fits. The largest ledger takes some minutes and 6 GB of room.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import gettempdir

from benchmarks.common import Row, Skipped, WrongAnswer, alternate, ratio, seconds_of
from benchmarks.synth import PASSPHRASE, SEED, office
from nakodo_desktop.domain.provision_question import OfPerson
from nakodo_desktop.services.unlocking import unlock_job
from nakodo_desktop.session import Session, open_session
from nakodo_desktop.vault import batches
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.provision_search import find_provisions

SMALL, MIDDLE, LARGE = 100_000, 1_000_000, 8_560_000
PER_BUNDLE, PER_MEMBER = 500, 5
QUESTIONS = 200
_AT_ONCE = 500_000
_ROOM_BYTES = 20_000_000_000

_INDEXES = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'provision' AND sql IS NOT NULL"
_BATCHES = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
INSERT INTO batch (seq, state, folder, name, day, rule_version, recipient_code, recipient_name, recipient_address,
    recipient_representative, profile_count, removal_count, sha256, staff_id, created_at)
SELECT i, 'delivered', '/stick', printf('MIHON-%07d.zip', i), date('2000-01-01', i || ' days'), '2026-11-20', 'KYOKAI',
    '見本協会', '見本県架空市お試し町9丁目', '架空 会長', 500, 0, printf('%064d', i), (SELECT id FROM staff LIMIT 1), ''
FROM n"""
_PROVISIONS = """
WITH RECURSIVE n(i) AS (SELECT :start UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :stop)
INSERT INTO provision (member_uid, person, batch_id, provided_on, recipient_name, recipient_address,
    recipient_representative, items, consent_text_version, consented_on, rule_version, bundle_sha256, retain_until,
    pseudonym, search_pseudonym, search_person)
SELECT printf('%08x%024d', (i % :members) * 2654435761 % 4294967296, i % :members), '見本 太郎', 1 + i / 500,
    date('2000-01-01', (1 + i / 500) || ' days'), '見本協会', '見本県架空市お試し町9丁目', '架空 会長',
    '["site_id","pseudonym","sex","height_cm","weight_kg","area_label","industry_label","employment_type","birth_year",'
    || '"education","hobbies","family","photos"]', '2026-11-01', '2026-11-01', '2026-11-20',
    printf('%064d', 1 + i / 500), '9999-12-31', '', 'みほん' || (i % :members), '見本太郎' || (i % :members)
FROM n"""
_SCAN = "SELECT count(*) FROM provision NOT INDEXED WHERE member_uid = :uid"


@dataclass(frozen=True)
class Ledger:
    session: Session
    records: int

    @property
    def members(self) -> int:
        return self.records // PER_MEMBER


def measure() -> Iterator[Row | Skipped]:
    rng = random.Random(SEED)
    with ledger(SMALL) as small:
        with ledger(MIDDLE) as middle:
            yield compared("G12", "what was given of a member: 1 M records to 100 k", (small, middle), rng, limit=4.0)
            yield scanned(middle, rng)
            yield found_by_name(small, middle, rng)
        if shutil.disk_usage(gettempdir()).free < _ROOM_BYTES:
            yield Skipped("S12", "what was given of a member: 8.56 M records", "less than 20 GB of room")
            return
        with ledger(LARGE) as large:
            yield compared("S12", "what was given of a member: 8.56 M records to 100 k", (small, large), rng, limit=8.0)


def compared(goal: str, what: str, sides: tuple[Ledger, Ledger], rng: random.Random, *, limit: float) -> Row:
    names = [f"{side.records:,} records" for side in sides]
    samples = alternate({name: lambda side=side: asked(side, rng) for name, side in zip(names, sides, strict=True)})
    return Row(goal, what, ratio(samples, names[1], names[0]), limit, "x", samples)


def scanned(found: Ledger, rng: random.Random) -> Row:
    """What it would take without the index: at least a hundred times as long."""
    db = found.session.vault.read()

    def scan() -> float:
        return seconds_of(lambda: db.execute(_SCAN, {"uid": _uid(rng.randrange(found.members))}).fetchone())

    samples = alternate({"by index": lambda: asked(found, rng) / QUESTIONS, "by scan": scan}, rounds=5)
    measured = ratio(samples, "by index", "by scan")
    return Row("G12", "the same at 1 M, against looking through all records", measured, 0.01, "x", samples)


def found_by_name(small: Ledger, middle: Ledger, rng: random.Random) -> Row:
    """The same records, asked for by the pseudonym: what somebody knows whose own record is erased."""
    samples = alternate(
        {f"{side.records:,} records": lambda side=side: looked_up(side, rng) for side in (small, middle)}
    )
    names = tuple(samples)
    what = "the same found by a pseudonym: 1 M records to 100 k"
    return Row("G12", what, ratio(samples, names[1], names[0]), 4.0, "x", samples)


def looked_up(found: Ledger, rng: random.Random) -> float:
    db = found.session.vault.read()
    numbers = [rng.randrange(found.members) for _ in range(QUESTIONS)]
    answers = []
    seconds = seconds_of(
        lambda: answers.extend(find_provisions(db, OfPerson(f"みほん{number}"), limit=100) for number in numbers)
    )
    for number, given in zip(numbers, answers, strict=True):
        if [one.provision.member_uid for one in given] != [_uid(number)] * PER_MEMBER:
            raise WrongAnswer(f"member {number}: {len(given)} records")
    return seconds


def asked(found: Ledger, rng: random.Random) -> float:
    """Seconds of so many questions about members nobody asked about before."""
    db = found.session.vault.read()
    numbers = [rng.randrange(found.members) for _ in range(QUESTIONS)]
    answers = []
    seconds = seconds_of(lambda: answers.extend(batches.provisions_of(db, _uid(number)) for number in numbers))
    for number, given in zip(numbers, answers, strict=True):
        bundles = [1 + (number + turn * found.members) // PER_BUNDLE for turn in reversed(range(PER_MEMBER))]
        if [int(provision.bundle_sha256) for provision in given] != bundles:
            raise WrongAnswer(f"member {number}: {len(given)} records")
    return seconds


@contextmanager
def ledger(records: int) -> Iterator[Ledger]:
    with office(0) as folder:
        session = open_session(unlock_job(folder, PASSPHRASE)())
        db = session.vault.lend().connect()
        fill(db, records)
        db.close()
        session.vault.take_back()
        yield Ledger(session, records)
        session.close()


def fill(db: Connection, records: int) -> None:
    """The indexes come last, or they would be written page by page, in no order."""
    indexes = db.execute(_INDEXES).fetchall()
    for name, _ in indexes:
        db.execute(f"DROP INDEX {name}")
    db.execute(_BATCHES, {"count": records // PER_BUNDLE})
    for start in range(0, records, _AT_ONCE):
        span = {"start": start, "stop": min(start + _AT_ONCE, records), "members": records // PER_MEMBER}
        db.execute(_PROVISIONS, span)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for _, sql in indexes:
        db.execute(sql)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _uid(number: int) -> str:
    return f"{number * 2_654_435_761 % 2**32:08x}{number:024d}"
