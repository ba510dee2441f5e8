"""What must hold in every dialog: spoken names, buttons on the screen of a small laptop, and a way out by Esc."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.member import MemberId, MemberStatus
from nakodo_desktop.errors import NotWritable
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.declarations.documents_page import DocumentsPage
from nakodo_desktop.ui.declarations.panel import PARTS
from nakodo_desktop.ui.members.list_page import MembersPage
from nakodo_desktop.ui.printing.print_dialog import PrintDialog
from nakodo_desktop.ui.settings.safety_tab import SafetyTab
from nakodo_desktop.ui.theme import Theme, install
from nakodo_desktop.ui.tokens import TextSize
from nakodo_desktop.ui.widgets.dialog import AppDialog
from tests import factory
from tests.officekit import Building
from tests.ui.assemblykit import Room, assembled
from tests.ui.screenkit import cut_texts, nameless

LAPTOP_PX = (1093, 614 - 40)  # 1366×768 at 125 %, less the bar of the system
SOMEBODY = MemberId(1)

Open = Callable[[Room], object]


def press(room: Room, name: str) -> None:
    found = [one for one in room.shell.findChildren(QPushButton, name) if one.isVisibleTo(room.shell)]
    found[0].click()


def in_safety(name: str) -> Open:
    def open_(room: Room) -> None:
        room.office.safety.open_tab()
        press(room, name)

    return open_


def about_a_colleague(deed: str) -> Open:
    def open_(room: Room) -> None:
        room.office.safety.open_tab()
        tab = room.shell.findChild(SafetyTab)
        assert tab is not None
        found = [one for one in tab.findChildren(QPushButton) if one.objectName().startswith(f"{deed}_")]
        found[-1].click()

    return open_


def documents(room: Room) -> DocumentsPage:
    room.office.open_declaration(SOMEBODY)
    page = room.workspace.open("documents")
    assert isinstance(page, DocumentsPage)
    return page


def suspicion(room: Room) -> None:
    menu = documents(room).panel.more_menu()
    menu.actions()[0].trigger()
    menu.deleteLater()


def printing(room: Room) -> None:
    names = ("受付のプリンター",)
    PrintDialog(
        room.workspace.theme,
        what="独身誓約書",
        printers=names,
        parts=PARTS,
        on_print=lambda _order: None,
        parent=room.shell,
    ).open()


def withdrawal(room: Room) -> None:
    page = room.workspace.open("members")
    assert isinstance(page, MembersPage)
    page.detail.status_wanted.emit(SOMEBODY, MemberStatus.WITHDRAWN)


def audit_check(room: Room) -> None:
    room.office.safety.open_audit()
    press(room, "audit_verify")


def blank_sheet(room: Room) -> None:
    room.workspace.open("interviews")
    press(room, "blank_sheet")


def history(room: Room) -> None:
    documents(room)
    press(room, "declaration_history")


def error(room: Room) -> None:
    trouble = NotWritable("この場所には書き込めません。" * 3, "別のフォルダーを選んでください。")
    alerts.show_error(room.shell, room.workspace.theme, trouble)


def bug(room: Room) -> None:
    alerts.show_error(room.shell, room.workspace.theme, KeyError("x"), save_log=lambda: None)


DIALOGS: dict[str, Open] = {
    **{name: in_safety(name) for name in ("add_person", "change_own", "rehearse", "restore")},
    **{f"a colleague: {deed}": about_a_colleague(deed) for deed in ("change", "give", "pause", "remove")},
    "audit check": audit_check,
    "who saw": lambda room: room.office.safety.show_who_saw(SOMEBODY, "M-0001"),
    "withdrawal": withdrawal,
    "suspicion": suspicion,
    "history of sheets": history,
    "printing": printing,
    "a sheet to look at": blank_sheet,
    "help": lambda room: room.office.explain("members"),
    "error": error,
    "bug": bug,
}


@pytest.fixture
def member(building: Building) -> MemberId:
    desk = building.enter()
    made = factory.member(desk)
    desk.declarations.record_output(factory.sheet(desk, made).id, "printer")
    return made


@pytest.fixture(params=[TextSize.STANDARD, TextSize.EXTRA], ids=lambda size: size.value)
def room(
    request: pytest.FixtureRequest,
    building: Building,
    member: MemberId,
    theme: Theme,
    qapp: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Room]:
    sized = install(qapp, dark=False, text_size=request.param)
    with assembled(building, sized, app=qapp, qtbot=qtbot, monkeypatch=monkeypatch, size=LAPTOP_PX) as made:
        yield made
    install(qapp, dark=False, text_size=TextSize.STANDARD)


@pytest.mark.parametrize("which", DIALOGS)
def test_a_dialog_speaks_fits_and_lets_go(room: Room, which: str, qtbot: QtBot) -> None:
    DIALOGS[which](room)
    qtbot.waitUntil(lambda: room.jobs.is_idle, timeout=20_000)
    dialog = alerts.open_dialog(room.shell)
    assert isinstance(dialog, AppDialog), which
    assert nameless(dialog) == [] and cut_texts(dialog) == []
    least = dialog.minimumSizeHint()
    assert (least.width() <= LAPTOP_PX[0], least.height() <= LAPTOP_PX[1]) == (True, True), least
    buttons = [one for one in dialog.findChildren(QPushButton) if one.isVisibleTo(dialog)]
    assert all(dialog.rect().contains(one.mapTo(dialog, one.rect().center())) for one in buttons[-2:])
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
