"""The record: reading, correcting one section, taking a consent back, and never losing what was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.member import MemberStatus
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.ui.members.consents_card import EFFECTS
from nakodo_desktop.ui.members.record_page import CONSENTS, HISTORY, RecordPage
from nakodo_desktop.ui.members.section_card import SectionCard
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.labels import WrappedLabel
from nakodo_desktop.ui.widgets.picture_dialog import PictureDialog
from nakodo_desktop.ui.workspace import KeepsDrafts
from tests.factory import Desk
from tests.officekit import Building, acts_of
from tests.ui.members.conftest import People, RecordOf, choose

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # menus, offscreen


def correcting(page: RecordPage, section: str = "basics") -> SectionCard:
    card = page.sections.card(section)
    card.edit.click()
    return card


def press(page: QWidget, name: str) -> None:
    found = page.findChild(QAbstractButton, name)
    assert found is not None, name
    found.click()


def read(widget: QWidget) -> list[str]:
    return [label.plain_text() for label in widget.findChildren(WrappedLabel)]


def dialog_of(page: QWidget) -> AppDialog:
    found = page.window().findChild(AppDialog)
    assert isinstance(found, AppDialog)
    return found


def answer(dialog: AppDialog, verb: str) -> None:
    next(made for made in dialog.findChildren(QAbstractButton) if made.text() == verb).click()


def phone_of(desk: Desk, people: People) -> object:
    return desk.members.view(people.taro, screen="test").answers["phone"]


def test_every_answer_can_be_read_and_copied(record_of: RecordOf, people: People) -> None:
    page = record_of(people.taro)
    seen = read(page.sections)
    assert "090-0000-0000" in seen and "架空町1丁目2番3号 お試しハイツ405号室" in seen
    label = next(one for one in page.sections.findChildren(WrappedLabel) if one.plain_text() == "090-0000-0000")
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_who_saw_the_identity_document_is_told(record_of: RecordOf, people: People) -> None:
    page = record_of(people.taro)
    told = [label.plain_text() for label in page.sections.card("identity").findChildren(WrappedLabel)]
    assert "確認した担当者　見本 所長　・　番号も写しも残していません。" in told


def test_a_correction_is_saved_shown_and_kept_in_the_history(record_of: RecordOf, people: People, desk: Desk) -> None:
    page = record_of(people.taro)
    card = correcting(page)
    assert card.form is not None
    card.form.inputs["phone"].fill("080-1234-5678")
    press(page, "save_basics")
    assert phone_of(desk, people) == "080-1234-5678"
    assert page.sections.open_card is None
    assert "080-1234-5678" in read(page.sections)
    page.tabs.setCurrentIndex(HISTORY)
    assert any("090-0000-0000 → 080-1234-5678" in words for words in read(page))


def test_ctrl_enter_saves(record_of: RecordOf, people: People, desk: Desk, qtbot: QtBot) -> None:
    page = record_of(people.taro)
    card = correcting(page)
    assert card.form is not None
    phone = card.form.inputs["phone"]
    phone.setFocus()
    phone.fill("080-1234-5678")
    qtbot.waitUntil(phone.parts[0].hasFocus)
    QTest.keyClick(phone.parts[0], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert phone_of(desk, people) == "080-1234-5678"


def test_what_is_wrong_is_told_at_the_field_and_nothing_is_saved(
    record_of: RecordOf, people: People, desk: Desk
) -> None:
    page = record_of(people.taro)
    card = correcting(page)
    assert card.form is not None
    card.form.inputs["phone"].fill("090-12")
    press(page, "save_basics")
    assert card.form.inputs["phone"].error()
    assert phone_of(desk, people) == "090-0000-0000"


def test_only_one_section_is_corrected_at_a_time(record_of: RecordOf, people: People) -> None:
    page = record_of(people.taro)
    correcting(page)
    assert not page.sections.card("career").edit.isEnabled()
    page.leave()
    assert page.sections.card("career").edit.isEnabled()


def test_esc_ends_an_untouched_form_first_and_then_the_page(record_of: RecordOf, people: People, qtbot: QtBot) -> None:
    page = record_of(people.taro)
    correcting(page)
    heard: list[bool] = []
    page.closed.connect(lambda: heard.append(True))
    for _ in range(2):
        QTest.keyClick(page.window().focusWidget() or page, Qt.Key.Key_Escape)
        if not heard:
            assert page.sections.open_card is None
    assert heard == [True]


def test_esc_does_not_throw_away_what_was_typed(record_of: RecordOf, people: People, desk: Desk) -> None:
    page = record_of(people.taro)
    card = correcting(page)
    assert card.form is not None
    card.form.inputs["phone"].fill("080-1234-5678")
    heard: list[bool] = []
    page.closed.connect(lambda: heard.append(True))
    page.leave()
    answer(dialog_of(page), "入力に戻る")
    assert card.form is not None and card.form.inputs["phone"].text() == "080-1234-5678"
    page.leave()
    answer(next(one for one in page.window().findChildren(AppDialog) if one.isVisible()), "保存せずに閉じる")
    assert page.sections.open_card is None and heard == []
    assert phone_of(desk, people) == "090-0000-0000"
    assert desk.members.drafts.waiting() == (), "the operator has decided"


def test_the_lock_keeps_a_half_typed_correction_and_records_nothing(
    record_of: RecordOf, people: People, desk: Desk
) -> None:
    page = record_of(people.taro)
    version = desk.members.view(people.taro, screen="test").version
    typed_phone(page, "090-12")
    assert isinstance(page, KeepsDrafts), "the workspace asks only such pages"
    assert page.has_unsaved
    page.save_now()
    assert not page.has_unsaved
    assert desk.members.view(people.taro, screen="test").version == version
    again = record_of(people.taro).sections.open_card
    assert again is not None and again.form is not None
    assert again.form.inputs["phone"].text() == "090-12"


def test_a_section_taken_up_again_can_be_led_into(record_of: RecordOf, people: People, desk: Desk) -> None:
    page = record_of(people.taro)
    typed_phone(page, "090-12")
    page.save_now()
    again = record_of(people.taro)
    again.correct("email")
    card = again.sections.open_card
    assert card is not None and card.form is not None
    assert again.focusWidget() in card.form.inputs["email"].parts
    assert card.form.inputs["phone"].text() == "090-12"


def test_what_was_typed_back_as_it_was_is_no_draft(record_of: RecordOf, people: People, desk: Desk) -> None:
    page = record_of(people.taro)
    typed_phone(page, "090-12")
    page.save_now()
    card = page.sections.open_card
    assert card is not None and card.form is not None
    card.form.inputs["phone"].fill("090-0000-0000")
    page.save_now()
    assert desk.members.drafts.waiting() == ()


def typed_phone(page: RecordPage, phone: str) -> SectionCard:
    card = correcting(page)
    assert card.form is not None
    card.form.inputs["phone"].fill(phone)
    return card


def test_T11_a_colleague_who_was_quicker_is_not_overwritten_and_both_are_shown(
    record_of: RecordOf, people: People, desk: Desk
) -> None:
    page = record_of(people.taro)
    card = typed_phone(page, "080-1234-5678")
    version = desk.members.view(people.taro, screen="test").version
    quicker = {"phone": "070-9999-9999", "email": "hayai@example.jp"}
    assert desk.members.correct(people.taro, quicker, version=version) == ()
    press(page, "save_basics")
    assert phone_of(desk, people) == "070-9999-9999"
    assert page.has_unsaved and card.form is not None
    assert card.form.inputs["phone"].value() == "080-1234-5678", "what was typed stays"
    assert card.form.inputs["email"].value() == "hayai@example.jp", "what was not touched follows"
    told = " ".join(read(card))
    assert "ほかの画面で先に保存" in told and "070-9999-9999" in told
    press(page, "save_basics")  # having read that
    on_record = desk.members.view(people.taro, screen="test").answers
    assert (on_record["phone"], on_record["email"]) == ("080-1234-5678", "hayai@example.jp")


def test_T11_the_lock_overwrites_nobody(record_of: RecordOf, people: People, desk: Desk) -> None:
    page = record_of(people.taro)
    typed_phone(page, "080-1234-5678")
    version = desk.members.view(people.taro, screen="test").version
    assert desk.members.correct(people.taro, {"phone": "070-9999-9999"}, version=version) == ()
    page.save_now()
    assert phone_of(desk, people) == "070-9999-9999"
    assert not page.has_unsaved, "it is kept beside the record"


def test_a_change_of_status_leaves_an_open_form_alone_and_it_can_be_saved(
    record_of: RecordOf, people: People, desk: Desk
) -> None:
    page = record_of(people.taro)
    typed_phone(page, "080-1234-5678")
    page.head.open_menu()
    choose("「仮交際」にする")
    press(page, "save_basics")
    assert phone_of(desk, people) == "080-1234-5678"


def test_a_consent_taken_back_leaves_an_open_form_alone(record_of: RecordOf, people: People, desk: Desk) -> None:
    page = record_of(people.taro)
    card = typed_phone(page, "080-1234-5678")
    page.tabs.setCurrentIndex(CONSENTS)
    press(page, "withdraw_consent_collect_religion")
    answer(dialog_of(page), "取り消しを記録する")
    assert page.sections.open_card is card and card.form is not None
    assert card.form.inputs["phone"].value() == "080-1234-5678"
    press(page, "save_basics")
    assert phone_of(desk, people) == "080-1234-5678"
    assert "特にありません" not in read(page.sections), "the section that was not open shows the record, too"


def test_a_consent_taken_back_leaves_no_half_typed_special_care_fact(
    record_of: RecordOf, people: People, desk: Desk
) -> None:
    page = record_of(people.taro)
    page.correct("religion_note")
    card = page.sections.open_card
    assert card is not None and card.form is not None
    card.form.inputs["religion_note"].fill("見本の書きかけ")
    page.save_now()
    assert len(desk.members.drafts.waiting()) == 1
    given = next(c for c in desk.members.consents(people.taro) if c.scope == "consent_collect_religion")
    desk.members.withdraw_consent(people.taro, given.id)
    assert desk.members.drafts.waiting() == ()


def test_taking_a_consent_back_tells_what_follows_before_it_is_confirmed(
    record_of: RecordOf, people: People, desk: Desk
) -> None:
    page = record_of(people.taro)
    page.tabs.setCurrentIndex(CONSENTS)
    press(page, "withdraw_consent_collect_religion")
    dialog = dialog_of(page)
    assert any(EFFECTS["consent_collect_religion"] in words for words in read(dialog))
    answer(dialog, "取り消しを記録する")
    assert page.findChild(QAbstractButton, "withdraw_consent_collect_religion") is None
    assert page.findChild(QAbstractButton, "withdraw_consent_disclose_religion") is None, "there is nothing to show"
    assert "religion_note" not in desk.members.view(people.taro, screen="test").answers


def test_every_consent_says_what_follows_from_its_end() -> None:
    from nakodo_desktop.domain.catalog import CONSENT_SCOPES

    assert set(EFFECTS) == set(CONSENT_SCOPES)


def test_the_status_changes_from_the_record_too(record_of: RecordOf, people: People, desk: Desk) -> None:
    page = record_of(people.taro)
    page.head.open_menu()
    choose("「仮交際」にする")
    assert desk.members.rows([people.taro])[0].status is MemberStatus.PRE_COURTSHIP
    assert page._member.status is MemberStatus.PRE_COURTSHIP


def test_a_clerk_reads_and_corrects_nothing(
    building: Building,
    people: People,
    desk: Desk,
    theme,
    jobs,
    qtbot: QtBot,  # type: ignore[no-untyped-def]
) -> None:
    from nakodo_desktop.ui.declarations.panel import DeclarationPanel
    from nakodo_desktop.ui.section_form import FormFacts

    clerk = building.enter(Role.CLERK)
    panel = DeclarationPanel(theme, jobs, clerk.declarations)
    page = RecordPage(theme, clerk.members, panel, people.taro, facts=FormFacts(today=clerk.members.today))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert [card for card in page.findChildren(SectionCard) if card.edit.isVisible()] == []
    assert page.findChild(QAbstractButton, "withdraw_consent_provide") is None
    assert not panel.print_button.isVisible() and not panel.create_button.isVisible()


def test_a_title_leads_to_its_section_and_the_scrolling_marks_it(
    record_of: RecordOf, people: People, qtbot: QtBot
) -> None:
    page = record_of(people.taro)
    bar = page.sections.reading.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    page.sections.go_to("life")
    assert bar.value() == min(page.sections.card("life").y(), bar.maximum())
    marked = [key for key, entry in page.sections._entries.items() if entry.property("current")]
    assert len(marked) == 1
    bar.setValue(0)
    assert page.sections._entries["basics"].property("current")


def test_a_photo_is_shown_in_full_when_asked_and_the_look_is_logged(
    desk: Desk, people: People, record_of: RecordOf
) -> None:
    page = record_of(people.taro)
    press(page, "look_photo_upper")
    dialog = dialog_of(page)
    assert isinstance(dialog, PictureDialog)
    assert dialog.picture.pixmap().height() == 80  # as large as it is, not blown up
    assert acts_of(desk)[-1] == "photo.view"
    dialog.accept()
