"""Nothing said is lost: drafts at each step, soon after typing, on lock and close; told loudly when it fails."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.member import InterviewId, MemberStatus
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.errors import DiskFull
from nakodo_desktop.services.interviews import Interviews
from nakodo_desktop.ui.alerts import open_dialog
from nakodo_desktop.ui.interview import drafts
from nakodo_desktop.ui.interview import flow as flow_module
from nakodo_desktop.ui.interview.desk import InterviewDesk
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.typist import click, compose, keys
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.line_input import LineInput
from nakodo_desktop.ui.widgets.notices import Banner
from tests import factory
from tests.factory import Desk
from tests.officekit import Building
from tests.ui.interview.conftest import Seat, SitDown


def _line(flow: InterviewFlow, key: str) -> LineInput:
    found = flow.page.inputs[key]
    assert isinstance(found, LineInput)
    return found


def _type_name(flow: InterviewFlow, name: str = "見本") -> None:
    compose(_line(flow, "family_name").editor, name)


def _stored(desk: InterviewDesk, flow: InterviewFlow) -> Answers:
    return desk.interviews.load(flow.interview_id).answers


def _bar(flow: InterviewFlow) -> Banner:
    found = flow.findChild(Banner, "not_saved")
    assert found is not None
    return found


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The office's two seconds, shortened."""
    monkeypatch.setattr(drafts, "AUTOSAVE_MS", 30)


@pytest.fixture
def full_disk(soon: None) -> Iterator[pytest.MonkeyPatch]:
    """No room for a draft until the test undoes it."""

    def refuse(
        _self: Interviews,
        _id: InterviewId,
        *,
        version: int,
        step: str,
        visited: Collection[str],
        answers: Answers,
        publish: bool,
    ) -> tuple[int, datetime]:
        raise DiskFull("空き容量が足りません。", "不要なファイルを消してください。")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Interviews, "save_draft", refuse)
        yield patch


def test_going_on_saves_and_going_back_keeps_what_was_typed(desk: InterviewDesk, sit_down: SitDown) -> None:
    flow = sit_down(open_at="basics")
    _type_name(flow)
    flow.forward()
    assert _stored(desk, flow)["family_name"] == "見本"
    flow.back()
    assert _line(flow, "family_name").value() == "見本"


def test_going_back_saves_too(desk: InterviewDesk, sit_down: SitDown) -> None:
    flow = sit_down(open_at="basics")
    _type_name(flow)
    flow.back()
    assert _stored(desk, flow)["family_name"] == "見本"


@pytest.mark.usefixtures("soon")
def test_typing_is_saved_by_itself(qtbot: QtBot, desk: InterviewDesk, sit_down: SitDown) -> None:
    flow = sit_down(open_at="basics")
    _type_name(flow)
    assert flow.has_unsaved
    qtbot.waitUntil(lambda: not flow.has_unsaved)
    assert _stored(desk, flow)["family_name"] == "見本"


@pytest.mark.usefixtures("soon")
def test_typing_without_a_pause_is_saved_meanwhile(qtbot: QtBot, desk: InterviewDesk, sit_down: SitDown) -> None:
    flow = sit_down(open_at="basics")
    phone = _line(flow, "phone").editor
    typed = 0

    def type_on() -> bool:
        nonlocal typed
        keys(phone, "0")  # never a quiet moment
        typed += 1
        return "phone" in _stored(desk, flow)

    qtbot.waitUntil(type_on)
    assert typed > 1


def test_the_memo_is_saved_with_the_step(desk: InterviewDesk, sit_down: SitDown, typist: Seat) -> None:
    flow = sit_down()
    typist(flow).write_memo("お話は次回に続く。")
    flow.forward()
    assert _stored(desk, flow)["interview_note"] == "お話は次回に続く。"


def test_opening_an_interview_saves_nothing(desk: InterviewDesk, office: Desk, sit_down: SitDown) -> None:
    before = factory.draft(office)
    flow = sit_down(before.id)
    assert not flow.has_unsaved
    assert desk.interviews.load(before.id).version == before.version


@pytest.mark.usefixtures("soon")
def test_after_a_sudden_end_it_opens_at_the_first_incomplete_step(
    qtbot: QtBot, desk: InterviewDesk, building: Building, sit_down: SitDown, typist: Seat
) -> None:
    # GIVEN two steps done, a half name in the fourth, one step skipped
    flow = sit_down()
    hands = typist(flow)
    for _ in range(2):
        hands.fill_step(factory.answers())
        hands.press("next")
    flow.go_to("basics")
    _type_name(flow)
    qtbot.waitUntil(lambda: not flow.has_unsaved)
    interview_id = flow.interview_id
    # WHEN the process is gone, with nothing closed or asked, and the office opens again
    flow.deleteLater()
    again = building.enter()
    # THEN what was typed is there, and the skipped step is the next
    found = again.interviews.load(interview_id)
    assert found.answers["family_name"] == "見本"
    assert found.answers["consent_provide"] == "given"
    reopened = InterviewFlow(flow._theme, _desk_of(again, desk), interview_id)
    qtbot.addWidget(reopened)
    assert reopened.step == "identity"


def _desk_of(office: Desk, former: InterviewDesk) -> InterviewDesk:
    return InterviewDesk(
        interviews=office.interviews,
        declarations=office.declarations,
        exports=former.exports,
        papers=former.papers,
        jobs=former.jobs,
        facts=former.facts,
        notice=former.notice,
    )


def test_an_unreadable_date_is_kept_as_it_was_typed(desk: InterviewDesk, sit_down: SitDown) -> None:
    flow = sit_down(open_at="basics")
    keys(_line(flow, "birth_date").editor, "S64.1.8x")
    flow.save_now()
    reopened = sit_down(flow.interview_id, open_at="basics")
    assert _line(reopened, "birth_date").editor.text() == "S64.1.8x"
    assert _line(reopened, "birth_date").error()


def test_a_photo_taken_in_is_found_although_the_draft_was_not_saved_after_it(
    desk: InterviewDesk, sit_down: SitDown
) -> None:
    started = desk.interviews.start()
    photo_id = desk.interviews.put_photo(started.id, "photo_upper", factory.photo())
    assert sit_down(started.id).answers["photo_upper"] == photo_id


def test_the_tick_to_publish_is_kept_with_the_draft(desk: InterviewDesk, office: Desk, sit_down: SitDown) -> None:
    flow = sit_down(factory.draft(office).id, open_at="finish")
    tick = flow.findChild(QCheckBox, "publish")
    assert tick is not None and not tick.isChecked()
    click(tick)
    assert flow.has_unsaved
    flow.save_now()
    office.interviews.save_draft(  # as a correction of the record does, which knows nothing of it
        flow.interview_id,
        version=desk.interviews.load(flow.interview_id).version,
        step="finish",
        visited=(),
        answers=flow.answers,
    )
    reopened = sit_down(flow.interview_id, open_at="finish")
    again = reopened.findChild(QCheckBox, "publish")
    assert again is not None and again.isChecked()
    reopened.finish()
    member_id = desk.member_of(flow.interview_id)
    assert member_id is not None
    assert office.members.view(member_id, screen="test").status is MemberStatus.OMIAI


def test_an_answer_does_not_outlive_the_consent_to_ask_for_it(
    desk: InterviewDesk, office: Desk, sit_down: SitDown
) -> None:
    flow = sit_down(factory.draft(office).id, open_at="consents")
    refuse = flow.page.inputs["consent_collect_religion"]
    refuse.fill("refused")
    flow.forward()
    assert not {"new_religion_flag", "religion_note"} & set(_stored(desk, flow))
    assert _stored(desk, flow)["disability_flag"] == "declined"


def test_what_the_ime_still_holds_goes_along_to_the_next_step(
    monkeypatch: pytest.MonkeyPatch, desk: InterviewDesk, sit_down: SitDown
) -> None:
    flow = sit_down(open_at="basics")
    editor = _line(flow, "family_name").editor
    QApplication.sendEvent(editor, QInputMethodEvent("みほん", []))

    def commit_as_the_platform_does() -> None:
        event = QInputMethodEvent()
        event.setCommitString("みほん")
        QApplication.sendEvent(editor, event)

    monkeypatch.setattr(flow_module, "commit_ime", commit_as_the_platform_does)
    flow.forward()
    assert _stored(desk, flow)["family_name"] == "みほん"


def test_a_failed_save_stays_on_the_screen_until_it_succeeds(
    qtbot: QtBot, desk: InterviewDesk, sit_down: SitDown, full_disk: pytest.MonkeyPatch
) -> None:
    flow = sit_down(open_at="basics")
    _type_name(flow)
    qtbot.waitUntil(_bar(flow).isVisible)
    assert flow.has_unsaved
    flow.forward()  # going on is possible, the bar stays
    assert flow.step == "career" and _bar(flow).isVisible()
    saved = flow.findChild(PlainLabel, "saved")
    assert saved is not None and saved.text() == "まだ保存できていません"
    assert "空き容量" in _bar(flow).accessibleName()
    full_disk.undo()
    again = _bar(flow).button
    assert again is not None and again.accessibleName() == "もう一度保存"
    click(again)
    assert not _bar(flow).isVisible()
    assert _stored(desk, flow)["family_name"] == "見本"


def test_suspending_saves_and_closes(qtbot: QtBot, desk: InterviewDesk, sit_down: SitDown, typist: Seat) -> None:
    flow = sit_down(open_at="basics")
    _type_name(flow)
    with qtbot.waitSignal(flow.closed):
        typist(flow).press("suspend")
    assert _stored(desk, flow)["family_name"] == "見本"


def test_suspending_while_nothing_can_be_saved_asks_first(
    qtbot: QtBot, sit_down: SitDown, typist: Seat, full_disk: pytest.MonkeyPatch
) -> None:
    flow = sit_down(open_at="basics")
    _type_name(flow)
    with qtbot.assertNotEmitted(flow.closed):
        typist(flow).press("suspend")
    asked = open_dialog(flow)
    assert asked is not None
    back = next(b for b in asked.findChildren(QPushButton) if b.accessibleName() == "面談に戻る")
    assert asked.focusWidget() is back
    click(back)
    assert _line(flow, "family_name").value() == "見本"
