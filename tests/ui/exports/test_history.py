"""The history of the exports, and who is found in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from nakodo_desktop.services.exports import RECENT, Exports
from nakodo_desktop.services.provisions import GivenPerson
from nakodo_desktop.ui.exports.export_page import ExportPage
from tests.exportkit import Cast
from tests.factory import Desk
from tests.officekit import log_of
from tests.ui.exports.conftest import OpenPage
from tests.ui.imekit import play


@pytest.fixture
def history(exports: Exports, cast: Cast, stick: Path, open_page: OpenPage) -> ExportPage:
    exports.export(exports.plan(cast.admitted), stick)
    page = open_page()
    page.choose.history.click()
    return page


def words_of(page: ExportPage) -> str:
    return "\n".join(label.text() for label in page.history.findChildren(QLabel) if label.isVisibleTo(page))


def ask(page: ExportPage, text: str) -> str:
    editor = page.history.search.editor
    editor.selectAll()
    play(editor, [("", text)])
    QTest.keyClick(editor, Qt.Key.Key_Return)
    return words_of(page)


def test_a_person_is_found_by_the_pseudonym_and_gets_the_paper(history: ExportPage, qtbot: QtBot):
    words = ask(history, "あおば")
    assert "試山 次郎" in words and "見本 花子" not in words
    (paper,) = history.history.findChildren(QAbstractButton, "found_paper")
    with qtbot.waitSignal(history.paper_wanted) as asked:
        paper.click()
    (found,) = asked.args
    assert isinstance(found, GivenPerson) and found.newest.provision.person == "試山 次郎"


def test_a_batch_shows_everybody_in_it(history: ExportPage):
    words = ask(history, "第1回")
    assert all(name in words for name in ("試山 次郎", "架空 太郎", "見本 花子"))


def test_asking_once_is_logged_once(history: ExportPage, desk: Desk, qtbot: QtBot):
    ask(history, "1")
    qtbot.waitUntil(lambda: not history.history.search._rest.isActive())
    QTest.keyClick(history.history.search.editor, Qt.Key.Key_Return)
    assert [entry.act for entry in log_of(desk)].count("provision.view") == 1


def test_nobody_is_told_and_the_batches_come_back(history: ExportPage):
    assert "あてはまる提供の記録はありません" in ask(history, "該当なし")
    QTest.keyClick(history.history.search.editor, Qt.Key.Key_Escape)
    assert "SHA-256" in words_of(history)


def test_a_long_history_says_that_it_is_the_newest_part_and_who_approved(history: ExportPage, exports: Exports):
    (batch,) = exports.history()
    history.history.show_batches([replace(batch, approved_by="架空 仲子")] * RECENT)
    assert history.history.count.text() == f"新しい{RECENT}回"
    assert "承認 架空 仲子" in words_of(history) and "これより前の回は" in words_of(history)
