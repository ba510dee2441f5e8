"""The table of the member list: its columns always fit, Enter opens a row, a right click or the menu key tells more."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.ui.members.columns import COLUMNS, NUMBER, fit
from nakodo_desktop.ui.members.row_painter import ROW_PX, MemberRowPainter
from nakodo_desktop.ui.members.table_header import SortHeader
from nakodo_desktop.ui.members.table_model import MemberTableModel
from nakodo_desktop.ui.theme import Theme

_REST_MS = 200


class MemberTable(QTableView):
    """Widths the operator drags are wishes: the other columns make room. `widths_changed` tells them, to be kept."""

    opened = Signal(int)  # a member id
    menu_wanted = Signal(int, QPoint)  # a member id and where, on the screen
    widths_changed = Signal(object)  # dict: column → width (a Signal(dict) would lose the int keys)

    def __init__(
        self, theme: Theme, model: MemberTableModel, *, widths: Mapping[int, int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._members = theme, model
        self._wished = dict(widths)
        self._is_fitting = False
        self.setObjectName("member_table")
        self.setAccessibleName("会員の一覧")
        self.setModel(model)
        self._painter = MemberRowPainter(theme, self)
        self.setItemDelegate(self._painter)
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._rest.timeout.connect(self._keep_widths)
        self._dress()
        self.activated.connect(self._on_activated)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._hover(self.rowAt(event.position().toPoint().y()))
        elif event.type() is QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if not index.isValid():
            return
        self.selectRow(index.row())
        at = event.pos() if by_mouse else self.visualRect(index).bottomLeft()
        self.menu_wanted.emit(self._members.id_at(index.row()), self.viewport().mapToGlobal(at))

    def current_member(self) -> MemberId | None:
        index = self.currentIndex()
        return self._members.id_at(index.row()) if index.isValid() else None

    def fit_columns(self) -> None:
        """Hide what does not fit and fill the width with the rest."""
        factor = self._theme.text_size.factor
        room = self.viewport().width()
        widths = fit(room / factor, self._wished)
        self._is_fitting = True
        left = room
        for index in range(len(COLUMNS)):
            self.setColumnHidden(index, index not in widths)
            if index in widths:
                width = int(widths[index] * factor)
                self.setColumnWidth(index, width)
                left -= width
        last = max(widths)
        self.setColumnWidth(last, self.columnWidth(last) + max(0, left))
        self._is_fitting = False

    def _hover(self, row: int) -> None:
        before, self._painter.hovered_row = self._painter.hovered_row, row
        for changed in {before, row} - {-1}:
            top, height = self.rowViewportPosition(changed), self.rowHeight(changed)
            self.viewport().update(0, top, self.viewport().width(), height)

    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(self._members.id_at(index.row()))

    def _on_section_resized(self, index: int, _before: int, after: int) -> None:
        if not self._is_fitting and after > 0:
            self._wished[index] = round(after / self._theme.text_size.factor)
            self._rest.start()

    def _keep_widths(self) -> None:
        self.fit_columns()
        self.widths_changed.emit(dict(self._wished))

    def _dress(self) -> None:
        header = SortHeader(self._theme, self)
        self.setHorizontalHeader(header)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(self._theme.px(min(column.least_px for column in COLUMNS)))
        header.setSortIndicator(NUMBER, Qt.SortOrder.DescendingOrder)
        header.sectionResized.connect(self._on_section_resized)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW_PX))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
