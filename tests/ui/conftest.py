"""What every window test stands on: one Theme, made as the program makes it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from nakodo_desktop.ui.theme import Theme, install
from nakodo_desktop.ui.tokens import TextSize


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return install(qapp, dark=False, text_size=TextSize.STANDARD)
