"""Who may leave: ticked or told why not, with the way to mend it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.ui.exports.entries import Entry, Group
from nakodo_desktop.ui.exports.export_page import ExportPage
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme
from tests import exportkit, factory
from tests.exportkit import Cast, withdraw
from tests.factory import Desk
from tests.officekit import Building, log_of
from tests.ui.exports.conftest import OpenPage


def entry(page: ExportPage, member_id: MemberId) -> Entry:
    return next(one for one in page.choose.model.entries if one.candidate.row.id == member_id)


def shown_ids(page: ExportPage) -> list[MemberId]:
    model = page.choose.model
    return [model.entry(row).candidate.row.id for row in range(model.rowCount())]


def click_row(qtbot: QtBot, page: ExportPage, member_id: MemberId, *, x: int) -> None:
    row = page.choose.model.row_of(member_id)
    assert row is not None
    area = page.choose.list.visualRect(page.choose.model.index(row))
    qtbot.mouseClick(
        page.choose.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(area.left() + x, area.center().y())
    )


def pressable(page: ExportPage, name: str) -> QPushButton:
    found = next(one for one in page.findChildren(QPushButton, name) if one.isVisibleTo(page))
    assert found.isEnabled()
    return found


def test_admitted_come_first_and_are_ticked(page: ExportPage, cast: Cast):
    assert set(shown_ids(page)[:3]) == set(cast.admitted)
    assert set(page.choose.chosen_ids) == set(cast.admitted)
    assert page.choose.count.text() == "掲載できる方 3名　できない方 3名"
    assert page.choose.totals.text() == "書き出す方 3名（新規 3）"


def test_excluded_have_no_box_and_cannot_be_ticked(qtbot: QtBot, page: ExportPage, cast: Cast):
    model = page.choose.model
    row = model.row_of(cast.leaking)
    index = model.index(row)
    assert index.data(Qt.ItemDataRole.CheckStateRole) is None
    assert not model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    click_row(qtbot, page, cast.leaking, x=20)
    assert cast.leaking not in page.choose.chosen_ids


def test_every_reason_is_in_words_and_can_be_mended(qtbot: QtBot, page: ExportPage, desk: Desk, cast: Cast):
    withdraw(desk, cast.unsigned)
    page.reload()
    qtbot.waitUntil(lambda: not page.is_busy)
    page.choose.select(cast.unsigned)
    reasons = page.choose.preview.reasons
    assert reasons is not None
    told = [one.accessibleName() for one in reasons.findChildren(QPushButton)]
    assert [name.split("：")[0] for name in told] == ["会員の状態を直す", "独身誓約書を直す", "同意の確認を直す"]
    assert "協会サイトへの掲載の同意がありません。" in told[2]
    assert "ほか2件" in entry(page, cast.unsigned).detail
    for mend in reasons.findChildren(QPushButton):
        with qtbot.waitSignal(page.mend_wanted) as wanted:
            mend.click()
        assert wanted.args[0] == cast.unsigned


def test_click_on_the_box_ticks_and_on_the_name_only_selects(qtbot: QtBot, page: ExportPage, cast: Cast):
    click_row(qtbot, page, cast.taro, x=160)
    assert page.choose.preview.who.text().startswith("架空 太郎 様")
    assert cast.taro in page.choose.chosen_ids
    click_row(qtbot, page, cast.taro, x=20)
    assert cast.taro not in page.choose.chosen_ids
    assert entry(page, cast.taro).state[0] == "出さない"


def test_space_bar_ticks_the_current_member(qtbot: QtBot, page: ExportPage, cast: Cast):
    page.choose.select(cast.jiro)
    page.choose.list.setFocus()
    qtbot.keyClick(page.choose.list, Qt.Key.Key_Space)
    assert cast.jiro not in page.choose.chosen_ids
    qtbot.keyClick(page.choose.list, Qt.Key.Key_Space)
    assert cast.jiro in page.choose.chosen_ids


def test_enter_opens_the_record(qtbot: QtBot, page: ExportPage, cast: Cast):
    page.choose.select(cast.hanako)
    page.choose.list.setFocus()
    with qtbot.waitSignal(page.record_wanted) as wanted:
        qtbot.keyClick(page.choose.list, Qt.Key.Key_Return)
    assert wanted.args == [cast.hanako]


def test_all_at_once(qtbot: QtBot, page: ExportPage, cast: Cast):
    page.choose.tick_all.box.click()
    assert page.choose.chosen_ids == ()
    assert not page.choose.review.isEnabled()  # nobody to show, nobody to take off
    page.choose.tick_all.box.click()
    assert set(page.choose.chosen_ids) == set(cast.admitted)


def test_ticks_and_the_shown_member_survive_a_reload(qtbot: QtBot, page: ExportPage, cast: Cast):
    page.choose.model.toggle(page.choose.model.row_of(cast.taro))
    page.choose.select(cast.doubtful)
    page.reload()
    qtbot.waitUntil(lambda: not page.is_busy)
    assert set(page.choose.chosen_ids) == {cast.hanako, cast.jiro}
    assert page.choose.preview.entry is not None
    assert page.choose.preview.entry.candidate.row.id == cast.doubtful


def test_chips_filter_and_count(page: ExportPage, cast: Cast):
    chips = {one.objectName(): one for one in page.choose.chips.findChildren(QPushButton)}
    assert chips[Group.LEFT_OUT.name].text() == "掲載できない 3"
    chips[Group.LEFT_OUT.name].click()
    assert set(shown_ids(page)) == {cast.unsigned, cast.leaking, cast.doubtful}
    chips[Group.REMOVED.name].click()
    assert shown_ids(page) == []
    assert page.choose.nobody.isVisible()
    page.choose.select(cast.hanako)  # as the review does: whatever the chips say
    assert page.choose.chips.current == Group.ALL.name
    assert page.choose.preview.who.text().startswith("見本 花子 様")


def test_second_batch_shows_who_is_on_the_site_since_when(
    open_page: OpenPage, exports: Exports, building: Building, desk: Desk, cast: Cast, stick: Path
):
    exports.export(exports.plan([cast.hanako, cast.taro]), stick)
    building.wait(days=10)
    withdraw(desk, cast.hanako)
    exportkit.correct(desk, cast.taro, hobbies="将棋")
    page = open_page()
    assert entry(page, cast.taro).state[0] == "変更"
    assert entry(page, cast.taro).detail == "M-0002　しおり　11月23日から"
    page.choose.select(cast.taro)
    assert page.choose.preview.since.text() == "令和8年11月23日から掲載中"
    assert entry(page, cast.jiro).state[0] == "新規"
    assert entry(page, cast.hanako).state[0] == "取下げ"
    assert page.choose.totals.text() == "書き出す方 2名（新規 1・変更 1・取下げ 1）"
    page.choose.model.toggle(page.choose.model.row_of(cast.taro))
    assert entry(page, cast.taro).state[0] == "取下げ"


def test_office_without_a_recipient_is_told_in_place(qtbot: QtBot, desk: Desk, page: ExportPage):
    office = factory.office()
    bare = factory.office(recipient=type(office.recipient)(code="KYOKAI", name="", address="", representative=""))
    assert desk.offices.save(bare) == ()
    page.reload()
    assert page.empty is not None
    assert page.empty.isVisible()
    assert desk.offices.save(office) == ()
    page.reload()
    qtbot.waitUntil(lambda: not page.is_busy)
    assert page.screens.currentWidget() is page.choose


def test_clerk_is_told_whom_to_ask(qtbot: QtBot, theme: Theme, jobs: JobRunner, building: Building):
    desk = building.enter(Role.CLERK)
    page = ExportPage(theme, jobs, exportkit.exports(building, desk), exportkit.provisions(building, desk))
    qtbot.addWidget(page)
    page.reload()
    assert page.empty is not None
    assert page.screens.currentWidget() is not page.choose


def test_look_at_a_preview_is_logged_once(qtbot: QtBot, page: ExportPage, desk: Desk, cast: Cast):
    page.choose.select(cast.taro)
    page.choose.select(cast.jiro)
    page.choose.select(cast.taro)
    rows = desk.vault.read().execute("SELECT subject FROM audit WHERE act = 'member.view'").fetchall()
    uid = entry(page, cast.taro).candidate.uid
    assert [row[0] for row in rows].count(uid) == 1


def test_whose_names_were_in_the_list_is_on_record_once(qtbot: QtBot, page: ExportPage, desk: Desk):
    page.reload()
    qtbot.waitUntil(lambda: not page.is_busy)
    (listed,) = [one.detail["ids"] for one in log_of(desk) if one.act == "list.view"]
    assert isinstance(listed, list)
    assert sorted(listed) == sorted(entry.candidate.uid for entry in page.choose.model.entries)
