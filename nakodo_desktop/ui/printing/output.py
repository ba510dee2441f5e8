"""From PDF bytes to paper or to a file of the operator's choice, without a temporary file in between."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter

from nakodo_desktop.errors import DiskFull, NotPrintable, NotWritable
from nakodo_desktop.ui.printing.pages import PdfPages

PRINT_DPI = 600


def print_pdf(printer: QPrinter, *pdfs: bytes) -> None:
    """Send every page of every document as one job. Raises NotPrintable when the printer does not take it."""
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPrintable(
            "プリンターに送れませんでした。記録は変わっていません。",
            "プリンターの電源と接続、用紙をご確認のうえ、もう一度印刷してください。",
        )
    try:
        for number, pdf in enumerate(pdfs):
            _paint(printer, painter, pdf, is_first=number == 0)
    finally:
        painter.end()


def _paint(printer: QPrinter, painter: QPainter, pdf: bytes, *, is_first: bool) -> None:
    dpi = min(printer.resolution(), PRINT_DPI)
    area: QRect = printer.pageLayout().fullRectPixels(printer.resolution())
    pages = PdfPages(pdf)
    try:
        for number in range(len(pages)):
            if not (is_first and number == 0) and not printer.newPage():
                raise NotPrintable("印刷が途中で止まりました。", "プリンターを確認し、もう一度印刷してください。")
            painter.drawImage(area, pages.image(number, dpi=dpi, grey=True))
    finally:
        pages.close()


def save_pdf(pdf: bytes, path: Path) -> None:
    """Write aside and replace, so that no half file ever has the final name. Raises DiskFull, NotWritable."""
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    except OSError as error:
        raise _refused(error) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise _refused(error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _refused(error: OSError) -> DiskFull | NotWritable:
    if error.errno == errno.ENOSPC:
        return DiskFull(
            "空き容量が足りず、PDFを保存できませんでした。", "不要なファイルを消すか、別の場所を選んでください。"
        )
    return NotWritable("この場所にはPDFを保存できません。", "書き込みのできる別のフォルダーを選んでください。")
