"""Closing the window makes the day's backup first; what stands in its way is told, and the operator decides."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.services.safekeeping import Safekeeping, Shelves
from nakodo_desktop.ui.farewell import Farewell
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.shell import Shell
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.vault.backup_shelf import list_backups
from tests.factory import Desk
from tests.officekit import Building
from tests.ui.settings.safetykit import dialog_over, press_verb, words
from tests.vaultkit import pc_of


class Evening:
    """A window about to be closed, and whether it said goodbye."""

    def __init__(self, theme: Theme, jobs: JobRunner, keeping: Safekeeping, places: tuple[Path, ...]) -> None:
        self.closed: list[bool] = []
        self.shell = Shell(jobs, on_lock=lambda _reason: None, may_close=lambda: self.farewell.is_over())
        self.farewell = Farewell(self.shell, theme, jobs, keeping, Shelves(places))
        self.shell.closing.connect(lambda: self.closed.append(True))
        self.shell.show()


@pytest.fixture
def keeping(building: Building, desk: Desk) -> Safekeeping:
    return Safekeeping(desk.vault, now=building.clock, data_dir=pc_of(building.folder))


def test_the_window_waits_for_the_backup_and_then_goes(
    theme: Theme, jobs: JobRunner, keeping: Safekeeping, tmp_path: Path, qtbot: QtBot
) -> None:
    evening = Evening(theme, jobs, keeping, (tmp_path,))
    qtbot.addWidget(evening.shell)
    evening.shell.close()
    assert evening.shell.isVisible() and "控えを取っています" in words(evening.shell)
    evening.shell.close()
    qtbot.waitUntil(lambda: evening.closed == [True], timeout=15_000)
    assert len(list_backups(tmp_path)) == 1, "a second × does not make a second one"
    assert keeping.days_since_backup() == 0


def test_without_the_stick_the_operator_decides(
    theme: Theme, jobs: JobRunner, keeping: Safekeeping, tmp_path: Path, qtbot: QtBot
) -> None:
    stick = tmp_path / "not-there-yet"
    evening = Evening(theme, jobs, keeping, (stick,))
    qtbot.addWidget(evening.shell)
    evening.shell.close()
    qtbot.waitUntil(lambda: "控えを取れませんでした" in words(evening.shell), timeout=15_000)
    assert "差してあるか" in words(evening.shell)
    stick.mkdir()
    press_verb(dialog_over(evening.shell, AppDialog), "もう一度試す")
    qtbot.waitUntil(lambda: evening.closed == [True], timeout=15_000)
    assert len(list_backups(stick)) == 1


def test_one_can_go_without_a_backup(
    theme: Theme, jobs: JobRunner, keeping: Safekeeping, tmp_path: Path, qtbot: QtBot
) -> None:
    evening = Evening(theme, jobs, keeping, (tmp_path / "lost",))
    qtbot.addWidget(evening.shell)
    evening.shell.close()
    qtbot.waitUntil(lambda: "控えを取れませんでした" in words(evening.shell), timeout=15_000)
    press_verb(dialog_over(evening.shell, AppDialog), "このまま閉じる")
    assert evening.closed == [True]
    assert keeping.days_since_backup() is None


def test_whoever_cannot_wait_presses_once_and_goes(
    theme: Theme, jobs: JobRunner, keeping: Safekeeping, tmp_path: Path, qtbot: QtBot
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    evening = Evening(theme, jobs, keeping, (stick,))
    qtbot.addWidget(evening.shell)
    evening.shell.close()
    way_out = evening.shell.findChild(QPushButton, "do_not_wait")
    assert isinstance(way_out, QPushButton) and way_out.text() == "今回は作らずに閉じる"
    way_out.click()
    assert "まもなく閉じます" in words(evening.shell)
    qtbot.waitUntil(lambda: evening.closed == [True], timeout=15_000)
    assert list(stick.iterdir()) == [] and keeping.days_since_backup() is None
