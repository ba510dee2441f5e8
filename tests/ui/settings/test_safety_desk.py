"""What the safety page tells the rest of the window: the status line, the way to the log, the watch over the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.services.safety import Safety, safety_of
from nakodo_desktop.settings import Settings
from nakodo_desktop.ui.alerts import open_dialog
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.audit_page import AuditPage
from nakodo_desktop.ui.settings.safety_desk import SafetyDesk, shelves_of
from nakodo_desktop.ui.settings.who_saw import WhoSawDialog
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.workspace import Workspace
from nakodo_desktop.vault.backup import read_backup, verify_content
from tests import factory
from tests.factory import TODAY, Desk
from tests.officekit import Building
from tests.ui.settings.safetykit import dialog_over, press_verb, words


class Window:
    def __init__(self, theme: Theme, jobs: JobRunner, safety: Safety, settings: Settings) -> None:
        self.preferred: list[dict[str, object]] = []
        self.workspace = Workspace(theme, office_name="見本", staff_name="見本", is_demo=False, idle_minutes=5)
        self.workspace.add_page("home", QWidget)
        self.desk = SafetyDesk(theme, jobs, safety, self.workspace, settings, today=TODAY, prefer=self.preferred.append)
        self.workspace.open("home")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def window(theme: Theme, jobs: JobRunner, building: Building, desk: Desk, stick: Path, qtbot: QtBot) -> Window:
    safety = safety_of(desk.vault, now=building.clock)
    made = Window(theme, jobs, safety, Settings(backup_dirs=(str(stick),), backup_daily=0, backup_warn_days=-3))
    qtbot.addWidget(made.workspace)
    made.workspace.show()
    return made


def test_preferences_out_of_bounds_do_no_harm(window: Window, stick: Path) -> None:
    assert (window.desk.shelves.places, window.desk.shelves.daily) == ((stick,), 1)
    assert window.desk.shelves.warn_after_days == 1
    assert shelves_of(Settings()).places == ()


def test_the_status_line_tells_the_age(window: Window, building: Building, qtbot: QtBot) -> None:
    label = window.workspace.backup_label
    assert label.text() == "控えはまだありません"
    tab = window.desk.tab()
    qtbot.addWidget(tab)
    tab.backup.back_up()
    qtbot.waitUntil(lambda: label.text().startswith("前回の控え　今日"), timeout=15_000)
    building.wait(days=8)
    window.workspace.changed.emit()
    assert label.text() == "前回の控え　8日前"


def test_who_saw_leads_to_the_log_of_that_member(window: Window, desk: Desk) -> None:
    member = factory.member(desk)
    desk.members.view(member, screen="record")
    number = desk.members.rows([member])[0].number
    window.desk.show_who_saw(member, number)
    dialog = dialog_over(window.workspace, WhoSawDialog)
    assert "見本 所長　" in words(dialog)
    press_verb(dialog, "操作の記録で見る")
    assert isinstance(window.workspace.over, AuditPage)
    assert window.workspace.over.member.text() == number
    window.workspace.over.closed.emit()
    assert window.workspace.over is None


def test_T12_a_file_taken_away_stops_the_writing_and_is_rescued(
    window: Window, building: Building, desk: Desk, stick: Path
) -> None:
    assert window.desk._watch.isActive() and window.desk._watch.interval() == 10_000
    window.desk.watch()
    assert open_dialog(window.workspace) is None
    path = building.folder / desk.vault.header.database_name
    away = path.with_name("moved-away.db")
    path.rename(away)
    window.desk.watch()
    told = dialog_over(window.workspace, AppDialog)
    assert "書き込みを止めて" in words(told)
    told.close()
    window.desk.watch()
    assert open_dialog(window.workspace) is None, "told once"
    window.desk.rescue_into(stick)
    (made,) = stick.iterdir()
    verify_content(read_backup(made))
    away.rename(path)
