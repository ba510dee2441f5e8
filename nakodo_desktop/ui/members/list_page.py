"""The member list: search, chips, sorting, and one member beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QItemSelection, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from nakodo_desktop.domain.member import MemberId, MemberStatus
from nakodo_desktop.domain.member_query import Group, MemberQuery
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.services.members import Members
from nakodo_desktop.ui.members.columns import COLUMNS
from nakodo_desktop.ui.members.detail_pane import WIDTH_PX, DetailPane
from nakodo_desktop.ui.members.member_menu import MemberDeeds, member_menu
from nakodo_desktop.ui.members.member_table import MemberTable
from nakodo_desktop.ui.members.status_change import change_status
from nakodo_desktop.ui.members.table_model import MemberTableModel
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.chips import Chip, ChipRow
from nakodo_desktop.ui.widgets.frames import column, list_card, row
from nakodo_desktop.ui.widgets.inputs import SearchEdit, add_shortcut
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.notices import EmptyState
from nakodo_desktop.ui.widgets.toast import show_toast

_DETAIL_FROM_PX = 940  # width of the page from which the pane fits beside the list
_SEARCH_PX, _LEAST_SEARCH_PX = 330, 200


class MembersPage(QWidget):
    """Enter or a double click opens the record."""

    new_interview_wanted = Signal()
    interview_wanted = Signal(int)
    declaration_wanted = Signal(int)
    record_wanted = Signal(int)
    widths_changed = Signal(object)
    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        members: Members,
        *,
        widths: Mapping[int, int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`widths`: of columns, as `widths_changed` told them in an earlier session."""
        super().__init__(parent)
        self._theme, self._members = theme, members
        self._query = MemberQuery()
        self._kept: MemberId | None = None
        self.search = SearchEdit(theme, "氏名・かな・番号・電話（Ctrl+F）")
        self.search.set_label("氏名・ふりがな・会員番号・電話で検索")
        self.search.editor.setObjectName("member_search")
        self.start = button(theme, "面談をはじめる", kind="primary", icon="plus")
        self.start.setObjectName("start_interview")
        if not members.may(Right.INTERVIEW):
            self.start.hide()
        self.count = PlainLabel("", "label")
        self.chips = ChipRow(theme, [Chip(group.name, group.value, 0) for group in Group])
        self.model = MemberTableModel(members.rows, self)
        self.table = MemberTable(theme, self.model, widths=widths or {})
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
        self.nothing_found = EmptyState(
            theme, "search", "条件に合う会員はいません。", verb="検索と絞り込みをやめる", act=self.show_everybody
        )
        self._list_card = list_card(theme)
        self._lay_out()
        self.setFocusProxy(self.search)
        self._connect()

    def reload(self) -> None:
        """Read the list again and keep the selected member."""
        ids = self._members.select(self._query)
        counts = self._members.counts()
        self.chips.set_counts({group.name: number for group, number in counts.items()})
        everybody = counts[Group.ALL]
        self.count.setText(f"{everybody:,}名" if len(ids) == everybody else f"{everybody:,}名のうち {len(ids):,}名")
        self.model.show_ids(ids, today=self._members.today)
        self.empty.setVisible(everybody == 0)
        self._list_card.setVisible(everybody > 0)
        self.nothing_found.setVisible(everybody > 0 and not ids)
        self.table.setVisible(bool(ids))
        at = None if self._kept is None else self.model.row_of(self._kept)
        if at is None and ids:
            at = 0
        if at is None:
            self.detail.clear()
        else:
            self.table.selectRow(at)
        self._place_detail()

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.editor.selectAll()

    def show_group(self, group: Group) -> None:
        """As if the operator had pressed the chip, with the search box empty."""
        self.chips.choose(group.name)
        self.search.set_value(None)
        self._change_query(text="", group=group)

    def show_everybody(self) -> None:
        self.show_group(Group.ALL)
        self.search.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_detail()

    def _connect(self) -> None:
        self.search.searched.connect(lambda text: self._change_query(text=text))
        self.chips.chosen.connect(lambda name: self._change_query(group=Group[name]))
        self.start.clicked.connect(self.new_interview_wanted)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.table.opened.connect(self.record_wanted)
        self.table.menu_wanted.connect(self._open_menu)
        self.table.widths_changed.connect(self.widths_changed)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        self.model.shown.connect(self._members.note_listed)
        self.detail.interview_wanted.connect(self.interview_wanted)
        self.detail.declaration_wanted.connect(self.declaration_wanted)
        self.detail.record_wanted.connect(self.record_wanted)
        self.detail.status_wanted.connect(self._change_status)
        add_shortcut(self.search, "Down", self.table.setFocus)

    def _sort(self, column_index: int, order: Qt.SortOrder) -> None:
        self._change_query(sort_by=COLUMNS[column_index].sort_by, descending=order is Qt.SortOrder.DescendingOrder)

    def _change_query(self, **changes: object) -> None:
        query = replace(self._query, **changes)  # type: ignore[arg-type]  # the callers are all typed
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

    def _open_menu(self, member_id: int, at: QPoint) -> None:
        row_number = self.model.row_of(MemberId(member_id))
        line = None if row_number is None else self.model.member(row_number)
        if line is None:
            return

        def change(status: MemberStatus) -> None:
            self._change_status(line.id, status)

        def copy() -> None:
            QGuiApplication.clipboard().setText(line.number)
            show_toast(self, self._theme, "会員番号をコピーしました。", icon="copy")

        deeds = MemberDeeds(
            open_record=lambda: self.record_wanted.emit(line.id),
            open_declaration=lambda: self.declaration_wanted.emit(line.id),
            interview=(lambda: self.interview_wanted.emit(line.id)) if self._members.may(Right.INTERVIEW) else None,
            change_status=change if self._members.may(Right.EDIT_MEMBER) else None,
            copy_number=copy,
        )
        menu = member_menu(self, line.status, deeds)
        menu.addSeparator()
        self._add_sorting(menu.addMenu("並べ替え"))
        menu.popup(at)

    def _add_sorting(self, menu: QMenu) -> None:
        """The headings for those who do not use a mouse; chosen once more the order turns round."""
        header = self.table.horizontalHeader()
        ascending, descending = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        for index, one in enumerate(COLUMNS):
            is_sorted = header.sortIndicatorSection() == index
            order = descending if is_sorted and header.sortIndicatorOrder() is ascending else ascending
            action = menu.addAction(one.title)
            action.setCheckable(True)
            action.setChecked(is_sorted)
            action.triggered.connect(lambda _checked, i=index, o=order: header.setSortIndicator(i, o))

    def _change_status(self, member_id: int, status: MemberStatus) -> None:
        change_status(
            self,
            self._theme,
            self._members,
            member_id=MemberId(member_id),
            status=status,
            on_changed=self.changed.emit,
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
        head.addStretch(1)
        self.search.setMinimumWidth(theme.px(_LEAST_SEARCH_PX))
        self.search.setMaximumWidth(theme.px(_SEARCH_PX))
        head.addWidget(self.search, 100)
        head.addWidget(self.start)
        rows.addLayout(head)
        rows.addWidget(self.chips)
        body = row(theme, gap=16)
        self._list_card.rows.addWidget(self.table)
        self._list_card.rows.addWidget(self.nothing_found)
        body.addWidget(self._list_card, 1)
        body.addWidget(self.empty, 1)
        self.detail.setFixedWidth(theme.px(WIDTH_PX))
        body.addWidget(self.detail)
        rows.addLayout(body, 1)
        for hidden in (self.empty, self.nothing_found):
            hidden.hide()  # shown for a moment beside the list they would widen the window
