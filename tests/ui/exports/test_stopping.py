"""Whatever takes long on the export page can be stopped, and leaves everything as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.provisions import Provisions
from nakodo_desktop.ui.exports import slices
from nakodo_desktop.ui.exports.export_page import ExportPage
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme
from tests.exportkit import Cast, records
from tests.factory import Desk
from tests.ui.exports.conftest import OpenPage


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """One member a slice, as in a large office."""
    monkeypatch.setattr(slices, "_SLICE_S", 0.0)


def test_stopped_look_through_leaves_list_ticks_and_vault(
    qtbot: QtBot, open_page: OpenPage, desk: Desk, cast: Cast, stick: Path, slow: None
):
    page = open_page(stick)
    page.choose.model.toggle(page.choose.model.row_of(cast.taro))
    chosen, before = page.choose.chosen_ids, records(desk)
    page.choose.review.click()
    assert page.stop.isVisible()
    page.stop.click()
    assert not page.is_busy
    assert not page.stop.isVisible()
    assert page.screens.currentWidget() is page.choose
    assert page.choose.review.isEnabled()
    assert page.choose.chosen_ids == chosen
    assert page.review.plan is None
    assert records(desk) == before
    page.choose.review.click()
    qtbot.waitUntil(lambda: page.screens.currentWidget() is page.review)


def test_stopped_reading_leaves_the_list_that_was_there(qtbot: QtBot, open_page: OpenPage, cast: Cast, slow: None):
    page = open_page()
    page.choose.model.toggle(page.choose.model.row_of(cast.taro))
    chosen = page.choose.chosen_ids
    page.reload()
    page.stop.click()
    assert not page.is_busy
    assert page.screens.currentWidget() is page.choose
    assert page.choose.chosen_ids == chosen
    assert page.choose.model.row_of(cast.hanako) is not None


def test_stopped_first_reading_says_so_and_can_be_begun_again(
    qtbot: QtBot, theme: Theme, jobs: JobRunner, exports: Exports, provisions: Provisions, slow: None
):
    page = ExportPage(theme, jobs, exports, provisions)
    qtbot.addWidget(page)
    page.show()
    page.reload()
    assert page.is_busy
    page.stop.click()
    assert not page.is_busy
    assert page.empty is not None
    assert page.empty.button is not None
    page.empty.button.click()
    qtbot.waitUntil(lambda: not page.is_busy)
    assert page.screens.currentWidget() is page.choose
    assert len(page.choose.chosen_ids) == 3
