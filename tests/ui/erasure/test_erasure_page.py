"""Deleting on time at the desk: what is shown, both confirmations, the words to pass on, holds and requests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.fields import Retention
from nakodo_desktop.domain.member import MemberId, MemberStatus
from nakodo_desktop.domain.retention import Reason
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import SavedElsewhere
from nakodo_desktop.services.safekeeping import Shelves
from nakodo_desktop.services.safety import safety_of
from nakodo_desktop.ui.alerts import open_dialog
from nakodo_desktop.ui.declarations.suspicion import ReasonDialog
from nakodo_desktop.ui.erasure.erase_dialog import EraseDialog
from nakodo_desktop.ui.erasure.erasure_page import ErasurePage
from nakodo_desktop.ui.erasure.request_dialog import RequestDialog
from nakodo_desktop.ui.help_text import HelpText
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.members.record_head import RecordHead
from nakodo_desktop.ui.members.record_page import RecordPage
from nakodo_desktop.ui.printing.sheet_dialog import SheetDialog
from nakodo_desktop.ui.settings.safety_tab import SafetyTab
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import PushButton
from nakodo_desktop.ui.widgets.frames import FormScroll
from nakodo_desktop.ui.widgets.notices import Banner
from nakodo_desktop.vault import erasure_ledger
from nakodo_desktop.vault.backup import make_backup
from nakodo_desktop.vault.erasure_ledger import Entry
from nakodo_desktop.vault.ledger_mirror import write_mirror
from tests import erasurekit, factory
from tests.erasurekit import held_now, uid_of
from tests.factory import Desk
from tests.officekit import Building, table
from tests.ui.assemblykit import Room, assembled
from tests.ui.conftest import Show
from tests.ui.settings.safetykit import dialog_over, press, press_verb, words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # menus, offscreen
PHOTO, PROFILE, CONTRACT = Retention.PHOTO, Retention.PROFILE, Retention.CONTRACT


@pytest.fixture
def gone(building: Building) -> MemberId:
    """Left 90 days ago, with everything there is; a backup from before."""
    desk = building.enter()
    member_id = erasurekit.somebody(desk)
    erasurekit.leave(desk, member_id)
    building.wait(days=90)
    with desk.vault.lent() as loan:
        make_backup(loan, building.folder.with_name("backups"), at=building.clock())
    return member_id


@pytest.fixture
def room(
    building: Building,
    gone: MemberId,
    theme: Theme,
    qapp: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Room]:
    with assembled(building, theme, app=qapp, qtbot=qtbot, monkeypatch=monkeypatch) as made:
        yield made


def desk_of(room: Room) -> Desk:
    return factory.desk(room.session.vault, room.session.clock)


def opened(room: Room) -> ErasurePage:
    """The page, after the head has looked at the date."""
    page = room.office.erasure.open_page()
    banner = page.findChild(Banner)
    assert banner is not None and banner.button is not None
    banner.button.click()
    return page


def count(dialog: EraseDialog, people: int) -> None:
    dialog.people.set_value(people)
    dialog.deed.click()


def test_the_home_page_leads_to_what_is_due(room: Room) -> None:
    home = room.workspace.open("home")
    assert "1名の記録が期限を迎えています" in words(home)
    press(home, "erasures")
    assert isinstance(room.workspace.over, ErasurePage)


def test_nothing_is_offered_before_the_head_has_looked_at_the_date(room: Room) -> None:
    page = room.office.erasure.open_page()
    deed = page.findChild(PushButton, "erase_due")
    assert deed is not None and not deed.isEnabled()
    told = words(page)
    assert "2026年11月23日" in told and "90日あいています" in told
    banner = page.findChild(Banner)
    assert banner is not None and banner.button is not None
    banner.button.click()
    deed = page.findChildren(PushButton, "erase_due")[-1]
    assert deed.isEnabled()


def test_the_page_says_who_what_when_and_why(room: Room) -> None:
    told = words(opened(room))
    for expected in (
        "見本 太郎",
        "写真",
        "令和8年12月23日に期限",
        "退会から90日（個人情報保護法22条",
        "令和13年11月23日まで保存",
        "消費者契約法7条",
    ):
        assert expected in told


def test_both_confirmations_then_the_words_for_the_member(room: Room, gone: MemberId, qtbot: QtBot) -> None:
    page, vault = opened(room), room.session.vault
    uid = uid_of(desk_of(room), gone)
    press(page, "erase_due")
    dialog = dialog_over(page, EraseDialog)
    assert "見本 太郎" in words(dialog)
    dialog.deed.click()
    count(dialog, 3)
    assert "人数が合いません" in words(dialog)
    assert held_now(vault.read(), uid) == {PHOTO, PROFILE, CONTRACT}
    count(dialog, 1)
    assert held_now(vault.read(), uid) == {CONTRACT}
    assert "バックアップからは最長35日で消えます。復元した場合は自動的に再度消去されます。" in words(dialog)
    press(dialog, f"notice_{uid}")
    paper = dialog_over(page, SheetDialog)
    qtbot.waitUntil(lambda: room.jobs.is_idle, timeout=20_000)
    assert paper.preview.page_count == 1
    paper.reject()
    assert "処分する控え" in words(page)
    assert page.findChild(PushButton, "erase_due") is None or "いまはありません" in words(page)


def test_leaving_the_dialog_at_any_step_erases_nothing(room: Room, gone: MemberId) -> None:
    page = opened(room)
    for steps in range(2):
        press(page, "erase_due")
        dialog = dialog_over(page, EraseDialog)
        for _ in range(steps):
            dialog.deed.click()
        press_verb(dialog, "やめる")
    assert held_now(room.session.vault.read(), uid_of(desk_of(room), gone)) == {PHOTO, PROFILE, CONTRACT}


def test_a_hold_is_set_with_a_reason_and_ended(room: Room, gone: MemberId) -> None:
    page, uid = opened(room), uid_of(desk_of(room), gone)
    press(page, f"hold_{uid}")
    asked = dialog_over(page, ReasonDialog)
    asked.reason.set_value("弁護士が確認しています。")
    press(asked, "reason_record")
    assert "弁護士が確認しています。" in words(page)
    assert room.session.safety.erasing.count_due() == 0
    page.findChildren(QPushButton, f"hold_{uid}")[-1].click()
    dialog = open_dialog(page)
    assert dialog is not None
    press_verb(dialog, "保留を解く")
    assert room.session.safety.erasing.count_due() == 1


def test_a_request_from_the_record_needs_the_identity_and_leaves_the_kernel(room: Room, gone: MemberId) -> None:
    room.session.safety.erasing.confirm_clock()
    record = room.office.open_record(gone)
    record.head.erasure_wanted.emit()
    shown = dialog_over(room.workspace, RequestDialog)
    assert "いま消去できます" in words(shown) and "令和13年11月23日まで保存" in words(shown)
    press(shown, "request_go_on")
    dialog = dialog_over(room.workspace, EraseDialog)
    dialog.deed.click()
    count(dialog, 1)
    assert "ご本人（または代理人）であることを確かめてください" in words(dialog)
    dialog.identity.box.click()
    dialog.deed.click()
    assert held_now(room.session.vault.read(), uid_of(desk_of(room), gone)) == {CONTRACT}
    dialog.reject()
    assert isinstance(room.workspace.over, RecordPage)
    left = words(record.sections)
    assert [word for word in erasurekit.CANARIES.values() if word in left] == []
    assert erasurekit.KERNEL_CANARY in left


def test_a_member_is_told_to_leave_first(room: Room) -> None:
    member_id = factory.member(desk_of(room), family_name="架空", given_name="花子")
    room.office.erasure.open_request(member_id)
    shown = dialog_over(room.workspace, RequestDialog)
    assert "在会中の方の記録は、消去の請求だけでは消去できません。" in words(shown)
    assert shown.findChild(QPushButton, "request_go_on") is None


def test_a_backup_that_still_lies_there_is_not_taken_for_destroyed(
    room: Room, building: Building, gone: MemberId
) -> None:
    made = room.session.safety.erasing
    made.confirm_clock()
    erasurekit.carry_out(made, made.plan())
    page = room.office.erasure.open_page()
    (backup,) = building.folder.with_name("backups").glob("nakodo-2*")
    press(page, f"destroyed_{backup.name}")
    dialog = open_dialog(page)
    assert dialog is not None and "まだ置き場所にあります" in words(dialog)
    dialog.accept()
    backup.rename(backup.with_name("trash"))
    press(page, f"destroyed_{backup.name}")
    assert made.media() == ()


def test_what_a_restore_put_aside_is_listed_until_it_is_deleted(room: Room, building: Building) -> None:
    aside = building.folder / "set-aside-000007"
    aside.mkdir()
    (aside / "vault-000006.db").write_bytes(bytes(3_000_000))
    page = room.office.erasure.open_page()
    assert "3.0 MB" in words(page)
    press(page, "destroy_set-aside-000007")
    dialog = open_dialog(page)
    assert dialog is not None
    assert aside.is_dir(), "asked first"
    press_verb(dialog, "削除する")
    assert not aside.exists()
    assert page.findChild(QPushButton, "destroy_set-aside-000007") is None
    assert "set_aside.destroy" in {row["act"] for row in table(desk_of(room), "audit")}


@pytest.mark.parametrize(("role", "sees"), [(Role.HEAD, True), (Role.MATCHMAKER, False), (Role.CLERK, False)])
def test_only_the_head_meets_the_ways_there(
    building: Building, gone: MemberId, theme: Theme, jobs: JobRunner, show: Show, role: Role, *, sees: bool
) -> None:
    desk = building.enter(role)
    tab = SafetyTab(theme, jobs, safety_of(desk.vault, now=building.clock), shelves=Shelves(), idle_minutes=5)
    show(tab)
    assert (tab.findChild(QPushButton, "open_erasure") is not None) is sees
    head = RecordHead(theme, desk.members)
    head.show_member(desk.members.view(gone, screen="record"))
    show(head)
    if not head.more.isVisible():
        return
    head.open_menu()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert ("消去の請求・保留…" in [action.text() for action in menu.actions()]) is sees
    menu.close()


def test_what_was_read_before_an_erasure_cannot_be_saved_back(room: Room, gone: MemberId) -> None:
    desk = desk_of(room)
    before = desk.members.view(gone, screen="record")
    made = room.session.safety.erasing
    made.confirm_clock()
    erasurekit.carry_out(made, made.plan())
    assert before.status is MemberStatus.WITHDRAWN
    with pytest.raises(SavedElsewhere):
        desk.members.correct(gone, {"self_pr": "もどしたい文"}, version=before.version)


def test_records_that_came_back_with_an_older_copy_are_told_and_erased_again(room: Room, gone: MemberId) -> None:
    """The copy of the ledger on this PC is written as if by a vault that is newer than this one."""
    vault, uid = room.session.vault, uid_of(desk_of(room), gone)
    entry = Entry(uid, PHOTO, factory.NOON, Reason.REQUEST)
    with pytest.raises(ZeroDivisionError), vault.transaction() as tx:
        erasure_ledger.note(tx.db, [entry], state=erasure_ledger.State.PENDING)
        write_mirror(tx.db, vault.vault_id, vault.pc_folder)
        1 / 0  # noqa: B018
    page = room.office.erasure.open_page()
    assert "消去した1名の記録が戻っています。" in words(page)
    press_verb(page, "もう一度消去する")
    assert held_now(vault.read(), uid) == {PROFILE, CONTRACT}
    assert "戻っています" not in words(page.findChildren(FormScroll)[-1])


def test_F1_explains_the_page(room: Room) -> None:
    room.office.erasure.open_page()
    room.office.explain("over")
    dialog = open_dialog(room.workspace)
    assert dialog is not None
    text = dialog.findChild(HelpText)
    assert text is not None and text.toPlainText().startswith("消去と保存期限")
