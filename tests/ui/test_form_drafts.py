"""Whatever form is half typed when the telephone rings is there again after page change, lock, close and kill."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.declaration import DeclarationState
from nakodo_desktop.domain.delivery import DeliveryKind
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.domain.values import Value
from nakodo_desktop.errors import DiskFull
from nakodo_desktop.services.form_drafts import FormDrafts
from nakodo_desktop.ui.declarations.documents_page import DocumentsPage
from nakodo_desktop.ui.declarations.suspicion import ReasonDialog
from nakodo_desktop.ui.exports.export_page import ExportPage
from nakodo_desktop.ui.home_page import HomePage
from nakodo_desktop.ui.interview.typist import compose
from nakodo_desktop.ui.members.record_page import RecordPage
from nakodo_desktop.ui.settings.delivery_card import DeliveryCard
from nakodo_desktop.ui.settings.own_cities_card import OwnCitiesCard
from nakodo_desktop.ui.settings.settings_page import SettingsPage
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.form_draft import FormDraft
from nakodo_desktop.ui.widgets.inputs import FieldInput
from nakodo_desktop.ui.widgets.labels import WrappedLabel
from tests import factory
from tests.officekit import Building
from tests.ui.assemblykit import Room, assembled

TYPED = "みほん と中"


@dataclass(frozen=True)
class Form:
    """How to get to one field of it, as the operator does, and what its record is called in the vault."""

    name: str
    open: Callable[[Room], FieldInput]


def office(room: Room) -> FieldInput:
    page = room.workspace.open("settings")
    assert isinstance(page, SettingsPage)
    page.tabs.setCurrentIndex(0)
    return page.office_form.fields["lawyer_name"]


def own_city(room: Room) -> FieldInput:
    page = room.workspace.open("settings")
    assert isinstance(page, SettingsPage)
    (card,) = page.findChildren(OwnCitiesCard)
    tab = next(i for i in range(page.tabs.count()) if page.tabs.widget(i).isAncestorOf(card))
    page.tabs.setCurrentIndex(tab)
    return card.fields["reason"]


def delivery(room: Room) -> FieldInput:
    page = room.workspace.open("settings")
    assert isinstance(page, SettingsPage)
    (card,) = page.findChildren(DeliveryCard)
    page.show_tab(card)
    card.kind.radios[DeliveryKind.SFTP.value].click()
    return card.fields["path"]


def section(room: Room) -> FieldInput:
    page = room.office.open_record(1)
    assert isinstance(page, RecordPage)
    if page.sections.open_card is None:
        page.correct("hobbies")
    card = page.sections.open_card
    assert card is not None and card.form is not None
    return card.form.inputs["hobbies"]


def signing(room: Room) -> FieldInput:
    page = room.workspace.open("documents")
    assert isinstance(page, DocumentsPage)
    page.show_member(MemberId(1))
    page.panel.sign_button.click()
    return page.panel.signing.fields["place"]


def suspicion(room: Room) -> FieldInput:
    page = room.workspace.open("documents")
    assert isinstance(page, DocumentsPage)
    page.show_member(MemberId(1))
    page.panel.more_menu().actions()[0].trigger()
    (dialog,) = (one for one in room.shell.findChildren(ReasonDialog) if one.isVisible())
    return dialog.reason


def release(room: Room) -> FieldInput:
    """The reason for which a doubtful word may leave."""
    room.office.open_candidate(1)
    page = room.workspace.open("export")
    assert isinstance(page, ExportPage)
    while page.is_busy:  # everybody is read first
        QApplication.processEvents()
    return page.choose.preview.findings["hobbies"].reasons["架空"]


FORMS = [
    Form("office", office),
    Form("own_city", own_city),
    Form("delivery", delivery),
    Form("section:1:life", section),
    Form("signing:1", signing),
    Form("suspicion:1", suspicion),
    Form("release:1:hobbies", release),
]


@dataclass(frozen=True)
class Days:
    """Opens the office again and again over the same vault."""

    building: Building
    theme: Theme
    app: QApplication
    qtbot: QtBot
    monkeypatch: pytest.MonkeyPatch

    def __call__(self) -> AbstractContextManager[Room]:
        return assembled(self.building, self.theme, app=self.app, qtbot=self.qtbot, monkeypatch=self.monkeypatch)


@pytest.fixture
def day(building: Building, theme: Theme, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Days:
    desk = building.enter()
    member_id = factory.member(desk, hobbies="友人の架空さんとテニス")
    factory.member(desk, family_name="架空", given_name="花子", family_kana="かくう", given_kana="はなこ")
    sheet = factory.sheet(desk, member_id)
    desk.declarations.record_output(sheet.id, "printer")
    return Days(building, theme, qapp, qtbot, monkeypatch)


def type_into(field: FieldInput) -> None:
    field.set_value(None)
    compose(field.parts[0], TYPED)
    assert field.text() == TYPED


def kept(room: Room, form: Form) -> list[Value]:
    found = FormDrafts(room.session.vault).load(form.name)
    return [] if found is None else list(found.answers.values())


def the_draft(field: FieldInput) -> FormDraft:
    above = field.parentWidget()
    while above is not None:
        found = above.findChildren(FormDraft)
        if found:
            return found[0]
        above = above.parentWidget()
    raise LookupError("no draft")


def lock(room: Room) -> None:
    room.shell.lock("asked")


def close(room: Room) -> None:
    room.shell.close()


def turn_the_page(room: Room) -> None:
    for dialog in room.shell.findChildren(ReasonDialog):
        dialog.reject()
    room.workspace.open("home")


EVERY = [pytest.param(form, id=form.name) for form in FORMS]


@pytest.mark.parametrize("form", EVERY)
@pytest.mark.parametrize("leave", [lock, close, turn_the_page])
def test_what_was_half_typed_is_there_again(day: Days, form: Form, leave: Callable[[Room], None]) -> None:
    with day() as room:
        type_into(form.open(room))
        leave(room)
    with day() as room:
        field = form.open(room)
        assert field.text() == TYPED
        assert the_draft(field).is_brought_back


@pytest.mark.parametrize("form", EVERY)
def test_a_killed_program_loses_no_more_than_two_seconds(day: Days, form: Form, qtbot: QtBot) -> None:
    with day() as room:
        type_into(form.open(room))
        qtbot.waitUntil(lambda: TYPED in kept(room, form), timeout=4_000)  # committed: a kill takes nothing of it


@pytest.mark.parametrize("form", EVERY)
def test_back_to_how_it_was_before_ends_the_draft(day: Days, form: Form) -> None:
    with day() as room:
        field = form.open(room)
        before = field.text()
        type_into(field)
        lock(room)
    with day() as room:
        field = form.open(room)
        (back,) = (one for one in the_draft(field).findChildren(QPushButton) if one.isVisible())
        back.click()
        assert field.text() == before
        assert kept(room, form) == []
        assert not the_draft(field).is_brought_back


def test_home_names_every_form_that_waits_and_leads_to_it(day: Days) -> None:
    with day() as room:
        for form in FORMS:
            type_into(form.open(room))
            turn_the_page(room)
        home = room.workspace.open("home")
        assert isinstance(home, HomePage)
        for form in FORMS:
            deed = home.findChild(QPushButton, f"form_{form.name}")
            assert deed is not None, form.name
        home.findChild(QPushButton, "form_section:1:life").click()  # type: ignore[union-attr]  # just found
        assert isinstance(room.workspace.over, RecordPage)
        assert room.workspace.over.sections.open_card is not None


def test_recorded_is_no_draft_any_more(day: Days) -> None:
    with day() as room:
        field = signing(room)
        type_into(field)
        room.workspace.save_drafts()
        page = room.workspace.open("documents")
        assert isinstance(page, DocumentsPage)
        page.panel.signing.fields["identity_document"].fill("driving_licence")
        page.panel.signing.record.click()
        assert page.panel.declaration is not None and page.panel.declaration.state is DeclarationState.SIGNED
        type_into(office(room))
        save = room.workspace.open("settings").findChild(QPushButton, "save_office")
        assert save is not None
        save.click()
        assert room.session.offices.load().lawyer_name == TYPED
        assert FormDrafts(room.session.vault).waiting() == ()


def test_no_secret_is_ever_in_a_draft(day: Days) -> None:
    with day() as room:
        path = delivery(room)
        (card,) = room.workspace.open("settings").findChildren(DeliveryCard)
        card.fields["password"].fill("おためし 合言葉 7")
        type_into(path)
        room.workspace.save_drafts()
        assert "合言葉" not in repr(kept(room, Form("delivery", delivery)))
        assert TYPED in kept(room, Form("delivery", delivery))


def test_a_draft_changes_only_what_was_touched(day: Days) -> None:
    """What a colleague set right meanwhile is not undone by an old draft."""
    with day() as room:
        type_into(section(room))
        lock(room)
    desk = day.building.enter()
    version = desk.members.view(MemberId(1), screen="test").version
    assert desk.members.correct(MemberId(1), {"unwanted_words": "お試し神社"}, version=version) == ()
    with day() as room:
        page = room.office.open_record(1)
        card = page.sections.open_card
        assert card is not None and card.form is not None
        assert card.form.inputs["hobbies"].text() == TYPED
        assert card.form.inputs["unwanted_words"].text() == "お試し神社"


def test_esc_at_the_signature_throws_nothing_away(day: Days) -> None:
    with day() as room:
        field = signing(room)
        type_into(field)
        QTest.keyClick(field.parts[0], Qt.Key.Key_Escape)
        assert not field.isVisible()
        assert signing(room).text() == TYPED


def test_a_colleague_does_not_see_what_somebody_else_was_typing(day: Days) -> None:
    with day() as room:
        type_into(section(room))
    desk = day.building.enter(Role.MATCHMAKER)
    assert FormDrafts(desk.vault).waiting() == ()


def test_while_the_disk_is_full_the_page_stays_and_says_so(day: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    with day() as room:
        field = section(room)
        with monkeypatch.context() as full:

            def refuse(*_: object, **__: object) -> None:
                raise DiskFull("見本：書き込めません。", "見本：空きを作ってください。")

            full.setattr(FormDrafts, "keep", refuse)
            type_into(field)
            assert not room.workspace.close_over()
            assert room.workspace.over is not None
            assert any("書き込めません" in one.plain_text() for one in room.workspace.over.findChildren(WrappedLabel))
        assert room.workspace.close_over()


def test_what_could_not_be_kept_is_tried_again_by_itself(day: Days, qtbot: QtBot) -> None:
    """A backup has the vault for a while; nobody types meanwhile."""
    with day() as room:
        field = section(room)
        type_into(field)
        with room.session.vault.lent():
            the_draft(field).save_now()
            assert the_draft(field).has_unsaved
        qtbot.waitUntil(lambda: not the_draft(field).has_unsaved, timeout=4_000)
        assert TYPED in kept(room, Form("section:1:life", section))
