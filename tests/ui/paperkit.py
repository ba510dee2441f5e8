"""The one thing of printing that is not real in a test: paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from nakodo_desktop.ui.printing.printers import Printers


class PaperlessPrinters(Printers):
    """Prints into a file of the test; everything else is Qt's own printing."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def names(self) -> tuple[str, ...]:
        return ("見本プリンター",)

    def open(self, name: str, *, copies: int = 1) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.target))
        printer.setResolution(100)
        return printer
