"""One interview from the first sentence to the member, by keys and clicks through the real services."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pytestqt.qtbot import QtBot

from nakodo_desktop.domain import catalog, interview
from nakodo_desktop.domain.declaration import DeclarationState
from nakodo_desktop.domain.member import MemberStatus
from nakodo_desktop.ui.interview.declaration_page import DeclarationPage
from nakodo_desktop.ui.interview.desk import InterviewDesk
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.photo_page import PhotoPage
from nakodo_desktop.ui.interview.typist import Typist, click
from tests import factory
from tests.factory import Desk
from tests.ui.interview.conftest import Seat, SitDown

_PHOTOS = ("photo_upper", "photo_full")


def _up_to(flow: InterviewFlow, typist: Typist, qtbot: QtBot, *, last: str) -> None:
    """Fill the steps in order and go on from each, as far as `last`."""
    said = factory.answers()
    while flow.step != last:
        typist.fill_step(said)
        if isinstance(flow.page, PhotoPage):
            qtbot.waitUntil(partial(_has_photos, flow.page), timeout=20_000)
        typist.press("next")


def _has_photos(page: PhotoPage) -> bool:
    return all(page.inputs[key].value() is not None for key in _PHOTOS)


def test_an_interview_typed_by_hand_becomes_a_member(
    qtbot: QtBot, office: Desk, desk: InterviewDesk, sit_down: SitDown, typist: Seat
) -> None:
    flow = sit_down()
    hands = typist(flow)
    _up_to(flow, hands, qtbot, last="finish")
    hands.write_memo(str(factory.answers()["interview_note"]))
    hands.press("finish")
    member_id = desk.member_of(flow.interview_id)
    assert member_id is not None
    member = office.members.view(member_id, screen="test")
    expected = factory.answers() | {key: member.answers[key] for key in _PHOTOS}
    unticked = {key: None for key, value in expected.items() if value is False}  # nobody touches a box to say no
    assert {key: member.answers.get(key) for key in catalog.FIELDS} == {
        key: (expected | unticked).get(key) for key in catalog.FIELDS
    }
    assert member.status is MemberStatus.PRE_PUBLISH


def test_the_furigana_fill_themselves_from_the_ime(qtbot: QtBot, sit_down: SitDown, typist: Seat) -> None:
    flow = sit_down(open_at="basics")
    hands = typist(flow)
    said = {key: factory.answers()[key] for key in ("family_name", "given_name")}
    readings = {"family_kana": "みほん", "given_kana": "たろう"}
    for key, name in said.items():
        hands.answer(flow.page.inputs[key], name, readings=readings)
    assert {key: flow.page.inputs[key].value() for key in readings} == readings


def test_a_declaration_is_made_printed_to_a_file_and_signed_on_the_way(
    qtbot: QtBot, desk: InterviewDesk, sit_down: SitDown, typist: Seat, tmp_path: Path
) -> None:
    flow = sit_down()
    hands = typist(flow)
    _up_to(flow, hands, qtbot, last="declaration")
    page = flow.page
    assert isinstance(page, DeclarationPage)
    click(page.begin)
    qtbot.waitUntil(lambda: page.panel.is_drawn, timeout=20_000)
    page.panel.save_to(tmp_path / "sheet.pdf")
    qtbot.waitUntil(lambda: page.panel.is_drawn, timeout=20_000)
    click(page.panel.sign_button)
    hands.answer(page.panel.signing.fields["place"], "当所 面談室")
    assert page.panel.signing.fields["identity_document"].value() == "driving_licence"
    click(page.panel.signing.record)
    assert page.panel.declaration is not None and page.panel.declaration.state is DeclarationState.SIGNED
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_publishing_at_the_end_makes_the_member_eligible_for_the_site(
    office: Desk, desk: InterviewDesk, sit_down: SitDown, typist: Seat
) -> None:
    flow = sit_down(factory.draft(office).id)
    assert flow.step == "finish"
    typist(flow).press("publish")
    typist(flow).press("finish")
    member_id = desk.member_of(flow.interview_id)
    assert member_id is not None
    assert office.members.view(member_id, screen="test").status is MemberStatus.OMIAI


def test_every_step_has_a_page(sit_down: SitDown) -> None:
    flow = sit_down()
    for step in interview.STEPS:
        flow.go_to(step.key)
        assert flow.page.step == step.key


def test_a_later_interview_opens_where_facts_are_and_keeps_old_and_new(
    office: Desk, desk: InterviewDesk, sit_down: SitDown, typist: Seat
) -> None:
    member_id = factory.member(office)
    flow = sit_down(desk.interviews.start_follow_up(member_id).id)
    assert flow.step == "basics"
    typist(flow).answer(flow.page.inputs["phone"], "090-0000-9999")
    flow.go_to("finish")
    typist(flow).press("finish")
    assert office.members.view(member_id, screen="test").answers["phone"] == "090-0000-9999"
    change = next(one for one in office.members.history(member_id) if one.field_key == "phone")
    assert (change.old_value, change.new_value) == ('"090-0000-0000"', '"090-0000-9999"')
