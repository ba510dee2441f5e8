"""A sheet that is only looked at, printed or saved; the printer is the only thing that is not real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.printing.interview_sheet import render_blank_interview_sheet
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.printing.printers import Printers
from nakodo_desktop.ui.printing.sheet_dialog import SheetDialog
from nakodo_desktop.ui.theme import Theme
from tests.ui.paperkit import PaperlessPrinters


@pytest.fixture
def outputs() -> list[tuple[str, int]]:
    return []


@pytest.fixture
def ground(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    window.jobs = JobRunner(window)  # type: ignore[attr-defined]
    qtbot.addWidget(window)
    window.show()
    yield window
    window.jobs.wait()  # type: ignore[attr-defined]


def opened(
    ground: QWidget,
    theme: Theme,
    outputs: list[tuple[str, int]],
    *,
    draw: Callable[[], bytes] | None = None,
    printers: Printers | None = None,
) -> SheetDialog:
    dialog = SheetDialog(
        theme,
        ground.jobs,  # type: ignore[attr-defined]
        "白紙の面談シート",
        draw=draw or (lambda: render_blank_interview_sheet(office_name="見本相談所")),
        file_name="interview.pdf",
        record=lambda output, copies: outputs.append((output, copies)),
        printers=printers,
        parent=ground,
    )
    dialog.open()
    return dialog


def test_it_is_drawn_and_saved_where_the_operator_says(
    qtbot: QtBot, ground: QWidget, theme: Theme, outputs: list[tuple[str, int]], tmp_path: Path
) -> None:
    dialog = opened(ground, theme, outputs)
    assert not dialog.save_button.isEnabled()
    qtbot.waitUntil(lambda: dialog.is_drawn, timeout=10_000)
    dialog.save_to(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert outputs == [("pdf", 1)]
    assert "暗号化されません" in dialog.outcome.plain_text()


def test_a_folder_that_cannot_be_written_is_told_in_the_dialog(
    qtbot: QtBot, ground: QWidget, theme: Theme, outputs: list[tuple[str, int]], tmp_path: Path
) -> None:
    dialog = opened(ground, theme, outputs)
    qtbot.waitUntil(lambda: dialog.is_drawn, timeout=10_000)
    dialog.save_to(tmp_path / "nowhere" / "sheet.pdf")
    assert outputs == []
    assert dialog.isVisible()


def test_it_prints_and_closes(
    qtbot: QtBot, ground: QWidget, theme: Theme, outputs: list[tuple[str, int]], tmp_path: Path
) -> None:
    dialog = opened(ground, theme, outputs, printers=PaperlessPrinters(tmp_path / "paper.pdf"))
    qtbot.waitUntil(lambda: dialog.is_drawn, timeout=10_000)
    dialog.copies.set_value(2)
    dialog.print_button.click()
    assert outputs == [("printer", 2)]
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")


def test_what_cannot_be_drawn_is_told_and_nothing_can_be_printed(
    qtbot: QtBot, ground: QWidget, theme: Theme, outputs: list[tuple[str, int]]
) -> None:
    def fail() -> bytes:
        raise NotPrintable("文字「見」の形がありません。", "別の表記にしてください。")

    dialog = opened(ground, theme, outputs, draw=fail)
    qtbot.waitUntil(lambda: dialog._told is not None, timeout=10_000)
    assert not dialog.save_button.isEnabled()
    assert outputs == []
