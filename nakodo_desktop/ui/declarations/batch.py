"""Prints the declarations of many members as one job: makes each sheet that is missing, then prints, then records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject

from nakodo_desktop.domain.declaration import Declaration, DeclarationState, Standing
from nakodo_desktop.domain.member import MemberRow
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.declarations import Declarations, DueRow, Sheet, SheetPdf, draw
from nakodo_desktop.ui.declarations.panel import copies_of
from nakodo_desktop.ui.declarations.wording import variants_told
from nakodo_desktop.ui.jobs import JobHandle, JobRunner
from nakodo_desktop.ui.printing.output import print_pdf
from nakodo_desktop.ui.printing.print_dialog import PrintOrder
from nakodo_desktop.ui.printing.printers import Printers


@dataclass(frozen=True)
class Remark:
    """Somebody whose sheet could not be made, and why; or what to look at on the sheet that was printed."""

    row: MemberRow
    reason: str


@dataclass(frozen=True)
class BatchResult:
    """`printed` sheets are recorded; nothing was printed for those left out."""

    printed: int
    left_out: tuple[Remark, ...]
    to_be_checked: tuple[Remark, ...]  # printed, with a character in another form than the record's
    error: UserError | None = None  # the printer did not take them; the sheets are kept as drafts


def to_be_printed(due: Iterable[DueRow]) -> tuple[MemberRow, ...]:
    """Whose sheet is missing or must be renewed: not those who only have to sign, nor those under suspicion."""
    wanted = (Standing.NONE, Standing.DUE, Standing.OVERDUE)
    return tuple(entry.row for entry in due if entry.standing in wanted)


class BatchPrinting(QObject):
    """One run; the window stays alive because each sheet is drawn in a job of its own.

    Nothing goes to the printer before every sheet is ready, so a run that is stopped has printed nothing.
    """

    def __init__(
        self,
        declarations: Declarations,
        jobs: JobRunner,
        printers: Printers,
        *,
        on_progress: Callable[[int, int], None],
        on_done: Callable[[BatchResult], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._declarations, self._jobs, self._printers = declarations, jobs, printers
        self._on_progress, self._on_done = on_progress, on_done
        self._rows: tuple[MemberRow, ...] = ()
        self._ready: list[tuple[MemberRow, Declaration, SheetPdf]] = []
        self._left_out: list[Remark] = []
        self._order = PrintOrder("", 1, ())
        self._job: JobHandle | None = None
        self._next = 0

    def start(self, rows: tuple[MemberRow, ...], order: PrintOrder) -> None:
        self._rows, self._order = rows, order
        self._go_on()

    def stop(self) -> None:
        """Sheets made so far stay as drafts and are taken up by the next run."""
        if self._job is not None:
            self._job.cancel()
        self.deleteLater()

    def _go_on(self) -> None:
        """Take the next one whose sheet can be begun; those whose record lacks something are left out on the way."""
        while self._next < len(self._rows):
            self._on_progress(self._next, len(self._rows))
            row = self._rows[self._next]
            self._next += 1
            try:
                self._draw(row)
            except UserError as error:
                self._left_out.append(Remark(row, error.message))
            else:
                return
        self._on_progress(self._next, len(self._rows))
        self._print()

    def _draw(self, row: MemberRow) -> None:
        fresh = self._declarations.prepare(row.id)
        newest = self._declarations.of_member(row.id)
        draft = newest[0] if newest and newest[0].state is DeclarationState.DRAFT else None
        recorded = None if draft is None else self._declarations.sheet_of(draft.id)
        if recorded is None or not _say_the_same(recorded, fresh):
            draft, recorded = None, fresh  # the record has changed since the draft was made
        sheet = recorded

        def keep(pdf: SheetPdf) -> None:
            if draft is not None:
                self._declarations.check_redrawn(draft.id, pdf)
            self._ready.append((row, draft or self._declarations.keep(sheet, pdf), pdf))

        def on_done(pdf: SheetPdf) -> None:
            try:
                keep(pdf)
            except UserError as error:
                self._left_out.append(Remark(row, error.message))
            self._go_on()

        def on_failed(error: Exception) -> None:
            if not isinstance(error, UserError):
                raise error
            self._left_out.append(Remark(row, error.message))
            self._go_on()

        self._job = self._jobs.run(self, lambda: draw(sheet), on_done=on_done, on_failed=on_failed)

    def _print(self) -> None:
        error: UserError | None = None
        try:
            if self._ready:
                printer = self._printers.open(self._order.printer, copies=self._order.copies)
                print_pdf(printer, *(page for *_, pdf in self._ready for page in copies_of(pdf, self._order.parts)))
            for _, declaration, _ in self._ready:
                self._declarations.record_output(declaration.id, "printer", copies=self._order.copies)
        except UserError as refused:
            error = refused
        done = [] if error else self._ready
        look = tuple(Remark(row, variants_told(pdf.plain_variants)) for row, _, pdf in done if pdf.plain_variants)
        self._on_done(BatchResult(len(done), tuple(self._left_out), look, error))
        self.deleteLater()


def _say_the_same(one: Sheet, other: Sheet) -> bool:
    """Whether two sheets differ in nothing but their number and day."""
    return replace(one.facts, document_number="", issued_on=other.facts.issued_on) == replace(
        other.facts, document_number=""
    )
