"""What each role may do and see, asked of the services: the window is not the lock."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.declaration import DeclarationId
from nakodo_desktop.domain.fields import Audience, Privacy
from nakodo_desktop.domain.member import InterviewId, MemberId, MemberStatus, PhotoId
from nakodo_desktop.domain.staff import RIGHTS, Right, Role
from nakodo_desktop.errors import NotPermitted
from tests import factory
from tests.factory import Desk
from tests.officekit import Building, table

SPECIAL_CARE = {field.key for field in catalog.FIELDS.values() if field.privacy is Privacy.SPECIAL_CARE}
HIDDEN_FROM_CLERKS = SPECIAL_CARE | {"interview_note"}
MEMBER, DRAFT, SHEET, PHOTO = MemberId(1), InterviewId(2), DeclarationId(1), PhotoId("0" * 32)

DEEDS: list[tuple[str, Right, Callable[[Desk], object]]] = [
    ("start", Right.INTERVIEW, lambda at: at.interviews.start()),
    ("start_follow_up", Right.INTERVIEW, lambda at: at.interviews.start_follow_up(MEMBER)),
    (
        "save_draft",
        Right.INTERVIEW,
        lambda at: at.interviews.save_draft(DRAFT, version=2, step="life", visited=[], answers={}),
    ),
    ("put_photo", Right.INTERVIEW, lambda at: at.interviews.put_photo(DRAFT, "photo_full", factory.photo())),
    ("remove_photo", Right.INTERVIEW, lambda at: at.interviews.remove_photo(DRAFT, PHOTO)),
    ("sign_off_photo", Right.INTERVIEW, lambda at: at.interviews.sign_off_photo(PHOTO)),
    ("register", Right.INTERVIEW, lambda at: at.interviews.register(DRAFT)),
    ("finish", Right.INTERVIEW, lambda at: at.interviews.finish(DRAFT)),
    ("abandon", Right.INTERVIEW, lambda at: at.interviews.abandon(DRAFT)),
    ("correct", Right.EDIT_MEMBER, lambda at: at.members.correct(MEMBER, {"hobbies": "登山"}, version=2)),
    ("change_status", Right.EDIT_MEMBER, lambda at: at.members.change_status(MEMBER, MemberStatus.PAUSED, version=2)),
    ("withdraw_consent", Right.EDIT_MEMBER, lambda at: at.members.withdraw_consent(MEMBER, 1)),
    ("prepare", Right.SIGN_DECLARATION, lambda at: at.declarations.prepare(MEMBER)),
    ("record_output", Right.SIGN_DECLARATION, lambda at: at.declarations.record_output(SHEET, "printer")),
    ("sign", Right.SIGN_DECLARATION, lambda at: at.declarations.sign(SHEET, factory.signing())),
    ("suspect", Right.SIGN_DECLARATION, lambda at: at.declarations.suspicions.suspect(SHEET, "見本の理由")),
    ("save_office", Right.EDIT_OFFICE, lambda at: at.offices.save(factory.office(name="よその相談所"))),
]


@pytest.fixture
def busy(building: Building) -> Building:
    """A member with a sheet, and an interview in progress."""
    desk = building.enter(Role.MATCHMAKER)
    factory.sheet(desk, factory.member(desk))
    factory.draft(desk)
    return building


@pytest.mark.parametrize(
    ("role", "right", "deed"),
    [
        pytest.param(role, right, deed, id=f"{role.value}-{name}")
        for role in Role
        for name, right, deed in DEEDS
        if right not in RIGHTS[role]
    ],
)
def test_a_deed_without_the_right_is_refused_and_leaves_nothing(
    busy: Building, role: Role, right: Right, deed: Callable[[Desk], object]
) -> None:
    desk = busy.enter(role)
    changes = desk.vault.read().total_changes
    with pytest.raises(NotPermitted) as refused:
        deed(desk)
    assert right.value in refused.value.message
    assert role.label in refused.value.message
    assert desk.vault.read().total_changes == changes


def test_a_clerk_sees_a_member_without_special_care_and_notes(busy: Building) -> None:
    whole = set(busy.enter(Role.MATCHMAKER).members.view(MEMBER, screen="test").answers)
    assert whole >= HIDDEN_FROM_CLERKS
    seen = busy.enter(Role.CLERK).members.view(MEMBER, screen="test")
    assert set(seen.answers) == whole - HIDDEN_FROM_CLERKS


def test_a_clerk_sees_no_draft_answer_that_the_record_would_hide(busy: Building) -> None:
    desk = busy.enter(Role.CLERK)
    (draft,) = desk.interviews.in_progress()
    assert draft.display_name == "見本 太郎"
    assert not HIDDEN_FROM_CLERKS & set(draft.answers)
    assert not HIDDEN_FROM_CLERKS & set(desk.interviews.load(draft.id).answers)
    head = busy.enter(Role.HEAD)
    later = head.interviews.start_follow_up(MEMBER)
    assert set(later.answers) >= HIDDEN_FROM_CLERKS
    of_member = busy.enter(Role.CLERK).members.interviews(MEMBER)
    assert not HIDDEN_FROM_CLERKS & {key for interview in of_member for key in interview.answers}


def test_a_clerk_sees_no_history_of_what_the_record_hides(busy: Building) -> None:
    desk = busy.enter(Role.MATCHMAKER)
    version = desk.members.view(MEMBER, screen="test").version
    changes = {"disability_flag": "yes", "interview_note": "別の言葉", "hobbies": "登山"}
    assert desk.members.correct(MEMBER, changes, version=version) == ()
    assert {change.field_key for change in desk.members.history(MEMBER)} == set(changes)
    clerk = busy.enter(Role.CLERK)
    assert {change.field_key for change in clerk.members.history(MEMBER)} == {"hobbies"}


def test_a_clerk_unmasks_nothing_that_the_record_hides(busy: Building) -> None:
    clerk = busy.enter(Role.CLERK)
    assert clerk.members.unmask(MEMBER, "phone") == "090-0000-0000"
    assert clerk.members.unmask(MEMBER, "new_religion_flag") == ""


def test_who_did_it_is_on_record(busy: Building) -> None:
    desk = busy.enter(Role.MATCHMAKER)
    assert {consent.staff_name for consent in desk.members.consents(MEMBER)} == {"架空 仲子"}
    assert {row["staff_id"] for row in table(desk, "interview")} == {desk.vault.staff.id}


def test_every_right_belongs_to_the_head_and_the_rest_is_a_part_of_it() -> None:
    assert RIGHTS[Role.HEAD] == set(Right)
    assert RIGHTS[Role.CLERK] <= RIGHTS[Role.MATCHMAKER] < RIGHTS[Role.HEAD]


@pytest.mark.parametrize(
    ("audience", "roles"),
    [
        (Audience.OFFICE, {Role.HEAD, Role.MATCHMAKER, Role.CLERK}),
        (Audience.MATCHMAKERS, {Role.HEAD, Role.MATCHMAKER}),
        (Audience.SPECIAL_CARE, {Role.HEAD, Role.MATCHMAKER}),
    ],
)
def test_an_audience_is_these_roles(audience: Audience, roles: set[Role]) -> None:
    assert {role for role in Role if audience.includes(role)} == roles
