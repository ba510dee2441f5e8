"""The last step alone decides whether an interview is complete; it names what is missing and leads there."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.interview import all_missing
from nakodo_desktop.domain.interview_record import InterviewState
from nakodo_desktop.ui.alerts import open_dialog
from nakodo_desktop.ui.interview.declaration_page import DeclarationPage
from nakodo_desktop.ui.interview.desk import InterviewDesk
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.typist import click
from nakodo_desktop.ui.widgets.labels import WrappedLabel
from tests import factory
from tests.factory import Desk
from tests.ui.interview.conftest import Seat, SitDown


def _link(flow: InterviewFlow, field_key: str) -> QPushButton:
    found = [b for b in flow.findChildren(QPushButton, f"go_{field_key}") if b.isVisible()]
    assert found, field_key
    return found[0]


def test_every_missing_answer_has_a_link(office: Desk, sit_down: SitDown) -> None:
    flow = sit_down(open_at="finish")
    missing = all_missing(flow.answers)
    assert missing
    for lack in missing:
        assert lack.label in _link(flow, lack.field_key).accessibleName()


@pytest.mark.parametrize("field_key", ["phone", "sex", "municipality", "family_members", "wish_age", "photo_upper"])
def test_a_link_leads_to_its_field(office: Desk, sit_down: SitDown, field_key: str) -> None:
    flow = sit_down(factory.draft(office, **{field_key: None}).id, open_at="finish")
    if field_key == "photo_upper":  # its absence is what the vault holds
        flow = sit_down(open_at="finish")
    click(_link(flow, field_key))
    focused = flow.focusWidget()
    assert focused is not None and focused in flow.page.inputs[field_key].parts


def test_a_wrong_answer_is_told_at_the_review_and_at_its_field(office: Desk, sit_down: SitDown) -> None:
    flow = sit_down(factory.draft(office, phone="090-1234-567").id, open_at="finish")
    assert "電話番号（要確認）" in _link(flow, "phone").accessibleName()
    assert "桁" in _link(flow, "phone").accessibleName()
    click(_link(flow, "phone"))
    assert flow.page.inputs["phone"].error()


def test_an_incomplete_interview_is_not_finished(
    qtbot: QtBot, office: Desk, desk: InterviewDesk, sit_down: SitDown, typist: Seat
) -> None:
    flow = sit_down(factory.draft(office, phone=None).id, open_at="finish")
    with qtbot.assertNotEmitted(flow.finished):
        typist(flow).press("finish")
    assert desk.interviews.load(flow.interview_id).state is InterviewState.IN_PROGRESS
    assert flow.focusWidget() is _link(flow, "phone")


def test_a_finished_interview_says_what_comes_next(
    qtbot: QtBot, office: Desk, desk: InterviewDesk, sit_down: SitDown, typist: Seat
) -> None:
    flow = sit_down(factory.draft(office).id)
    with qtbot.waitSignal(flow.finished):
        typist(flow).press("finish")
    panel = flow.findChild(QWidget, "done")
    assert panel is not None and panel.isVisible()
    with qtbot.waitSignal(flow.member_wanted) as wanted:
        typist(flow).press("open_member")
    assert wanted.args == [desk.member_of(flow.interview_id)]


def _next_deeds(flow: InterviewFlow) -> str:
    panel = flow.findChild(QWidget, "done")
    assert panel is not None
    return " ".join(label.plain_text() for label in panel.findChildren(WrappedLabel))


@pytest.mark.parametrize("publish", [True, False])
def test_after_a_later_visit_nobody_is_sent_back_to_the_beginning(
    office: Desk, sit_down: SitDown, typist: Seat, publish: bool
) -> None:
    member_id = factory.member(office, publish=publish)
    flow = sit_down(office.interviews.start_follow_up(member_id).id, open_at="finish")
    typist(flow).press("finish")
    told = _next_deeds(flow)
    assert "入会契約" not in told and "次のご連絡" in told
    assert ("「お見合い」にします" in told) is not publish
    assert ("次の書き出しで反映" in told) is publish


def test_a_certificate_alone_waits_for_no_signature(office: Desk, sit_down: SitDown, typist: Seat) -> None:
    flow = sit_down(factory.draft(office, single_status_proof="official_certificate").id, open_at="finish")
    typist(flow).press("finish")
    assert "署名がまだ" not in _next_deeds(flow)


def test_a_later_visit_shows_what_it_will_change_before_its_end(office: Desk, sit_down: SitDown) -> None:
    member_id = factory.member(office)
    flow = sit_down(office.interviews.start_follow_up(member_id).id, open_at="life")
    flow.page.inputs["weight_kg"].fill(66)
    flow.page.inputs["view_home"].fill(None)
    flow.go_to("finish")
    card = flow.findChild(QWidget, "changes")
    assert card is not None
    told = [label.plain_text() for label in card.findChildren(WrappedLabel)]
    assert told == ["体重", "68kg → 66kg", "住まいの希望", "庭のある家 → （なし）"]


def test_a_first_visit_changes_no_record(office: Desk, sit_down: SitDown) -> None:
    flow = sit_down(factory.draft(office).id, open_at="finish")
    assert flow.findChild(QWidget, "changes") is None


def test_an_unsigned_declaration_is_a_reminder_that_leads_there(office: Desk, sit_down: SitDown) -> None:
    flow = sit_down(factory.draft(office).id)
    reminder = next(b for b in flow.findChildren(QPushButton) if "独身誓約書の署名がまだ" in b.accessibleName())
    click(reminder)
    assert isinstance(flow.page, DeclarationPage)


def test_giving_up_asks_and_then_forgets_the_applicant(
    qtbot: QtBot, office: Desk, desk: InterviewDesk, sit_down: SitDown, typist: Seat
) -> None:
    flow = sit_down(factory.draft(office).id)
    typist(flow).press("abandon")
    asked = open_dialog(flow)
    assert asked is not None
    yes = next(b for b in asked.findChildren(QPushButton) if b.accessibleName() == "記録を消す")
    with qtbot.waitSignal(flow.abandoned):
        click(yes)
    left = desk.interviews.load(flow.interview_id)
    assert left.state is InterviewState.ABANDONED and not left.answers and left.member_id is None


def test_a_declaration_names_what_it_needs_first(office: Desk, desk: InterviewDesk, sit_down: SitDown) -> None:
    flow = sit_down(factory.draft(office, address_line=None).id, open_at="declaration")
    assert isinstance(flow.page, DeclarationPage)
    click(flow.page.begin)
    assert desk.member_of(flow.interview_id) is None
    click(_link(flow, "address_line"))
    assert flow.step == "basics"


def test_a_sheet_of_a_later_visit_says_what_was_just_said(qtbot: QtBot, office: Desk, sit_down: SitDown) -> None:
    member_id = factory.member(office)
    former = factory.sheet(office, member_id)
    flow = sit_down(office.interviews.start_follow_up(member_id).id, open_at="basics")
    flow.page.inputs["address_line"].fill("架空町9丁目9番9号")
    flow.go_to("declaration")
    page = flow.page
    assert isinstance(page, DeclarationPage)
    qtbot.waitUntil(lambda: page.panel.is_drawn, timeout=20_000)
    assert page.stale.isVisible()
    click(page.panel.create_button)
    qtbot.waitUntil(lambda: page.panel.declaration != former and page.panel.is_drawn, timeout=20_000)
    assert not page.stale.isVisible()
    assert page.panel.declaration is not None
    facts = office.declarations.sheet_of(page.panel.declaration.id).facts
    assert facts.address.endswith("架空町9丁目9番9号")
    flow.go_to("basics")
    flow.page.inputs["address_line"].fill("")
    flow.go_to("declaration")
    assert not page.stale.isVisible()
    assert _link(flow, "address_line").isVisible()
    qtbot.waitUntil(lambda: page.panel.is_drawn, timeout=20_000)


def test_a_sheet_that_says_something_else_than_the_record_is_told(
    qtbot: QtBot, office: Desk, sit_down: SitDown
) -> None:
    flow = sit_down(factory.draft(office).id, open_at="declaration")
    page = flow.page
    assert isinstance(page, DeclarationPage)
    click(page.begin)
    qtbot.waitUntil(lambda: page.panel.is_drawn, timeout=20_000)
    assert not page.stale.isVisible()
    flow.go_to("basics")
    flow.page.inputs["address_line"].fill("架空町9丁目9番9号")
    flow.go_to("declaration")
    assert page.stale.isVisible()
    qtbot.waitUntil(lambda: page.panel.is_drawn, timeout=20_000)
