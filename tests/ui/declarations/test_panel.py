"""From sheet to signature in one panel: who is printed, what is recorded, and what an old sheet can still do."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.declaration import DeclarationState
from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.services.declarations import draw
from nakodo_desktop.ui.declarations.panel import SIDE_PX, DeclarationPanel
from nakodo_desktop.ui.declarations.sheet_history import SheetHistory
from nakodo_desktop.ui.declarations.wording import NONE_YET
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.printing.print_dialog import PrintDialog
from nakodo_desktop.ui.printing.printers import Printers
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import TextSize
from nakodo_desktop.ui.widgets.dialog import AppDialog
from tests import factory
from tests.factory import Desk
from tests.ui.declarations.conftest import ShowPanel


def print_dialog(panel: DeclarationPanel) -> PrintDialog:
    panel.print_button.click()
    found = next(one for one in panel.window().findChildren(PrintDialog) if one.isVisible())
    assert isinstance(found, PrintDialog)
    return found


def pages_of(path: Path) -> int:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return len(document)
    finally:
        document.close()


def test_a_sheet_is_made_and_shown_with_both_copies(desk: Desk, show_panel: ShowPanel, qtbot: QtBot) -> None:
    panel = show_panel(factory.member(desk))
    assert panel.state.plain_text() == NONE_YET
    assert not panel.print_button.isVisible()
    with qtbot.waitSignal(panel.changed):
        panel.create_button.click()
    qtbot.waitUntil(lambda: panel.is_drawn, timeout=10_000)
    assert panel.preview.page_count == 2
    assert panel.declaration is not None and panel.declaration.state is DeclarationState.DRAFT
    assert not panel.sign_button.isVisible(), "nobody signs a sheet that was not printed"


def test_a_variant_that_the_face_lacks_is_told_before_it_is_printed(
    desk: Desk, show_panel: ShowPanel, qtbot: QtBot
) -> None:
    known = factory.member(desk, family_name="葛\U000e0100城")  # the face has this form of 葛
    factory.sheet(desk, known)
    assert not show_panel(known).variants.isVisible()
    unknown = factory.member(desk, family_name="見\U000e01ef本")
    factory.sheet(desk, unknown)
    panel = show_panel(unknown)
    assert panel.variants.isVisible()
    assert "見\U000e01ef" in panel.variants.accessibleName() and "通常の字形" in panel.variants.accessibleName()


def test_printing_both_copies_is_one_job_and_is_recorded(
    desk: Desk, show_panel: ShowPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    member_id = factory.member(desk)
    sheet = factory.sheet(desk, member_id)
    panel = show_panel(member_id)
    dialog = print_dialog(panel)
    dialog.copies.fill(2)
    dialog.print_button.click()
    assert pages_of(tmp_path / "paper.pdf") == 2
    (printing,) = desk.declarations.printings(sheet.id)
    assert (printing.output, printing.copies) == ("printer", 2)
    assert panel.declaration is not None and panel.declaration.state is DeclarationState.PRINTED
    assert panel.notice.isVisible() and panel.sign_button.isVisible()


def test_one_copy_can_be_left_out_but_not_both(desk: Desk, show_panel: ShowPanel, tmp_path: Path) -> None:
    member_id = factory.member(desk)
    factory.sheet(desk, member_id)
    dialog = print_dialog(show_panel(member_id))
    for part in dialog.parts.values():
        part.box.click()
    dialog.print_button.click()
    assert dialog.isVisible() and not (tmp_path / "paper.pdf").exists()
    dialog.parts["MEMBER"].box.click()
    dialog.print_button.click()
    assert pages_of(tmp_path / "paper.pdf") == 1


@pytest.mark.parametrize("typed", ["0", "21", "たくさん", ""])
def test_a_number_of_copies_that_makes_no_sense_prints_nothing(
    desk: Desk, show_panel: ShowPanel, tmp_path: Path, typed: str
) -> None:
    member_id = factory.member(desk)
    factory.sheet(desk, member_id)
    dialog = print_dialog(show_panel(member_id))
    dialog.copies.editor.setText(typed)
    dialog.print_button.click()
    assert dialog.isVisible() and dialog.copies.error()
    assert not (tmp_path / "paper.pdf").exists()


class NoPrinters(Printers):
    def names(self) -> tuple[str, ...]:
        return ()


def test_without_a_printer_it_says_so_and_offers_a_file(
    desk: Desk, theme: Theme, jobs: JobRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    member_id = factory.member(desk)
    sheet = factory.sheet(desk, member_id)
    panel = DeclarationPanel(theme, jobs, desk.declarations, printers=NoPrinters())
    qtbot.addWidget(panel)
    panel.show()
    panel.show_member(member_id)
    qtbot.waitUntil(lambda: panel.is_drawn, timeout=10_000)
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "open", lambda self: asked.append(self.windowTitle()))
    panel.print_button.click()
    dialog = panel.window().findChild(AppDialog)
    assert isinstance(dialog, AppDialog)
    assert "プリンター" in dialog.title.plain_text()
    next(made for made in dialog.findChildren(QAbstractButton) if "PDF" in made.text()).click()
    assert asked and "暗号化されません" in asked[0]
    assert desk.declarations.printings(sheet.id) == ()


def test_the_file_goes_where_the_operator_says_and_is_recorded(
    desk: Desk, show_panel: ShowPanel, tmp_path: Path
) -> None:
    member_id = factory.member(desk)
    sheet = factory.sheet(desk, member_id)
    panel = show_panel(member_id)
    panel.save_to(tmp_path / "誓約書.pdf")
    assert (tmp_path / "誓約書.pdf").read_bytes() == draw(desk.declarations.sheet_of(sheet.id)).office
    (printing,) = desk.declarations.printings(sheet.id)
    assert printing.output == "pdf"
    assert "暗号化されません" in panel.notice.accessibleName()


def test_the_sheet_of_the_member_before_is_never_printed_for_the_next(
    desk: Desk, show_panel: ShowPanel, qtbot: QtBot
) -> None:
    """GIVEN a sheet on the screen WHEN another member is chosen THEN nothing can be printed before theirs is drawn."""
    first, second = factory.member(desk, pseudonym="かえで"), factory.member(desk, pseudonym="さくら")
    factory.sheet(desk, first)
    other = factory.sheet(desk, second)
    panel = show_panel(first)
    assert panel.print_button.isEnabled()
    panel.show_member(second)
    assert not panel.is_drawn and not panel.print_button.isEnabled() and not panel.save_button.isEnabled()
    assert panel.preview.page_count == 0
    panel.show_member(first)
    panel.show_member(second)
    qtbot.waitUntil(lambda: panel.is_drawn, timeout=10_000)
    assert panel._pdf == draw(desk.declarations.sheet_of(other.id)), "the drawing that came late was dropped"


def test_a_sheet_being_made_for_one_member_is_not_shown_at_the_next(
    desk: Desk, show_panel: ShowPanel, qtbot: QtBot
) -> None:
    first, second = factory.member(desk, pseudonym="かえで"), factory.member(desk, pseudonym="さくら")
    panel = show_panel(first)
    panel.create_button.click()
    with qtbot.waitSignal(panel.changed, timeout=10_000):
        panel.show_member(second)
    assert len(desk.declarations.of_member(first)) == 1
    assert panel.declaration is None and panel.state.plain_text() == NONE_YET
    assert panel.create_button.isEnabled()


def test_signing_needs_a_place_and_esc_takes_it_back(desk: Desk, show_panel: ShowPanel, qtbot: QtBot) -> None:
    member_id = factory.member(desk)
    kept = factory.sheet(desk, member_id)
    desk.declarations.record_output(kept.id, "printer")
    panel = show_panel(member_id)
    panel.window().activateWindow()
    qtbot.waitUntil(panel.window().isActiveWindow)
    panel.sign_button.click()
    assert panel.signing.isVisible() and not panel.preview.isVisible()
    qtbot.waitUntil(panel.signing.fields["place"].parts[0].hasFocus)
    panel.signing.record.click()
    assert panel.signing.fields["place"].error()
    QTest.keyClick(panel.signing.fields["place"].parts[0], Qt.Key.Key_Escape)
    assert not panel.signing.isVisible() and panel.preview.isVisible()
    panel.sign_button.click()
    panel.signing.fields["place"].fill("当所 面談室")
    panel.signing.fields["identity_document"].fill("driving_licence")
    panel.signing.record.click()
    assert panel.declaration is not None and panel.declaration.state is DeclarationState.SIGNED
    assert "当所 面談室" in panel.life.plain_text()


def test_an_old_sheet_is_found_in_the_history_and_printed_as_it_was(
    desk: Desk, show_panel: ShowPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    member_id = factory.member(desk)
    old = factory.signed(desk, member_id)
    new = factory.signed(desk, member_id)
    panel = show_panel(member_id)
    panel.history_button.click()
    history = panel.window().findChild(SheetHistory)
    assert isinstance(history, SheetHistory)
    words = f"{old.number}を表示する"
    next(one for one in history.findChildren(QAbstractButton) if one.accessibleName() == words).click()
    qtbot.waitUntil(lambda: panel.is_drawn, timeout=10_000)
    assert panel.declaration is not None and panel.declaration.id == old.id
    assert panel.older.isVisible() and not panel.create_button.isVisible()
    print_dialog(panel).print_button.click()
    assert len(desk.declarations.printings(old.id)) == 2
    assert panel.older.button is not None
    panel.older.button.click()
    assert panel.declaration.id == new.id and not panel.older.isVisible()


def test_a_sheet_that_comes_out_differently_is_not_printed(
    desk: Desk, show_panel: ShowPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    member_id = factory.member(desk)
    factory.sheet(desk, member_id)
    panel = show_panel(member_id)

    def refuse(*_: object) -> None:
        raise NotPrintable("一致しません。", "作り直してください。")

    monkeypatch.setattr(desk.declarations, "check_redrawn", refuse)
    with qtbot.captureExceptions() as raised:
        panel.show_member(member_id)
        qtbot.waitUntil(lambda: bool(raised), timeout=10_000)
    assert isinstance(raised[0][1], NotPrintable)
    assert not panel.is_drawn and not panel.print_button.isEnabled()


@pytest.mark.parametrize("size", TextSize)
def test_no_title_and_no_date_beside_the_sheet_is_broken_in_two(qapp: QApplication, size: TextSize) -> None:
    theme = Theme(dark=False, text_size=size)
    room = theme.px(SIDE_PX)
    longest_day = "令和28年12月28日"
    title_metrics, hint_metrics = QFontMetrics(theme.font(16, bold=True)), QFontMetrics(theme.font(13))
    beside_the_button = room - theme.px(36 + 8)
    for words in (NONE_YET, *(state.label for state in DeclarationState)):
        assert title_metrics.horizontalAdvance(words) <= beside_the_button, words
    for words in (f"{longest_day}まで", f"{longest_day} 署名", f"{longest_day} 作成"):
        assert hint_metrics.horizontalAdvance(words) <= room, words


def test_a_signed_sheet_tells_its_last_day(show_panel: ShowPanel, desk: Desk) -> None:
    member_id = factory.member(desk)
    factory.signed(desk, member_id)
    panel = show_panel(member_id)
    assert panel.state.plain_text() == "署名済み"
    assert panel.explanation.plain_text().startswith("令和9年2月23日まで\n")
    assert "令和8年11月23日 署名\n" in panel.life.plain_text()
