"""A sheet that is not kept: look at it, print it, save it; drawn as a job, from memory to the printer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from nakodo_desktop.errors import UserError
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.printing.output import print_pdf, save_pdf
from nakodo_desktop.ui.printing.preview import PdfPreview
from nakodo_desktop.ui.printing.print_dialog import COPIES
from nakodo_desktop.ui.printing.printers import Printers
from nakodo_desktop.ui.printing.save_dialog import PLAIN_HINT, ask_pdf_path
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.inputs import ComboInput, FieldBox, NumberEdit
from nakodo_desktop.ui.widgets.labels import WrappedLabel

_WIDTH_PX, _PREVIEW_PX = 720, 420


class SheetDialog(AppDialog):
    """`record` is told "printer" or "pdf" and how many, after it happened."""

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        title: str,
        *,
        draw: Callable[[], bytes],
        file_name: str,
        record: Callable[[str, int], None],
        printers: Printers | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, title, icon="printer", width_px=_WIDTH_PX, parent=parent)
        self._file_name, self._record = file_name, record
        self._printers = printers or Printers()
        self._pdf: bytes | None = None
        names = self._printers.names()
        self.preview = PdfPreview(theme)
        self.add_elastic(self.preview, _PREVIEW_PX)
        self.printer = ComboInput(theme, [(name, name) for name in names])
        self.copies = NumberEdit(theme, unit="部", minimum=COPIES[0], maximum=COPIES[1])
        self.copies.set_value(1)
        if names:
            self.printer.set_value(names[0])
            self.body.addWidget(FieldBox(theme, "プリンター", self.printer))
            self.body.addWidget(FieldBox(theme, "部数", self.copies, hint="用紙はA4です。"))
        else:
            words = "使えるプリンターが見つかりません。PDFに保存して、別のパソコンから印刷できます。"
            self.body.addWidget(WrappedLabel(words, "hint"))
        self.outcome = WrappedLabel("", "hint")
        self.outcome.hide()
        self.body.addWidget(self.outcome)
        self.add_button("閉じる")
        self.save_button = self.add_button("PDFに保存", self._ask_path, icon="download", closes=False)
        self.print_button = self.add_button("印刷する", self._print, kind="primary", icon="printer", closes=False)
        self.save_button.setObjectName("sheet_save")
        self.print_button.setObjectName("sheet_print")
        self.print_button.setVisible(bool(names))
        for made in (self.save_button, self.print_button):
            made.setEnabled(False)
        jobs.run(self, draw, on_done=self._show, on_failed=self._fail)

    @property
    def is_drawn(self) -> bool:
        return self._pdf is not None

    def save_to(self, path: Path) -> None:
        """The file is plain; the dialog says so."""
        assert self._pdf is not None
        try:
            save_pdf(self._pdf, path)
        except UserError as error:
            self.tell(error.message, error.advice)
            return
        self._record("pdf", 1)
        self.outcome.setText(f"保存しました。{PLAIN_HINT}")
        self.outcome.show()

    def _show(self, pdf: bytes) -> None:
        self._pdf = pdf
        self.preview.show_pdf(pdf)
        for made in (self.save_button, self.print_button):
            made.setEnabled(True)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.tell(error.message, error.advice)

    def _ask_path(self) -> None:
        ask_pdf_path(self, suggested=self._file_name, on_chosen=self.save_to)

    def _print(self) -> None:
        name, copies = self.printer.value(), self.copies.value()
        if self._pdf is None or not isinstance(name, str) or not self.copies.validate() or not isinstance(copies, int):
            return
        try:
            print_pdf(self._printers.open(name, copies=copies), self._pdf)
        except UserError as error:
            self.tell(error.message, error.advice)
            return
        self._record("printer", copies)
        self.accept()
