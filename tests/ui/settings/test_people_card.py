"""The people's card: adding at the desk, the warning before somebody is taken out, and the media afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.staff import Role
from nakodo_desktop.services.people import People, Person
from nakodo_desktop.ui.alerts import open_dialog
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.busy import BusyDialog
from nakodo_desktop.ui.settings.people_card import PeopleCard
from nakodo_desktop.ui.settings.people_dialogs import AddPersonDialog, ChangePersonDialog, OwnPassphraseDialog
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.vault.backup import make_backup
from tests import factory
from tests.factory import Desk
from tests.ui.conftest import Show
from tests.ui.settings.safetykit import dialog_over, press, press_verb, words
from tests.vaultkit import CHEAPEST_KDF, TEST_PASSPHRASE, Clock

GOOD = "見本の よい 合言葉 です 十四"


@pytest.fixture
def people(desk: Desk) -> People:
    return People(desk.vault, now=Clock(factory.NOON), kdf=CHEAPEST_KDF)


@pytest.fixture
def card(theme: Theme, jobs: JobRunner, people: People, show: Show) -> PeopleCard:
    made = PeopleCard(theme, jobs, people)
    made.resize(860, 400)
    show(made)
    return made


def clerk(people: People) -> Person:
    return next(person for person in people.listed() if person.staff.role is Role.CLERK)


def test_somebody_is_added_at_the_desk(card: PeopleCard, people: People, qtbot: QtBot) -> None:
    press(card, "add_person")
    dialog = dialog_over(card, AddPersonDialog)
    dialog.name.fill("お試し 新人")
    dialog.role.set_value(Role.CLERK.value)
    dialog.passphrase.first.fill("12345678")
    press(dialog, "deed")
    assert dialog.passphrase.first.error(), "weak: told before any key is made"
    dialog.passphrase.first.fill(GOOD)
    dialog.passphrase.again.fill(GOOD + "ん")
    press(dialog, "deed")
    assert "違います" in dialog.passphrase.again.error()
    dialog.passphrase.again.fill(GOOD)
    press(dialog, "deed")
    qtbot.waitUntil(lambda: "お試し 新人" in words(card), timeout=10_000)
    assert open_dialog(card) is None
    assert people.listed()[-1].staff.role is Role.CLERK


def test_the_suggestion_is_good_enough_to_be_typed(card: PeopleCard, people: People) -> None:
    press(card, "add_person")
    passphrase = dialog_over(card, AddPersonDialog).passphrase
    passphrase.suggest.click()
    text = passphrase.suggestion.plain_text()
    assert passphrase.first.value() is None, "shown, not filled in"
    assert people.passphrase_trouble(text, people.me) is None


def test_the_only_head_stays_head_and_the_dialog_says_why(card: PeopleCard, people: People) -> None:
    press(card, f"change_{people.me.id}")
    dialog = dialog_over(card, ChangePersonDialog)
    dialog.role.set_value(Role.CLERK.value)
    press(dialog, "deed")
    assert "所長がひとりもいなくなる" in words(dialog)
    assert people.me.role is Role.HEAD


def test_nobody_pauses_or_removes_themselves(card: PeopleCard, people: People) -> None:
    names = {child.objectName() for child in card.findChildren(object)}  # type: ignore[type-var]
    assert f"remove_{clerk(people).staff.id}" in names
    assert f"remove_{people.me.id}" not in names and f"pause_{people.me.id}" not in names


def test_removing_says_what_it_cannot_do_and_lists_the_media(
    card: PeopleCard, people: People, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    with desk.vault.lent() as loan:
        backup = make_backup(loan, tmp_path / "stick", at=factory.NOON)
    leaver = clerk(people)
    press(card, f"remove_{leaver.staff.id}")
    asked = dialog_over(card, AppDialog)
    assert "開けるまま" in words(asked)
    press_verb(asked, "削除して鍵を替える")
    busy = dialog_over(card, BusyDialog)
    busy.reject()
    assert busy.isVisible(), "Esc must not leave the vault lent to nobody"
    qtbot.waitUntil(lambda: "削除しました" in words(card.window()), timeout=10_000)
    told = dialog_over(card, AppDialog)
    assert backup.folder.name in words(told)
    assert leaver.staff.name not in words(card)
    wanted: list[bool] = []
    card.backup_wanted.connect(lambda: wanted.append(True))
    press_verb(told, "控えを取る")
    assert wanted == [True]


def test_ones_own_passphrase_asks_for_the_old_one(
    theme: Theme, jobs: JobRunner, people: People, card: PeopleCard, qtbot: QtBot
) -> None:
    dialog = OwnPassphraseDialog(theme, jobs, people, parent=card)
    dialog.open()
    done: list[bool] = []
    dialog.kept.connect(lambda: done.append(True))
    dialog.old.fill("ちがう 合言葉 です")
    dialog.passphrase.first.fill(GOOD)
    dialog.passphrase.again.fill(GOOD)
    press(dialog, "deed")
    qtbot.waitUntil(lambda: "パスワードが違います" in words(dialog), timeout=20_000)
    assert dialog.old.value() is None and not done
    dialog.old.fill(TEST_PASSPHRASE)
    press(dialog, "deed")
    qtbot.waitUntil(lambda: done == [True], timeout=10_000)
