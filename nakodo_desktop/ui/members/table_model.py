"""The member list as a windowed model: all ids, rows only where somebody looks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from nakodo_desktop.domain.japanese import age_on
from nakodo_desktop.domain.member import MemberId, MemberRow
from nakodo_desktop.ui.members.columns import (
    AGE,
    COLUMNS,
    DECLARATION,
    NAME,
    NUMBER,
    RESIDENCE,
    STATUS,
)

PAGE_ROWS = 128
_PAGES_KEPT = 24
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex


class MemberTableModel(QAbstractTableModel):
    """`fetch` reads a page of rows by id. Rows shown for the first time in a session are reported by `shown`."""

    shown = Signal(list)  # ids, for the audit log

    def __init__(self, fetch: Callable[[Sequence[MemberId]], list[MemberRow]], parent: QObject) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._ids: list[MemberId] = []
        self._pages: OrderedDict[int, list[MemberRow]] = OrderedDict()
        self._reported: set[MemberId] = set()
        self.today = date.min

    def show_ids(self, ids: list[MemberId], *, today: date) -> None:
        """Another list. Nothing is read until a row is painted."""
        self.beginResetModel()
        self._ids, self.today = ids, today
        self._pages.clear()
        self.endResetModel()

    def id_at(self, row: int) -> MemberId:
        return self._ids[row]

    def row_of(self, member_id: MemberId) -> int | None:
        return self._ids.index(member_id) if member_id in self._ids else None

    def member(self, row: int) -> MemberRow | None:
        """None when the member was erased since the ids were read."""
        page, offset = divmod(row, PAGE_ROWS)
        rows = self._page(page)
        return rows[offset] if offset < len(rows) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return COLUMNS[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Only what the delegate and a screen reader ask; None for every other role, first thing."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, ROW_ROLE):
            return None
        row = self.member(index.row())
        if row is None or role == ROW_ROLE:
            return row
        text = self._text(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == NAME:
            return f"{text}、{row.kana}"
        return text

    def _text(self, row: MemberRow, column: int) -> str:
        if column == NUMBER:
            return row.number
        if column == NAME:
            return row.legal_name
        if column == AGE:
            return f"{age_on(row.birth_date, self.today)}歳"
        if column == RESIDENCE:
            return row.residence
        if column == STATUS:
            return row.status.label
        if column == DECLARATION:
            return row.proof(self.today).words
        return last_interview(row, self.today)

    def _page(self, page: int) -> list[MemberRow]:
        if page in self._pages:
            self._pages.move_to_end(page)
            return self._pages[page]
        ids = self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]
        rows = self._pages[page] = self._fetch(ids)
        if len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        fresh = [i for i in ids if i not in self._reported]
        if fresh:
            self._reported.update(fresh)
            self.shown.emit(fresh)
        return rows


def last_interview(row: MemberRow, today: date) -> str:
    """The day, with the year when it is not this one."""
    day = row.last_interview_on
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}/{day.month}/{day.day}"
