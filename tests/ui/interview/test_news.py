"""The record is set right while its interview is open: nothing typed is lost, nothing is a dead end."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton

from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.news import NewsBar
from nakodo_desktop.ui.interview.typist import click, compose
from nakodo_desktop.ui.widgets.labels import WrappedLabel
from nakodo_desktop.ui.widgets.line_input import LineInput
from tests import factory
from tests.factory import Desk
from tests.interviewkit import finished
from tests.ui.interview.conftest import SitDown


@pytest.fixture
def member_id(office: Desk) -> MemberId:
    return factory.member(office)


@pytest.fixture
def flow(office: Desk, member_id: MemberId, sit_down: SitDown) -> InterviewFlow:
    return sit_down(office.interviews.start_follow_up(member_id).id, open_at="basics")


def _correct(office: Desk, member_id: MemberId, **changes: Value) -> None:
    version = office.members.view(member_id, screen="test").version
    assert office.members.correct(member_id, changes, version=version) == ()


def _line(flow: InterviewFlow, key: str) -> LineInput:
    found = flow.page.inputs[key]
    assert isinstance(found, LineInput)
    return found


def _stored(office: Desk, flow: InterviewFlow) -> Answers:
    return office.interviews.load(flow.interview_id).answers


def _news(flow: InterviewFlow) -> str:
    bar = flow.findChild(NewsBar)
    assert bar is not None
    return "\n".join(label.plain_text() for label in bar.findChildren(WrappedLabel) if label.isVisible())


def _press(flow: InterviewFlow, name: str) -> None:
    found = flow.findChild(QPushButton, name)
    assert found is not None and found.isVisible()
    click(found)


def test_what_was_not_touched_follows_the_record_and_what_was_typed_stays(
    office: Desk, member_id: MemberId, flow: InterviewFlow
) -> None:
    compose(_line(flow, "address_line").editor, "架空町9丁目")
    _correct(office, member_id, phone="090-0000-1111", address_line="お試し町1丁目", birth_date=date(1987, 3, 15))
    flow.save_now()
    assert not flow.has_unsaved
    stored = _stored(office, flow)
    assert (stored["phone"], stored["birth_date"]) == ("090-0000-1111", date(1987, 3, 15))
    assert "架空町9丁目" in str(stored["address_line"])
    assert _line(flow, "phone").editor.text() == "090-0000-1111"
    told = _news(flow)
    assert "電話番号 090-0000-0000 → 090-0000-1111" in told
    assert "記録はお試し町1丁目" in told
    flow.forward()
    finished(office, flow.interview_id)


def test_the_newer_answers_can_be_put_back(office: Desk, member_id: MemberId, flow: InterviewFlow) -> None:
    compose(_line(flow, "family_name").editor, "髙見本")
    _correct(office, member_id, phone="090-0000-1111")
    flow.save_now()
    _press(flow, "news_put_back")
    assert _line(flow, "phone").editor.text() == "090-0000-0000"
    assert _stored(office, flow)["phone"] == "090-0000-0000"
    assert _news(flow) == ""


def test_what_was_typed_can_be_given_up_for_the_record(office: Desk, member_id: MemberId, flow: InterviewFlow) -> None:
    _line(flow, "phone").fill("090-0000-2222")
    _correct(office, member_id, phone="090-0000-1111")
    flow.save_now()
    assert _stored(office, flow)["phone"] == "090-0000-2222"
    _press(flow, "news_take")
    assert _stored(office, flow)["phone"] == "090-0000-1111"
    assert _line(flow, "phone").editor.text() == "090-0000-1111"


def test_a_word_in_the_middle_of_its_conversion_is_not_broken_off(
    office: Desk, member_id: MemberId, flow: InterviewFlow
) -> None:
    editor = _line(flow, "address_line").editor
    editor.setFocus()
    _line(flow, "email").fill("hanako@example.jp")  # something to save
    QApplication.sendEvent(editor, QInputMethodEvent("かくうちょう", []))
    _correct(office, member_id, address_line="お試し町1丁目")
    flow._saver.save()  # as the clock does, which commits nothing
    commit = QInputMethodEvent()
    commit.setCommitString("架空町")
    QApplication.sendEvent(editor, commit)
    assert "架空町" in editor.text() and "お試し町" not in editor.text()


def test_a_withdrawn_consent_hides_what_it_covered_in_the_open_interview(
    office: Desk, member_id: MemberId, flow: InterviewFlow
) -> None:
    flow.go_to("life")
    assert flow.page.inputs["health_note"].isVisible()
    health = next(c for c in office.members.consents(member_id) if c.scope == "consent_collect_health")
    office.members.withdraw_consent(member_id, health.id)
    flow.page.inputs["hobbies"].fill("登山")
    flow.save_now()
    assert not flow.page.inputs["health_note"].isVisible()
    assert "health_note" not in _stored(office, flow)
    assert _stored(office, flow)["hobbies"] == "登山"


def test_an_interview_that_is_over_says_so_and_can_be_left(office: Desk, flow: InterviewFlow) -> None:
    office.interviews.abandon(flow.interview_id)
    compose(_line(flow, "family_name").editor, "髙見本")
    flow.save_now()
    assert flow.has_unsaved
    bar = flow.findChild(QPushButton, "suspend")
    assert bar is not None and bar.isVisible()
