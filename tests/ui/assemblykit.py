"""The whole unlocked office, put together as the program does it, over a copy of the test vault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nakodo_desktop import paths
from nakodo_desktop.assembly import Office
from nakodo_desktop.services.unlocking import Opened
from nakodo_desktop.session import Session, open_session
from nakodo_desktop.settings import Settings
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.shell import Shell
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.workspace import Workspace
from nakodo_desktop.vault.unlock import OpenedKeys
from tests.officekit import Building


@dataclass(frozen=True)
class Room:
    """The window with its office."""

    shell: Shell
    office: Office
    session: Session
    jobs: JobRunner
    preferred: list[dict[str, object]]
    locked: list[str]

    @property
    def workspace(self) -> Workspace:
        return self.office.workspace


@contextmanager
def assembled(
    building: Building,
    theme: Theme,
    *,
    app: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings | None = None,
    size: tuple[int, int] = (1280, 860),
    keys: OpenedKeys | None = None,
) -> Iterator[Room]:
    """Opens the vault with keys at hand (the head's), underived. What this PC remembers lies beside the copy."""
    building.leave()
    folder = building.folder
    monkeypatch.setattr(paths, "data_dir", lambda: Path(f"{folder}-pc"))
    session = open_session(Opened(folder, keys or building.keys()), now=building.clock)
    preferred: list[dict[str, object]] = []
    locked: list[str] = []
    jobs = JobRunner()
    office = Office(
        theme,
        jobs,
        session,
        settings or Settings(),
        prefer=preferred.append,
        remember_export_dir=lambda _folder: None,
    )
    shell = Shell(jobs, on_lock=locked.append)
    qtbot.addWidget(shell)
    shell.resize(*size)
    shell.show_workspace(office.workspace, app)
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    try:
        yield Room(shell, office, session, jobs, preferred, locked)
    finally:
        qtbot.waitUntil(lambda: jobs.is_idle, timeout=20_000)
        shell.close()
        if session.vault.is_open:
            session.close()
        jobs.deleteLater()
