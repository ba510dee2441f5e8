"""The list of what is due, and many sheets in one printing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.declaration import DeclarationState
from nakodo_desktop.domain.member import MemberId, MemberStatus
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.ui.declarations import batch as batch_module
from nakodo_desktop.ui.declarations.documents_page import DocumentsPage
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.printing.print_dialog import PrintDialog
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.labels import WrappedLabel
from tests import factory
from tests.factory import Desk
from tests.officekit import Building
from tests.ui.paperkit import PaperlessPrinters

OpenPage = Callable[..., DocumentsPage]


@pytest.fixture
def open_page(desk: Desk, theme: Theme, jobs: JobRunner, qtbot: QtBot, tmp_path: Path) -> Iterator[OpenPage]:
    kept: list[DocumentsPage] = []

    def make(at: Desk = desk) -> DocumentsPage:
        page = DocumentsPage(theme, jobs, at.declarations, printers=PaperlessPrinters(tmp_path / "paper.pdf"))
        qtbot.addWidget(page)
        kept.append(page)
        page.resize(1100, 700)
        page.show()
        page.reload()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    yield make
    kept.clear()


def somebody(desk: Desk, number: int, **changes: object) -> MemberId:
    return factory.member(desk, pseudonym=("かえで", "さくら", "つばさ", "しおり")[number], **changes)  # type: ignore[arg-type]


def words_of(dialog: AppDialog) -> str:
    return "\n".join(label.plain_text() for label in dialog.findChildren(WrappedLabel))


def test_nothing_due_is_told_in_one_sentence(desk: Desk, open_page: OpenPage) -> None:
    factory.signed(desk, somebody(desk, 0))
    page = open_page()
    assert page.empty.isVisible() and not page.panel.isVisible() and not page.print_all.isVisible()


def test_up_and_down_go_through_the_list(desk: Desk, open_page: OpenPage, qtbot: QtBot) -> None:
    somebody(desk, 0)
    somebody(desk, 1, family_name="架空")
    page = open_page()
    first = page.name.text()
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert {first, page.name.text()} == {"見本 太郎", "架空 太郎"}


def test_a_member_who_is_not_due_can_be_shown_by_name(desk: Desk, open_page: OpenPage, qtbot: QtBot) -> None:
    somebody(desk, 0)
    signed = somebody(desk, 1, family_name="架空")
    factory.signed(desk, signed)
    page = open_page()
    page.show_member(signed)
    assert page.name.text() == "架空 太郎"
    qtbot.waitUntil(lambda: page.panel.is_drawn, timeout=10_000)


def test_reading_again_leaves_a_half_typed_signing_alone(desk: Desk, open_page: OpenPage) -> None:
    member_id = somebody(desk, 0)
    kept = factory.sheet(desk, member_id)
    desk.declarations.record_output(kept.id, "printer")
    page = open_page()
    page.panel.sign_button.click()
    page.panel.signing.fields["place"].fill("当所")
    page.reload()
    assert page.panel.signing.isVisible()
    assert page.panel.signing.fields["place"].text() == "当所"


def test_what_was_done_changes_the_list_at_once(desk: Desk, open_page: OpenPage, qtbot: QtBot) -> None:
    somebody(desk, 0)
    page = open_page()
    model = page.list.model()
    assert model.index(0, 0).data() == "未作成"
    with qtbot.waitSignal(page.changed):
        page.panel.create_button.click()
    qtbot.waitUntil(lambda: page.panel.is_drawn, timeout=10_000)
    page.panel.print_button.click()
    next(one for one in page.window().findChildren(PrintDialog) if one.isVisible()).print_button.click()
    assert model.index(0, 0).data() == "署名待ち"
    assert "署名待ち" in str(model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def print_all(page: DocumentsPage) -> None:
    page.print_all.click()
    dialog = page.window().findChild(PrintDialog)
    assert isinstance(dialog, PrintDialog)
    dialog.print_button.click()


def result_of(page: DocumentsPage, qtbot: QtBot) -> AppDialog:
    def shown() -> list[AppDialog]:
        return [one for one in page.window().findChildren(AppDialog) if one.isVisible()]

    qtbot.waitUntil(lambda: page._batch is None and bool(shown()), timeout=20_000)
    return shown()[-1]


def states_of(desk: Desk, *members: MemberId) -> list[DeclarationState]:
    return [desk.declarations.of_member(one)[0].state for one in members]


def test_everybody_who_needs_a_sheet_gets_one_in_one_printing(
    desk: Desk, open_page: OpenPage, tmp_path: Path, qtbot: QtBot
) -> None:
    """New ones, a draft as it is, nobody who only has to sign, nobody who is not active."""
    without, drafted, printed, paused = (somebody(desk, number) for number in range(4))
    draft = factory.sheet(desk, drafted)
    desk.declarations.record_output(factory.sheet(desk, printed).id, "printer")
    version = desk.members.view(paused, screen="test").version
    desk.members.change_status(paused, MemberStatus.PAUSED, version=version)
    page = open_page()
    print_all(page)
    result = result_of(page, qtbot)
    assert "2名分" in result.title.plain_text()
    document = pypdfium2.PdfDocument((tmp_path / "paper.pdf").read_bytes())
    assert len(document) == 4, "the office's and the member's of each"
    document.close()
    assert states_of(desk, without, drafted) == [DeclarationState.PRINTED] * 2
    assert desk.declarations.of_member(drafted)[0].id == draft.id, "a draft is not made twice"
    assert len(desk.declarations.printings(desk.declarations.of_member(printed)[0].id)) == 1
    assert desk.declarations.of_member(paused) == ()


def test_a_draft_that_says_something_old_is_made_anew(desk: Desk, open_page: OpenPage, qtbot: QtBot) -> None:
    member_id = somebody(desk, 0)
    draft = factory.sheet(desk, member_id)
    version = desk.members.view(member_id, screen="test").version
    assert desk.members.correct(member_id, {"address_line": "架空町9丁目"}, version=version) == ()
    page = open_page()
    print_all(page)
    result_of(page, qtbot)
    newest = desk.declarations.of_member(member_id)[0]
    assert newest.id != draft.id and newest.state is DeclarationState.PRINTED


def test_who_cannot_be_printed_is_named_with_the_reason_and_the_others_go_on(
    desk: Desk, open_page: OpenPage, qtbot: QtBot
) -> None:
    fine = somebody(desk, 0)
    strange = somebody(desk, 1, family_name="見本\U0001f600")  # no face of a document has this sign
    page = open_page()
    print_all(page)
    result = result_of(page, qtbot)
    assert "1名分" in result.title.plain_text()
    assert "見本\U0001f600" in words_of(result)
    assert states_of(desk, fine) == [DeclarationState.PRINTED]
    assert desk.declarations.of_member(strange) == ()


def test_whose_name_prints_in_its_usual_form_is_named(desk: Desk, open_page: OpenPage, qtbot: QtBot) -> None:
    member_id = somebody(desk, 0, family_name="見\U000e01ef本")
    page = open_page()
    print_all(page)
    told = words_of(result_of(page, qtbot))
    assert "通常の字形" in told and "本人確認書類" in told
    assert states_of(desk, member_id) == [DeclarationState.PRINTED]


def test_a_printer_that_refuses_records_no_printing(
    desk: Desk, open_page: OpenPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def jam(*_: object) -> None:
        raise NotPrintable("プリンターに送れませんでした。", "用紙をご確認ください。")

    monkeypatch.setattr(batch_module, "print_pdf", jam)
    member_id = somebody(desk, 0)
    page = open_page()
    print_all(page)
    result = result_of(page, qtbot)
    assert "送れませんでした" in words_of(result)
    assert states_of(desk, member_id) == [DeclarationState.DRAFT]
    assert page.print_all.isEnabled() and not page.progress.isVisible()


def test_stopping_prints_nothing(
    desk: Desk, open_page: OpenPage, tmp_path: Path, qtbot: QtBot, jobs: JobRunner
) -> None:
    somebody(desk, 0)
    somebody(desk, 1)
    page = open_page()
    print_all(page)
    assert page.progress.isVisible() and page.progress.button is not None
    page.progress.button.click()
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=10_000)
    assert not (tmp_path / "paper.pdf").exists()
    assert page.print_all.isEnabled()


def test_a_clerk_looks_but_does_not_print(
    building: Building, desk: Desk, open_page: OpenPage, qtbot: QtBot, jobs: JobRunner
) -> None:
    factory.sheet(desk, somebody(desk, 0))
    page = open_page(building.enter(Role.CLERK))
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=10_000)
    assert not page.print_all.isVisible()
    deeds = [made for made in page.panel.findChildren(QAbstractButton) if made.objectName().startswith("declaration_")]
    assert [made.objectName() for made in deeds if made.isVisible()] == ["declaration_history"]
