"""The lines of the log as a table, a page at a time: what lies further back comes when it is scrolled to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nakodo_desktop.services.audit_log import PAGE, Line

COLUMNS = ("日時", "担当者", "操作", "対象", "内容")
Fetch = Callable[[int | None], tuple[Line, ...]]  # before which number → a page
_Index = QModelIndex | QPersistentModelIndex
_SHOWN = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})


class AuditModel(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._fetch: Fetch = lambda _before: ()
        self._is_complete = True

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self._lines)

    def show_lines(self, fetch: Fetch) -> None:
        """Start over with another question."""
        self.beginResetModel()
        self._fetch = fetch
        self._lines = list(fetch(None))
        self._is_complete = len(self._lines) < PAGE
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and not self._is_complete

    def fetchMore(self, parent: _Index) -> None:
        if parent.isValid() or self._is_complete:
            return
        more = self._fetch(self._lines[-1].seq)
        self._is_complete = len(more) < PAGE
        if more:
            first = len(self._lines)
            self.beginInsertRows(QModelIndex(), first, first + len(more) - 1)
            self._lines += more
            self.endInsertRows()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _SHOWN or not index.isValid():
            return None
        return cells(self._lines[index.row()])[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in _SHOWN and orientation is Qt.Orientation.Horizontal:
            return COLUMNS[section]
        return None


def cells(line: Line) -> tuple[str, ...]:
    at = line.at.astimezone()
    return (f"{at:%Y/%m/%d %H:%M:%S}", line.person, line.act, line.about, line.detail)
