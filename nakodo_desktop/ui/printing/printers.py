"""The printers of this PC, by name; the only place that asks Qt for one."""

from __future__ import annotations

from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

JOB_NAME = "帳票"  # a spooler keeps job names: never a person's


class Printers:
    """Asked anew each time: a printer may be switched on while the program runs."""

    def names(self) -> tuple[str, ...]:
        """The usual one first; empty when this PC has none."""
        usual = QPrinterInfo.defaultPrinterName()
        found = [str(name) for name in QPrinterInfo.availablePrinterNames()]
        return tuple(sorted(found, key=lambda name: name != usual))

    def open(self, name: str, *, copies: int = 1) -> QPrinter:
        """A4, whole page, neutral job name."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(name)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        printer.setDocName(JOB_NAME)
        printer.setCopyCount(copies)
        return printer
