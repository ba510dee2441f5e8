"""The member list: search, chips, sorting, and one member beside it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from nakodo_desktop.domain.member import CHANGES, MemberId, MemberStatus
from nakodo_desktop.domain.member_query import Group, MemberQuery
from nakodo_desktop.services.members import Members
from nakodo_desktop.ui.alerts import confirm
from nakodo_desktop.ui.members.detail_pane import WIDTH_PX, DetailPane
from nakodo_desktop.ui.members.row_painter import ROW_PX, MemberRowPainter
from nakodo_desktop.ui.members.table_model import COLUMNS, RESIDENCE, MemberTableModel
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.chips import Chip, ChipRow
from nakodo_desktop.ui.widgets.frames import Card, column, row
from nakodo_desktop.ui.widgets.inputs import SearchEdit, add_shortcut
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.notices import EmptyState

_DETAIL_FROM_PX = 940  # width of the page from which the pane fits beside the list
_COLUMN_PX = (92, 190, 60, 160, 116, 122, 92)


class MembersPage(QWidget):
    """Enter or a double click opens the record."""

    new_interview_wanted = Signal()
    interview_wanted = Signal(int)
    declaration_wanted = Signal(int)
    record_wanted = Signal(int)
    changed = Signal()

    def __init__(self, theme: Theme, members: Members, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._members = theme, members
        self._query = MemberQuery()
        self._kept: MemberId | None = None
        self.search = SearchEdit(theme, "氏名・ふりがな・会員番号・電話で検索 (Ctrl+F)")
        self.search.editor.setObjectName("member_search")
        self.start = button(theme, "面談をはじめる", kind="primary", icon="plus")
        self.start.setObjectName("start_interview")
        self.count = PlainLabel("", "label")
        self.chips = ChipRow(theme, [Chip(group.name, group.value, 0) for group in Group])
        self.model = MemberTableModel(members.rows, self)
        self.table = QTableView(self)
        self.table.setObjectName("member_table")
        self.table.setAccessibleName("会員の一覧")
        self.detail = DetailPane(theme, members)
        self.empty = EmptyState(
            theme,
            "users",
            "まだ会員がいません。",
            hint="最初の方の面談から始めましょう。",
            verb="最初の面談をはじめる",
            act=self.new_interview_wanted.emit,
            verb_icon="plus",
        )
        self.nothing_found = PlainLabel("条件に合う会員はいません。", "label")
        self._list_card = Card(theme, margin=1, gap=0)
        self._lay_out()
        self._dress_table()
        self._connect()

    def reload(self) -> None:
        """Read the list again and keep the selected member."""
        ids = self._members.select(self._query)
        counts = self._members.counts()
        self.chips.set_counts({group.name: number for group, number in counts.items()})
        everybody = counts[Group.ALL]
        self.count.setText(f"{everybody:,}名")
        self.model.show_ids(ids, today=self._members.today)
        self.empty.setVisible(everybody == 0)
        self._list_card.setVisible(everybody > 0)
        self.nothing_found.setVisible(everybody > 0 and not ids)
        at = None if self._kept is None else self.model.row_of(self._kept)
        if at is None and ids:
            at = 0
        if at is None:
            self.detail.clear()
        else:
            self.table.selectRow(at)
        self._place_detail()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_detail()

    def _connect(self) -> None:
        self.search.searched.connect(self._search)
        self.chips.chosen.connect(self._choose_group)
        self.start.clicked.connect(self.new_interview_wanted)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.table.activated.connect(lambda index: self.record_wanted.emit(self.model.id_at(index.row())))
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        self.model.shown.connect(self._members.note_listed)
        self.detail.interview_wanted.connect(self.interview_wanted)
        self.detail.declaration_wanted.connect(self.declaration_wanted)
        self.detail.record_wanted.connect(self.record_wanted)
        self.detail.status_wanted.connect(self._ask_status)
        add_shortcut(self, "Ctrl+F", self.search.setFocus)
        add_shortcut(self, "Ctrl+N", self.new_interview_wanted.emit)

    def _search(self, text: str) -> None:
        self._change_query(text=text)

    def _choose_group(self, name: str) -> None:
        self._change_query(group=Group[name])

    def _sort(self, column_index: int, order: Qt.SortOrder) -> None:
        self._change_query(sort_by=COLUMNS[column_index][1], descending=order is Qt.SortOrder.DescendingOrder)

    def _change_query(self, **changes: object) -> None:
        query = replace(self._query, **changes)  # type: ignore[arg-type]  # three callers above, all typed
        if query != self._query:
            self._query = query
            self.reload()

    def _on_selected(self, selected: QItemSelection) -> None:
        rows = selected.indexes()
        line = self.model.member(rows[0].row()) if rows else None
        if line is None:
            return
        self._kept = line.id
        if not self.detail.isHidden():
            self.detail.show_member(line)

    def _ask_status(self, member_id: MemberId, status: MemberStatus) -> None:
        member = self.detail.member
        if member is None:
            return

        def change() -> None:
            self._members.change_status(member_id, status, version=member.version)
            self.changed.emit()

        text = f"{member.legal_name} 様（{member.number}）を「{member.status.label}」から「{status.label}」に変えます。"
        confirm(
            self,
            self._theme,
            title=f"「{status.label}」にしますか",
            text=text + _CONSEQUENCE.get(status, ""),
            yes_verb=f"{status.label}にする",
            on_yes=change,
            destructive=not CHANGES[status],
        )

    def _place_detail(self) -> None:
        fits = self.width() >= self._theme.px(_DETAIL_FROM_PX) and self.model.rowCount() > 0
        was_hidden = self.detail.isHidden()
        self.detail.setVisible(fits)
        if fits and was_hidden and self._kept is not None:
            at = self.model.row_of(self._kept)
            line = None if at is None else self.model.member(at)
            if line is not None:
                self.detail.show_member(line)

    def _lay_out(self) -> None:
        theme = self._theme
        rows = column(theme, self, gap=14)
        rows.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(14))
        head = row(theme, gap=10)
        head.addWidget(PlainLabel("会員", "h1"))
        head.addWidget(self.count)
        head.addStretch()
        self.search.setFixedWidth(theme.px(330))
        head.addWidget(self.search)
        head.addWidget(self.start)
        rows.addLayout(head)
        rows.addWidget(self.chips)
        body = row(theme, gap=16)
        self._list_card.rows.addWidget(self.table)
        self._list_card.rows.addWidget(self.nothing_found, 0, Qt.AlignmentFlag.AlignCenter)
        self.nothing_found.setMinimumHeight(theme.px(80))
        body.addWidget(self._list_card, 1)
        body.addWidget(self.empty, 1)
        self.detail.setFixedWidth(theme.px(WIDTH_PX))
        body.addWidget(self.detail)
        rows.addLayout(body, 1)

    def _dress_table(self) -> None:
        table, theme = self.table, self._theme
        table.setModel(self.model)
        table.setItemDelegate(MemberRowPainter(theme, table))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.px(ROW_PX))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setMouseTracking(True)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
        for column_index, px in enumerate(_COLUMN_PX):
            table.setColumnWidth(column_index, theme.px(px))
        header.setSectionResizeMode(RESIDENCE, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(theme.px(50))


_OFF_SITE = "次の書き出しで協会サイトから外れます。"
_LEAVES = f"{_OFF_SITE}決められた日に記録の消去の対象になります。元には戻せません。"
_CONSEQUENCE = {
    MemberStatus.SERIOUS: f"{_OFF_SITE}独身誓約書の再署名をお願いしてください。",
    MemberStatus.PAUSED: _OFF_SITE,
    MemberStatus.WITHDRAWN: _LEAVES,
    MemberStatus.MARRIED_OUT: _LEAVES,
}
