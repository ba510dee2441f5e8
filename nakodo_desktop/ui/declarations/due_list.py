"""The members whose declaration needs something, as a list of any length: name, number and what is the matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.services.declarations import DueRow
from nakodo_desktop.ui.members.row_painter import STANDING_TONES
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import TONES
from nakodo_desktop.ui.widgets.frames import hairline
from nakodo_desktop.ui.widgets.marks import MARK_ICONS

_ROW_PX = 52
_ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_Index = QModelIndex | QPersistentModelIndex


class DueList(QListView):
    """Up and Down choose; `chosen` tells a member id."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _DueModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_DuePainter(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("手続きの必要な誓約書")
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_entries(self, entries: Sequence[DueRow], *, today: date, current: MemberId | None) -> None:
        """Another list; `current` is marked without being announced."""
        self.selectionModel().blockSignals(True)
        self._model.show_entries(entries, today=today)
        at = next((i for i, entry in enumerate(entries) if entry.row.id == current), None)
        if at is not None:
            self.setCurrentIndex(self._model.index(at))
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def _on_current(self, current: QModelIndex) -> None:
        entry = current.data(_ENTRY_ROLE)
        if isinstance(entry, DueRow):
            self.chosen.emit(entry.row.id)


class _DueModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: Sequence[DueRow] = ()
        self._today = date.min

    def show_entries(self, entries: Sequence[DueRow], *, today: date) -> None:
        self.beginResetModel()
        self._entries, self._today = entries, today
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self._entries[index.row()]
        if role == _ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.words(self._today)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.row.legal_name}、{entry.row.number}、{entry.words(self._today)}"
        return None


class _DuePainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(_ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry = index.data(_ENTRY_ROLE)
        if not isinstance(entry, DueRow):
            return
        theme, area, state = self._theme, QRect(option.rect), option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.color("sel"))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("sunken"))
        hairline(painter, theme.color("line"), area.left(), area.bottom(), area.right() + 1)
        inner = area.adjusted(theme.px(14), 0, -theme.px(12), 0)
        half = inner.height() // 2
        self._paint_text(
            painter, inner.adjusted(0, theme.px(8), 0, -half + theme.px(2)), entry.row.legal_name, bold=True
        )
        lower = inner.adjusted(0, half + theme.px(1), 0, -theme.px(7))
        used = self._paint_state(painter, lower, entry, str(index.data()))
        self._paint_text(painter, lower.adjusted(0, 0, -used - theme.px(6), 0), entry.row.number)
        painter.restore()

    def _paint_state(self, painter: QPainter, area: QRect, entry: DueRow, text: str) -> int:
        """Flush right. → its width"""
        theme, tone = self._theme, STANDING_TONES[entry.standing]
        ink, side = TONES[tone][0], theme.px(15)
        painter.setFont(theme.font(12))
        width = side + theme.px(5) + painter.fontMetrics().horizontalAdvance(text)
        top = area.center().y() - side // 2 + 1
        painter.drawPixmap(area.right() - width, top, theme.pixmap(MARK_ICONS[tone], ink, 15))
        painter.setPen(theme.color(ink))
        painter.drawText(area, _RIGHT, text)
        return width

    def _paint_text(self, painter: QPainter, area: QRect, text: str, *, bold: bool = False) -> None:
        painter.setFont(self._theme.font(14 if bold else 12, bold=bold))
        painter.setPen(self._theme.color("text" if bold else "muted"))
        painter.drawText(area, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width()))
