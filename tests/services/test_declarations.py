"""A declaration from the record to the signature and past its last day. Printing is never signing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from nakodo_desktop.domain.declaration import Declaration, DeclarationId, DeclarationState, Standing
from nakodo_desktop.domain.member import MemberId, MemberStatus
from nakodo_desktop.errors import NotPrintable, SavedElsewhere, UserError
from nakodo_desktop.services.declarations import draw
from nakodo_desktop.vault import declarations
from nakodo_desktop.vault.vault import Vault
from tests import factory
from tests.factory import TODAY, Desk
from tests.officekit import Building, everything, log_of, table
from tests.vaultkit import Clock

STATE = DeclarationState


def printed(desk: Desk, member_id: MemberId) -> Declaration:
    return desk.declarations.record_output(factory.sheet(desk, member_id).id, "printer", copies=2)


def column(desk: Desk, member_id: MemberId) -> tuple[DeclarationState | None, date | None]:
    row = desk.members.rows([member_id])[0]
    return row.declaration_state, row.declaration_valid_until


# --- the facts


def test_a_sheet_says_what_is_on_record(desk: Desk) -> None:
    facts = desk.declarations.prepare(factory.member(desk)).facts
    assert facts.document_number == f"SD-{TODAY:%Y%m%d}-0001"
    assert (facts.legal_name, facts.kana) == ("見本 太郎", "みほん たろう")
    assert facts.address == "東京都世田谷区架空町1丁目2番3号 お試しハイツ405号室"
    assert (facts.birth_date, facts.issued_on) == (date(1987, 3, 14), TODAY)
    assert (facts.matchmaker, facts.identity_document) == (desk.vault.staff.name, "運転免許証")
    assert (facts.office.name, facts.lawyer_name, facts.valid_months) == ("見本結婚相談所", "見本 法子", 3)


def test_an_office_without_a_lawyer_names_none(desk: Desk) -> None:
    member_id = factory.member(desk)
    assert desk.offices.save(factory.office(lawyer_name="")) == ()
    assert desk.declarations.prepare(member_id).facts.lawyer_name is None


def test_what_the_record_lacks_is_named(desk: Desk) -> None:
    member_id = factory.member(desk)
    with desk.vault.transaction() as tx:
        tx.db.execute("UPDATE profile SET given_kana = NULL, address_line = NULL")
    with pytest.raises(UserError, match="めい、町名・番地・建物"):
        desk.declarations.prepare(member_id)


def test_without_the_offices_settings_there_is_no_sheet(vault: Vault) -> None:
    desk = factory.desk(vault, Clock(factory.NOON))
    member_id = factory.member(desk)
    with pytest.raises(UserError, match="事務所の設定"):
        desk.declarations.prepare(member_id)


# --- draft, printed


def test_a_kept_sheet_is_a_draft_with_version_and_checksums(desk: Desk) -> None:
    member_id = factory.member(desk)
    sheet = desk.declarations.prepare(member_id)
    pdf = draw(sheet)
    kept = desk.declarations.keep(sheet, pdf)
    assert (kept.state, kept.number) == (STATE.DRAFT, sheet.facts.document_number)
    assert (kept.form_version, kept.form_sha256) == (sheet.facts.text_version, sheet.facts.text_sha256)
    assert kept.pdf_sha256 == pdf.sha256
    assert (kept.printed_at, kept.signed_on, kept.valid_until) == (None, None, None)
    assert column(desk, member_id) == (STATE.DRAFT, None)


def test_printing_is_not_signing(desk: Desk) -> None:
    member_id = factory.member(desk)
    kept = printed(desk, member_id)
    assert kept.state is STATE.PRINTED
    assert kept.printed_at is not None
    assert kept.signed_on is None
    assert column(desk, member_id) == (STATE.PRINTED, None)


def test_every_output_is_logged_and_a_signed_sheet_stays_signed(desk: Desk) -> None:
    signed = factory.signed(desk, factory.member(desk))
    again = desk.declarations.record_output(signed.id, "pdf")
    assert again == signed
    log = [(line.output, line.copies, line.staff_name) for line in desk.declarations.printings(signed.id)]
    assert log == [("pdf", 1, desk.vault.staff.name), ("printer", 1, desk.vault.staff.name)]
    assert [entry.act for entry in log_of(desk)[-3:]] == ["document.print", "declaration.sign", "document.print"]


def test_two_sheets_of_a_day_have_two_numbers(desk: Desk) -> None:
    first, second = factory.sheet(desk, factory.member(desk)), factory.sheet(desk, factory.member(desk))
    assert (first.number[-4:], second.number[-4:]) == ("0001", "0002")


def test_the_number_of_an_abandoned_applicant_is_not_given_again(building: Building) -> None:
    desk = building.enter()
    first = factory.draft(desk)
    registered = desk.interviews.register(first.id)
    assert isinstance(registered, int)
    member_id = factory.member(desk)
    numbers = [factory.sheet(desk, member_id).number, factory.sheet(desk, registered).number]
    desk.interviews.abandon(first.id)
    numbers += [factory.sheet(desk, member_id).number for _ in range(2)]
    assert [number[-4:] for number in numbers] == ["0001", "0002", "0003", "0004"]
    building.wait(days=1)
    assert factory.sheet(desk, member_id).number[-4:] == "0001"


def test_a_number_that_was_taken_in_between_is_not_used_twice(desk: Desk) -> None:
    member_id = factory.member(desk)
    slow = desk.declarations.prepare(member_id)
    factory.sheet(desk, member_id)
    before = everything(desk)
    with pytest.raises(UserError, match=slow.facts.document_number):
        desk.declarations.keep(slow, draw(slow))
    assert everything(desk) == before


# --- printing again


def test_a_sheet_is_printed_again_byte_for_byte_after_the_record_changed(building: Building) -> None:
    desk = building.enter()
    member_id = factory.member(desk, family_name="髙﨑𠮷", given_name="𣘺太")
    sheet = desk.declarations.prepare(member_id)
    pdf = draw(sheet)
    kept = desk.declarations.keep(sheet, pdf)
    version = desk.members.view(member_id, screen="test").version
    assert desk.members.correct(member_id, {"family_name": "別姓"}, version=version) == ()
    assert desk.offices.save(factory.office(name="改名した相談所")) == ()
    building.wait(days=200)
    later = building.enter()
    again = later.declarations.sheet_of(kept.id)
    assert again == sheet
    redrawn = draw(again)
    assert redrawn == pdf
    later.declarations.check_redrawn(kept.id, redrawn)


def test_a_sheet_drawn_otherwise_than_recorded_is_not_printed(desk: Desk) -> None:
    member_id = factory.member(desk)
    kept = factory.sheet(desk, member_id)
    other = desk.declarations.sheet_of(kept.id)
    with pytest.raises(NotPrintable, match="一致しません"):
        desk.declarations.check_redrawn(
            kept.id, draw(replace(other, facts=replace(other.facts, legal_name="見本 次郎")))
        )


def test_words_that_changed_since_are_not_printed_under_the_old_version(desk: Desk) -> None:
    sheet = desk.declarations.prepare(factory.member(desk))
    with pytest.raises(NotPrintable, match="文面"):
        draw(replace(sheet, facts=replace(sheet.facts, text_sha256="0" * 64)))


# --- signed


def test_a_signature_has_day_place_method_witness_and_document(desk: Desk) -> None:
    member_id = factory.member(desk)
    signed = factory.signed(desk, member_id, filed_at="青いバインダー3")
    assert (signed.state, signed.signed_on, signed.place) == (STATE.SIGNED, TODAY, "当所 面談室")
    assert (signed.method, signed.witness_name, signed.filed_at) == ("in_person", "見本 所長", "青いバインダー3")
    assert signed.valid_until == date(2027, 2, 23)
    assert table(desk, "declaration")[0]["identity_document"] == "driving_licence"
    assert column(desk, member_id) == (STATE.SIGNED, signed.valid_until)


@pytest.mark.parametrize(
    ("change", "key", "said"),
    [
        ({"signed_on": TODAY + timedelta(days=1)}, "signed_on", "今日より後"),
        ({"signed_on": TODAY - timedelta(days=1)}, "signed_on", "作った日より前"),
        ({"place": " 　"}, "place", "場所を入力"),
        ({"place": "面談室\u202e"}, "place", "U+202E"),
        ({"place": "見" * 61}, "place", "60文字まで"),
        ({"filed_at": "免許証 301234567890"}, "filed_at", "免許証"),
        ({"method": "fax"}, "method", "オンライン対面"),
        ({"identity_document": "health_insurance"}, "identity_document", "書類の種類"),
    ],
)
def test_a_signature_without_its_facts_is_none(desk: Desk, change: dict[str, object], key: str, said: str) -> None:
    kept = printed(desk, factory.member(desk))
    before = everything(desk)
    problems = desk.declarations.sign(kept.id, factory.signing(**change))
    assert isinstance(problems, tuple)
    assert [problem.field_key for problem in problems] == [key]
    assert said in problems[0].message
    assert everything(desk) == before


def test_a_sheet_that_was_not_printed_is_not_signed(desk: Desk) -> None:
    kept = factory.sheet(desk, factory.member(desk))
    before = everything(desk)
    with pytest.raises(SavedElsewhere):
        desk.declarations.sign(kept.id, factory.signing())
    assert everything(desk) == before


def test_a_sheet_is_signed_once(desk: Desk) -> None:
    signed = factory.signed(desk, factory.member(desk))
    with pytest.raises(SavedElsewhere):
        desk.declarations.sign(signed.id, factory.signing(place="別の場所"))
    assert desk.declarations.load(signed.id) == signed


def test_a_new_signature_supersedes_the_former_sheets(desk: Desk) -> None:
    member_id = factory.member(desk)
    first, second = factory.signed(desk, member_id), printed(desk, member_id)
    assert column(desk, member_id)[0] is STATE.SIGNED, "printing another sheet takes nothing away"
    third = factory.signed(desk, member_id)
    states = {d.id: d.state for d in desk.declarations.of_member(member_id)}
    assert states == {first.id: STATE.SUPERSEDED, second.id: STATE.SUPERSEDED, third.id: STATE.SIGNED}
    by = {row["id"]: row["superseded_by"] for row in table(desk, "declaration")}
    assert by == {first.id: third.id, second.id: third.id, third.id: None}


def test_the_period_is_the_one_on_the_signed_paper(desk: Desk) -> None:
    kept = printed(desk, factory.member(desk))
    assert desk.offices.save(factory.office(redeclare_months=1)) == ()
    signed = desk.declarations.sign(kept.id, factory.signing())
    assert isinstance(signed, Declaration)
    assert signed.valid_until == date(2027, 2, 23)


def test_a_signature_that_is_cut_off_leaves_a_printed_sheet(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    member_id = factory.member(desk)
    factory.signed(desk, member_id)
    kept = printed(desk, member_id)
    before = everything(desk)

    def cut_off(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(declarations, "supersede_others", cut_off)
    with pytest.raises(ZeroDivisionError):
        desk.declarations.sign(kept.id, factory.signing())
    assert everything(desk) == before


# --- past its day


def test_a_declaration_is_valid_to_its_last_day_and_expired_after_it(building: Building) -> None:
    desk = building.enter()
    member_id = factory.member(desk)
    signed = factory.signed(desk, member_id)
    seen = []
    for days in (92 - 15, 1, 14, 1):
        building.wait(days=days)
        standing = [due.standing for due in desk.declarations.due()]
        seen.append((desk.declarations.load(signed.id).state, standing))
    assert seen == [
        (STATE.SIGNED, []),
        (STATE.SIGNED, [Standing.DUE]),
        (STATE.SIGNED, [Standing.DUE]),
        (STATE.EXPIRED, [Standing.OVERDUE]),
    ]
    assert desk.declarations.of_member(member_id)[0].state is STATE.EXPIRED
    renewed = factory.signed(desk, member_id, signed_on=TODAY + timedelta(days=93))
    assert desk.declarations.due() == ()
    assert desk.declarations.load(signed.id).state is STATE.SUPERSEDED
    assert desk.declarations.load(renewed.id).state is STATE.SIGNED


def test_the_most_urgent_come_first_and_who_left_is_not_asked(building: Building) -> None:
    desk = building.enter()
    overdue = factory.member(desk)
    factory.signed(desk, overdue)
    building.wait(days=83)
    due = factory.member(desk)
    factory.signed(desk, due, signed_on=TODAY + timedelta(days=83))
    building.wait(days=85)
    none, waiting, suspected, paused = (factory.member(desk) for _ in range(4))
    printed(desk, waiting)
    desk.declarations.suspicions.suspect(factory.sheet(desk, suspected).id, "見本の理由")
    version = desk.members.view(paused, screen="test").version
    desk.members.change_status(paused, MemberStatus.PAUSED, version=version)
    assert [(found.row.id, found.standing) for found in desk.declarations.due()] == [
        (suspected, Standing.SUSPECTED),
        (overdue, Standing.OVERDUE),
        (due, Standing.DUE),
        (waiting, Standing.PRINTED),
        (none, Standing.NONE),
    ]


# --- asked for by what happens


def to_status(desk: Desk, member_id: MemberId, *path: MemberStatus) -> None:
    for status in path:
        version = desk.members.view(member_id, screen="test").version
        desk.members.change_status(member_id, status, version=version)


def test_serious_courtship_asks_for_a_signature_and_so_does_marriage(building: Building) -> None:
    desk = building.enter()
    member_id = factory.member(desk)
    factory.signed(desk, member_id)
    to_status(desk, member_id, MemberStatus.PRE_COURTSHIP)
    building.wait(days=10)
    began = TODAY + timedelta(days=10)
    assert desk.declarations.due() == ()
    assert "再署名をお願い" in desk.members.signature_asked(member_id, MemberStatus.SERIOUS)
    to_status(desk, member_id, MemberStatus.SERIOUS)
    (due,) = desk.declarations.due()
    assert (due.row.id, due.standing, due.words(began)) == (member_id, Standing.DUE, "真剣交際の再署名")
    factory.signed(desk, member_id, signed_on=began)
    assert desk.declarations.due() == ()
    building.wait(days=20)
    assert "成婚の前の" in desk.members.signature_asked(member_id, MemberStatus.MARRIED_OUT)
    factory.signed(desk, member_id, signed_on=began + timedelta(days=20))
    assert desk.members.signature_asked(member_id, MemberStatus.MARRIED_OUT) == ""


def test_a_suspected_signature_answers_no_occasion(desk: Desk) -> None:
    member_id = factory.member(desk)
    signed = factory.signed(desk, member_id)
    to_status(desk, member_id, MemberStatus.PRE_COURTSHIP, MemberStatus.SERIOUS)
    assert desk.declarations.due() == (), "signed on the day it began"
    desk.declarations.suspicions.suspect(signed.id, "見本の理由")
    assert [due.standing for due in desk.declarations.due()] == [Standing.SUSPECTED]
    assert "まだ署名がありません" in desk.members.signature_asked(member_id, MemberStatus.MARRIED_OUT)


def test_a_sheet_that_is_gone_is_told_as_such(desk: Desk) -> None:
    for look in (desk.declarations.load, desk.declarations.sheet_of):
        with pytest.raises(LookupError):
            look(DeclarationId(77))
