"""From PDF bytes to paper or to a file of the operator's choice; the job has a neutral name."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from nakodo_desktop.errors import DiskFull, NotPrintable, NotWritable
from nakodo_desktop.ui.printing.pages import PdfPages

JOB_NAME = "帳票"  # a spooler keeps job names: never a person's
PRINT_DPI = 600
_NO_SPACE = 28  # errno.ENOSPC


def a4_printer() -> QPrinter:
    """A4, whole page, neutral name; the print dialog fills in the rest."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setDocName(JOB_NAME)
    return printer


def print_pdf(pdf: bytes, printer: QPrinter) -> None:
    """Send every page at the printer's resolution. Raises NotPrintable when the printer does not take it."""
    dpi = min(printer.resolution(), PRINT_DPI)
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPrintable(
            "プリンターに送れませんでした。誓約書の記録は変わっていません。",
            "プリンターの電源と接続、用紙をご確認のうえ、もう一度印刷してください。",
        )
    pages = PdfPages(pdf)
    try:
        area: QRect = printer.pageLayout().fullRectPixels(printer.resolution())
        for number in range(len(pages)):
            if number and not printer.newPage():
                raise NotPrintable("印刷が途中で止まりました。", "プリンターを確認し、もう一度印刷してください。")
            painter.drawImage(area, pages.image(number, dpi=dpi, grey=True))
    finally:
        painter.end()
        pages.close()


def save_pdf(pdf: bytes, path: Path) -> None:
    """Write aside and replace, so that no half file ever has the final name. Raises DiskFull, NotWritable."""
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    except OSError as error:
        raise _not_writable() from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        if error.errno == _NO_SPACE:
            raise DiskFull(
                "空き容量が足りず、PDFを保存できませんでした。", "不要なファイルを消すか、別の場所を選んでください。"
            ) from error
        raise _not_writable() from error
    finally:
        temporary.unlink(missing_ok=True)


def _not_writable() -> NotWritable:
    return NotWritable("この場所にはPDFを保存できません。", "書き込みのできる別のフォルダーを選んでください。")
