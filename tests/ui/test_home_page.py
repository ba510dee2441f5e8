"""Home: what waits leads to where it is settled, and the keyboard stays in the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QBoxLayout
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.member_query import Group
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.services.site_waiting import SiteWaiting
from nakodo_desktop.ui.home_page import MOST_LINES, HomePage, Notice
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import PushButton
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.notices import Banner, EmptyState
from tests import factory
from tests.factory import Desk
from tests.officekit import Building

OpenHome = Callable[..., HomePage]


@pytest.fixture
def home(theme: Theme, qtbot: QtBot) -> Iterator[OpenHome]:
    kept: list[HomePage] = []

    def make(desk: Desk, *notices: Notice) -> HomePage:
        page = HomePage(theme, desk.interviews, desk.declarations, desk.members, notices=lambda: notices)
        qtbot.addWidget(page)
        kept.append(page)
        page.reload()
        page.resize(1100, 800)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    yield make
    kept.clear()


def words(page: HomePage) -> list[str]:
    return [label.text() for label in page.findChildren(PlainLabel) if label.isVisibleTo(page)]


def named(page: HomePage, name: str) -> PushButton:
    found = page.findChild(PushButton, name)
    assert isinstance(found, PushButton), name
    return found


def test_an_empty_office_gets_one_sentence_and_one_button(home: OpenHome, desk: Desk, qtbot: QtBot) -> None:
    page = home(desk)
    empty = page.findChild(EmptyState)
    assert isinstance(empty, EmptyState) and empty.button is not None
    with qtbot.waitSignal(page.new_interview_wanted):
        empty.button.click()


def test_an_interview_that_was_interrupted_goes_on(home: OpenHome, desk: Desk, qtbot: QtBot) -> None:
    draft = desk.interviews.start()
    desk.interviews.save_draft(
        draft.id, version=draft.version, step="basics", visited=set(), answers={"family_name": "電話中"}
    )
    page = home(desk)
    assert "電話中" in words(page)
    with qtbot.waitSignal(page.interview_wanted) as wanted:
        named(page, f"draft_{draft.id}").click()
    assert wanted.args == [draft.id]


def test_a_missing_declaration_leads_to_it_and_a_recent_member_to_the_record(
    home: OpenHome, desk: Desk, qtbot: QtBot
) -> None:
    member_id = factory.member(desk)
    page = home(desk)
    assert "未作成" in words(page)
    with qtbot.waitSignal(page.declaration_wanted) as wanted:
        named(page, f"due_{member_id}").click()
    assert wanted.args == [member_id]
    with qtbot.waitSignal(page.record_wanted) as wanted:
        named(page, f"recent_{member_id}").click()
    assert wanted.args == [member_id]


def test_a_number_leads_to_whom_it_counts(home: OpenHome, desk: Desk, qtbot: QtBot) -> None:
    factory.member(desk, publish=False)
    page = home(desk)
    card = named(page, "home_PRE_PUBLISH")
    assert card.accessibleName() == "公開前 1名の一覧を開く"
    with qtbot.waitSignal(page.group_wanted) as wanted:
        card.click()
    assert wanted.args == [Group.PRE_PUBLISH]


def test_more_than_fits_leads_to_the_page_of_all(home: OpenHome, desk: Desk, qtbot: QtBot) -> None:
    for _ in range(MOST_LINES + 1):
        desk.interviews.start()
    page = home(desk)
    shown = [made for made in page.findChildren(PushButton) if made.objectName().startswith("draft_")]
    assert len(shown) == MOST_LINES
    everything = next(made for made in page.findChildren(PushButton) if made.text() == "すべて見る")
    with qtbot.waitSignal(page.page_wanted) as wanted:
        everything.click()
    assert wanted.args == ["interviews"]


def test_reading_again_leaves_the_focus_and_the_scrolling_where_they_were(
    home: OpenHome, desk: Desk, qtbot: QtBot
) -> None:
    for number in range(MOST_LINES):
        factory.member(desk, pseudonym=("かえで", "さくら", "つばさ", "しおり", "あおば")[number])
        desk.interviews.start()
    page = home(desk)
    page.resize(1100, 420)
    bar = page._body.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    last = named(page, "due_1")
    last.setFocus()
    bar.setValue(bar.maximum())
    before = bar.value()
    page.reload()
    qtbot.waitUntil(lambda: named(page, "due_1").hasFocus() and bar.value() == before)


def test_what_had_the_focus_and_is_settled_gives_it_to_the_first_deed(home: OpenHome, desk: Desk, qtbot: QtBot) -> None:
    factory.member(desk)
    draft = desk.interviews.start()
    page = home(desk)
    named(page, f"draft_{draft.id}").setFocus()
    desk.interviews.abandon(draft.id)
    page.reload()
    qtbot.waitUntil(page.start.hasFocus)


def test_a_notice_stands_above_everything_with_its_deed(home: OpenHome, desk: Desk) -> None:
    factory.member(desk)
    pressed: list[bool] = []
    page = home(desk, Notice("warn", "控えが古くなっています", "8日前", "控えを取る", lambda: pressed.append(True)))
    banner = page.findChild(Banner)
    assert isinstance(banner, Banner) and banner.button is not None
    banner.button.click()
    assert pressed == [True]


def test_what_waits_for_the_site_leads_there(theme: Theme, desk: Desk, qtbot: QtBot) -> None:
    factory.member(desk)
    waiting = SiteWaiting(fresh=3, changed=0, gone=1)
    page = HomePage(theme, desk.interviews, desk.declarations, desk.members, count_site=lambda: waiting)
    qtbot.addWidget(page)
    page.reload()
    assert "新しく載せられる方 3名　・　取り下げる方 1名" in words(page)
    with qtbot.waitSignal(page.page_wanted) as told:
        named(page, "site").click()
    assert told.args == ["export"]


def test_nothing_is_said_of_the_site_when_nothing_waits(home: OpenHome, desk: Desk) -> None:
    factory.member(desk)
    assert home(desk).findChild(PushButton, "site") is None


def test_the_lists_stand_below_each_other_when_the_window_is_narrow(home: OpenHome, desk: Desk) -> None:
    factory.member(desk)
    page = home(desk)
    assert page._columns is not None
    assert page._columns.direction() is QBoxLayout.Direction.LeftToRight
    page.resize(700, 700)
    assert page._columns.direction() is QBoxLayout.Direction.TopToBottom


def test_a_clerk_is_not_offered_an_interview(home: OpenHome, building: Building) -> None:
    page = home(building.enter(Role.CLERK))
    assert not page.start.isVisible()
