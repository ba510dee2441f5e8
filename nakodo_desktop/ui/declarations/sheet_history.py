"""Every sheet of a member with its print history; an old one can be shown and printed again as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.declaration import Declaration, DeclarationId
from nakodo_desktop.services.declarations import Printing
from nakodo_desktop.ui.declarations.wording import STATE_TONES, life, printing_lines
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.frames import FormScroll, column, hline, row
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.marks import pill

_WIDTH_PX, _HEIGHT_PX = 620, 340


class SheetHistory(AppDialog):
    """Newest first; `on_show` is called with the sheet the operator wants to see, `scan_of` makes its row of a scan."""

    def __init__(
        self,
        theme: Theme,
        sheets: Sequence[Declaration],
        *,
        printings: Callable[[DeclarationId], Sequence[Printing]],
        on_show: Callable[[DeclarationId], None],
        scan_of: Callable[[Declaration], QWidget | None],
        parent: QWidget,
    ) -> None:
        super().__init__(theme, "独身誓約書の履歴", icon="history", width_px=_WIDTH_PX, parent=parent.window())
        self._printings, self._on_show, self._scan_of = printings, on_show, scan_of
        body = QWidget()
        rows = column(theme, body, gap=14)
        for position, sheet in enumerate(sheets):
            if position:
                rows.addWidget(hline())
            rows.addWidget(self._entry(sheet))
        rows.addStretch()
        self.add_elastic(FormScroll(body), _HEIGHT_PX)
        self.add_button("閉じる", kind="primary").setFocus()

    def _entry(self, sheet: Declaration) -> QWidget:
        entry = QWidget()
        across = row(self.theme, entry, gap=12)
        words = column(self.theme, gap=4)
        head = row(self.theme, gap=8)
        head.addWidget(PlainLabel(sheet.number, "strong"))
        head.addWidget(pill(sheet.state.label, STATE_TONES[sheet.state]))
        head.addStretch(1)
        words.addLayout(head)
        words.addWidget(WrappedLabel(life(sheet), "label"))
        for line in printing_lines(self._printings(sheet.id)) or ["まだ印刷していません"]:
            words.addWidget(WrappedLabel(line, "hint"))
        if (scan := self._scan_of(sheet)) is not None:
            words.addWidget(scan)
        across.addLayout(words, 1)
        show = button(self.theme, "表示する")
        show.setAccessibleName(f"{sheet.number}を表示する")
        show.clicked.connect(self.accept)
        show.clicked.connect(lambda: self._on_show(sheet.id))
        across.addWidget(show)
        return entry
