"""One member's declaration from sheet to signature; the interview and the documents page show the same panel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from nakodo_desktop.domain.declaration import Declaration, DeclarationState
from nakodo_desktop.domain.japanese import format_wareki
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.declarations import Declarations, SheetPdf, draw
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.declarations.signing_form import SigningForm
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.printing.output import a4_printer, print_pdf, save_pdf
from nakodo_desktop.ui.printing.preview import PdfPreview
from nakodo_desktop.ui.theme import Theme, restyle
from nakodo_desktop.ui.widgets.buttons import button, set_button_text
from nakodo_desktop.ui.widgets.flow_layout import FlowLayout
from nakodo_desktop.ui.widgets.frames import column
from nakodo_desktop.ui.widgets.inputs import NumberEdit
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.notices import Banner

_COPIES = (1, 20)
_SPOOL_HINT = "印刷が終わったら、印刷待ちの一覧に誓約書が残っていないかご確認ください。"
_PLAIN_HINT = "PDFのファイルは暗号化されません。用が済んだら消してください。"


class DeclarationPanel(QWidget):
    """`changed` after anything was recorded. Drawing is a job; the record is written when the sheet exists."""

    changed = Signal()

    def __init__(
        self, theme: Theme, jobs: JobRunner, declarations: Declarations, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._jobs, self._declarations = theme, jobs, declarations
        self._member: MemberId | None = None
        self._current: Declaration | None = None
        self._pdf: SheetPdf | None = None
        self.state = PlainLabel("", "h2")
        self.explanation = WrappedLabel("", "label")
        self.create_button = button(theme, "誓約書を作る", kind="primary", icon="file-text")
        self.print_button = button(theme, "印刷する", icon="printer")
        self.save_button = button(theme, "PDFに保存", icon="download")
        self.sign_button = button(theme, "署名を記録する", kind="primary", icon="signature")
        self.copies = NumberEdit(theme, unit="部", minimum=_COPIES[0], maximum=_COPIES[1])
        self.copies.set_label("部数")
        self.copies.set_value(1)
        for name in ("create", "print", "save", "sign"):
            getattr(self, f"{name}_button").setObjectName(f"declaration_{name}")
        self.history = WrappedLabel("", "hint")
        self.preview = PdfPreview(theme)
        self.signing = SigningForm(theme, today=declarations.today)
        self.signing.hide()
        self.notice = Banner(theme, "info", "")
        self.notice.hide()
        self._lay_out()
        self.create_button.clicked.connect(self._create)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)
        self.sign_button.clicked.connect(self._open_signing)
        self.signing.submitted.connect(self._sign)
        self.signing.cancelled.connect(self.signing.hide)

    def show_member(self, member_id: MemberId) -> None:
        """Show the newest sheet of the member, drawn again from its record."""
        self._member = member_id
        self.signing.hide()
        self.notice.hide()
        sheets = self._declarations.of_member(member_id)
        self._show(sheets[0] if sheets else None)

    @property
    def declaration(self) -> Declaration | None:
        return self._current

    def _show(self, declaration: Declaration | None) -> None:
        self._current = declaration
        self.state.setText("独身誓約書はまだありません" if declaration is None else _title(declaration))
        self.explanation.setText(_EXPLANATIONS[None if declaration is None else declaration.state])
        waiting = declaration is not None and declaration.state is DeclarationState.PRINTED
        set_button_text(self.create_button, "誓約書を作る" if declaration is None else "新しく作り直す", has_icon=True)
        self.create_button.setProperty("kind", "primary" if declaration is None else "normal")
        self.create_button.setIcon(self._theme.icon("file-text", "on_accent" if declaration is None else "muted"))
        restyle(self.create_button)
        for widget in (self.print_button, self.save_button, self.copies):
            widget.setVisible(declaration is not None)
        self.sign_button.setVisible(waiting)
        self._show_history(declaration)
        if declaration is None:
            self._pdf = None
            self.preview.clear()
        else:
            self._redraw(declaration)

    def _show_history(self, declaration: Declaration | None) -> None:
        if declaration is None:
            self.history.setText("")
            return
        lines = [f"文書番号 {declaration.number}　文面 {declaration.form_version}版"]
        for printing in self._declarations.printings(declaration.id):
            at = printing.printed_at.astimezone()
            what = f"{printing.copies}部印刷" if printing.output == "printer" else "PDFに保存"
            lines.append(f"{at.month}月{at.day}日 {at:%H:%M}　{what}（{printing.staff_name}）")
        self.history.setText("\n".join(lines))

    def _create(self) -> None:
        if self._member is None:
            return
        sheet = self._declarations.prepare(self._member)

        def keep(pdf: SheetPdf) -> None:
            self._show(self._declarations.keep(sheet, pdf))
            self.changed.emit()

        self._jobs.run(self, lambda: draw(sheet), on_done=keep, on_failed=self._on_failed)

    def _redraw(self, declaration: Declaration) -> None:
        sheet = self._declarations.sheet_of(declaration.id)

        def show(pdf: SheetPdf) -> None:
            self._declarations.check_redrawn(declaration.id, pdf)
            self._pdf = pdf
            self.preview.show_pdf(pdf.office)

        self._jobs.run(self, lambda: draw(sheet), on_done=show, on_failed=self._on_failed)

    def _print(self) -> None:
        """Both copies go to the printer the operator chooses: the office's and the member's."""
        if self._pdf is None or self._current is None or not self.copies.validate():
            return
        printer = a4_printer()
        copies = self.copies.value()
        copies = copies if isinstance(copies, int) else 1
        printer.setCopyCount(copies)
        dialog = QPrintDialog(printer, self)
        pdf, declaration = self._pdf, self._current

        def go(result: int) -> None:
            if result == QDialog.DialogCode.Accepted:
                print_pdf(pdf.office, printer)
                print_pdf(pdf.member, printer)
                self._record(declaration, "printer", copies=copies, hint=_SPOOL_HINT)

        dialog.finished.connect(go)
        dialog.setModal(True)
        dialog.show()

    def _save(self) -> None:
        if self._pdf is None or self._current is None:
            return
        suggested = f"{self._current.number}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(self, "PDFに保存", suggested, "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """The office's copy, where the operator said."""
        assert self._pdf is not None and self._current is not None
        save_pdf(self._pdf.office, path)
        self._record(self._current, "pdf", copies=1, hint=_PLAIN_HINT)

    @property
    def is_drawn(self) -> bool:
        return self._pdf is not None

    def _record(self, declaration: Declaration, output: str, *, copies: int, hint: str) -> None:
        recorded = self._declarations.record_output(declaration.id, output, copies=copies)
        self._show(recorded)
        self.notice.set_words("記録しました", hint)
        self.notice.show()
        self.changed.emit()

    def _open_signing(self) -> None:
        self.signing.start()
        self.signing.show()
        self.signing.focus_first()

    def _sign(self) -> None:
        if self._current is None:
            return
        result = self._declarations.sign(self._current.id, self.signing.signing())
        if isinstance(result, tuple):
            self.signing.show_problems(result)
            return
        self.signing.hide()
        self._show(result)
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        alerts.show_error(self, self._theme, error)

    def _lay_out(self) -> None:
        theme = self._theme
        rows = column(theme, self, gap=12)
        rows.addWidget(self.state)
        rows.addWidget(self.explanation)
        deeds = QWidget()
        side_by_side = FlowLayout(deeds, gap=theme.px(8))
        for widget in (self.sign_button, self.print_button, self.copies, self.save_button, self.create_button):
            side_by_side.addWidget(widget)
        rows.addWidget(deeds)
        rows.addWidget(self.notice)
        rows.addWidget(self.signing)
        rows.addWidget(self.history)
        rows.addWidget(self.preview, 1)


_EXPLANATIONS: dict[DeclarationState | None, str] = {
    None: "記録から誓約書を作り、ご本人に読み上げて、手書きで署名していただきます。",
    DeclarationState.DRAFT: "内容をご本人と確認してから印刷してください。印刷しただけでは署名済みになりません。",
    DeclarationState.PRINTED: "ご本人の署名をいただいたら、「署名を記録する」を押してください。",
    DeclarationState.SIGNED: "署名済みです。期限の前に、もう一度署名をいただきます。",
    DeclarationState.EXPIRED: "期限が切れています。新しい誓約書に署名をいただくまで、協会サイトには出せません。",
    DeclarationState.SUPERSEDED: "新しい誓約書に替わりました。",
    DeclarationState.FALSE_SUSPECTED: "虚偽の疑いがあるため、協会サイトには出せません。",
}


def _title(declaration: Declaration) -> str:
    if declaration.state is DeclarationState.SIGNED and declaration.signed_on and declaration.valid_until:
        return f"{format_wareki(declaration.signed_on)} 署名（{format_wareki(declaration.valid_until)}まで）"
    return declaration.state.label
