"""A later visit: what it keeps, what it changes at its end, and what somebody else changed meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.interview_record import InterviewKind
from nakodo_desktop.domain.values import Value
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.interviews import NotFinished
from tests import factory
from tests.factory import TODAY, Desk
from tests.interviewkit import answers_of, finished, follow_up
from tests.officekit import Building, everything, table


def test_a_follow_up_opens_with_the_record(desk: Desk) -> None:
    member_id = factory.member(desk)
    later = desk.interviews.start_follow_up(member_id)
    assert later.answers == answers_of(desk, member_id)
    assert (later.kind, later.number, later.member_id) == (InterviewKind.FOLLOW_UP, 1, member_id)
    assert later.provisional_number == "M-0001"


def test_a_follow_up_keeps_old_and_new_of_each_change(building: Building) -> None:
    desk = building.enter()
    member_id = factory.member(desk)
    building.wait(days=40)
    later = follow_up(desk, member_id, weight_kg=66, wish_age=("must", "同世代"), contact_note=None)
    finished(desk, later.id)
    changes = [(c.field_key, c.old_value, c.new_value, c.staff_name) for c in desk.members.history(member_id)]
    assert sorted(changes) == [
        ("contact_note", '"平日の19時以降にお電話ください。\\n留守番電話には入れないでください。"', None, "見本 所長"),
        ("weight_kg", "68", "66", "見本 所長"),
        ("wish_age", '["prefer", "同世代"]', '["must", "同世代"]', "見本 所長"),
    ]
    assert desk.members.rows([member_id])[0].last_interview_on == TODAY + timedelta(days=40)


def test_a_follow_up_that_changed_nothing_records_nothing_anew(desk: Desk) -> None:
    member_id = factory.member(desk)
    before = {name: table(desk, name) for name in ("consent", "identity_check", "purpose_notice", "profile_change")}
    finished(desk, follow_up(desk, member_id).id)
    assert {name: table(desk, name) for name in before} == before


def test_only_the_consent_that_changed_is_recorded_anew_on_its_day(building: Building) -> None:
    desk = building.enter()
    member_id = factory.member(desk, consent_contact_exchange="refused")
    building.wait(days=3)
    later = follow_up(desk, member_id, consent_contact_exchange="given", consent_method="spoken")
    finished(desk, later.id)
    newest = desk.members.consents(member_id)[len(catalog.CONSENT_SCOPES) :]
    assert [(c.scope, c.answer, c.method, c.consented_on) for c in newest] == [
        ("consent_contact_exchange", "given", "spoken", TODAY + timedelta(days=3))
    ]


def test_another_document_seen_is_another_check(desk: Desk) -> None:
    member_id = factory.member(desk)
    finished(desk, follow_up(desk, member_id, identity_document="passport").id)
    assert [row["identity_document"] for row in table(desk, "identity_check")] == ["driving_licence", "passport"]


def test_a_withdrawn_consent_is_not_recorded_as_refused_by_the_next_visit(desk: Desk) -> None:
    member_id = factory.member(desk)
    desk.members.withdraw_consent(member_id, desk.members.consents(member_id)[0].id)
    before = desk.members.consents(member_id)
    finished(desk, follow_up(desk, member_id).id)
    assert desk.members.consents(member_id) == before


def test_a_withdrawal_during_a_follow_up_is_not_undone_by_its_end(desk: Desk) -> None:
    member_id = factory.member(desk)
    later = follow_up(desk, member_id)
    provide = desk.members.consents(member_id)[0]
    desk.members.withdraw_consent(member_id, provide.id)
    finished(desk, later.id)
    assert [c.holds for c in desk.members.consents(member_id) if c.scope == provide.scope] == [False]


def test_a_correction_during_an_interview_is_not_undone_by_its_end(desk: Desk) -> None:
    member_id = factory.member(desk)
    later = follow_up(desk, member_id, hobbies="登山")
    member = desk.members.view(member_id, screen="test")
    assert desk.members.correct(member_id, {"phone": "080-0000-1111"}, version=member.version) == ()
    finished(desk, later.id)
    kept = answers_of(desk, member_id)
    assert (kept["phone"], kept["hobbies"]) == ("080-0000-1111", "登山")


def test_a_correction_takes_from_an_open_interview_only_what_it_changed(desk: Desk) -> None:
    """The record's page saves a whole section: what stayed the same there must not undo what was just said."""
    draft = factory.draft(desk, hobbies="けん玉", consent_method=None)
    member_id = desk.interviews.register(draft.id)
    assert isinstance(member_id, int)
    said = dict(draft.answers) | {"hobbies": "登山"}
    factory.save(desk, draft.id, said)
    version = desk.members.view(member_id, screen="test").version
    section = {"hobbies": "けん玉", "height_cm": 170, "children_count": 1}
    assert desk.members.correct(member_id, section, version=version) == ()
    assert desk.interviews.load(draft.id).answers == said | {"height_cm": 170}


def test_a_correction_never_replaces_what_was_typed_in_an_open_interview(desk: Desk) -> None:
    member_id = factory.member(desk)
    later = follow_up(desk, member_id, phone="080-0000-2222")
    version = desk.members.view(member_id, screen="test").version
    corrected = {"phone": "080-0000-1111", "hobbies": "登山"}
    assert desk.members.correct(member_id, corrected, version=version) == ()
    draft = desk.interviews.load(later.id)
    assert (draft.answers["phone"], draft.answers["hobbies"]) == ("080-0000-2222", "登山")
    finished(desk, later.id)
    phones = [(c.old_value, c.new_value) for c in desk.members.history(member_id) if c.field_key == "phone"]
    assert phones == [('"080-0000-1111"', '"080-0000-2222"'), ('"090-0000-0000"', '"080-0000-1111"')]


def test_a_member_has_one_interview_in_progress_at_a_time(desk: Desk) -> None:
    member_id = factory.member(desk)
    later = follow_up(desk, member_id, hobbies="登山")
    assert desk.interviews.start_follow_up(member_id) == later
    finished(desk, later.id)
    assert desk.interviews.start_follow_up(member_id).id != later.id


def test_what_an_interview_would_change_is_told_before_its_end(desk: Desk) -> None:
    member_id = factory.member(desk, show_school_name=None)
    later = follow_up(
        desk, member_id, weight_kg=66, contact_note=None, consent_provide="refused", show_school_name=False
    )
    told = [(change.field_key, change.old, change.new) for change in desk.interviews.changes(later.id, later.answers)]
    assert told == [
        ("consent_provide", "given", "refused"),
        ("contact_note", factory.answers()["contact_note"], None),
        ("weight_kg", 68, 66),
    ]
    assert desk.interviews.changes(desk.interviews.start().id, later.answers) == ()


def test_a_refused_special_care_fact_leaves_the_record_and_its_history(desk: Desk) -> None:
    member_id = factory.member(desk)
    finished(desk, follow_up(desk, member_id, new_religion_flag="yes").id)
    assert [change.field_key for change in desk.members.history(member_id)] == ["new_religion_flag"]
    finished(desk, follow_up(desk, member_id, consent_collect_religion="refused").id)
    assert not {"new_religion_flag", "religion_note"} & set(answers_of(desk, member_id))
    assert desk.members.history(member_id) == ()
    assert answers_of(desk, member_id)["disability_flag"] == "declined"


def test_a_follow_up_changes_nothing_before_its_end(desk: Desk) -> None:
    member_id = factory.member(desk)
    later = follow_up(desk, member_id, address_line="新しい町1-1")
    before = everything(desk)
    assert desk.interviews.register(later.id) == member_id
    assert everything(desk) == before


def test_an_abandoned_follow_up_leaves_the_member_as_it_was(desk: Desk) -> None:
    member_id = factory.member(desk)
    before = answers_of(desk, member_id)
    later = follow_up(desk, member_id, hobbies="登山")
    desk.interviews.put_photo(later.id, "photo_upper", factory.photo(red=200))
    desk.interviews.abandon(later.id)
    assert answers_of(desk, member_id) == before


def test_a_follow_up_shows_the_members_photos_and_replaces_them_at_its_end(desk: Desk) -> None:
    member_id = factory.member(desk)
    later = desk.interviews.start_follow_up(member_id)
    old = {photo.kind: photo.id for photo in desk.interviews.photos_of(later.id)}
    new = desk.interviews.put_photo(later.id, "photo_upper", factory.photo(red=9))
    assert [photo.id for photo in desk.interviews.photos_of(later.id)] == [new, old["photo_full"]]
    factory.save(desk, later.id, dict(later.answers) | {"photo_upper": new})
    finished(desk, later.id)
    assert [photo.id for photo in desk.members.photos(member_id)] == [new, old["photo_full"]]
    assert desk.members.photo_thumbnail(new) == factory.photo(red=9).thumbnail


# --- a declaration in the middle of a later visit


def test_a_new_photo_of_a_later_visit_is_taken_away_before_the_one_on_record(desk: Desk) -> None:
    member_id = factory.member(desk)
    later = desk.interviews.start_follow_up(member_id)
    on_record = {photo.kind: photo.id for photo in desk.members.photos(member_id)}
    new = desk.interviews.put_photo(later.id, "photo_upper", factory.photo(red=9))
    assert not desk.interviews.is_on_record(later.id, new)
    desk.interviews.remove_photo(later.id, new)
    shown = {photo.kind: photo.id for photo in desk.interviews.photos_of(later.id)}
    assert shown == on_record
    assert desk.interviews.is_on_record(later.id, on_record["photo_full"])
    desk.interviews.remove_photo(later.id, on_record["photo_full"])
    assert [photo.kind for photo in desk.members.photos(member_id)] == ["photo_upper"]


def test_a_declaration_of_a_later_visit_says_what_was_said_in_it(desk: Desk) -> None:
    member_id = factory.member(desk)
    later = follow_up(desk, member_id, family_name="新姓", address_line="お試し町9番地", identity_document="passport")
    facts = desk.declarations.prepare(member_id, said=later.answers).facts
    assert (facts.legal_name, facts.address[-7:]) == ("新姓 太郎", "お試し町9番地")
    assert facts.identity_document == "旅券（パスポート）"
    assert desk.declarations.prepare(member_id).facts.legal_name == "見本 太郎", "the record changes at the end"
    finished(desk, later.id)
    assert desk.declarations.prepare(member_id).facts == facts


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"address_line": None}, "町名・番地・建物"),
        ({"birth_date": date(2030, 1, 1)}, "生年月日"),
        ({"birth_date": "昭和のいつか"}, "生年月日"),
    ],
)
def test_what_cannot_stand_on_a_sheet_is_named(desk: Desk, change: dict[str, Value], told: str) -> None:
    member_id = factory.member(desk)
    later = follow_up(desk, member_id, **change)
    with pytest.raises(UserError, match=told):
        desk.declarations.prepare(member_id, said=later.answers)
    refusal = desk.interviews.register(later.id)
    assert isinstance(refusal, NotFinished)
    assert refusal.missing or refusal.problems
