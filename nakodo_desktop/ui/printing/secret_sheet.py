"""Prints a sheet that must not become a file: on paper or not at all, and no word of it anywhere else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from nakodo_desktop.ui.printing.output import print_pdf
from nakodo_desktop.ui.printing.print_dialog import PrintOrder, ask_print
from nakodo_desktop.ui.printing.printers import Printers
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog


def print_once(
    parent: QWidget,
    theme: Theme,
    pdf: bytes,
    *,
    what: str,
    printers: Printers | None = None,
    on_printed: Callable[[], None] | None = None,
) -> AppDialog:
    """Ask for the printer and print. Without one nothing is offered but to copy it by hand: no PDF file is made."""
    available = printers or Printers()

    def send(order: PrintOrder) -> None:
        print_pdf(available.open(order.printer, copies=order.copies), pdf)
        if on_printed is not None:
            on_printed()

    return ask_print(parent, theme, available, what=what, on_print=send)
