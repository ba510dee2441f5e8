"""The export page of a real office, as the head of the office sees it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Event, current_thread, main_thread
from typing import Protocol

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.provisions import Provisions
from nakodo_desktop.ui.exports.export_page import ExportPage
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.frames import column
from tests import exportkit
from tests.exportkit import CastTemplate
from tests.factory import Desk
from tests.officekit import Building

_PATIENCE_S = 30


@pytest.fixture
def office_template(cast_template: CastTemplate) -> CastTemplate:
    return cast_template


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Where the bundle goes."""
    made = tmp_path / "stick"
    made.mkdir()
    return made


class Held:
    """A call of the operating system that hangs, as on a slow stick, until the test lets it go."""

    def __init__(self) -> None:
        self._reached, self._released = Event(), Event()

    def is_reached(self) -> bool:
        return self._reached.is_set()

    def hang(self) -> None:
        self._reached.set()
        assert self._released.wait(_PATIENCE_S)

    def release(self) -> None:
        self._released.set()


class Hold(Protocol):
    def __call__(self, call: str) -> AbstractContextManager[Held]: ...


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Hold:
    """Let `os.open` of a bundle or `os.fsync` hang while the block runs; GUI thread and vault do not use them."""

    @contextmanager
    def hanging(call: str) -> Iterator[Held]:
        held, real = Held(), getattr(os, call)

        def slow(*args: object, **options: object) -> object:
            if current_thread() is not main_thread():
                held.hang()
            return real(*args, **options)

        with monkeypatch.context() as patched:
            patched.setattr(os, call, slow)
            try:
                yield held
            finally:
                held.release()

    return hanging


class OpenPage(Protocol):
    def __call__(self, folder: Path | None = None) -> ExportPage: ...


@pytest.fixture
def provisions(building: Building, desk: Desk) -> Provisions:
    return exportkit.provisions(building, desk)


@pytest.fixture
def open_page(
    qtbot: QtBot, theme: Theme, jobs: JobRunner, exports: Exports, provisions: Provisions
) -> Iterator[OpenPage]:
    """Open the page in a window with the focus; everybody is read when it returns."""
    windows: list[QWidget] = []  # nobody else keeps them

    def open_(folder: Path | None = None) -> ExportPage:
        page = ExportPage(theme, jobs, exports, provisions, folder="" if folder is None else str(folder))
        window = QWidget()
        column(theme, window).addWidget(page)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1040, 780)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.reload()
        qtbot.waitUntil(lambda: not page.is_busy)
        return page

    yield open_
    windows.clear()


@pytest.fixture
def page(open_page: OpenPage) -> ExportPage:
    return open_page()
