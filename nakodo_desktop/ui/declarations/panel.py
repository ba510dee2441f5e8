"""One member's declaration from sheet to signature; the interview and the documents page show the same panel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from nakodo_desktop.domain.declaration import Declaration, DeclarationId, DeclarationState
from nakodo_desktop.domain.declaration_facts import Copy
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.declarations import Declarations, SheetPdf, draw
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.declarations.scan_row import ScanRow
from nakodo_desktop.ui.declarations.sheet_history import SheetHistory
from nakodo_desktop.ui.declarations.signing_form import SigningForm
from nakodo_desktop.ui.declarations.suspicion import SuspicionMenu
from nakodo_desktop.ui.declarations.wording import explanation, life, title, variants_told
from nakodo_desktop.ui.jobs import JobHandle, JobRunner
from nakodo_desktop.ui.printing.output import print_pdf, save_pdf
from nakodo_desktop.ui.printing.preview import PdfPreview
from nakodo_desktop.ui.printing.print_dialog import SPOOL_HINT, Part, PrintOrder, ask_print
from nakodo_desktop.ui.printing.printers import Printers
from nakodo_desktop.ui.printing.save_dialog import PLAIN_HINT, ask_pdf_path
from nakodo_desktop.ui.theme import Theme, restyle
from nakodo_desktop.ui.widgets.buttons import button, set_button_text, tool_button
from nakodo_desktop.ui.widgets.frames import FormScroll, column, row
from nakodo_desktop.ui.widgets.labels import WrappedLabel
from nakodo_desktop.ui.widgets.notices import Banner

PARTS = (
    Part(Copy.OFFICE.name, f"{Copy.OFFICE.value}（署名をいただく用紙）"),
    Part(Copy.MEMBER.name, f"{Copy.MEMBER.value}（ご本人にお渡しする用紙）"),
)
SIDE_PX = 208


class DeclarationPanel(QWidget):
    """`changed` after anything was recorded. Drawing is a job; the record is written when the sheet exists.

    A sheet can be printed only once it was drawn and found to be the recorded one.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        declarations: Declarations,
        *,
        printers: Printers | None = None,
        is_scrolled: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`is_scrolled`: by the page it lies on; else words and deeds scroll by themselves in a low window."""
        super().__init__(parent)
        self._is_scrolled = is_scrolled
        self._theme, self._jobs, self._declarations = theme, jobs, declarations
        self._printers = printers or Printers()
        self._member: MemberId | None = None
        self._said: Answers | None = None
        self._current: Declaration | None = None
        self._pdf: SheetPdf | None = None
        self._drawing: JobHandle | None = None
        self.state = WrappedLabel("", "h2")
        self.explanation = WrappedLabel("", "label")
        self.create_button = button(theme, "誓約書を作る", kind="primary", icon="file-text")
        self.print_button = button(theme, "印刷する", icon="printer")
        self.save_button = button(theme, "PDFに保存", icon="download")
        self.sign_button = button(theme, "署名を記録する", kind="primary", icon="signature")
        self.history_button = button(theme, "履歴", icon="history")
        self.more_button = tool_button(theme, "ellipsis", "誓約書のその他の操作")
        for name in ("create", "print", "save", "sign", "history", "more"):
            getattr(self, f"{name}_button").setObjectName(f"declaration_{name}")
        self.life = WrappedLabel("", "hint")
        self.preview = PdfPreview(theme)
        self.signing = SigningForm(theme, declarations.drafts, today=declarations.today)
        self.notice = Banner(theme, "info", "")
        self.variants = Banner(theme, "warn", "字形をご確認ください")
        self.older = Banner(
            theme,
            "info",
            "以前の誓約書を表示しています",
            verb="今の誓約書に戻る",
            act=self._show_newest,
            icon="history",
        )
        self._lay_out()
        self._connect()

    def show_member(self, member_id: MemberId, *, said: Answers | None = None) -> None:
        """Show the newest sheet of the member, drawn again from its record. A new one tells what was `said` now."""
        self._member, self._said = member_id, said
        self._close_signing()
        self.notice.hide()
        self._show_newest()

    def show_sheet(self, declaration_id: DeclarationId) -> None:
        """One of the member's sheets, an older one too."""
        self._close_signing()
        self.notice.hide()
        self._show(self._declarations.load(declaration_id))

    def more_menu(self) -> SuspicionMenu:
        """The rarer deeds on the sheet that is shown; not open yet, and it deletes itself when it closes."""
        assert self._current is not None
        return SuspicionMenu(
            self._theme,
            self._jobs,
            self._declarations.suspicions,
            self._current,
            printers=self._printers,
            changed=self._show_again,
            parent=self,
        )

    @property
    def declaration(self) -> Declaration | None:
        return self._current

    @property
    def is_drawn(self) -> bool:
        return self._pdf is not None

    def save_to(self, path: Path) -> None:
        """The office's copy, where the operator said."""
        assert self._pdf is not None and self._current is not None
        save_pdf(self._pdf.office, path)
        self._record(self._current, "pdf", copies=1, hint=PLAIN_HINT)

    def _show_newest(self) -> None:
        assert self._member is not None
        sheets = self._declarations.of_member(self._member)
        self._show(sheets[0] if sheets else None)

    def _show(self, declaration: Declaration | None) -> None:
        assert self._member is not None
        self._current = declaration
        sheets = self._declarations.of_member(self._member)
        is_newest = declaration is None or declaration.id == sheets[0].id
        self.older.setVisible(not is_newest)
        self.state.setText(title(declaration))
        self.explanation.setText(explanation(declaration))
        self.life.setText("" if declaration is None else f"文書番号 {declaration.number}\n{life(declaration)}")
        self.life.setVisible(declaration is not None)
        self._show_deeds(declaration, is_newest=is_newest)
        if declaration is None:
            self._forget_drawing()
        else:
            self._redraw(declaration)

    def _show_deeds(self, declaration: Declaration | None, *, is_newest: bool) -> None:
        may = self._declarations.may_record
        exists = declaration is not None
        state = None if declaration is None else declaration.state
        self.create_button.setVisible(may and is_newest)
        self.print_button.setVisible(may and exists)
        self.save_button.setVisible(may and exists)
        self.sign_button.setVisible(may and is_newest and state is DeclarationState.PRINTED)
        self.history_button.setVisible(exists)
        self.more_button.setVisible(may and exists and (is_newest or state is DeclarationState.FALSE_SUSPECTED))
        set_button_text(self.create_button, "新しく作り直す" if exists else "誓約書を作る", has_icon=True)
        self.create_button.setProperty("kind", "normal" if exists else "primary")
        self.create_button.setIcon(self._theme.icon("file-text", "muted" if exists else "on_accent"))
        restyle(self.create_button)

    # Drawing -----------------------------------------------------------------------------------------------------

    def _create(self) -> None:
        if self._member is None:
            return
        sheet = self._declarations.prepare(self._member, said=self._said)
        self.create_button.setEnabled(False)

        def keep(pdf: SheetPdf) -> None:
            self.create_button.setEnabled(True)
            kept = self._declarations.keep(sheet, pdf)
            if self._member == sheet.member_id:  # another member may have been chosen in the meantime
                self._show(kept)
            self.changed.emit()

        self._jobs.run(self, lambda: draw(sheet), on_done=keep, on_failed=self._on_failed)

    def _redraw(self, declaration: Declaration) -> None:
        self._forget_drawing()
        sheet = self._declarations.sheet_of(declaration.id)

        def show(pdf: SheetPdf) -> None:
            self._declarations.check_redrawn(declaration.id, pdf)
            self._pdf = pdf
            self.preview.show_pdf(pdf.office, pdf.member)
            self.variants.set_words("字形をご確認ください", variants_told(pdf.plain_variants))
            self.variants.setVisible(bool(pdf.plain_variants))
            self._enable_output()

        self._drawing = self._jobs.run(self, lambda: draw(sheet), on_done=show, on_failed=self._on_failed)

    def _forget_drawing(self) -> None:
        """Nobody may print the sheet of the member who was shown before."""
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None
        self._pdf = None
        self.preview.clear()
        self.variants.hide()
        self._enable_output()

    def _enable_output(self) -> None:
        for made in (self.print_button, self.save_button):
            made.setEnabled(self.is_drawn)

    def _on_failed(self, error: Exception) -> None:
        self.create_button.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        alerts.show_error(self, self._theme, error)

    # Paper and file ----------------------------------------------------------------------------------------------

    def _print(self) -> None:
        ask_print(
            self,
            self._theme,
            self._printers,
            what="独身誓約書",
            parts=PARTS,
            on_print=self._print_order,
            on_save=self._save,
        )

    def _print_order(self, order: PrintOrder) -> None:
        if self._pdf is None or self._current is None:
            return
        self.setCursor(Qt.CursorShape.BusyCursor)
        try:
            printer = self._printers.open(order.printer, copies=order.copies)
            print_pdf(printer, *copies_of(self._pdf, order.parts))
        finally:
            self.unsetCursor()
        self._record(self._current, "printer", copies=order.copies, hint=SPOOL_HINT)

    def _save(self) -> None:
        if self._pdf is not None and self._current is not None:
            ask_pdf_path(self, suggested=f"{self._current.number}.pdf", on_chosen=self.save_to)

    def _record(self, declaration: Declaration, output: str, *, copies: int, hint: str) -> None:
        recorded = self._declarations.record_output(declaration.id, output, copies=copies)
        self._show(recorded)
        self.notice.set_words("印刷しました" if output == "printer" else "PDFに保存しました", hint)
        self.notice.show()
        self.changed.emit()

    # Signing and after -------------------------------------------------------------------------------------------

    def _open_signing(self) -> None:
        assert self._current is not None
        self.notice.hide()
        self.signing.start(self._current, today=self._declarations.today)
        self._paper.setCurrentIndex(1)
        self.sign_button.setEnabled(False)
        self.signing.focus_first()

    def _close_signing(self) -> None:
        self._paper.setCurrentIndex(0)
        self.sign_button.setEnabled(True)

    def _sign(self) -> None:
        if self._current is None:
            return
        result = self._declarations.sign(self._current.id, self.signing.signing())
        if isinstance(result, tuple):
            self.signing.show_problems(result)
            return
        self.signing.draft.submitted()
        self._close_signing()
        self._show(result)
        self.changed.emit()

    def _open_history(self) -> None:
        if self._member is not None:
            sheets = self._declarations.of_member(self._member)
            dialog = SheetHistory(
                self._theme,
                sheets,
                printings=self._declarations.printings,
                on_show=self.show_sheet,
                scan_of=self._scan_row,
                parent=self,
            )
            dialog.open()

    def _scan_row(self, sheet: Declaration) -> ScanRow | None:
        if sheet.signed_on is None or not self._declarations.may_record:
            return None
        return ScanRow(self._theme, self._jobs, self._declarations.scans, sheet)

    def _open_more(self) -> None:
        menu = self.more_menu()
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _show_again(self) -> None:
        if self._current is not None:
            self._show(self._declarations.load(self._current.id))
            self.changed.emit()

    def _connect(self) -> None:
        self.create_button.clicked.connect(self._create)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)
        self.sign_button.clicked.connect(self._open_signing)
        self.history_button.clicked.connect(self._open_history)
        self.more_button.clicked.connect(self._open_more)
        self.signing.submitted.connect(self._sign)
        self.signing.cancelled.connect(self._close_signing)

    def _lay_out(self) -> None:
        """Words and deeds on the left, the sheet on the right: it is high, and a window is wide."""
        theme = self._theme
        rows = column(theme, self, gap=12)
        rows.addWidget(self.older)
        across = row(theme, gap=20)
        side = QWidget()
        words = column(theme, side, gap=10)
        head = row(theme)
        head.addWidget(self.state, 1)
        head.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(head)
        words.addWidget(self.explanation)
        words.addSpacing(theme.px(4))
        for made in (self.sign_button, self.print_button, self.save_button, self.create_button, self.history_button):
            words.addWidget(made)
        words.addWidget(self.variants)
        words.addWidget(self.notice)
        words.addWidget(self.life)
        words.addStretch(1)
        across.addWidget(self._beside(side))
        self._paper = QStackedWidget()
        self._paper.addWidget(self.preview)
        self._paper.addWidget(FormScroll(self.signing))
        across.addWidget(self._paper, 1)
        rows.addLayout(across, 1)
        self.older.hide()
        self.notice.hide()
        self.variants.hide()

    def _beside(self, side: QWidget) -> QWidget:
        """The words and deeds, as wide as they are everywhere."""
        if self._is_scrolled:
            side.setFixedWidth(self._theme.px(SIDE_PX))
            return side
        scroll = FormScroll(side)
        holder = QWidget()
        holder.setFixedWidth(self._theme.px(SIDE_PX) + scroll.verticalScrollBar().sizeHint().width())
        column(self._theme, holder).addWidget(scroll)
        return holder


def copies_of(pdf: SheetPdf, parts: tuple[str, ...]) -> list[bytes]:
    """The chosen sheets in their order."""
    sheets = {Copy.OFFICE.name: pdf.office, Copy.MEMBER.name: pdf.member}
    return [sheets[part] for part in parts]
