"""The screens before anything is open: the second box, the wait after wrong tries, the two codes of a new office."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.errors import OfficeKeyNeeded, UserError, WrongPassphrase
from nakodo_desktop.services.unlocking import Opened, unlock_job
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.set_up import FirstSettings, SetUpScreen
from nakodo_desktop.ui.set_up_rules import NewSheet, rules_for
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.unlock import UnlockScreen
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from nakodo_desktop.vault.beginnings import first_checkpoint
from nakodo_desktop.vault.checkpoints import agrees_with_code, short_code
from nakodo_desktop.vault.codes import show_code
from nakodo_desktop.vault.this_pc import office_keys
from nakodo_desktop.vault.vault import Vault
from tests import factory
from tests.ui.conftest import Show
from tests.vaultkit import TEST_OFFICE_KEY, TEST_PASSPHRASE, Clock, pc_of


@pytest.fixture
def jobs() -> JobRunner:
    return JobRunner()


@pytest.fixture
def unlock(theme: Theme, jobs: JobRunner, show: Show, vault_folder: Path, tmp_path: Path) -> UnlockScreen:
    """Before a real vault, on a PC that does not hold its office key."""

    def job(folder: Path, passphrase: str, *, prefer_slot: str = "", office_key: str = "") -> Callable[[], Opened]:
        return unlock_job(folder, passphrase, prefer_slot=prefer_slot, office_key=office_key, data_dir=tmp_path / "pc")

    screen = UnlockScreen(theme, jobs, vault_folder, office_name="見本結婚相談所", make_job=job)
    show(screen)
    return screen


def test_the_second_box_comes_when_it_is_needed_and_keeps_the_passphrase(unlock: UnlockScreen, qtbot: QtBot) -> None:
    opened: list[Opened] = []
    unlock.opened.connect(opened.append)
    assert unlock.office_key is None
    unlock.password.editor.setText(TEST_PASSPHRASE)
    unlock.submit()
    qtbot.waitUntil(lambda: unlock.office_key is not None, timeout=10_000)
    key = unlock.show_office_key()
    qtbot.waitUntil(key.isVisible)
    assert "事務所キー" in key.error()
    key.editor.setText("ABCD")
    unlock.submit()
    assert "28 文字" in key.error(), "told at once, without a key derivation"
    key.editor.setText(show_code(TEST_OFFICE_KEY))
    unlock.submit()
    qtbot.waitUntil(lambda: bool(opened), timeout=10_000)
    assert unlock.password.editor.text() == "" and key.editor.text() == ""


def test_every_way_around_the_passphrase_is_there_to_read(unlock: UnlockScreen) -> None:
    for link in (unlock.forgotten, unlock.restore, unlock.other, unlock.demo):
        assert link.isVisible() and link.width() >= link.sizeHint().width(), link.text()


def test_a_key_that_does_not_fit_is_told_as_such(unlock: UnlockScreen, qtbot: QtBot, tmp_path: Path) -> None:
    unlock._on_failed(OfficeKeyNeeded())
    unlock.password.editor.setText(TEST_PASSPHRASE)
    key = unlock.show_office_key()
    key.editor.setText(show_code(bytes(16)))
    unlock.submit()
    qtbot.waitUntil(lambda: "開けませんでした" in key.error(), timeout=10_000)
    assert office_keys(tmp_path / "pc", "any") == ()


def test_the_third_wrong_passphrase_has_to_wait(unlock: UnlockScreen) -> None:
    for waits in (False, True):
        unlock._on_failed(WrongPassphrase())
        assert unlock.open_button.isEnabled() is not waits
    assert unlock._wait.isActive() and unlock._wait.interval() == 1000
    unlock._wait.stop()


class Drawn:
    """Stands in for the PDF renderer: what it was asked to draw."""

    def __init__(self) -> None:
        self.sheets: list[NewSheet] = []

    def __call__(self, sheet: NewSheet) -> bytes:
        self.sheets.append(sheet)
        return b"%PDF-"


@pytest.fixture
def drawn() -> Drawn:
    return Drawn()


@pytest.fixture
def set_up(theme: Theme, jobs: JobRunner, show: Show, tmp_path: Path, drawn: Drawn) -> SetUpScreen:
    folder = tmp_path / "new"
    screen = SetUpScreen(theme, jobs, folder, replace(rules_for(folder), draw_sheet=drawn))
    screen.resize(900, 700)
    show(screen)
    return screen


def test_a_new_office_is_bound_to_an_office_key_and_prints_both_codes(
    set_up: SetUpScreen, drawn: Drawn, jobs: JobRunner, qtbot: QtBot
) -> None:
    created: list[Opened] = []
    set_up.created.connect(lambda opened, _office: created.append(opened))
    set_up.office_form.show_office(factory.office())
    set_up.next.click()
    for key, text in (("head_name", "見本 所長"), ("passphrase", TEST_PASSPHRASE), ("again", TEST_PASSPHRASE)):
        set_up.fields[key].fill(text)
    set_up.next.click()
    button = set_up.findChild(QPushButton, "print_sheet")
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: set_up.window().findChild(AppDialog) is not None, timeout=10_000)
    (sheet,) = drawn.sheets
    dialog = set_up.window().findChild(AppDialog)
    assert isinstance(dialog, AppDialog)
    assert all("PDF" not in made.text() for made in dialog.findChildren(QPushButton)), "no file of this sheet"
    dialog.close()
    set_up.fields["typed_code"].fill(sheet.office_key)
    set_up.next.click()
    assert "違います" in set_up.fields["typed_code"].error(), "the other code of the sheet is not the one asked for"
    set_up.fields["typed_code"].fill(sheet.recovery_code.lower())
    set_up.next.click()
    set_up.next.click()
    qtbot.waitUntil(lambda: bool(created), timeout=20_000)
    assert created[0].keys.slot.office_key_id, "on by default"
    code = short_code(first_checkpoint(sheet.beginning))
    folder, keys = created[0].folder, created[0].keys
    with closing(Vault.open(folder, keys, now=Clock(), data_dir=pc_of(folder))) as vault:
        assert agrees_with_code(vault.read(), vault.vault_id, code=code), "the paper proves how this log begins"


def test_the_passphrase_that_was_typed_opens_the_new_office(
    set_up: SetUpScreen, jobs: JobRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    """The boxes forget a passphrase when their page is left: the vault must not be made with what they hold then."""
    created: list[Opened] = []
    set_up.created.connect(lambda opened, _office: created.append(opened))
    set_up.office_form.show_office(factory.office())
    set_up.next.click()
    for key, text in (("head_name", "見本 所長"), ("passphrase", TEST_PASSPHRASE), ("again", TEST_PASSPHRASE)):
        set_up.fields[key].fill(text)
    set_up.next.click()
    code, key_code = (set_up.findChild(PlainLabel, name) for name in ("recovery_code", "office_key_code"))
    assert code is not None and key_code is not None
    set_up.fields["typed_code"].fill(code.text())
    set_up.next.click()
    set_up.next.click()
    qtbot.waitUntil(lambda: bool(created), timeout=20_000)
    again = unlock_job(created[0].folder, TEST_PASSPHRASE, office_key=key_code.text(), data_dir=tmp_path / "other pc")()
    assert again.keys.master_key == created[0].keys.master_key


def test_the_postal_code_fills_an_empty_address_and_leaves_a_typed_one(set_up: SetUpScreen) -> None:
    fields = set_up.office_form.fields
    fields["postal_code"].fill("１５４００１７")
    assert fields["address"].value() == "東京都世田谷区世田谷"
    fields["postal_code"].fill("100-0001")
    assert fields["address"].value() == "東京都世田谷区世田谷"


def at_the_backups(set_up: SetUpScreen) -> None:
    set_up.office_form.show_office(factory.office())
    set_up.next.click()
    for key, text in (("head_name", "見本 所長"), ("passphrase", TEST_PASSPHRASE), ("again", TEST_PASSPHRASE)):
        set_up.fields[key].fill(text)
    set_up.next.click()
    code = set_up.findChild(PlainLabel, "recovery_code")
    assert code is not None
    set_up.fields["typed_code"].fill(code.text())
    set_up.next.click()


def test_the_last_step_asks_where_backups_go(set_up: SetUpScreen, qtbot: QtBot, tmp_path: Path) -> None:
    made: list[FirstSettings] = []
    set_up.created.connect(lambda _opened, first: made.append(first))
    at_the_backups(set_up)
    assert set_up.marks.accessibleName() == "手順 3 / 3　控えの置き場所"
    assert set_up.backup.notice.isVisible(), "nothing is chosen: no backups, and it says so"
    with pytest.raises(UserError, match="データのフォルダーの中"):
        set_up.backup.set_place(tmp_path / "new" / "inside")
    assert set_up.backup.place is None
    stick = tmp_path / "stick"
    stick.mkdir()
    set_up.backup.set_place(stick)
    assert not set_up.backup.notice.isVisible()
    set_up.next.click()
    qtbot.waitUntil(lambda: bool(made), timeout=20_000)
    assert made[0].backup_places == (stick,)


def test_an_office_can_be_made_before_there_is_a_place(set_up: SetUpScreen, qtbot: QtBot) -> None:
    made: list[FirstSettings] = []
    set_up.created.connect(lambda _opened, first: made.append(first))
    at_the_backups(set_up)
    set_up.next.click()
    qtbot.waitUntil(lambda: bool(made), timeout=20_000)
    assert made[0].backup_places == ()


def test_a_place_that_is_synced_is_told(set_up: SetUpScreen, tmp_path: Path) -> None:
    at_the_backups(set_up)
    synced = tmp_path / "Dropbox"
    synced.mkdir()
    set_up.backup.set_place(synced)
    assert set_up.backup.notice.isVisible()
    assert "Dropbox" in "".join(label.plain_text() for label in set_up.backup.notice.findChildren(WrappedLabel))


def test_enter_goes_from_box_to_box_past_the_suggestion(set_up: SetUpScreen, qtbot: QtBot) -> None:
    """A passphrase with spaces, typed on into the button that Enter stopped at, would press it."""
    set_up.office_form.show_office(factory.office())
    set_up.next.click()
    for key in ("head_name", "passphrase", "again"):
        focused = QApplication.focusWidget()
        assert focused is not None and set_up.fields[key].isAncestorOf(focused)
        QTest.keyClick(focused, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is set_up.next or QApplication.focusWidget() is set_up.back


def is_in_sight(told: QWidget, port: QWidget) -> bool:
    top = told.mapTo(port, told.rect().topLeft()).y()
    return told.isVisible() and top >= 0 and top + told.height() <= port.height()


def test_what_is_wrong_with_the_code_can_be_read_in_the_smallest_window(
    sized: Theme, jobs: JobRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "new"
    screen = SetUpScreen(sized, jobs, folder, rules_for(folder))
    qtbot.addWidget(screen)
    screen.resize(1080, 560)
    screen.show()
    screen.show_page(2)
    field = screen.fields["typed_code"]
    field.fill("7KQ2-M0XA-9F3D-T8WB-4HNC")
    screen.next.click()
    assert field.error()
    told = next(one for one in screen.findChildren(WrappedLabel) if one.plain_text() == field.error())
    qtbot.waitUntil(lambda: is_in_sight(told, screen.steps.currentWidget()))
    assert screen.next.isVisible() and screen.next.mapTo(screen, screen.next.rect().bottomLeft()).y() < 560


def test_what_is_wrong_with_the_office_can_be_read_in_the_smallest_window(
    sized: Theme, jobs: JobRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "new"
    screen = SetUpScreen(sized, jobs, folder, rules_for(folder))
    qtbot.addWidget(screen)
    screen.resize(1080, 560)
    screen.show()
    screen.office_form.show_office(factory.office())
    screen.office_form.fields["recipient.code"].set_value("お試し協会")
    screen.next.click()
    told = next(one for one in screen.findChildren(WrappedLabel) if "12文字" in one.plain_text())
    qtbot.waitUntil(lambda: is_in_sight(told, screen.steps.currentWidget()))


def test_a_code_typed_in_full_width_letters_is_a_code(set_up: SetUpScreen) -> None:
    """As an IME that was left on gives it: it looks like half-width in the proportional type of the screen."""
    set_up.office_form.show_office(factory.office())
    for key in ("code", "recipient.code"):
        set_up.office_form.fields[key].set_value("ＳＡＫＵＲＡ")
    office = set_up.office_form.office()
    assert (office.code, office.recipient.code) == ("SAKURA", "SAKURA")
