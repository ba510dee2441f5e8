"""The list, one record, corrections, status, consents: what changes, what is refused, and what the log says of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nakodo_desktop.domain.member import MemberId, MemberStatus, PhotoId
from nakodo_desktop.domain.member_query import Group, MemberQuery, SortBy
from nakodo_desktop.domain.values import Problem, Value
from nakodo_desktop.errors import SavedElsewhere
from nakodo_desktop.services.member_writing import insert_member
from nakodo_desktop.vault.audit_reading import entries_about, seen_by
from tests import factory
from tests.factory import NOON, TODAY, Desk
from tests.officekit import Building, everything, log_of, table


def correct(desk: Desk, member_id: MemberId, **answers: Value) -> tuple[Problem, ...]:
    member = desk.members.view(member_id, screen="test")
    return desk.members.correct(member_id, answers, version=member.version)


def scopes_that_hold(desk: Desk, member_id: MemberId) -> set[str]:
    return {consent.scope for consent in desk.members.consents(member_id) if consent.holds}


def withdraw(desk: Desk, member_id: MemberId, scope: str) -> None:
    newest = [consent for consent in desk.members.consents(member_id) if consent.scope == scope][-1]
    desk.members.withdraw_consent(member_id, newest.id)


# --- the list


def test_the_list_is_found_counted_and_read_by_page(desk: Desk) -> None:
    shown = factory.member(desk, family_name="髙橋", family_kana="たかはし")
    hidden = factory.member(desk, publish=False, sex="female")
    assert desk.members.select(MemberQuery(text="高橋")) == [shown]
    assert desk.members.select(MemberQuery(sort_by=SortBy.NUMBER, descending=True)) == [hidden, shown]
    assert [row.number for row in desk.members.rows([hidden, shown, MemberId(99)])] == ["F-0002", "M-0001"]
    assert desk.members.counts() == {
        Group.ALL: 2,
        Group.ACTIVE: 1,
        Group.PAPERS: 2,
        Group.PRE_PUBLISH: 1,
        Group.LEFT: 0,
    }


def test_a_declaration_that_ran_out_counts_as_papers_lacking(building: Building) -> None:
    desk = building.enter()
    factory.signed(desk, factory.member(desk))
    assert desk.members.counts()[Group.PAPERS] == 0
    building.wait(days=(factory.signing().signed_on.replace(month=2, year=2027) - TODAY).days)
    assert desk.members.counts()[Group.PAPERS] == 0
    building.wait(days=1)
    assert desk.members.counts()[Group.PAPERS] == 1


def test_the_log_knows_who_was_in_a_list_that_was_shown(desk: Desk) -> None:
    with desk.vault.transaction() as tx:
        shown = [insert_member(tx, number, factory.answers(), places=desk.places) for number in range(1, 502)]
    uids = [row["uid"] for row in table(desk, "member")]
    before = len(log_of(desk))
    desk.members.note_listed([*shown, MemberId(9_999)])
    told = [entry.detail["ids"] for entry in log_of(desk)[before:]]
    assert told == [uids[:500], uids[500:]]
    assert [entry.act for entry in entries_about(desk.vault.read(), str(uids[500]))] == ["list.view", "member.create"]
    assert set(seen_by(desk.vault.read(), desk.vault.staff.id, since=NOON, until=NOON + timedelta(days=1))) == set(uids)


def test_a_look_at_a_record_is_on_the_log(desk: Desk) -> None:
    member_id = factory.member(desk)
    member = desk.members.view(member_id, screen="members.detail")
    assert desk.members.unmask(member_id, "phone") == "090-0000-0000"
    newest = [(e.act, e.subject, dict(e.detail)) for e in log_of(desk)[-2:]]
    assert newest == [
        ("member.view", member.uid, {"screen": "members.detail"}),
        ("field.unmask", member.uid, {"field": "phone"}),
    ]


def test_answers_are_told_in_words(desk: Desk) -> None:
    assert desk.members.words("municipality", "13112") == "東京都世田谷区"
    assert desk.members.words("phone", None) == ""


# --- corrections


def test_a_correction_changes_what_was_given_and_nothing_else(desk: Desk) -> None:
    member_id = factory.member(desk)
    before = desk.members.view(member_id, screen="test")
    assert correct(desk, member_id, family_name="髙﨑", family_kana="たかさき", phone="080-1111-1111") == ()
    after = desk.members.view(member_id, screen="test")
    assert after.legal_name == "髙﨑 太郎"
    assert after.answers == dict(before.answers) | {
        "family_name": "髙﨑",
        "family_kana": "たかさき",
        "phone": "080-1111-1111",
    }
    assert (after.last_interview_on, after.version) == (before.last_interview_on, before.version + 1)
    assert desk.members.select(MemberQuery(text="高崎")) == [member_id]
    assert desk.members.select(MemberQuery(text="0801111")) == [member_id]
    assert [(c.field_key, c.new_value) for c in desk.members.history(member_id)][::-1] == [
        ("family_name", '"髙﨑"'),
        ("family_kana", '"たかさき"'),
        ("phone", '"080-1111-1111"'),
    ]


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"phone": "080-1111-1111"}, "08011111111"),
        ({"family_name": "髙﨑"}, "高崎"),
        ({"given_kana": "いちろう"}, "いちろう"),
    ],
    ids=["telephone", "name", "reading"],
)
def test_the_list_finds_a_member_by_what_was_corrected(desk: Desk, changes: dict[str, Value], text: str) -> None:
    member_id = factory.member(desk)
    assert desk.members.select(MemberQuery(text=text)) == []
    assert correct(desk, member_id, **changes) == ()
    assert desk.members.select(MemberQuery(text=text)) == [member_id]


def test_a_correction_writes_over_what_the_list_no_longer_shows_right(desk: Desk) -> None:
    """A town that took another name since: the row follows at the next correction of anything."""
    member_id = factory.member(desk)
    with desk.vault.transaction() as tx:
        tx.db.execute("UPDATE member SET residence = '架空県 旧見本町'")
    assert correct(desk, member_id, height_cm=171) == ()
    assert "旧見本町" not in desk.members.rows([member_id])[0].residence


def test_the_log_names_the_fields_of_a_correction_never_their_values(desk: Desk) -> None:
    member_id = factory.member(desk)
    correct(desk, member_id, hobbies="漏洩検査太郎", employer_name="漏洩検査商店")
    entry = next(entry for entry in reversed(log_of(desk)) if entry.act == "member.correct")
    assert entry.detail == {"fields": ["employer_name", "hobbies"]}
    assert "漏洩検査" not in str(table(desk, "audit"))


def test_a_correction_of_what_somebody_else_changed_is_refused(desk: Desk) -> None:
    member_id = factory.member(desk)
    seen = desk.members.view(member_id, screen="test")
    correct(desk, member_id, hobbies="登山")
    before = everything(desk)
    with pytest.raises(SavedElsewhere):
        desk.members.correct(member_id, {"hobbies": "読書"}, version=seen.version)
    assert everything(desk) == before


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("weight_kg", 999, "30〜250kg"),
        ("family_name", "", "空にできない"),
        ("phone", None, "空にできない"),
        ("family_members", (), "空にできない"),
        ("consent_provide", "given", "直せません"),
        ("identity_document", "passport", "直せません"),
        ("photo_upper", "x", "直せません"),
        ("blood_type", "A", "ありません"),
        ("interview_note", "免許証番号 301234567890", "免許証"),
    ],
)
def test_a_correction_that_cannot_stand_saves_nothing(desk: Desk, key: str, value: Value, said: str) -> None:
    member_id = factory.member(desk)
    member = desk.members.view(member_id, screen="test")
    before = everything(desk)
    problems = desk.members.correct(member_id, {key: value, "hobbies": "登山"}, version=member.version)
    assert [problem.field_key for problem in problems] == [key]
    assert said in problems[0].message
    assert everything(desk) == before


def test_what_is_no_longer_asked_goes_with_the_answer_that_asked_for_it(desk: Desk) -> None:
    member_id = factory.member(desk)
    assert correct(desk, member_id, children="none") == ()
    answers = desk.members.view(member_id, screen="test").answers
    assert answers["children"] == "none"
    assert "children_count" not in answers
    assert {change.field_key for change in desk.members.history(member_id)} == {"children", "children_count"}


def test_a_special_care_fact_is_not_corrected_without_the_consent_to_ask(desk: Desk) -> None:
    member_id = factory.member(desk, consent_collect_religion="refused")
    problems = correct(desk, member_id, new_religion_flag="yes")
    assert [problem.field_key for problem in problems] == ["new_religion_flag"]
    assert "同意" in problems[0].message
    assert correct(desk, member_id, disability_flag="no") == ()


# --- status


def test_a_status_changes_along_the_known_ways_only(desk: Desk) -> None:
    member_id = factory.member(desk)
    version = desk.members.view(member_id, screen="test").version
    desk.members.change_status(member_id, MemberStatus.PAUSED, version=version)
    assert desk.members.rows([member_id])[0].status is MemberStatus.PAUSED
    before = everything(desk)
    with pytest.raises(ValueError, match="paused → married_out"):
        desk.members.change_status(member_id, MemberStatus.MARRIED_OUT, version=version + 1)
    with pytest.raises(SavedElsewhere):
        desk.members.change_status(member_id, MemberStatus.OMIAI, version=version)
    assert everything(desk) == before
    assert (log_of(desk)[-1].act, log_of(desk)[-1].detail) == ("member.status", {"to": "paused"})


# --- consents


def test_a_withdrawn_consent_holds_no_more_and_its_row_stays(desk: Desk) -> None:
    member_id = factory.member(desk)
    withdraw(desk, member_id, "consent_provide")
    consent = desk.members.consents(member_id)[0]
    assert (consent.scope, consent.answer, consent.withdrawn_on) == ("consent_provide", "given", TODAY)
    assert "consent_provide" not in scopes_that_hold(desk, member_id)
    assert table(desk, "consent")[0]["withdrawn_by"] == desk.vault.staff.id
    assert log_of(desk)[-1].act == "consent.withdraw"


def test_a_consent_is_withdrawn_once(desk: Desk) -> None:
    member_id = factory.member(desk, consent_contact_exchange="refused")
    consents = {consent.scope: consent.id for consent in desk.members.consents(member_id)}
    withdraw(desk, member_id, "consent_provide")
    before = everything(desk)
    for scope in ("consent_provide", "consent_contact_exchange"):
        with pytest.raises(SavedElsewhere):
            desk.members.withdraw_consent(member_id, consents[scope])
    other = factory.member(desk)
    with pytest.raises(SavedElsewhere):
        desk.members.withdraw_consent(other, consents["consent_collect_religion"])
    assert table(desk, "consent")[: len(consents)] == before["consent"]


def test_without_the_consent_to_ask_neither_the_fact_nor_its_showing_stays(desk: Desk) -> None:
    member_id = factory.member(desk)
    correct(desk, member_id, disability_flag="yes")
    withdraw(desk, member_id, "consent_collect_disability")
    held = scopes_that_hold(desk, member_id)
    assert "consent_disclose_disability" not in held
    assert "consent_disclose_religion" in held
    assert "disability_flag" not in desk.members.view(member_id, screen="test").answers
    assert desk.members.history(member_id) == ()
    assert table(desk, "special_care")[0]["disability_flag"] is None


def test_withdrawing_the_showing_keeps_the_fact(desk: Desk) -> None:
    member_id = factory.member(desk)
    withdraw(desk, member_id, "consent_disclose_disability")
    assert desk.members.view(member_id, screen="test").answers["disability_flag"] == "declined"
    assert "consent_collect_disability" in scopes_that_hold(desk, member_id)


# --- photos


def test_a_photo_in_full_is_a_look_that_is_logged(desk: Desk) -> None:
    member_id, other = factory.member(desk), factory.member(desk, photo_full=None)
    upper = next(photo for photo in desk.members.photos(member_id) if photo.kind == "photo_upper")
    before = len(log_of(desk))
    desk.members.photo_thumbnail(upper.id)
    assert len(log_of(desk)) == before, "a face in the list is not a look at the photo"
    assert desk.members.photo_in_full(member_id, upper.id) == factory.photo().jpeg
    entry = log_of(desk)[-1]
    assert (entry.act, dict(entry.detail)) == ("photo.view", {"photo": upper.id})
    with pytest.raises(LookupError):
        desk.members.photo_in_full(other, upper.id)
    assert len(log_of(desk)) == before + 1


# --- what is gone


def test_what_is_gone_is_told_as_such(desk: Desk) -> None:
    gone = MemberId(77)
    for look in (
        lambda: desk.members.view(gone, screen="test"),
        lambda: desk.members.unmask(gone, "phone"),
        lambda: desk.members.provisions(gone),
        lambda: desk.members.correct(gone, {"hobbies": "登山"}, version=1),
        lambda: desk.members.change_status(gone, MemberStatus.PAUSED, version=1),
        lambda: desk.members.photo_thumbnail(PhotoId("0" * 32)),
    ):
        with pytest.raises(LookupError):
            look()
    with pytest.raises(SavedElsewhere):
        desk.members.withdraw_consent(gone, 1)
