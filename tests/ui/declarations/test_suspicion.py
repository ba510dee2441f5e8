"""The menu of a sheet: a suspicion is recorded, lifted and handed over from the panel itself."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.declaration import DeclarationState
from nakodo_desktop.ui.declarations.panel import DeclarationPanel
from nakodo_desktop.ui.declarations.suspicion import ReasonDialog
from nakodo_desktop.ui.printing.sheet_dialog import SheetDialog
from tests import factory
from tests.factory import Desk
from tests.officekit import acts_of
from tests.ui.declarations.conftest import ShowPanel


def deeds(panel: DeclarationPanel) -> dict[str, QAction]:
    assert panel.more_button.isVisibleTo(panel)
    return {action.text(): action for action in panel.more_menu().actions()}


def give_reason(panel: DeclarationPanel, reason: str) -> ReasonDialog:
    dialog = panel.window().findChildren(ReasonDialog)[-1]
    dialog.reason.fill(reason)
    button = dialog.findChild(QPushButton, "reason_record")
    assert button is not None
    button.click()
    return dialog


def test_a_suspicion_is_recorded_and_lifted_with_a_reason(desk: Desk, show_panel: ShowPanel, qtbot: QtBot) -> None:
    member_id = factory.member(desk)
    sheet = factory.signed(desk, member_id)
    panel = show_panel(member_id)
    found = deeds(panel)
    assert list(found) == ["虚偽の疑いを記録する…"]
    found["虚偽の疑いを記録する…"].trigger()
    with qtbot.waitSignal(panel.changed):
        dialog = give_reason(panel, "ご家族からのお電話")
    assert not dialog.isVisible()
    assert desk.declarations.load(sheet.id).state is DeclarationState.FALSE_SUSPECTED
    assert "虚偽の疑い" in panel.state.text()
    found = deeds(panel)
    assert list(found) == ["顧問弁護士に渡す資料…", "虚偽の疑いを解く…"]
    found["虚偽の疑いを解く…"].trigger()
    give_reason(panel, "独身証明書を見て確かめました")
    assert desk.declarations.load(sheet.id) == sheet
    qtbot.waitUntil(lambda: panel.is_drawn, timeout=10_000)
    assert "虚偽の疑い" not in panel.state.text()


def test_without_a_reason_nothing_is_recorded(desk: Desk, show_panel: ShowPanel) -> None:
    member_id = factory.member(desk)
    sheet = factory.signed(desk, member_id)
    panel = show_panel(member_id)
    deeds(panel)["虚偽の疑いを記録する…"].trigger()
    dialog = give_reason(panel, "")
    assert dialog.isVisible()
    assert dialog.reason.error()
    give_reason(panel, "旅券 TK1234567 を見た")
    assert dialog.isVisible()
    assert desk.declarations.load(sheet.id) == sheet
    dialog.reject()


def test_a_suspected_sheet_behind_a_newer_one_can_still_be_cleared(
    desk: Desk, show_panel: ShowPanel, qtbot: QtBot
) -> None:
    member_id = factory.member(desk)
    first = factory.signed(desk, member_id)
    desk.declarations.suspicions.suspect(first.id, "見本の理由")
    factory.signed(desk, member_id)
    panel = show_panel(member_id)
    panel.show_sheet(first.id)
    qtbot.waitUntil(lambda: panel.is_drawn, timeout=10_000)
    assert list(deeds(panel)) == ["顧問弁護士に渡す資料…", "虚偽の疑いを解く…"]


def test_the_file_for_the_lawyer_is_drawn_and_its_saving_is_logged(
    desk: Desk, show_panel: ShowPanel, qtbot: QtBot
) -> None:
    member_id = factory.member(desk)
    sheet = factory.signed(desk, member_id)
    desk.declarations.suspicions.suspect(sheet.id, "見本の理由")
    panel = show_panel(member_id)
    deeds(panel)["顧問弁護士に渡す資料…"].trigger()
    dialog = panel.window().findChildren(SheetDialog)[-1]
    qtbot.waitUntil(lambda: dialog.is_drawn, timeout=10_000)
    dialog.print_button.click()
    assert acts_of(desk)[-2:] == ["declaration.hand_over", "paper.print"]
