"""The program as its users start it: a real window, a closed office to open, and what it says."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from nakodo_desktop.app import Application
from nakodo_desktop.services.unlocking import create_job, finish_set_up, open_vault, unlock_job
from nakodo_desktop.session import Session, open_session
from nakodo_desktop.ui.unlock import UnlockScreen
from tests import factory
from tests.vaultkit import CHEAPEST_KDF, TEST_PASSPHRASE


@pytest.fixture(scope="session")
def closed_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "vault"
    vault = open_vault(create_job(folder, passphrase=TEST_PASSPHRASE, head_name="見本 所長", kdf=CHEAPEST_KDF)())
    finish_set_up(vault, factory.office())
    vault.close()
    return folder


@pytest.fixture
def office(closed_office: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(closed_office, tmp_path / "office"))


class Started:
    """A running Application and where it wanted to restart."""

    def __init__(self, qapp: QApplication, config: Path) -> None:
        self.restarts: list[Path] = []
        self.app = Application(qapp, restart=self.restarts.append, config=config)
        self.shell = self.app.shell
        self.shell.show()

    @property
    def unlock(self) -> UnlockScreen:
        screen = self.shell.findChild(UnlockScreen)
        assert screen is not None
        return screen

    def type_passphrase(self, text: str) -> None:
        self.unlock.password.editor.setText(text)
        QTest.keyClick(self.unlock.password.editor, Qt.Key.Key_Return)


@pytest.fixture
def started(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Started]:
    hook = sys.excepthook
    one = Started(qapp, tmp_path / "config")
    qtbot.addWidget(one.shell)
    yield one
    one.app.jobs.wait()
    one.shell.close()
    sys.excepthook = hook


def open_office(started: Started, office: Path, qtbot: QtBot) -> None:
    started.app.start(office)
    started.type_passphrase(TEST_PASSPHRASE)
    qtbot.waitUntil(lambda: started.app.office is not None, timeout=10_000)


def words_of(started: Started) -> str:
    return " ".join(label.text() for label in started.shell.findChildren(QLabel))


def reopened(folder: Path) -> Session:
    return open_session(unlock_job(folder, TEST_PASSPHRASE)())
