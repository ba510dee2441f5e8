"""T07: asked to end — by the window, by a log-out, by a signal — nothing that was typed or acknowledged is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.ui.ending import Ending
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.typist import click, compose
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.inputs import JaLineEdit
from nakodo_desktop.vault.audit_reading import AuditFilter, find_entries
from tests.app.conftest import Started, open_office, reopened, words_of
from tests.source_tree import ROOT
from tests.vault.sqlite_disk import watched_disk
from tests.vaultkit import TEST_PASSPHRASE


class LogOut:
    """As the system's session manager: asks, and is told."""

    def __init__(self, *, may_ask: bool) -> None:
        self._may_ask = may_ask
        self.told: list[str] = []

    def allowsInteraction(self) -> bool:
        return self._may_ask

    def cancel(self) -> None:
        self.told.append("cancel")

    def release(self) -> None:
        self.told.append("release")


def typing(started: Started) -> InterviewFlow:
    assert started.app.office is not None
    flow = started.app.office.start_interview()
    flow.go_to("basics")
    line = flow.page.inputs["family_name"]
    assert isinstance(line, JaLineEdit)
    compose(line.editor, "架空")
    return flow


def left_behind(office: Path) -> tuple[object, str]:
    """The name in the one draft, and how the vault was closed last."""
    session = reopened(office)
    try:
        (draft,) = session.interviews.in_progress()
        entries = find_entries(session.vault.read(), AuditFilter(), limit=2)  # newest first: ours, and the one before
        assert entries[0].act == "vault.unlock"
        closed = entries[1].act == "vault.close"
        return draft.answers.get("family_name"), str(entries[1].detail["reason"]) if closed else ""
    finally:
        session.close()


@pytest.fixture
def ending(started: Started, qapp: QApplication) -> Ending:
    return Ending(qapp, started.shell)


def test_T07_a_log_out_finds_everything_saved_and_the_window_still_works(
    started: Started, office: Path, qtbot: QtBot, ending: Ending
) -> None:
    open_office(started, office, qtbot)
    flow = typing(started)
    asked = LogOut(may_ask=True)
    ending.on_log_out(asked)
    assert not flow.has_unsaved and asked.told == []
    assert started.shell.isVisible(), "another program may still stop the log-out"
    started.shell.close()
    assert left_behind(office) == ("架空", "close")


@pytest.mark.parametrize("may_ask", [True, False])
def test_T07_a_log_out_is_held_up_only_for_what_cannot_be_saved(
    started: Started, office: Path, qtbot: QtBot, ending: Ending, may_ask: bool
) -> None:
    with watched_disk() as disk:
        open_office(started, office, qtbot)
        flow = typing(started)
        disk.full_after = disk.writes
        asked = LogOut(may_ask=may_ask)
        ending.on_log_out(asked)
        assert flow.has_unsaved
        assert asked.told == (["cancel", "release"] if may_ask else [])
        assert ("保存できていないまま閉じますか" in words_of(started)) is may_ask
        if may_ask:
            dialog = next(one for one in started.shell.findChildren(AppDialog) if one.isVisible())
            click(next(b for b in dialog.findChildren(QPushButton) if b.accessibleName() == "画面に戻る"))
        disk.full_after = None
        started.shell.close()
    assert left_behind(office) == ("架空", "close")


def test_T07_the_systems_end_does_not_wait_for_a_backup(
    started: Started, office: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    open_office(started, office, qtbot)
    started.app.remember(backup_dirs=(str(tmp_path / "stick"),))
    typing(started)
    started.shell.end()
    assert not started.shell.isVisible()
    assert left_behind(office) == ("架空", "close")
    assert not (tmp_path / "stick").exists()


if sys.platform != "win32":

    def child_in(office: Path, deed: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.app.ending_child"],
            cwd=ROOT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None
        process.stdin.write(f"{office}\n{TEST_PASSPHRASE}\n{deed}\n")
        process.stdin.flush()
        return process

    def end(process: subprocess.Popen[str], number: signal.Signals) -> list[str]:
        """→ what it had still said, and that it went as it should"""
        assert process.stdout is not None
        process.send_signal(number)
        try:
            said = process.communicate(timeout=30)[0].split()
        finally:
            process.kill()
        assert process.returncode == (-signal.SIGKILL if number == signal.SIGKILL else 0)
        return said

    def test_T07_a_signal_saves_what_is_half_typed_and_closes_the_vault(office: Path) -> None:
        process = child_in(office, "types")
        assert process.stdout is not None and process.stdout.readline() == "typed\n"
        end(process, signal.SIGTERM)
        assert left_behind(office) == ("架空", "close")

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["T07_asked", "T01_killed"])
    def test_an_interview_cut_off_in_a_save_has_all_that_was_said_to_be_saved(
        office: Path, number: signal.Signals
    ) -> None:
        process = child_in(office, "saves")
        assert process.stdout is not None
        for _ in range(20):
            process.stdout.readline()
        said = [20, *map(int, end(process, number))]
        name, closed = left_behind(office)
        kept = int(str(name).removeprefix("架空"))
        assert said[-1] <= kept <= said[-1] + 1
        assert closed == ("close" if number == signal.SIGTERM else "")
