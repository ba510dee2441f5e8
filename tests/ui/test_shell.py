"""The window before anybody moved it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.shell import FIRST_SIZE, FRAME, Shell


def test_the_first_window_leaves_room_for_its_title_bar(jobs: JobRunner, qtbot: QtBot) -> None:
    shell = Shell(jobs, on_lock=lambda _reason: None)
    qtbot.addWidget(shell)
    screen = shell.screen().availableSize()
    assert screen.height() < FIRST_SIZE.height() + FRAME.height(), "this screen is the small one"
    shell.show()
    assert shell.height() <= screen.height() - FRAME.height()
    assert shell.width() <= min(FIRST_SIZE.width(), screen.width() - FRAME.width())
