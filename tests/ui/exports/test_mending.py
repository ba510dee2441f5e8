"""What keeps a member off the site leads to the field where it is mended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.ui.exports.export_page import ExportPage
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.members.record_page import DECLARATION, RecordPage
from nakodo_desktop.ui.theme import Theme
from tests.exportkit import Cast
from tests.officekit import Building
from tests.ui.assemblykit import Room, assembled


@pytest.fixture
def room(
    building: Building, theme: Theme, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Room]:
    with assembled(building, theme, app=qapp, qtbot=qtbot, monkeypatch=monkeypatch) as made:
        yield made


def export_page(room: Room, qtbot: QtBot) -> ExportPage:
    page = room.workspace.open("export")
    assert isinstance(page, ExportPage)
    qtbot.waitUntil(lambda: not page.is_busy)
    return page


def press(page: ExportPage, name: str) -> None:
    button = page.choose.preview.findChild(QPushButton, name)
    assert button is not None, name
    button.click()


def record(room: Room) -> RecordPage:
    assert isinstance(room.workspace.over, RecordPage)
    return room.workspace.over


@pytest.mark.parametrize("name", ["mend_content_hobbies", "mend_hobbies"], ids=["reason", "item"])
def test_text_with_a_leak_leads_to_its_field_in_the_record(room: Room, qtbot: QtBot, cast: Cast, name: str):
    page = export_page(room, qtbot)
    page.choose.select(cast.leaking)
    press(page, name)
    card = record(room).sections.open_card
    assert card is not None and card.form is not None
    hobbies = card.form.inputs["hobbies"]
    qtbot.waitUntil(lambda: hobbies.isAncestorOf(QApplication.focusWidget()) or hobbies.hasFocus())
    qtbot.waitUntil(lambda: not hobbies.visibleRegion().isEmpty())


def test_missing_consent_leads_to_its_question_in_an_interview(room: Room, qtbot: QtBot, cast: Cast):
    given = next(one for one in room.session.members.consents(cast.unsigned) if one.scope == "consent_provide")
    room.session.members.withdraw_consent(cast.unsigned, given.id)
    page = export_page(room, qtbot)
    page.choose.select(cast.unsigned)
    press(page, "mend_consent_consent_provide")
    flow = room.workspace.over
    assert isinstance(flow, InterviewFlow)
    assert flow.step == "consents"


def test_missing_signature_leads_to_the_declarations_of_the_member(room: Room, qtbot: QtBot, cast: Cast):
    page = export_page(room, qtbot)
    page.choose.select(cast.unsigned)
    press(page, "mend_declaration_")
    assert record(room).tabs.currentIndex() == DECLARATION


def test_status_leads_to_the_record(room: Room, qtbot: QtBot, cast: Cast):
    page = export_page(room, qtbot)
    page.choose.select(cast.unsigned)
    press(page, "mend_status_")
    assert record(room).sections.open_card is None
