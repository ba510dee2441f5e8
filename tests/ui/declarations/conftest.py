"""A panel of declarations on the screen, and a printer that writes where the test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.ui.declarations.panel import DeclarationPanel
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme
from tests.factory import Desk
from tests.ui.paperkit import PaperlessPrinters

ShowPanel = Callable[[MemberId], DeclarationPanel]


@pytest.fixture
def show_panel(desk: Desk, jobs: JobRunner, theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[ShowPanel]:
    """The panel of a member, its sheet drawn when there is one."""
    kept: list[DeclarationPanel] = []

    def place(member_id: MemberId) -> DeclarationPanel:
        panel = DeclarationPanel(theme, jobs, desk.declarations, printers=PaperlessPrinters(tmp_path / "paper.pdf"))
        qtbot.addWidget(panel)
        kept.append(panel)
        panel.resize(900, 600)
        panel.show()
        panel.show_member(member_id)
        if panel.declaration is not None:
            qtbot.waitUntil(lambda: panel.is_drawn, timeout=10_000)
        return panel

    yield place
    kept.clear()
