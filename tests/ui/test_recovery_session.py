"""Opened by the recovery code: every page stands, every button does what paper may do or is refused in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import UserError
from nakodo_desktop.ui.home_page import HomePage
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.workspace import PLACES
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.slots import SlotKind
from nakodo_desktop.vault.unlock import OpenedKeys
from tests import factory
from tests.officekit import Building, everything
from tests.ui.assemblykit import Room, assembled
from tests.ui.settings.safetykit import words

RECORD, SAFETY = "record", "safety"
WHERE = [*(place.key for place in PLACES), RECORD, SAFETY]


@pytest.fixture
def room(
    building: Building, theme: Theme, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Room]:
    desk = building.enter(Role.MATCHMAKER)
    factory.sheet(desk, factory.member(desk))
    factory.draft(desk)
    building.leave()
    state = read_header(building.folder)
    paper = next(slot.id for slot in state.header.slots if slot.kind is SlotKind.RECOVERY)
    keys = OpenedKeys(state, paper, building.keys().master_key)
    with assembled(building, theme, app=qapp, qtbot=qtbot, monkeypatch=monkeypatch, keys=keys) as made:
        yield made


def _go(room: Room, where: str) -> QWidget:
    if where == RECORD:
        return room.office.open_record(1)
    if where == SAFETY:
        room.office.safety.open_tab()
        return room.workspace.open("settings")
    return room.workspace.open(where)


def _buttons(page: QWidget) -> list[QAbstractButton]:
    return [one for one in page.findChildren(QAbstractButton) if one.isVisibleTo(page) and one.isEnabled()]


def _put_away(room: Room) -> None:
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QDialog | QMenu) and top.isVisible():
            top.reject() if isinstance(top, QDialog) else top.close()
    room.workspace.close_over()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("where", WHERE)
def test_every_button_works_or_is_refused_in_words(room: Room, where: str, qtbot: QtBot) -> None:
    before = _records(room)
    count = len(_buttons(_go(room, where)))
    _put_away(room)
    for number in range(count):
        buttons = _buttons(_go(room, where))
        if number >= len(buttons):
            break
        with qtbot.captureExceptions() as caught:
            buttons[number].click()
            qtbot.waitUntil(lambda: room.jobs.is_idle, timeout=20_000)
        bugs = [error for _, error, _ in caught if not isinstance(error, UserError)]
        assert bugs == [], f"{where}: {number}"
        _put_away(room)
    assert _records(room) == before, "nothing is recorded by nobody"


def test_the_home_page_says_what_the_paper_is_good_for(room: Room) -> None:
    page = room.workspace.open("home")
    assert isinstance(page, HomePage)
    assert "復旧コードで開いています" in words(page) and "「新しいパスワード」を渡し" in words(page)


def _records(room: Room) -> dict[str, list[dict[str, object]]]:
    rows = everything(factory.desk(room.session.vault, room.session.clock))
    return {name: found for name, found in rows.items() if name not in ("audit", "meta")}
