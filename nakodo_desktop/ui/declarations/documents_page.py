"""Whose declaration is missing, unsigned, near its end or over, and the panel that mends it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.member import MemberId, MemberRow
from nakodo_desktop.services.declarations import Declarations
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.declarations.batch import BatchPrinting, BatchResult, Remark, to_be_printed
from nakodo_desktop.ui.declarations.due_list import DueList
from nakodo_desktop.ui.declarations.panel import PARTS, DeclarationPanel
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.printing.print_dialog import SPOOL_HINT, PrintOrder, ask_print
from nakodo_desktop.ui.printing.printers import Printers
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.frames import Card, column, hline, list_card, row
from nakodo_desktop.ui.widgets.inputs import add_shortcut
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.notices import Banner, EmptyState

_LIST_PX, _NARROW_LIST_PX = 300, 200
_NARROW_BELOW_PX = 900
_MOST_TOLD = 8


class DocumentsPage(QWidget):
    """The most urgent first."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        declarations: Declarations,
        *,
        printers: Printers | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._jobs, self._declarations = theme, jobs, declarations
        self._printers = printers or Printers()
        self._chosen: MemberId | None = None
        self._batch: BatchPrinting | None = None
        self.count = PlainLabel("", "label")
        self.print_all = button(theme, "まとめて印刷する", icon="printer")
        self.print_all.setObjectName("print_all")
        self.progress = Banner(theme, "info", "", verb="中止する", act=self._stop)
        self.progress.hide()
        self.list = DueList(theme)
        self.name = ElidedLabel("", "h1")
        self.number = PlainLabel("", "label")
        self.panel = DeclarationPanel(theme, jobs, declarations, printers=self._printers)
        self._list_card = list_card(theme)
        self._panel_card = Card(theme, margin=20, gap=12)
        self.empty = EmptyState(
            theme, "file-check", "手続きの必要な誓約書はありません。", hint="期限の14日前になると、ここに表示されます。"
        )
        self._lay_out()
        self._spread(is_narrow=True)
        self.setFocusProxy(self.list)
        self.list.chosen.connect(self._choose)
        self.panel.changed.connect(self._on_changed)
        self.print_all.clicked.connect(self._ask_batch)
        add_shortcut(self, "Ctrl+P", self._print_shown)

    def show_member(self, member_id: MemberId) -> None:
        """Open the panel for a member, due or not."""
        self._chosen = None
        self._choose(member_id)
        self._fill()

    def reload(self) -> None:
        """Read the list again; the panel is left alone while the same member is shown, half-typed signing and all."""
        self._fill()

    def _fill(self) -> None:
        due = self._declarations.due()
        rows = to_be_printed(due)
        self.count.setText(f"手続きが必要 {len(due)}名")
        self.print_all.setVisible(self._declarations.may_record and bool(rows))
        if self._chosen is None and due:
            self._choose(due[0].row.id)
        self.list.show_entries(due, today=self._declarations.today, current=self._chosen)
        if self._chosen is not None:  # what goes goes first: shown beside the rest it would widen the window
            self.empty.hide()
        self._list_card.setVisible(bool(due))
        self._panel_card.setVisible(self._chosen is not None)
        self.empty.setVisible(self._chosen is None)

    def _choose(self, member_id: int) -> None:
        if member_id == self._chosen:
            return
        self._chosen = MemberId(member_id)
        row_ = self._declarations.row_of(self._chosen)
        self.name.setText(row_.legal_name)
        self.number.setText(row_.number)
        self.panel.show_member(self._chosen)

    def _on_changed(self) -> None:
        self._fill()
        self.changed.emit()

    def _print_shown(self) -> None:
        if self.panel.print_button.isVisible() and self.panel.print_button.isEnabled():
            self.panel.print_button.click()

    # Printing many -----------------------------------------------------------------------------------------------

    def _ask_batch(self) -> None:
        rows = to_be_printed(self._declarations.due())
        ask_print(
            self,
            self._theme,
            self._printers,
            what=f"{len(rows)}名分の独身誓約書",
            parts=PARTS,
            on_print=lambda order: self._start_batch(rows, order),
        )

    def _start_batch(self, rows: tuple[MemberRow, ...], order: PrintOrder) -> None:
        self.print_all.setEnabled(False)
        self.progress.show()
        self._batch = BatchPrinting(
            self._declarations,
            self._jobs,
            self._printers,
            on_progress=self._tell_progress,
            on_done=self._on_printed,
            parent=self,
        )
        self._batch.start(rows, order)

    def _tell_progress(self, finished: int, total: int) -> None:
        self.progress.set_words(
            f"誓約書を作っています（{finished} / {total}名）", "できあがったら、まとめて印刷します。"
        )

    def _stop(self) -> None:
        if self._batch is not None:
            self._batch.stop()
        self._end_batch()

    def _end_batch(self) -> None:
        self._batch = None
        self.progress.hide()
        self.print_all.setEnabled(True)
        if self._chosen is not None:
            self.panel.show_member(self._chosen)
        self._on_changed()

    def _on_printed(self, result: BatchResult) -> None:
        self._end_batch()
        if result.error is not None:
            alerts.show_error(self, self._theme, result.error)
            return
        is_clean = not result.left_out and not result.to_be_checked
        title = f"{result.printed}名分の独身誓約書を印刷しました"
        dialog = AppDialog(self._theme, title, icon="printer", tone="ok" if is_clean else "warn", parent=self.window())
        dialog.add_text(f"署名をいただいたら、お一人ずつ記録してください。{SPOOL_HINT}")
        _list_people(dialog, "印刷できなかった方", result.left_out)
        _list_people(dialog, "字形を確認していただきたい方", result.to_be_checked)
        dialog.add_button("閉じる", kind="primary").setFocus()
        dialog.open()

    # Lay-out -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread(is_narrow=self.width() < self._theme.px(_NARROW_BELOW_PX))

    def _spread(self, *, is_narrow: bool) -> None:
        """A narrow page saves its margins before it takes anything from the sheet."""
        px = self._theme.px
        self._list_card.setFixedWidth(px(_NARROW_LIST_PX if is_narrow else _LIST_PX))
        side, inside = (12, 12) if is_narrow else (24, 20)
        self._rows.setContentsMargins(px(side), px(18), px(side), px(14))
        self._panel_card.rows.setContentsMargins(px(inside), px(inside), px(inside), px(inside))

    def _lay_out(self) -> None:
        theme = self._theme
        rows = self._rows = column(theme, self, gap=14)
        head = row(theme, gap=10)
        head.addWidget(PlainLabel("書類", "h1"))
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.print_all)
        rows.addLayout(head)
        rows.addWidget(self.progress)
        body = row(theme, gap=16)
        self._list_card.rows.addWidget(self.list)
        body.addWidget(self._list_card)
        names = row(theme, gap=12)
        names.addWidget(self.name, 1)
        names.addWidget(self.number)
        self._panel_card.rows.addLayout(names)
        self._panel_card.rows.addWidget(hline())
        self._panel_card.rows.addWidget(self.panel, 1)
        body.addWidget(self._panel_card, 1)
        body.addWidget(self.empty, 1)
        self.empty.hide()  # shown beside the rest for a moment it would widen the window
        rows.addLayout(body, 1)


def _list_people(dialog: AppDialog, title: str, remarks: Sequence[Remark]) -> None:
    if not remarks:
        return
    dialog.body.addWidget(PlainLabel(f"{title}　{len(remarks)}名", "field"))
    for one in remarks[:_MOST_TOLD]:
        dialog.body.addWidget(WrappedLabel(f"{one.row.number}　{one.row.legal_name}\n{one.reason}", "label"))
    if len(remarks) > _MOST_TOLD:
        dialog.body.addWidget(PlainLabel(f"ほか {len(remarks) - _MOST_TOLD}名", "hint"))
