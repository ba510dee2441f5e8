"""The sheet on the screen: as wide as there is room, larger and smaller, and gone when it should be gone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nakodo_desktop.printing.interview_sheet import render_blank_interview_sheet
from nakodo_desktop.ui.printing.preview import ZOOMS, PdfPreview
from nakodo_desktop.ui.theme import Theme


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return render_blank_interview_sheet(office_name="見本相談所")


@pytest.fixture
def preview(qtbot: QtBot, theme: Theme) -> Iterator[PdfPreview]:
    made = PdfPreview(theme)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.clear()


def page_width(preview: PdfPreview) -> float:
    return preview._sheets[0][0].pixmap().deviceIndependentSize().width()


def test_a_page_is_as_wide_as_there_is_room_and_follows_the_window(
    preview: PdfPreview, sheet: bytes, qtbot: QtBot
) -> None:
    preview.show_pdf(sheet)
    narrow = page_width(preview)
    assert preview._view.horizontalScrollBar().maximum() == 0
    assert 0.85 * preview._view.viewport().width() < narrow <= preview._view.viewport().width()
    preview.resize(1000, 500)
    qtbot.waitUntil(lambda: page_width(preview) > narrow)
    assert preview._view.horizontalScrollBar().maximum() == 0


def test_zooming_goes_step_by_step_to_its_ends_and_back_to_the_width(preview: PdfPreview, sheet: bytes) -> None:
    preview.show_pdf(sheet)
    fitting = page_width(preview)
    for _ in ZOOMS:
        preview.zoom_in.click()
    assert page_width(preview) == pytest.approx(210 / 25.4 * 96 * ZOOMS[-1], rel=0.01)
    assert not preview.zoom_in.isEnabled()
    for _ in range(2 * len(ZOOMS)):
        preview.zoom_out.click()
    assert not preview.zoom_out.isEnabled()
    assert preview.fit_width.isEnabled()
    preview.fit_width.click()
    assert page_width(preview) == fitting
    assert not preview.fit_width.isEnabled()


def test_ctrl_and_the_wheel_zoom_the_wheel_alone_scrolls(preview: PdfPreview, sheet: bytes) -> None:
    preview.show_pdf(sheet)
    before = page_width(preview)
    for modifier, grows in ((Qt.KeyboardModifier.NoModifier, False), (Qt.KeyboardModifier.ControlModifier, True)):
        centre = QPointF(100, 100)
        event = QWheelEvent(
            centre, preview._view.viewport().mapToGlobal(centre), QPoint(), QPoint(0, 120),
            Qt.MouseButton.NoButton, modifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(preview._view.viewport(), event)
        assert (page_width(preview) > before) is grows


def test_the_keyboard_zooms(preview: PdfPreview, sheet: bytes) -> None:
    preview.show_pdf(sheet)
    preview._view.setFocus()
    before = page_width(preview)
    QTest.keyClick(preview._view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert page_width(preview) < before
    preview.fit_width.setFocus()
    QTest.keyClick(preview.fit_width, Qt.Key.Key_Space)
    assert page_width(preview) == before


def test_several_documents_stand_one_below_the_other(preview: PdfPreview, sheet: bytes) -> None:
    preview.show_pdf(sheet)
    alone = preview.page_count
    preview.show_pdf(sheet, sheet)
    assert preview.page_count == 2 * alone


def test_clearing_leaves_no_picture_behind(preview: PdfPreview, sheet: bytes, qtbot: QtBot) -> None:
    preview.show_pdf(sheet)
    preview.clear()
    assert preview.page_count == 0
    assert preview._words.text() == ""
    assert not preview.zoom_in.isEnabled() and not preview.zoom_out.isEnabled()
    preview.resize(900, 500)
