"""From the first visit to the record: nothing said is lost, nothing unsaid is made up, all of it or none."""

from __future__ import annotations

import pytest

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.interview_record import InterviewKind, InterviewState
from nakodo_desktop.domain.member import InterviewId, MemberId, MemberStatus, PhotoId
from nakodo_desktop.domain.values import Value
from nakodo_desktop.errors import SavedElsewhere
from nakodo_desktop.services.interviews import NotFinished
from nakodo_desktop.vault import photos, profiles
from tests import factory
from tests.factory import TODAY, Desk
from tests.interviewkit import answers_of, finished
from tests.officekit import Building, acts_of, everything, log_of, table

BASICS = {
    key: factory.answers()[key]
    for key in (
        *("family_name", "given_name", "family_kana", "given_kana", "birth_date", "sex", "phone"),
        *("municipality", "address_line"),
    )
}


def registered(desk: Desk, **changes: Value) -> tuple[InterviewId, MemberId]:
    started = desk.interviews.start()
    factory.save(desk, started.id, BASICS | changes)
    member_id = desk.interviews.register(started.id)
    assert not isinstance(member_id, NotFinished)
    return started.id, member_id


# --- drafts


def test_a_new_interview_takes_the_next_number_and_todays_dates(desk: Desk) -> None:
    first, second = desk.interviews.start(), desk.interviews.start()
    assert (first.number, second.number) == (1, 2)
    assert (first.provisional_number, first.display_name) == ("0001", "お名前未入力")
    assert (first.kind, first.state, first.step) == (InterviewKind.INTAKE, InterviewState.IN_PROGRESS, "purposes")
    assert first.answers == {"purpose_shown_on": TODAY, "consented_on": TODAY, "identity_seen_on": TODAY}
    assert first.staff_name == desk.vault.staff.name


def test_a_draft_comes_back_as_it_was_left(building: Building) -> None:
    desk = building.enter()
    started = desk.interviews.start()
    said = factory.answers(birth_date="S64.1.8 と言われた", weight_kg=9_999, family_name="<b>髙﨑\x00\ud83d</b>")
    version, _ = desk.interviews.save_draft(
        started.id, version=started.version, step="life", visited=["life", "basics"], answers=said
    )
    found = building.enter().interviews.load(started.id)
    assert (found.answers, found.step, found.visited) == (said, "life", {"life", "basics"})
    assert (found.version, found.display_name) == (version, "<b>髙﨑\x00\ud83d</b> 太郎")


def test_a_first_interview_nobody_goes_on_with_has_to_be_decided_after_ninety_days(building: Building) -> None:
    desk = building.enter()
    kept, again = desk.interviews.start(), desk.interviews.start()
    visit = desk.interviews.start_follow_up(factory.member(desk))
    building.wait(days=89)
    assert desk.interviews.overdue() == ()
    factory.save(desk, again.id, {"family_name": "架空"})
    building.wait(days=1)
    assert [draft.id for draft in desk.interviews.overdue()] == [kept.id], "a later visit has its member's periods"
    assert visit.kind is InterviewKind.FOLLOW_UP
    desk.interviews.abandon(kept.id)
    assert desk.interviews.overdue() == ()


def test_a_draft_saved_elsewhere_is_not_overwritten(desk: Desk) -> None:
    started = desk.interviews.start()
    desk.interviews.save_draft(started.id, version=1, step="basics", visited=[], answers={"family_name": "先"})
    with pytest.raises(SavedElsewhere):
        desk.interviews.save_draft(started.id, version=1, step="basics", visited=[], answers={"family_name": "後"})
    assert desk.interviews.load(started.id).answers == {"family_name": "先"}


def test_a_closed_interview_takes_no_draft(desk: Desk) -> None:
    draft = factory.draft(desk)
    finished(desk, draft.id)
    with pytest.raises(SavedElsewhere):
        desk.interviews.save_draft(draft.id, version=draft.version + 1, step="life", visited=[], answers={})


def test_interviews_in_progress_are_listed_newest_first(desk: Desk) -> None:
    first, second, third = (desk.interviews.start() for _ in range(3))
    factory.save(desk, first.id, BASICS)
    desk.interviews.abandon(second.id)
    assert [found.id for found in desk.interviews.in_progress()] == [first.id, third.id]


# --- finishing


def test_a_finished_interview_is_a_member(desk: Desk) -> None:
    draft = factory.draft(desk)
    member_id = finished(desk, draft.id)
    member = desk.members.view(member_id, screen="test")
    assert (member.number, member.status) == ("M-0001", MemberStatus.PRE_PUBLISH)
    assert (member.legal_name, member.kana, member.residence) == ("見本 太郎", "みほん たろう", "東京都世田谷区")
    assert (member.joined_on, member.last_interview_on) == (TODAY, TODAY)
    assert member.answers == draft.answers
    closed = desk.interviews.load(draft.id)
    assert (closed.state, closed.member_id, closed.answers) == (InterviewState.FINISHED, member_id, {})
    assert closed.finished_at is not None
    assert desk.members.history(member_id) == ()


def test_publishing_makes_it_omiai_and_is_on_the_log(desk: Desk) -> None:
    member_id = factory.member(desk, publish=True)
    assert desk.members.rows([member_id])[0].status is MemberStatus.OMIAI
    assert "member.status" in acts_of(desk)


def test_what_is_missing_is_named_with_its_step_and_nothing_happens(desk: Desk) -> None:
    draft = factory.draft(desk)
    factory.save(desk, draft.id, {k: v for k, v in draft.answers.items() if k not in ("pseudonym", "wish_age")})
    before = everything(desk)
    outcome = desk.interviews.finish(draft.id)
    assert isinstance(outcome, NotFinished)
    assert [(m.step, m.field_key, m.label) for m in outcome.missing] == [
        ("wishes", "wish_age", "年齢"),
        ("preview", "pseudonym", "仮名"),
    ]
    assert everything(desk) == before


def test_an_answer_that_cannot_stand_keeps_the_interview_open(desk: Desk) -> None:
    draft = factory.draft(desk, weight_kg=9_999)
    before = everything(desk)
    outcome = desk.interviews.finish(draft.id)
    assert isinstance(outcome, NotFinished)
    assert [problem.field_key for problem in outcome.problems] == ["weight_kg"]
    assert everything(desk) == before


@pytest.mark.parametrize("key", ["purpose_shown", "identity_returned", "identity_photo_matches"])
def test_a_confirmation_that_is_not_ticked_keeps_the_interview_open(desk: Desk, key: str) -> None:
    outcome = desk.interviews.finish(factory.draft(desk, **{key: False}).id)
    assert isinstance(outcome, NotFinished)
    assert [lack.field_key for lack in outcome.missing] == [key]


def test_a_photo_that_is_only_named_is_missing(desk: Desk) -> None:
    started = desk.interviews.start()
    factory.save(desk, started.id, factory.answers())
    outcome = desk.interviews.finish(started.id)
    assert isinstance(outcome, NotFinished)
    assert [lack.field_key for lack in outcome.missing] == ["photo_upper"]


def test_answers_that_are_no_longer_asked_are_not_kept(desk: Desk) -> None:
    draft = factory.draft(
        desk, consent_collect_religion="refused", consent_collect_health="refused", employment_type="regular"
    )
    kept = answers_of(desk, finished(desk, draft.id))
    gone = {"consent_disclose_religion", "new_religion_flag", "religion_note", "health_note", "income_proof_seen"}
    assert not gone & set(kept)
    assert kept["disability_flag"] == "declined"


def test_consents_are_rows_with_text_version_method_day_and_staff(desk: Desk) -> None:
    found = desk.members.consents(factory.member(desk, consent_contact_exchange="refused"))
    assert [consent.scope for consent in found] == list(catalog.CONSENT_SCOPES)
    answers = {consent.scope: consent.answer for consent in found}
    assert answers.pop("consent_contact_exchange") == "refused"
    assert set(answers.values()) == {"given"}
    assert {(c.method, c.consented_on, c.staff_name) for c in found} == {("paper", TODAY, desk.vault.staff.name)}
    assert all(consent.text_version for consent in found)


def test_a_finished_interview_is_not_finished_again(desk: Desk) -> None:
    draft = factory.draft(desk)
    finished(desk, draft.id)
    before = everything(desk)
    with pytest.raises(SavedElsewhere):
        desk.interviews.finish(draft.id)
    assert everything(desk) == before


def test_finishing_is_all_or_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = factory.draft(desk)
    before = everything(desk)

    def cut_off(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(photos, "give_to_member", cut_off)
    with pytest.raises(ZeroDivisionError):
        desk.interviews.finish(draft.id)
    assert everything(desk) == before


def test_finishing_leaves_one_line_for_each_deed(desk: Desk) -> None:
    draft = factory.draft(desk)
    before = len(log_of(desk))
    member_id = finished(desk, draft.id)
    entries = log_of(desk)[before:]
    uid = desk.members.view(member_id, screen="test").uid
    assert [(entry.act, entry.subject) for entry in entries] == [("member.create", uid), ("interview.finish", uid)]
    assert all(entry.actor == desk.vault.staff.id for entry in entries)


# --- a record before the end, for the declaration


def test_a_record_can_be_made_as_soon_as_the_basics_are_known(desk: Desk) -> None:
    interview_id, member_id = registered(desk)
    assert desk.interviews.load(interview_id).member_id == member_id
    assert desk.interviews.load(interview_id).state is InterviewState.IN_PROGRESS
    assert desk.members.rows([member_id])[0].status is MemberStatus.PRE_PUBLISH


def test_without_the_basics_there_is_no_record(desk: Desk) -> None:
    started = desk.interviews.start()
    factory.save(desk, started.id, {key: value for key, value in BASICS.items() if key != "birth_date"})
    outcome = desk.interviews.register(started.id)
    assert isinstance(outcome, NotFinished)
    assert [lack.field_key for lack in outcome.missing] == ["birth_date"]
    assert desk.interviews.load(started.id).member_id is None
    assert table(desk, "member") == []


def test_registering_twice_is_one_record(desk: Desk) -> None:
    interview_id, member_id = registered(desk)
    before = everything(desk)
    assert desk.interviews.register(interview_id) == member_id
    assert everything(desk) == before


def test_registering_again_brings_the_record_up_to_what_was_said(desk: Desk) -> None:
    interview_id, member_id = registered(desk)
    factory.save(desk, interview_id, BASICS | {"family_name": "髙﨑", "sex": "female", "hobbies": "けん玉"})
    assert desk.interviews.register(interview_id) == member_id
    row = desk.members.rows([member_id])[0]
    assert (row.legal_name, row.number) == ("髙﨑 太郎", "F-0001")
    assert answers_of(desk, member_id)["hobbies"] == "けん玉"
    assert desk.members.history(member_id) == ()


def test_registering_keeps_no_special_care_fact_without_its_consent(desk: Desk) -> None:
    _, member_id = registered(desk, new_religion_flag="yes", consent_collect_religion="refused")
    assert "new_religion_flag" not in answers_of(desk, member_id)


def test_the_document_seen_is_on_record_for_the_declaration(desk: Desk) -> None:
    identity = {field.key: factory.answers()[field.key] for field in catalog.IDENTITY.fields}
    interview_id, member_id = registered(desk, **identity)
    assert answers_of(desk, member_id)["identity_document"] == "driving_licence"
    photo_id = desk.interviews.put_photo(interview_id, "photo_upper", factory.photo())
    factory.save(desk, interview_id, factory.answers(photo_upper=photo_id, photo_full=None))
    finished(desk, interview_id)
    assert len(table(desk, "identity_check")) == 1


def test_an_interview_registered_early_is_finished_like_any_other(desk: Desk) -> None:
    interview_id, member_id = registered(desk)
    photo_id = desk.interviews.put_photo(interview_id, "photo_upper", factory.photo())
    said = factory.answers(photo_upper=photo_id, photo_full=None, family_name="改見本")
    factory.save(desk, interview_id, said)
    assert finished(desk, interview_id) == member_id
    assert answers_of(desk, member_id) == said
    assert desk.members.rows([member_id])[0].legal_name == "改見本 太郎"
    assert desk.members.history(member_id) == ()


# --- giving up


def test_an_abandoned_interview_leaves_no_answer_no_photo_no_record(desk: Desk) -> None:
    interview_id, _ = registered(desk)
    desk.interviews.put_photo(interview_id, "photo_upper", factory.photo())
    desk.interviews.abandon(interview_id)
    closed = desk.interviews.load(interview_id)
    assert (closed.state, closed.answers, closed.member_id) == (InterviewState.ABANDONED, {}, None)
    for name in ("member", "profile", "special_care", "photo", "consent", "profile_change", "identity_check"):
        assert table(desk, name) == []
    assert desk.interviews.start().number == 2, "a number is never given twice"


def test_a_finished_interview_cannot_be_abandoned_with_the_member(desk: Desk) -> None:
    draft = factory.draft(desk)
    finished(desk, draft.id)
    before = everything(desk)
    with pytest.raises(SavedElsewhere):
        desk.interviews.abandon(draft.id)
    assert everything(desk) == before


# --- photos


def test_a_second_photo_of_a_kind_takes_the_place_of_the_first(desk: Desk) -> None:
    started = desk.interviews.start()
    first = desk.interviews.put_photo(started.id, "photo_upper", factory.photo())
    second = desk.interviews.put_photo(started.id, "photo_upper", factory.photo(red=9))
    assert [photo.id for photo in desk.interviews.photos_of(started.id)] == [second]
    assert desk.interviews.photo_jpeg(second) == factory.photo(red=9).jpeg
    with pytest.raises(LookupError):
        desk.interviews.photo_jpeg(first)


def test_a_photo_is_checked_by_somebody(desk: Desk) -> None:
    started = desk.interviews.start()
    photo_id = desk.interviews.put_photo(started.id, "photo_full", factory.photo())
    assert not desk.interviews.photos_of(started.id)[0].is_checked
    desk.interviews.sign_off_photo(photo_id)
    assert desk.interviews.photos_of(started.id)[0].is_checked
    assert table(desk, "photo")[0]["checked_by"] == desk.vault.staff.id
    with pytest.raises(LookupError):
        desk.interviews.sign_off_photo(PhotoId("0" * 32))


def test_a_photo_can_be_taken_away_again_and_the_upper_one_is_missing_then(desk: Desk) -> None:
    draft = factory.draft(desk)
    upper = next(photo for photo in desk.interviews.photos_of(draft.id) if photo.kind == "photo_upper")
    desk.interviews.remove_photo(draft.id, upper.id)
    assert [photo.kind for photo in desk.interviews.photos_of(draft.id)] == ["photo_full"]
    outcome = desk.interviews.finish(draft.id)
    assert isinstance(outcome, NotFinished)
    assert [lack.field_key for lack in outcome.missing] == ["photo_upper"]
    assert acts_of(desk)[-1] == "photo.remove"


def test_only_ones_own_photo_can_be_taken_away(desk: Desk) -> None:
    other, mine = factory.draft(desk), factory.draft(desk)
    with pytest.raises(SavedElsewhere):
        desk.interviews.remove_photo(mine.id, desk.interviews.photos_of(other.id)[0].id)
    assert len(desk.interviews.photos_of(other.id)) == 2


def test_a_closed_interview_takes_no_photo(desk: Desk) -> None:
    draft = factory.draft(desk)
    finished(desk, draft.id)
    with pytest.raises(SavedElsewhere):
        desk.interviews.put_photo(draft.id, "photo_upper", factory.photo())


def test_a_record_that_is_gone_is_told_as_such(desk: Desk) -> None:
    with pytest.raises(LookupError):
        desk.interviews.load(InterviewId(77))
    with pytest.raises(LookupError):
        desk.interviews.start_follow_up(MemberId(77))


def test_the_answers_of_a_member_are_saved_in_one_transaction(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    member_id = factory.member(desk)
    member = desk.members.view(member_id, screen="test")
    before = everything(desk)

    def cut_off(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(profiles, "save_changed", cut_off)
    with pytest.raises(ZeroDivisionError):
        desk.members.correct(member_id, {"weight_kg": 70}, version=member.version)
    assert everything(desk) == before
