"""Pages are made ahead while somebody looks at the interview, and only then."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.interview import STEPS
from nakodo_desktop.ui.interview.desk import InterviewDesk
from nakodo_desktop.ui.interview.page import Page
from nakodo_desktop.ui.interview.page_book import PageBook
from tests.factory import Desk
from tests.ui.interview.conftest import SitDown


def test_every_page_is_made_in_quiet_moments(qtbot: QtBot, sit_down: SitDown) -> None:
    flow = sit_down()
    qtbot.waitUntil(lambda: len(flow.findChildren(Page)) == len(STEPS), timeout=20_000)


def test_an_interview_that_is_put_away_asks_nothing_of_the_vault(qtbot: QtBot, office: Desk, sit_down: SitDown) -> None:
    """A backup may have it by then: making the preview ahead of time would end in an error over the backup's window."""
    flow = sit_down()
    book = flow.findChild(PageBook)
    assert book is not None
    quiet = next(one for one in book.findChildren(QTimer) if one.parent() is book and one.interval() == 250)
    made = len(flow.findChildren(Page))
    flow.hide()
    with office.vault.lent():
        quiet.timeout.emit()  # as if it had been on its way
        assert not quiet.isActive() and len(flow.findChildren(Page)) == made
    flow.show()
    assert quiet.isActive()


def test_the_scan_is_made_ready_once_and_not_while_the_vault_is_lent(office: Desk, desk: InterviewDesk) -> None:
    with office.vault.lent():
        assert desk.exports.index_job() is None
    job = desk.exports.index_job()
    assert job is not None
    desk.exports.keep_index(job())
    assert desk.exports.index_job() is None
