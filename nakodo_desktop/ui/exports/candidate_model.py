"""The candidates as a list with boxes to tick; whoever is admitted is ticked until the operator takes the tick away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.services.export_candidates import Candidate
from nakodo_desktop.ui.exports.entries import Entry, Group

ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex
_KNOWN_ROLES = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        int(Qt.ItemDataRole.CheckStateRole),
        ENTRY_ROLE,
    }
)


class CandidateModel(QAbstractListModel):
    """Every batch is the whole set: the operator says who stays out, and that is remembered over a reload."""

    ticked = Signal()  # by the operator

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []  # everybody
        self._shown: list[Entry] = []
        self._left_out: set[MemberId] = set()
        self._group = Group.ALL

    # Everybody ---------------------------------------------------------------------------------------------------

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries)

    @property
    def chosen(self) -> tuple[Candidate, ...]:
        """Who goes into the batch."""
        return tuple(entry.candidate for entry in self._entries if entry.is_chosen)

    def show_candidates(self, candidates: Iterable[Candidate]) -> None:
        """Admitted ones first; within each part in the order given."""
        entries = [self._entry(candidate) for candidate in candidates]
        self._entries = sorted(entries, key=lambda entry: not entry.candidate.is_admitted)
        self._show()

    def replace(self, candidate: Candidate) -> None:
        """One member was judged anew. The place in the list stays, so that it does not run away from the mouse."""
        fresh = self._entry(candidate)
        for known in (self._entries, self._shown):
            for at, entry in enumerate(known):
                if entry.candidate.row.id == candidate.row.id:
                    known[at] = fresh
        at_row = self.row_of(candidate.row.id)
        if at_row is not None:
            self.dataChanged.emit(self.index(at_row), self.index(at_row))

    def show_group(self, group: Group) -> None:
        self._group = group
        self._show()

    def tick_all(self, ticked: bool) -> None:
        admitted = {entry.candidate.row.id for entry in self._entries if entry.candidate.is_admitted}
        self._left_out = self._left_out - admitted if ticked else self._left_out | admitted
        self._entries = [self._entry(entry.candidate) for entry in self._entries]
        shown = {entry.candidate.row.id: entry for entry in self._entries}
        self._shown = [shown[entry.candidate.row.id] for entry in self._shown]
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))
        self.ticked.emit()

    # What is shown -----------------------------------------------------------------------------------------------

    def entry(self, row: int) -> Entry:
        return self._shown[row]

    def row_of(self, member_id: MemberId) -> int | None:
        return next((at for at, entry in enumerate(self._shown) if entry.candidate.row.id == member_id), None)

    def toggle(self, row: int) -> None:
        entry = self._shown[row]
        if entry.candidate.is_admitted:
            self._left_out ^= {entry.candidate.row.id}
            self.replace(entry.candidate)
            self.ticked.emit()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        made = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self._shown[index.row()].candidate.is_admitted:
            made |= Qt.ItemFlag.ItemIsUserCheckable
        return made

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Only what the delegate and a screen reader ask; None for every other role, first thing."""
        if role not in _KNOWN_ROLES:
            return None
        entry = self._shown[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.CheckStateRole:
            state = Qt.CheckState.Checked if entry.is_chosen else Qt.CheckState.Unchecked
            return state if entry.candidate.is_admitted else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.candidate.row.legal_name}、{entry.state[0]}、{entry.detail}"
        return entry.candidate.row.legal_name

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """For screen readers and tests, which tick through the model."""
        if role != Qt.ItemDataRole.CheckStateRole or not self._shown[index.row()].candidate.is_admitted:
            return False
        if (Qt.CheckState(value) is Qt.CheckState.Checked) != self._shown[index.row()].is_chosen:
            self.toggle(index.row())
        return True

    def _entry(self, candidate: Candidate) -> Entry:
        return Entry(candidate, candidate.is_admitted and candidate.row.id not in self._left_out)

    def _show(self) -> None:
        self.beginResetModel()
        self._shown = [entry for entry in self._entries if self._group.has(entry)]
        self.endResetModel()
