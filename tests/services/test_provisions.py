"""What was given of whom: the vault's answer against a recount of the files that really left (T78's way of proof)."""

from __future__ import annotations

import json
import random
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from nakodo_desktop.domain.dates import format_wareki
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.provision import BatchRecord, Change, Provision, Removal
from nakodo_desktop.printing.record_sheet import render_record_sheet
from nakodo_desktop.services.audit_log import AuditLog
from nakodo_desktop.services.delivery_jobs import to_folder
from nakodo_desktop.services.export_plan import build
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.provisions import Provisions, answer_sheet
from nakodo_desktop.vault import batches
from nakodo_desktop.vault.batches import Entry
from nakodo_desktop.vault.provision_search import BY_BATCH, BY_DAY, BY_PERSON
from nakodo_desktop.vault.vault import Vault
from tests import erasurekit, factory
from tests.exportkit import Cast, CastTemplate, correct, withdraw
from tests.factory import Desk
from tests.officekit import Building, log_of
from tests.printingkit import page_count, text_by_pdfium, unbroken


def words_of(pdf: bytes) -> str:
    return "".join(unbroken(text_by_pdfium(pdf)).split())


@pytest.fixture
def office_template(cast_template: CastTemplate) -> CastTemplate:
    return cast_template


@pytest.fixture
def provisions(building: Building, desk: Desk) -> Provisions:
    return Provisions(desk.vault, now=building.clock)


def some_months(building: Building, desk: Desk, exports: Exports, cast: Cast, folder: Path) -> None:
    """Four batches: everybody; one fact changed; one taken off; back again. And one that never left."""
    exports.export(exports.plan(cast.admitted), folder)
    building.wait(days=7)
    correct(desk, cast.taro, hobbies="")
    exports.export(exports.plan(cast.admitted), folder)
    building.wait(days=7)
    withdraw(desk, cast.jiro)
    exports.export(exports.plan([cast.hanako, cast.taro]), folder)
    building.wait(days=7)
    plan = exports.plan([cast.hanako])
    exports.abort(exports.begin(plan, build(plan).bundle, to_folder(folder)))
    exports.export(exports.plan([cast.taro]), folder)


def recount(folder: Path, pseudonym: str) -> tuple[list[tuple[date, frozenset[str]]], list[date]]:
    """By the files alone, newest first: which items of this pseudonym they hold, and when they take it off."""
    given, removed, site_ids = [], [], set()
    for path in sorted(folder.iterdir()):
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            profiles = json.loads(archive.read("profiles.json"))["profiles"]
        day = date.fromisoformat(manifest["day"])
        for profile in profiles:
            if profile["pseudonym"] == pseudonym:
                site_ids.add(profile["site_id"])
                given.append((day, frozenset(key for key, value in profile.items() if value not in (None, "", []))))
        if site_ids & set(manifest["removals"]):
            removed.append(day)
    return given[::-1], removed[::-1]


@pytest.mark.parametrize(
    ("who", "pseudonym"), [("hanako", "つばさ"), ("taro", "しおり"), ("jiro", "あおば"), ("doubtful", "ひなた")]
)
def test_the_answer_equals_a_recount_of_the_files(
    building: Building,
    desk: Desk,
    exports: Exports,
    provisions: Provisions,
    cast: Cast,
    folder: Path,
    who: str,
    pseudonym: str,
):
    some_months(building, desk, exports, cast, folder)
    member_id: MemberId = getattr(cast, who)
    given = provisions.given(member_id)
    recounted, removed = recount(folder, pseudonym)
    assert [(p.provided_on, frozenset(p.items)) for p in given.provisions] == recounted
    assert [gone.day for gone in given.removals] == removed


def test_the_history_is_not_empty_in_the_recount(
    building: Building, desk: Desk, exports: Exports, cast: Cast, folder: Path
):
    """Or the test above would prove nothing."""
    some_months(building, desk, exports, cast, folder)
    days = [factory.TODAY + timedelta(days=7 * week) for week in range(4)]
    taro, _ = recount(folder, "しおり")
    assert [day for day, _ in taro] == days[::-1]
    assert "hobbies" in taro[-1][1]
    assert "hobbies" not in taro[0][1]
    assert [len(recount(folder, name)[0]) for name in ("つばさ", "あおば", "ひなた")] == [3, 2, 0]
    assert recount(folder, "あおば")[1] == [days[2]]
    assert recount(folder, "つばさ")[1] == [days[3]]


def asked_by(provisions: Provisions, text: str) -> list[tuple[str, str, int, bool]]:
    found = provisions.find(text)
    assert not found.has_more
    return [
        (one.newest.provision.person, one.newest.provision.pseudonym, one.times, one.newest.has_record)
        for one in found.people
    ]


JIRO, TARO, HANAKO = (("試山 次郎", "あおば"), ("架空 太郎", "しおり"), ("見本 花子", "つばさ"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("あおば", [(*JIRO, 2, True)]),
        ("アオバ", [(*JIRO, 2, True)]),
        ("試山　次郎", [(*JIRO, 2, True)]),
        ("試山次郎", [(*JIRO, 2, True)]),
        ("第3回", [(*TARO, 1, True), (*HANAKO, 1, True)]),
        ("４", [(*TARO, 1, True)]),
        (format_wareki(factory.TODAY + timedelta(days=21)), [(*TARO, 1, True)]),
        ((factory.TODAY + timedelta(days=14)).isoformat(), [(*TARO, 1, True), (*HANAKO, 1, True)]),
        ("試山", []),
        ("ひなた", []),
        ("99", []),
        ("・", []),
        ("", []),
    ],
)
def test_records_are_found_by_person_batch_and_day(
    building: Building,
    desk: Desk,
    exports: Exports,
    provisions: Provisions,
    cast: Cast,
    folder: Path,
    text: str,
    found: list[tuple[str, str, int, bool]],
):
    some_months(building, desk, exports, cast, folder)
    before = len(log_of(desk))
    assert sorted(asked_by(provisions, text)) == sorted(found)
    told = log_of(desk)[before:]
    assert [entry.act for entry in told] == (["provision.view"] if found else [])
    assert all(len(entry.detail["ids"]) == len(found) for entry in told)


def test_somebody_whose_record_is_gone_is_found_and_answered(
    building: Building, desk: Desk, provisions: Provisions, cast: Cast
):
    erasurekit.provide(desk, cast.jiro, until=date(2029, 11, 23))
    with desk.vault.transaction() as tx:
        # Somebody else's record of provision of whom nothing else is left.
        one = replace(batches.provisions_of(tx.db, erasurekit.uid_of(desk, cast.jiro))[0])
        gone = replace(one, member_uid="gone", person="消去 済子", pseudonym="みらい")
        record = replace(batches.latest(tx.db, limit=1)[0], seq=2, name="mihon-2.zip")
        batches.begin(tx.db, record, folder="/", staff_id=desk.vault.staff.id)
        batches.note_provisions(tx.db, 2, [gone])
        batches.confirm(tx.db, 2)
    (found,) = provisions.find("みらい").people
    assert not found.newest.has_record and found.newest.seq == 2
    words = words_of(provisions.answer_to(found)())
    assert "消去済子様" in words and "みらい" in words and "試山" not in words
    assert log_of(desk)[-1].act == "provision.disclose" and log_of(desk)[-1].subject == "gone"


@pytest.mark.parametrize("sql", [BY_PERSON, BY_BATCH, BY_DAY])
def test_a_record_is_looked_up_by_index(vault: Vault, sql: str):
    values = dict.fromkeys(("key", "seq", "day", "limit"))
    asked = {key: value for key, value in values.items() if f":{key}" in sql}
    plan = [row["detail"] for row in vault.read().execute(f"EXPLAIN QUERY PLAN {sql}", asked)]
    assert [step for step in plan if step.startswith("SCAN")] == ["SCAN CONSTANT ROW"] * plan.count("SCAN CONSTANT ROW")
    assert any("provision_by_" in step for step in plan), plan


def test_many_batches_of_many_people_are_kept_apart(vault: Vault):
    """Straight into the ledger, with batches that never left among them, against what went in."""
    draw = random.Random(20261124)
    people = [f"uid-{number:03}" for number in range(40)]
    went_in: dict[str, list[tuple[date, tuple[str, ...]]]] = {uid: [] for uid in people}
    taken_off: dict[str, list[Removal]] = {uid: [] for uid in people}
    recipient = factory.office().recipient
    for seq in range(1, 31):
        day = date(2026, 1, 1) + timedelta(days=seq)
        digest = f"{seq:064d}"
        chosen = draw.sample(people, draw.randrange(1, 30))
        gone = draw.sample([uid for uid in people if uid not in chosen], 3)
        items = {uid: tuple(draw.sample(("pseudonym", "height_cm", "hobbies", "photos"), 2)) for uid in chosen}
        record = BatchRecord(
            seq=seq,
            name=f"MIHON-{seq:04d}.zip",
            day=day,
            rule_version="2026-11-01",
            recipient=recipient,
            profile_count=len(chosen),
            removal_count=len(gone),
            manifest_sha256=digest,
            staff_name=vault.staff.name,
            created_at=factory.NOON,
        )
        given = [
            Provision(
                member_uid=uid,
                person="見本 太郎",
                provided_on=day,
                recipient=recipient,
                items=items[uid],
                consent_text_version="2026-11-01",
                consented_on=day,
                rule_version="2026-11-01",
                bundle_sha256=digest,
                retain_until=date(9999, 12, 31),
            )
            for uid in chosen
        ]
        entries = [Entry(uid, f"site-{uid}", Change.NEW, digest) for uid in chosen]
        entries += [Entry(uid, f"site-{uid}", Change.REMOVED, digest) for uid in gone]
        with vault.transaction() as tx:
            batches.begin(tx.db, record, folder="/stick", staff_id=vault.staff.id)
            batches.note_entries(tx.db, seq, entries)
            batches.note_provisions(tx.db, seq, given)
            if draw.random() < 0.2:
                batches.drop(tx.db, seq)
                continue
            batches.confirm(tx.db, seq)
        for uid in chosen:
            went_in[uid].insert(0, (day, items[uid]))
        for uid in gone:
            taken_off[uid].insert(0, Removal(day, recipient.name))
    for uid in people:
        found = batches.provisions_of(vault.read(), uid)
        assert [(p.provided_on, p.items) for p in found] == went_in[uid]
        assert batches.removals_of(vault.read(), uid) == tuple(taken_off[uid])


def test_the_paper_says_what_to_whom_when_and_on_what_ground(
    building: Building, desk: Desk, exports: Exports, provisions: Provisions, cast: Cast, folder: Path
):
    some_months(building, desk, exports, cast, folder)
    pdf = provisions.answer(cast.jiro)()
    words = words_of(pdf)
    for needed in (
        "試山次郎様",
        "見本協会",
        "見本県架空市お試し町9丁目",
        "架空会長",
        format_wareki(factory.TODAY),
        format_wareki(factory.TODAY + timedelta(days=7)),
        "名前（仮名）、性別、身長",
        "取下げを伝えました",
        exports.history()[-1].manifest_sha256[:16],
        "第33条第5項",
    ):
        assert needed in words, needed
    assert "花子" not in words
    assert log_of(desk)[-1].act == "provision.disclose"
    assert log_of(desk)[-1].detail == {"records": 2}


def test_the_lawyers_file_has_the_same_records(
    building: Building, desk: Desk, exports: Exports, cast: Cast, folder: Path
):
    some_months(building, desk, exports, cast, folder)
    sheet = desk.declarations.of_member(cast.jiro)[0]
    desk.declarations.suspicions.suspect(sheet.id, "見本の理由")
    words = words_of(desk.declarations.suspicions.hand_over(sheet.id)())
    for needed in ("第三者提供の記録", "名前（仮名）、性別、身長", exports.history()[-1].manifest_sha256[:16]):
        assert needed in words, needed


def test_somebody_nothing_was_given_of_is_told_so(provisions: Provisions, cast: Cast):
    words = words_of(provisions.answer(cast.unsigned)())
    assert "提供していません" in words
    assert "提供した相手" not in words


def test_three_years_of_weekly_batches_fit_on_pages(
    building: Building, desk: Desk, exports: Exports, cast: Cast, folder: Path
):
    exports.export(exports.plan(cast.admitted), folder)
    given = Provisions(desk.vault, now=building.clock).given(cast.taro)
    long = replace(given, provisions=given.provisions * 156)
    pdf = render_record_sheet(answer_sheet(long, asides=("架空 太郎 様",)))
    assert 10 < page_count(pdf) < 60


def test_an_export_is_found_in_the_log_of_each_member_who_left_by_it(
    exports: Exports, desk: Desk, cast: Cast, folder: Path
):
    exports.export(exports.plan([cast.hanako, cast.taro]), folder)
    log = AuditLog(desk.vault, data_dir=folder)
    assert "書き出しを開始" in [way for one in log.who_saw(cast.hanako) for way in one.ways]
    assert "書き出しを開始" not in [way for one in log.who_saw(cast.jiro) for way in one.ways]
