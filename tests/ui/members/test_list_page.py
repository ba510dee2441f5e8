"""The member list as the operator uses it: by typing, by keys, by the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.member import MemberId, MemberStatus
from nakodo_desktop.domain.member_query import Group
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.ui.members.columns import COLUMNS, DECLARATION, NAME, NUMBER, RESIDENCE, STATUS
from nakodo_desktop.ui.members.list_page import MembersPage
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.toast import Toast
from tests import factory
from tests.factory import Desk
from tests.officekit import Building, acts_of
from tests.ui.members.conftest import ListAt, People, choose, open_menu

# Menus: the offscreen window system can neither raise a window nor grab the keyboard.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def names(page: MembersPage) -> list[str]:
    return [str(page.model.index(row, NAME).data()) for row in range(page.model.rowCount())]


def toast_of(page: MembersPage) -> Toast:
    return next(one for one in page.findChildren(Toast) if one.isVisible())


def moved_to(at: QPoint) -> QMouseEvent:
    """With no button held, whatever the test before has pressed."""
    nothing = Qt.MouseButton.NoButton
    where = at.toPointF()
    return QMouseEvent(QEvent.Type.MouseMove, where, where, nothing, nothing, Qt.KeyboardModifier.NoModifier)


def status_of(desk: Desk, member_id: MemberId) -> MemberStatus:
    return desk.members.rows([member_id])[0].status


def test_typing_a_plain_character_finds_its_variant(list_page: ListAt, people: People, qtbot: QtBot) -> None:
    page = list_page()
    assert len(names(page)) == 3
    page.search.fill("高橋")
    qtbot.waitUntil(lambda: names(page) == ["髙橋 花子"])
    assert page.count.text() == "3名のうち 1名"


def test_nothing_found_says_so_and_leads_back(list_page: ListAt, people: People, qtbot: QtBot) -> None:
    page = list_page()
    page.search.fill("いない人")
    qtbot.waitUntil(page.nothing_found.isVisible)
    assert not page.table.isVisible()
    assert page.nothing_found.button is not None
    page.nothing_found.button.click()
    assert len(names(page)) == 3
    assert page.search.value() is None
    assert page.search.editor.hasFocus()


def test_down_goes_from_the_search_box_into_the_list_and_enter_opens_the_record(
    list_page: ListAt, people: People, qtbot: QtBot
) -> None:
    page = list_page()
    page.focus_search()
    qtbot.waitUntil(page.search.editor.hasFocus)
    QTest.keyClick(page.search.editor, Qt.Key.Key_Down)
    qtbot.waitUntil(page.table.hasFocus)
    with qtbot.waitSignal(page.record_wanted) as wanted:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert wanted.args == [page.model.id_at(0)]


def test_a_double_click_opens_the_record(list_page: ListAt, people: People, qtbot: QtBot) -> None:
    page = list_page()
    cell = page.table.visualRect(page.model.index(1, NAME)).center()
    with qtbot.waitSignal(page.record_wanted) as wanted:
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
        QTest.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert wanted.args == [page.model.id_at(1)]


def test_the_row_under_the_mouse_is_marked_as_a_whole(list_page: ListAt, people: People, theme: Theme) -> None:
    table = list_page().table
    middle = table.visualRect(table.model().index(1, NAME)).center()

    def grounds() -> list[set[str]]:
        """The colours at the left edge of every cell, row by row."""
        seen = table.viewport().grab().toImage()
        columns = [number for number in range(len(COLUMNS)) if not table.isColumnHidden(number)]
        cells = [[table.visualRect(table.model().index(row, column)) for column in columns] for row in (1, 2)]
        return [{seen.pixelColor(cell.left() + 5, cell.top() + 4).name() for cell in row} for row in cells]

    plain, _ = grounds()
    QApplication.sendEvent(table.viewport(), moved_to(middle))
    assert grounds() == [{theme.color("sunken").name()}, plain]
    QApplication.sendEvent(table.viewport(), QEvent(QEvent.Type.Leave))
    assert grounds() == [plain, plain]


@pytest.mark.parametrize("width", [560, 720, 940, 1020, 1400])
def test_nobody_scrolls_sideways_and_the_states_are_always_there(list_page: ListAt, people: People, width: int) -> None:
    page = list_page(width)
    table = page.table
    assert table.horizontalScrollBar().maximum() == 0
    shown = [index for index in range(len(COLUMNS)) if not table.isColumnHidden(index)]
    assert {NUMBER, NAME, STATUS, DECLARATION} <= set(shown)
    assert sum(table.columnWidth(index) for index in shown) == table.viewport().width()


def test_the_ward_is_left_out_only_where_there_is_no_room(list_page: ListAt, people: People) -> None:
    page = list_page()
    at = page.model.row_of(people.hanako)
    assert at is not None
    assert page.model.index(at, RESIDENCE).data() == "神奈川県横浜市港北区", "the model and a screen reader keep it all"


def test_widths_that_were_dragged_are_told_and_come_back(list_page: ListAt, people: People, qtbot: QtBot) -> None:
    page = list_page()
    header = page.table.horizontalHeader()
    with qtbot.waitSignal(page.widths_changed) as told:
        header.resizeSection(NUMBER, 130)
    assert told.args == [{NUMBER: 130}]
    again = list_page(widths={NUMBER: 130})
    assert again.table.columnWidth(NUMBER) == pytest.approx(page.table.columnWidth(NUMBER), abs=1)


def test_a_heading_sorts_and_the_menu_sorts_for_the_keyboard(list_page: ListAt, people: People, qtbot: QtBot) -> None:
    page = list_page()
    header = page.table.horizontalHeader()
    centre = header.sectionViewportPosition(NAME) + header.sectionSize(NAME) // 2
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(centre, header.height() // 2))
    by_kana = names(page)
    assert by_kana == ["架空 次郎", "髙橋 花子", "見本 太郎"]
    page.table.menu_wanted.emit(int(page.model.id_at(0)), QPoint(10, 10))
    menu = open_menu()
    sorting = next(action.menu() for action in menu.actions() if action.menu() is not None)
    entry = next(action for action in sorting.actions() if action.text() == "氏名")
    assert entry.isChecked()
    menu.close()
    entry.trigger()
    assert names(page) == by_kana[::-1]


def test_the_menu_key_opens_the_menu_of_the_current_row(list_page: ListAt, people: People, qtbot: QtBot) -> None:
    page = list_page()
    page.table.selectRow(1)
    page.table.setFocus()
    with qtbot.waitSignal(page.table.menu_wanted) as wanted:
        _press_menu_key(page)
    assert wanted.args[0] == page.model.id_at(1)
    open_menu().close()


def _press_menu_key(page: MembersPage) -> None:
    """What a window system makes of the key; the offscreen one makes nothing of it."""
    viewport = page.table.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), viewport.mapToGlobal(QPoint(0, 0)))
    QApplication.sendEvent(viewport, event)


def test_the_number_can_be_copied(list_page: ListAt, people: People) -> None:
    page = list_page()
    page._open_menu(people.taro, QPoint(10, 10))
    choose("会員番号をコピー")
    assert QGuiApplication.clipboard().text() == "M-0001"


def test_a_change_that_can_be_taken_back_is_made_at_once_and_taken_back(
    list_page: ListAt, people: People, desk: Desk
) -> None:
    page = list_page()
    before = acts_of(desk).count("member.status")
    page._open_menu(people.taro, QPoint(10, 10))
    choose("「休会」にする")
    assert status_of(desk, people.taro) is MemberStatus.PAUSED
    toast = toast_of(page)
    assert "元に戻す" in toast.undo_button.text()
    assert "外れます" in " ".join(label.text() for label in toast.findChildren(type(page.count)))
    toast.undo_button.click()
    assert status_of(desk, people.taro) is MemberStatus.OMIAI
    assert acts_of(desk).count("member.status") == before + 2, "the log keeps both"


def test_a_change_without_a_way_back_is_asked_about_with_the_safe_answer_under_the_cursor(
    list_page: ListAt, people: People, desk: Desk, qtbot: QtBot
) -> None:
    page = list_page()
    page._open_menu(people.taro, QPoint(10, 10))
    choose("「退会」にする")
    dialog = page.window().findChild(AppDialog)
    assert isinstance(dialog, AppDialog)
    assert status_of(desk, people.taro) is MemberStatus.OMIAI
    no, yes = dialog._buttons.itemAt(2).widget(), dialog._buttons.itemAt(1).widget()
    assert no.text() == "やめる"
    qtbot.waitUntil(no.hasFocus)
    yes.click()
    assert status_of(desk, people.taro) is MemberStatus.WITHDRAWN
    assert toast_of(page).undo_button is None


def test_the_chosen_member_stays_chosen_when_the_list_is_read_again(list_page: ListAt, people: People) -> None:
    page = list_page()
    at = page.model.row_of(people.jiro)
    assert at is not None
    page.table.selectRow(at)
    page.show_group(Group.PRE_PUBLISH)
    assert names(page) == ["架空 次郎"]
    page.show_everybody()
    assert page.table.current_member() == people.jiro
    assert page.detail.member is not None and page.detail.member.id == people.jiro


def test_the_pane_goes_when_the_window_is_narrow_and_comes_back(
    list_page: ListAt, people: People, qtbot: QtBot
) -> None:
    page = list_page(700)
    assert not page.detail.isVisible()
    page.resize(1100, 700)
    qtbot.waitUntil(page.detail.isVisible)
    assert page.detail.member is not None


def test_an_empty_office_gets_one_sentence_and_one_button(desk: Desk, list_page: ListAt, qtbot: QtBot) -> None:
    page = list_page()
    assert page.empty.isVisible()
    assert page.empty.button is not None
    with qtbot.waitSignal(page.new_interview_wanted):
        page.empty.button.click()


def test_a_clerk_is_not_offered_what_would_be_refused(
    building: Building, people: People, list_page: ListAt, theme: Theme
) -> None:
    clerk = building.enter(Role.CLERK)
    page = MembersPage(theme, clerk.members)
    page.reload()
    page._open_menu(people.taro, QPoint(10, 10))
    texts = [action.text() for action in open_menu().actions()]
    open_menu().close()
    assert not any("にする" in text or "面談をする" in text for text in texts)
    assert page.start.isHidden()
    page.deleteLater()


def test_scrolling_through_many_members_reads_pages_of_them(desk: Desk, list_page: ListAt) -> None:
    first = factory.member(desk)
    page = list_page()
    assert names(page) == ["見本 太郎"]
    assert page.model.row_of(first) == 0
    assert acts_of(desk).count("list.view") == 1
    page.reload()
    assert acts_of(desk).count("list.view") == 1, "who was listed already is not logged again"
