"""An interview can be held by the keyboard alone, read by a screen reader, and in a small window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain import interview
from nakodo_desktop.domain.interview_record import InterviewState
from nakodo_desktop.ui.alerts import open_dialog
from nakodo_desktop.ui.interview.desk import InterviewDesk
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.typist import click
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.inputs import JaTextEdit
from nakodo_desktop.ui.widgets.step_rail import StepRail
from tests import factory
from tests.factory import Desk
from tests.ui.interview.conftest import Seat, SitDown


def _focused(flow: InterviewFlow) -> QWidget:
    found = flow.focusWidget()
    assert found is not None
    return found


def test_whatever_takes_the_focus_has_a_spoken_name(office: Desk, sit_down: SitDown) -> None:
    flow = sit_down(factory.draft(office).id)
    nameless = []
    for step in interview.STEPS:
        flow.go_to(step.key)
        nameless += [
            f"{step.key}: {type(one).__name__} {one.objectName()}"
            for one in flow.findChildren(QWidget)
            if one.isVisibleTo(flow)
            and one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one.focusProxy() is None
            and not one.accessibleName()
        ]
    assert nameless == []


def test_an_interview_fits_a_small_office_screen(qtbot: QtBot, sized: Theme, office: Desk, desk: InterviewDesk) -> None:
    refused = factory.draft(office, email=None, consent_provide="refused")
    registered = desk.interviews.register(refused.id)
    assert isinstance(registered, int)
    factory.sheet(office, registered)
    flow = InterviewFlow(sized, desk, refused.id, open_at="purposes")
    qtbot.addWidget(flow)
    flow.resize(1080, 560)
    flow.show()

    def fits() -> None:
        hint = flow.minimumSizeHint()
        assert hint.width() <= 1080 and hint.height() <= 560, (flow.step, hint)

    for step in interview.STEPS:
        flow.go_to(step.key)
        qtbot.waitUntil(fits)  # once the style sheet has reached what was just shown
    assert (flow.width(), flow.height()) == (1080, 560)


def test_tips_give_way_to_the_form_and_come_back_when_asked(sit_down: SitDown, typist: Seat) -> None:
    flow = sit_down()
    memo, rail = flow.findChild(JaTextEdit, "interview_note"), flow.findChild(StepRail, "rail")
    assert memo is not None and rail is not None
    flow.resize(1093, 614)
    assert not memo.isVisible() and rail.isVisible()
    typist(flow).press("side")
    assert memo.isVisible() and not rail.isVisible() and memo.editor.hasFocus()
    flow.resize(1280, 860)
    assert memo.isVisible() and rail.isVisible()


def test_a_step_opens_at_its_first_empty_field(office: Desk, sit_down: SitDown) -> None:
    flow = sit_down(factory.draft(office, phone=None).id, open_at="consents")
    flow.go_to("basics")
    assert _focused(flow) in flow.page.inputs["phone"].parts


def test_the_first_step_opens_at_the_beginning_of_what_is_read_aloud(qtbot: QtBot, sit_down: SitDown) -> None:
    flow = sit_down(open_at="purposes")
    flow.resize(1093, 614)
    scroll = next(one for one in flow.findChildren(QScrollArea) if one.isAncestorOf(flow.page))
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 0)
    assert scroll.verticalScrollBar().value() == 0
    QTest.keyClick(_focused(flow), Qt.Key.Key_Return)
    assert _focused(flow) in flow.page.inputs["purpose_shown"].parts
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().value() > 0)


def test_control_and_a_number_leads_to_a_step(qtbot: QtBot, sit_down: SitDown) -> None:
    flow = sit_down()
    QTest.keyClick(_focused(flow), Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert flow.step == "career"
    QTest.keyClick(_focused(flow), Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert flow.step == "finish"


@pytest.mark.parametrize("field", ["family_name", "contact_note"])
def test_control_enter_goes_to_the_next_step(sit_down: SitDown, field: str) -> None:
    flow = sit_down(open_at="basics")
    flow.page.focus_field(field)
    QTest.keyClick(_focused(flow), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert flow.step == "career"


def test_the_rail_leads_anywhere(sit_down: SitDown) -> None:
    flow = sit_down()
    rail = flow.findChild(StepRail, "rail")
    assert rail is not None
    click(rail.row_of("wishes"))
    assert flow.step == "wishes"


def test_enter_walks_through_the_fields_in_reading_order(sit_down: SitDown) -> None:
    flow = sit_down(open_at="basics")
    walked = []
    for _ in range(5):
        focused = _focused(flow)
        walked.append(next(key for key, one in flow.page.inputs.items() if focused in one.parts))
        QTest.keyClick(focused, Qt.Key.Key_Return)
    assert walked == ["family_name", "given_name", "family_kana", "given_kana", "birth_date"]


def test_what_has_the_focus_can_be_seen(qtbot: QtBot, office: Desk, sit_down: SitDown) -> None:
    flow = sit_down(factory.draft(office).id, open_at="basics")
    flow.resize(1093, 560)

    def is_seen() -> bool:
        focused = _focused(flow)
        return focused.visibleRegion().boundingRect().height() >= min(focused.height(), 60)  # a memo may be higher

    for _ in range(10):  # to the last one-line field
        QTest.keyClick(_focused(flow), Qt.Key.Key_Return)
        qtbot.waitUntil(is_seen)
    flow.go_to("basics", field_key="family_name")  # as a link of the review does
    qtbot.waitUntil(is_seen)
    flow.go_to("preview", field_key="pseudonym")
    flow.go_to("basics", field_key="contact_note")
    qtbot.waitUntil(is_seen)


@pytest.mark.parametrize("step", ["purposes", "identity", "wishes"])
def test_enter_in_the_last_field_goes_to_next_and_not_back(sit_down: SitDown, step: str) -> None:
    flow = sit_down(open_at=step)
    last = [one for one in flow.page.inputs.values() if one.isVisibleTo(flow)][-1].parts[-1]
    last.setFocus()
    QTest.keyClick(last, Qt.Key.Key_Return)
    assert _focused(flow).objectName() == "next"


def test_leaning_on_enter_never_finishes_an_interview(office: Desk, desk: InterviewDesk, sit_down: SitDown) -> None:
    flow = sit_down(factory.draft(office).id)
    for _ in range(12):
        QTest.keyClick(_focused(flow), Qt.Key.Key_Return)
        assert _focused(flow).objectName() not in ("finish", "abandon")
    assert open_dialog(flow) is None
    assert desk.interviews.load(flow.interview_id).state is InterviewState.IN_PROGRESS


def test_the_foot_leads_to_the_first_trouble(office: Desk, sit_down: SitDown, typist: Seat) -> None:
    flow = sit_down(factory.draft(office, phone="090-1234-567", email=None).id, open_at="basics")
    typist(flow).press("flaws")
    assert _focused(flow) in flow.page.inputs["phone"].parts


def test_the_spoken_question_of_the_field_stands_beside_it(sit_down: SitDown) -> None:
    flow = sit_down(open_at="basics")
    flow.page.focus_field("birth_date")
    assert "「生年月日はいつですか。」" in flow.findChild(QWidget, "question").accessibleName()
