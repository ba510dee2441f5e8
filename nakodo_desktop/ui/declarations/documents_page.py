"""Whose declaration is missing, unsigned, near its end or over, and the panel that mends it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from nakodo_desktop.domain.declaration import words
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.services.declarations import Declarations, DueRow
from nakodo_desktop.ui.declarations.panel import DeclarationPanel
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.members.row_painter import STANDING_TONES
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import PushButton
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from nakodo_desktop.ui.widgets.marks import state_mark
from nakodo_desktop.ui.widgets.notices import EmptyState

_LIST_PX = 320


class DocumentsPage(QWidget):
    """The most urgent first."""

    changed = Signal()

    def __init__(
        self, theme: Theme, jobs: JobRunner, declarations: Declarations, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._declarations = theme, declarations
        self._chosen: MemberId | None = None
        self._group = QButtonGroup(self)
        self.count = PlainLabel("", "label")
        self.panel = DeclarationPanel(theme, jobs, declarations)
        self._lines: FormScroll | None = None
        self._list_card = Card(theme, margin=8, gap=0)
        self._panel_card = Card(theme, margin=20)
        self.empty = EmptyState(
            theme, "file-check", "手続きの必要な誓約書はありません。", hint="期限の14日前になると、ここに表示されます。"
        )
        self._lay_out()
        self.panel.changed.connect(self.changed)

    def show_member(self, member_id: MemberId) -> None:
        """Open the panel for a member, due or not."""
        self._chosen = member_id
        self.reload()

    def reload(self) -> None:
        due = self._declarations.due()
        self.count.setText(f"手続きが必要 {len(due)}名")
        if self._chosen is None and due:
            self._chosen = due[0].row.id
        self._fill(due)
        has_something = self._chosen is not None
        self.empty.setVisible(not has_something)
        self._list_card.setVisible(bool(due))
        self._panel_card.setVisible(has_something)
        if self._chosen is not None:
            self.panel.show_member(self._chosen)

    def _fill(self, due: tuple[DueRow, ...]) -> None:
        body = QWidget()
        rows = column(self._theme, body, gap=2)
        for entry in due:
            rows.addWidget(self._line(entry))
        rows.addStretch()
        if self._lines is not None:
            self._list_card.rows.removeWidget(self._lines)
            self._lines.deleteLater()
        self._lines = FormScroll(body)
        self._list_card.rows.addWidget(self._lines)

    def _line(self, entry: DueRow) -> PushButton:
        line = PushButton()
        line.setProperty("kind", "step")
        line.setCheckable(True)
        line.setChecked(entry.row.id == self._chosen)
        state = words(entry.row.declaration_state, entry.row.declaration_valid_until, today=self._declarations.today)
        line.setAccessibleName(f"{entry.row.legal_name}、{state}")
        line.setMinimumHeight(self._theme.px(50))
        across = row(self._theme, line)
        across.setContentsMargins(self._theme.px(12), self._theme.px(6), self._theme.px(12), self._theme.px(6))
        names = column(self._theme, gap=2)
        names.addWidget(ElidedLabel(entry.row.legal_name, "strong"))
        names.addWidget(ElidedLabel(entry.row.number, "hint"))
        across.addLayout(names, 1)
        across.addWidget(state_mark(self._theme, state, STANDING_TONES[entry.standing]))
        for child in line.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._group.addButton(line)
        line.clicked.connect(lambda: self._choose(entry.row.id))
        return line

    def _choose(self, member_id: MemberId) -> None:
        self._chosen = member_id
        self.panel.show_member(member_id)

    def _lay_out(self) -> None:
        theme = self._theme
        rows = column(theme, self, gap=14)
        rows.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(14))
        head = row(theme, gap=10)
        head.addWidget(PlainLabel("書類", "h1"))
        head.addWidget(self.count)
        head.addStretch()
        rows.addLayout(head)
        body = row(theme, gap=16)
        self._list_card.setFixedWidth(theme.px(_LIST_PX))
        body.addWidget(self._list_card)
        self._panel_card.rows.addWidget(self.panel)
        body.addWidget(self._panel_card, 1)
        body.addWidget(self.empty, 1)
        rows.addLayout(body, 1)
