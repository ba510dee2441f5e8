"""A scan of the signed sheet from the history of the panel."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from nakodo_desktop.ui.declarations.panel import DeclarationPanel
from nakodo_desktop.ui.declarations.scan_row import ScanRow
from nakodo_desktop.ui.declarations.sheet_history import SheetHistory
from nakodo_desktop.ui.widgets.picture_dialog import PictureDialog
from tests import factory
from tests.factory import Desk
from tests.picturekit import encoded, figure
from tests.ui.declarations.conftest import ShowPanel


def history(panel: DeclarationPanel) -> SheetHistory:
    panel.history_button.click()
    return panel.window().findChildren(SheetHistory)[-1]


def test_a_scan_is_taken_in_looked_at_and_removed(
    desk: Desk, show_panel: ShowPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    member_id = factory.member(desk)
    sheet = factory.signed(desk, member_id)
    paper = tmp_path / "scan.png"
    paper.write_bytes(encoded(figure(620, 877), "PNG"))
    (row,) = history(show_panel(member_id)).findChildren(ScanRow)
    assert not row.show_button.isVisibleTo(row)
    row.take_in(paper)
    qtbot.waitUntil(lambda: desk.declarations.scans.taken_in_at(sheet.id) is not None, timeout=20_000)
    assert row.show_button.isVisibleTo(row)
    row.show_button.click()
    dialog = row.window().findChildren(PictureDialog)[-1]
    assert dialog.picture.pixmap().height() > 100
    dialog.accept()
    row.remove_button.click()
    assert desk.declarations.scans.taken_in_at(sheet.id) is None
    assert not row.show_button.isVisibleTo(row)


def test_what_is_no_picture_is_refused_in_words(
    desk: Desk, show_panel: ShowPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    member_id = factory.member(desk)
    sheet = factory.signed(desk, member_id)
    paper = tmp_path / "scan.pdf"
    paper.write_bytes(b"%PDF-1.7 not a picture at all")
    (row,) = history(show_panel(member_id)).findChildren(ScanRow)
    row.take_in(paper)
    qtbot.waitUntil(row.take_in_button.isEnabled, timeout=20_000)
    assert "PDF" in row.words.text()
    assert desk.declarations.scans.taken_in_at(sheet.id) is None


def test_an_unsigned_sheet_offers_no_scan(desk: Desk, show_panel: ShowPanel) -> None:
    member_id = factory.member(desk)
    factory.sheet(desk, member_id)
    assert history(show_panel(member_id)).findChildren(ScanRow) == []
