"""Everything that makes paper, in a process of its own: each sheet is drawn, looked at, printed and saved once.

python -m tests.ui.printing.printing_day BASE

Leaves BASE/paper and BASE/files, and nothing anywhere else but in BASE/office.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget

from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.services.papers import Papers
from nakodo_desktop.ui.declarations.panel import PARTS, DeclarationPanel
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.printing.print_dialog import PrintOrder
from nakodo_desktop.ui.printing.printers import Printers
from nakodo_desktop.ui.printing.sheet_dialog import SheetDialog
from nakodo_desktop.ui.theme import Theme, install
from nakodo_desktop.ui.tokens import TextSize
from tests import factory
from tests.factory import Desk
from tests.officekit import make_building
from tests.vaultkit import make_template

NAME = "漏洩検査太郎"
_PATIENCE_MS = 30_000


class _Paper(Printers):
    """Paper is a PDF file of the operating system's own making; everything before it is real."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._sheets = folder, 0

    def names(self) -> tuple[str, ...]:
        return ("見本プリンター",)

    def open(self, name: str, *, copies: int = 1) -> QPrinter:
        self._sheets += 1
        printer = super().open("", copies=copies)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self._folder / f"{self._sheets}.pdf"))
        printer.setResolution(100)
        return printer


def main() -> None:
    base = Path(sys.argv[1])
    for name in ("paper", "files"):
        (base / name).mkdir(parents=True)
    building = make_building(make_template(base / "office" / "template"), base / "office" / "people").copy(
        base / "office" / "vault"
    )
    desk = building.enter()
    member_id = factory.member(desk, family_name=NAME)
    app = QApplication([])
    theme, jobs = install(app, dark=False, text_size=TextSize.STANDARD), JobRunner()
    printers = _Paper(base / "paper")
    _declaration(theme, jobs, desk, member_id, printers=printers, files=base / "files")
    papers = Papers(desk.vault, desk.places, now=building.clock)
    window = QWidget()
    window.show()
    sheets: dict[str, Callable[[], bytes]] = {
        "blank": papers.blank_interview(),
        "consents": papers.consents(factory.answers(family_name=NAME)),
        "copy": papers.member_copy(member_id),
    }
    for name, draw in sheets.items():
        dialog = SheetDialog(
            theme, jobs, name, draw=draw, file_name=f"{name}.pdf", record=_note, printers=printers, parent=window
        )
        dialog.open()
        _until(lambda shown=dialog: shown.is_drawn)
        dialog.grab()
        dialog.save_to(base / "files" / f"{name}.pdf")
        dialog.print_button.click()
    jobs.wait()
    building.leave()


def _declaration(
    theme: Theme, jobs: JobRunner, desk: Desk, member_id: MemberId, *, printers: Printers, files: Path
) -> None:
    panel = DeclarationPanel(theme, jobs, desk.declarations, printers=printers)
    panel.resize(900, 700)
    panel.show()
    panel.show_member(member_id)
    panel.create_button.click()
    _until(lambda: panel.is_drawn)
    panel.grab()
    panel.preview.zoom_in.click()
    panel.grab()
    panel._print_order(PrintOrder("", 1, tuple(part.key for part in PARTS)))
    _until(lambda: panel.is_drawn)
    panel.save_to(files / "declaration.pdf")
    _until(lambda: panel.is_drawn)
    panel.hide()


def _note(_output: str, _copies: int) -> None:
    """What is recorded is another test's matter."""


def _until(holds: Callable[[], bool]) -> None:
    loop, look = QEventLoop(), QTimer(interval=5)
    look.timeout.connect(lambda: loop.quit() if holds() else None)
    look.start()
    QTimer.singleShot(_PATIENCE_MS, loop.quit)
    loop.exec()
    if not holds():
        raise TimeoutError


if __name__ == "__main__":
    main()
