"""From bytes to paper and to a file: geometry, one job for many sheets, and what a printer or a disk refuses."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from nakodo_desktop.errors import DiskFull, NotPrintable, NotWritable
from nakodo_desktop.printing.interview_sheet import render_blank_interview_sheet
from nakodo_desktop.ui.printing.output import print_pdf, save_pdf
from nakodo_desktop.ui.printing.pages import PdfPages
from nakodo_desktop.ui.printing.printers import JOB_NAME, Printers


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return render_blank_interview_sheet(office_name="見本相談所")


def printer_into(path: Path) -> QPrinter:
    """Qt's own printing into a file, set up as the program sets up every printer."""
    printer = Printers().open("", copies=1)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(100)
    return printer


def pages_of(path: Path) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return [(round(page.get_width()), round(page.get_height())) for page in document]
    finally:
        document.close()


def test_a_printer_is_a4_whole_page_and_the_job_has_a_neutral_name(qapp: QApplication) -> None:
    printer = Printers().open("", copies=3)
    assert printer.docName() == JOB_NAME == "帳票"
    assert printer.pageLayout().pageSize().id() is QPageSize.PageSizeId.A4
    assert printer.fullPage()


def test_all_pages_of_all_sheets_are_one_job_on_a4(qapp: QApplication, tmp_path: Path, sheet: bytes) -> None:
    pages = PdfPages(sheet)
    count = len(pages)
    pages.close()
    print_pdf(printer_into(tmp_path / "job.pdf"), sheet, sheet)
    printed = pages_of(tmp_path / "job.pdf")
    assert len(printed) == 2 * count
    assert set(printed) == {(595, 842)}


def test_the_sheet_lies_where_it_lay(qapp: QApplication, tmp_path: Path, sheet: bytes) -> None:
    """Nothing is scaled or moved: the same place is dark on the paper and on the sheet."""
    print_pdf(printer_into(tmp_path / "job.pdf"), sheet)
    before, after = PdfPages(sheet), PdfPages((tmp_path / "job.pdf").read_bytes())
    one, other = before.image(0, dpi=50, grey=True), after.image(0, dpi=50, grey=True)
    assert one.size() == other.size()
    dark = [(x, y) for x in range(one.width()) for y in range(one.height()) if one.pixelColor(x, y).lightness() < 60]
    assert len(dark) > 20
    same = [at for at in dark if other.pixelColor(*at).lightness() < 160]
    assert len(same) > 0.9 * len(dark)
    before.close()
    after.close()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_take_it_is_told(qapp: QApplication, tmp_path: Path, sheet: bytes) -> None:
    printer = printer_into(tmp_path / "no such folder" / "job.pdf")
    with pytest.raises(NotPrintable, match="記録は変わっていません"):
        print_pdf(printer, sheet)


def test_a_file_is_whole_or_the_former_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "帳票.pdf"
    save_pdf(b"%PDF-first", target)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        save_pdf(b"%PDF-second", target)
    assert target.read_bytes() == b"%PDF-first"
    assert [path.name for path in tmp_path.iterdir()] == ["帳票.pdf"], "no half file stays"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotWritable):
        save_pdf(b"%PDF-", tmp_path / "gone" / "x.pdf")
