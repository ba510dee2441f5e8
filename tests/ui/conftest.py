"""What every window test stands on: one Theme, made as the program makes it, and a page to put widgets on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme, install
from nakodo_desktop.ui.tokens import TextSize
from nakodo_desktop.ui.widgets.frames import column, page
from tests.officekit import Building


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return install(qapp, dark=False, text_size=TextSize.STANDARD)


@pytest.fixture(params=list(TextSize), ids=lambda size: size.value)
def sized(request: pytest.FixtureRequest, qapp: QApplication, theme: Theme) -> Iterator[Theme]:
    """The look at each text size; the usual one comes back."""
    yield install(qapp, dark=False, text_size=request.param)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what has gone need not be dressed anew
    install(qapp, dark=False, text_size=theme.text_size)


class Show(Protocol):
    def __call__(self, *widgets: QWidget) -> QWidget: ...


@pytest.fixture
def show(qtbot: QtBot, theme: Theme) -> Iterator[Show]:
    """Put widgets below each other on a page, show it and give it the focus; it lives until the test ends."""
    kept: list[QWidget] = []

    def place(*widgets: QWidget) -> QWidget:
        ground = page()
        rows = column(theme, ground)
        for widget in widgets:
            rows.addWidget(widget)
        kept.append(ground)
        qtbot.addWidget(ground)
        ground.show()
        ground.activateWindow()
        qtbot.waitUntil(ground.isActiveWindow)
        return ground

    yield place
    kept.clear()


@pytest.fixture
def jobs(building: Building, qtbot: QtBot) -> Iterator[JobRunner]:
    """The worker; it ends before whoever is in the building leaves."""
    runner = JobRunner()
    yield runner
    qtbot.waitUntil(lambda: runner.is_idle, timeout=10_000)  # what comes back still finds the vault open
    runner.deleteLater()
