"""The office's own data and the look: what is wrong is told at the field, and nobody's typing is run over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.staff import Role
from nakodo_desktop.settings import Settings
from nakodo_desktop.ui.settings.settings_page import SettingsPage
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.inputs import RadioInput
from nakodo_desktop.ui.widgets.toast import Toast
from tests.factory import Desk
from tests.officekit import Building


@pytest.fixture
def page(desk: Desk, theme: Theme, qtbot: QtBot) -> SettingsPage:
    return opened(desk, theme, qtbot)


def opened(desk: Desk, theme: Theme, qtbot: QtBot, settings: Settings | None = None) -> SettingsPage:
    made = SettingsPage(
        theme, desk.offices, settings or Settings(), staff=desk.vault.staff, find_addresses=lambda _code: ()
    )
    qtbot.addWidget(made)
    made.reload()
    made.resize(1000, 700)
    made.show()
    return made


def save(page: SettingsPage) -> None:
    button = page.findChild(QPushButton, "save_office")
    assert button is not None
    button.click()


def test_what_is_on_record_is_shown_and_a_change_is_saved(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    assert page.office_form.fields["name"].value() == "見本結婚相談所"
    page.office_form.fields["lawyer_name"].fill("架空 法子")
    with qtbot.waitSignal(page.changed):
        save(page)
    assert desk.offices.load().lawyer_name == "架空 法子"
    assert [one for one in page.findChildren(Toast) if one.isVisible()]


def test_a_missing_name_is_told_at_its_field_and_nothing_is_saved(page: SettingsPage, desk: Desk) -> None:
    page.office_form.fields["name"].fill(None)
    page.office_form.fields["lawyer_name"].fill("架空 法子")
    save(page)
    assert page.office_form.fields["name"].error()
    assert desk.offices.load().lawyer_name == "見本 法子"


def test_reading_again_does_not_run_over_what_is_being_typed(page: SettingsPage, desk: Desk) -> None:
    page.office_form.fields["lawyer_name"].fill("架空 法子")
    page.reload()
    assert page.office_form.fields["lawyer_name"].value() == "架空 法子"


def test_reading_again_shows_what_was_saved_elsewhere(page: SettingsPage, desk: Desk) -> None:
    assert desk.offices.save(replace(desk.offices.load(), lawyer_name="架空 法子")) == ()
    page.reload()
    assert page.office_form.fields["lawyer_name"].value() == "架空 法子"


@pytest.mark.parametrize("role", [Role.MATCHMAKER, Role.CLERK])
def test_who_may_not_change_the_office_reads_it(building: Building, theme: Theme, qtbot: QtBot, role: Role) -> None:
    page = opened(building.enter(role), theme, qtbot)
    button = page.findChild(QPushButton, "save_office")
    assert button is not None and not button.isVisible()
    assert not page.office_form.fields["name"].isEnabled()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("文字の大きさ：特大", {"text_size": "extra"}),
        ("明るさ：暗い", {"dark": True}),
        ("明るさ：明るい", {"dark": False}),
    ],
)
def test_a_click_changes_the_look(desk: Desk, theme: Theme, qtbot: QtBot, name: str, wanted: dict[str, object]) -> None:
    page = opened(desk, theme, qtbot, Settings(dark=not wanted.get("dark", True)))
    page.show_look()
    radio = next(one for one in page.findChildren(QRadioButton) if one.accessibleName() == name)
    with qtbot.waitSignal(page.preferences_wanted) as told:
        radio.click()
    assert told.args == [wanted]


def test_a_look_cannot_be_unchosen(page: SettingsPage) -> None:
    page.show_look()
    looks = page._look.findChildren(RadioInput)
    assert len(looks) == 2
    assert not any(one.clear_button.isVisible() for one in looks)


def test_the_association_keeps_its_code_and_asks_why_its_name_changed(
    page: SettingsPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = page.office_form
    reason = form.fields["recipient.rename_reason"]
    assert form.fields["recipient.code"].isEnabled()
    form.fields["recipient.name"].fill("一般社団法人 見本協会")
    assert not reason.isVisible()
    form.fields["recipient.name"].fill("見本協会")
    monkeypatch.setattr(desk.offices, "may_change_recipient", lambda: False)  # services/test_deliveries has the batch
    page.reload()
    assert not form.fields["recipient.code"].isEnabled()
    form.fields["recipient.name"].fill("一般社団法人 見本協会")
    assert reason.isVisible()
    save(page)
    assert reason.error()
    assert desk.offices.load().recipient.name == "見本協会"
    reason.fill("一般社団法人になり、改称したため")
    save(page)
    assert desk.offices.load().recipient.name == "一般社団法人 見本協会"
    assert not reason.isVisible()


def test_the_office_decides_what_declined_answers_do(page: SettingsPage, desk: Desk) -> None:
    field = page.office_form.fields["declined_on_site"]
    assert field.value() == "block"
    field.set_value("show")
    save(page)
    assert desk.offices.load().declined_on_site == "show"
