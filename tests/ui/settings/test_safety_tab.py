"""The safety page in each person's hands: what is offered, what it says, and that it does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.staff import Role
from nakodo_desktop.services.audit_log import AuditLog
from nakodo_desktop.services.erasing import Erasing
from nakodo_desktop.services.erasure_notice import ErasureNotices
from nakodo_desktop.services.people import People
from nakodo_desktop.services.recovery_sheets import RecoverySheets
from nakodo_desktop.services.restoring import Restoring
from nakodo_desktop.services.safekeeping import Safekeeping, Shelves
from nakodo_desktop.services.safety import Safety
from nakodo_desktop.ui.alerts import open_dialog
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.audit_page import AuditPage
from nakodo_desktop.ui.settings.backup_words import notices, status_words
from nakodo_desktop.ui.settings.restore_dialog import RestoreDialog
from nakodo_desktop.ui.settings.safety_card import SafetyCard
from nakodo_desktop.ui.settings.safety_tab import SafetyTab
from nakodo_desktop.ui.settings.sheet_card import NewSheetForm
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.vault.codes import parse_code, show_code
from nakodo_desktop.vault.failures import FailedAttempt, record_failure
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.unlock import unlock_with_recovery_code
from tests import factory
from tests.factory import TODAY, Desk
from tests.officekit import Building
from tests.source_tree import ROOT
from tests.ui.conftest import Show
from tests.ui.screenkit import cut_texts
from tests.ui.settings.safetykit import dialog_over, press, press_verb, words
from tests.vaultkit import CHEAPEST_KDF, TEST_OFFICE_KEY, TEST_PASSPHRASE, TEST_RECOVERY_CODE, pc_of


class Page:
    """The tab over one person's desk, and what it told the rest of the window."""

    def __init__(self, theme: Theme, jobs: JobRunner, building: Building, desk: Desk, shelves: Shelves) -> None:
        pc, now = pc_of(building.folder), building.clock
        self.safety = Safety(
            People(desk.vault, now=now, kdf=CHEAPEST_KDF),
            RecoverySheets(desk.vault, now=now, kdf=CHEAPEST_KDF, data_dir=pc),
            Safekeeping(desk.vault, now=now, data_dir=pc),
            Restoring(desk.vault, now=now),
            AuditLog(desk.vault, data_dir=pc),
            Erasing(desk.vault, now=now),
            ErasureNotices(desk.vault),
        )
        self.tab = SafetyTab(theme, jobs, self.safety, shelves=shelves, idle_minutes=5)
        self.wanted: list[Shelves] = []
        self.minutes: list[int] = []
        self.reopened: list[bool] = []
        self.tab.shelves_wanted.connect(self.wanted.append)
        self.tab.idle_minutes_wanted.connect(self.minutes.append)
        self.tab.reopening_wanted.connect(lambda: self.reopened.append(True))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def page(theme: Theme, jobs: JobRunner, building: Building, desk: Desk, stick: Path, show: Show) -> Page:
    made = Page(theme, jobs, building, desk, Shelves((stick,)))
    made.tab.resize(1000, 700)
    show(made.tab)
    return made


def idle(page: Page, qtbot: QtBot) -> None:
    """Until the busy dialog is gone."""
    qtbot.waitUntil(lambda: open_dialog(page.tab) is None, timeout=15_000)


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.HEAD, {"backup_now", "add_person", "change_own", "new_sheet", "open_audit", "restore", "examine"}),
        (Role.MATCHMAKER, {"backup_now", "change_own", "examine"}),
        (Role.CLERK, {"backup_now", "change_own", "examine"}),
    ],
)
def test_each_role_is_offered_what_it_may(
    theme: Theme, jobs: JobRunner, building: Building, stick: Path, show: Show, role: Role, sees: set[str]
) -> None:
    made = Page(theme, jobs, building, building.enter(role), Shelves((stick,)))
    show(made.tab)
    everything = {"backup_now", "add_person", "change_own", "new_sheet", "open_audit", "restore", "examine"}
    found = {b.objectName() for b in made.tab.findChildren(QPushButton) if b.isVisibleTo(made.tab)}
    assert found & everything == sees
    assert ("backup_add_place" in found) == (role is Role.HEAD)


def test_every_card_says_in_one_sentence_what_it_protects_against_and_the_guide_says_the_same(page: Page) -> None:
    told = {card.accessibleName(): card.protects.plain_text() for card in page.tab.findChildren(SafetyCard)}
    chapter = (ROOT / "docs" / "guide" / "10-safety.md").read_text(encoding="utf-8")
    assert told.items() == dict(re.findall(r"^\| ([^|]+) \| ([^|]+。) \|$", chapter, re.MULTILINE)).items()
    assert [sentence for sentence in told.values() if sentence.count("。") != 1] == []
    for never in ("改ざん不可能", "完全に消去", "絶対"):
        assert never not in words(page.tab)


def test_a_backup_from_days_to_come_is_told_as_that(page: Page, building: Building, qtbot: QtBot) -> None:
    """The clock was years ahead when it was made, or is behind now; "none at all" would be untrue."""
    press(page.tab, "backup_now")
    idle(page, qtbot)
    keeping = page.safety.keeping
    building.wait(days=-400)
    page.tab.backup.reload()
    assert "時計より先の日付" in words(page.tab.backup) and "一度も" not in words(page.tab.backup)
    assert "先の日付" in status_words(keeping)
    told = notices(keeping, Shelves(), to_safety=lambda: None, failures_seen=True, on_failures_seen=lambda: None)
    assert any("時計より先" in notice.title and "日付と時刻を確かめて" in notice.text for notice in told)


def test_after_a_salvage_the_folder_left_behind_is_named(page: Page, qtbot: QtBot, tmp_path: Path) -> None:
    page.tab.health.salvage_into(tmp_path / "salvaged")
    qtbot.waitUntil(lambda: "行を暗号化したまま" in words(page.tab.window()), timeout=15_000)
    told = words(dialog_over(page.tab, AppDialog))
    assert str(page.safety.keeping.vault_folder) in told and "フォルダーごと削除" in told


def test_a_backup_is_made_and_dated(page: Page, qtbot: QtBot) -> None:
    assert "一度も" in words(page.tab.backup)
    press(page.tab, "backup_now")
    idle(page, qtbot)
    qtbot.waitUntil(lambda: "開けることを確かめました" in words(page.tab.backup))
    assert "（今日）" in words(page.tab.backup)
    assert status_words(page.safety.keeping).startswith("前回の控え　今日")


@pytest.mark.parametrize("width", [760, 1000, 1400])
@pytest.mark.parametrize("deed", ["backup_now", "new_sheet", "examine"])
def test_what_a_deed_shows_squeezes_nothing(page: Page, qtbot: QtBot, deed: str, width: int) -> None:
    page.tab.resize(width, 700)
    press(page.tab, deed)
    idle(page, qtbot)
    qtbot.waitUntil(lambda: not page.tab.look_again.isActive())
    assert cut_texts(page.tab) == []


def test_places_and_numbers_are_handed_on(page: Page, stick: Path, tmp_path: Path, qtbot: QtBot) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    page.tab.backup.add_place(disk)
    assert page.wanted[-1].places == (stick, disk)
    qtbot.waitUntil(lambda: len(page.tab.findChildren(QPushButton, "backup_remove_place")) == 2)
    press(page.tab, "backup_remove_place")
    assert page.wanted[-1].places == (disk,)
    page.tab.backup.numbers["daily"].set_value(9)
    page.tab.backup.numbers["daily"].committed.emit(9)
    assert page.wanted[-1].daily == 9
    page.tab.minutes.committed.emit(12)
    page.tab.minutes.committed.emit(99)
    assert page.minutes == [12]


def test_the_check_names_what_it_found(page: Page, stick: Path, qtbot: QtBot) -> None:
    press(page.tab, "examine")
    idle(page, qtbot)
    qtbot.waitUntil(lambda: "まだ一度もありません" in words(page.tab.health))
    page.tab.backup.back_up()
    idle(page, qtbot)
    press(page.tab, "examine")
    idle(page, qtbot)
    qtbot.waitUntil(lambda: "異常は見つかりませんでした" in words(page.tab.health))


def opened_backup(page: Page, qtbot: QtBot, name: str) -> RestoreDialog:
    press(page.tab, name)
    dialog = dialog_over(page.tab, RestoreDialog)
    qtbot.waitUntil(dialog.secret.isVisible, timeout=10_000)
    dialog.secret.fill(TEST_PASSPHRASE)
    dialog.office_key.fill(show_code(TEST_OFFICE_KEY))
    press(dialog, "deed")
    qtbot.waitUntil(lambda: "検査にも合格" in words(dialog), timeout=15_000)
    return dialog


def test_the_rehearsal_shows_the_contents_and_offers_nothing_more(page: Page, desk: Desk, qtbot: QtBot) -> None:
    factory.member(desk)
    page.tab.backup.back_up()
    idle(page, qtbot)
    dialog = opened_backup(page, qtbot, "rehearse")
    told = words(dialog)
    assert "1名" in told and "架空 仲子" in told and "何も書いていません" in told
    assert not dialog.deed.isVisible()
    dialog.close()


def test_a_restore_says_what_is_lost_and_starts_anew(page: Page, desk: Desk, qtbot: QtBot) -> None:
    page.tab.backup.back_up()
    idle(page, qtbot)
    factory.member(desk)
    dialog = opened_backup(page, qtbot, "restore")
    assert "件分は失われます" in words(dialog)
    press(dialog, "deed")
    qtbot.waitUntil(lambda: "控えから戻しました" in words(page.tab.window()), timeout=15_000)
    press_verb(dialog_over(page.tab, AppDialog), "開き直す")
    assert page.reopened == [True]


def test_a_new_sheet_is_in_force_once_it_was_typed_back(
    page: Page, building: Building, desk: Desk, qtbot: QtBot
) -> None:
    press(page.tab, "new_sheet")
    form = page.tab.findChild(NewSheetForm)
    assert isinstance(form, NewSheetForm)
    code = form.code.text()
    form.typed.fill(TEST_RECOVERY_CODE)
    press(page.tab, "sheet_in_force")
    assert "違います" in form.typed.error(), "the old paper is not the new one"
    form.typed.fill(code.lower())
    press(page.tab, "sheet_in_force")
    qtbot.waitUntil(lambda: "有効になりました" in words(page.tab.window()), timeout=15_000)
    dialog_over(page.tab, AppDialog).close()
    building.leave()
    new = parse_code(code)
    assert isinstance(new, bytes)
    assert unlock_with_recovery_code(read_header(building.folder), new)


def test_the_home_page_is_told_of_tries_findings_and_old_backups(building: Building, stick: Path) -> None:
    for _ in range(2):
        record_failure(building.folder, FailedAttempt(factory.NOON, ""))
    desk = building.enter()
    keeping = Safekeeping(desk.vault, now=building.clock, data_dir=pc_of(building.folder))

    def told(shelves: Shelves, *, seen: bool = False) -> list[str]:
        made = notices(keeping, shelves, to_safety=lambda: None, failures_seen=seen, on_failures_seen=lambda: None)
        return [notice.title for notice in made]

    shelves = Shelves((stick,), warn_after_days=3)
    assert told(shelves) == [
        "前回までに 2 回、パスワードの間違いがありました。",
        "控え（バックアップ）が、まだ一度も取られていません。",
    ]
    keeping.back_up(shelves).run()
    assert told(shelves, seen=True) == []
    building.wait(days=5)
    assert told(shelves, seen=True) == ["最後の控えから 5 日たっています。"]


def test_the_log_is_read_filtered_verified_and_saved(
    theme: Theme, jobs: JobRunner, page: Page, desk: Desk, show: Show, stick: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    member = factory.member(desk)
    desk.members.view(member, screen="record")
    number = desk.members.rows([member])[0].number
    log = AuditPage(theme, jobs, page.safety.log, (stick,), today=TODAY, member=number)
    log.resize(1093, 560)
    show(log)
    assert {line.about for line in log.model.lines} == {f"{number} 見本 太郎"}
    log.member.fill(None)
    log.area.set_value("audit")
    log.reload()
    assert {line.act for line in log.model.lines} == {"操作の記録を表示"}
    log.verify()
    qtbot.waitUntil(lambda: "書き換えの跡はありません" in words(log), timeout=10_000)
    assert "照合した時点まで" in words(log)
    log.save_csv(stick / "log.csv")
    qtbot.waitUntil(lambda: "CSVに保存しました" in words(log))
    assert (stick / "log.csv").read_bytes().startswith(b"\xef\xbb\xbf")
