"""The log to read: filter, "who saw this member", is it whole, a period as a file. Laid over the workspace."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QHeaderView, QTableView, QWidget

from nakodo_desktop.domain.staff import StaffId
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.audit_log import AuditLog, Verified, Wanted
from nakodo_desktop.services.audit_words import AREAS
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.audit_model import AuditModel
from nakodo_desktop.ui.settings.backup_words import when
from nakodo_desktop.ui.settings.busy import run_lent
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.flow_layout import FlowLayout
from nakodo_desktop.ui.widgets.frames import column, list_card, row
from nakodo_desktop.ui.widgets.inputs import ComboInput, FieldBox, JaLineEdit, WarekiDateEdit
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.notices import Banner

_ANY = "any"
_PAPER = "paper"  # stands for the empty id of whoever opened by the recovery code
_WIDTHS_PX = (200, 140, 220, 210)
_FILTER_PX = 170


class AuditPage(QWidget):
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        log: AuditLog,
        places: tuple[Path, ...],
        *,
        today: date,
        member: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`member`: a number to ask about from the start. `places`: where backups lie, to hold the log against."""
        super().__init__(parent)
        self._theme, self._jobs, self._log, self._places, self._today = theme, jobs, log, places, today
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        people = [(key or _PAPER, name) for key, name in log.people()]
        self.person = ComboInput(theme, [(_ANY, "すべて"), *people])
        self.area = ComboInput(theme, [(_ANY, "すべて"), *AREAS])
        self.person.set_value(_ANY)
        self.area.set_value(_ANY)
        self.member = JaLineEdit(theme, placeholder="例 M-0012")
        self.since, self.until = WarekiDateEdit(theme, today=today), WarekiDateEdit(theme, today=today)
        for name, field in self._filters().items():
            field.setObjectName(f"audit_{name}")
        self.member.fill(member or None)
        self.result = Banner(theme, "info", "")
        self.result.hide()
        self.model = AuditModel(self)
        self.table = QTableView()
        self.count = PlainLabel("", "hint")
        self._lay_out()
        for field in self._filters().values():
            field.committed.connect(lambda _value: self.reload())
        log.note_opened()
        self.reload()

    def reload(self) -> None:
        wanted = self._wanted()
        self.model.show_lines(lambda before: self._log.lines(wanted, before=before))
        shown = self.model.rowCount()
        more = "以上" if self.model.canFetchMore(self.table.rootIndex()) else ""
        self.count.setText(f"{shown:,}件{more}（新しい順）")

    def verify(self, code: str = "") -> None:
        run_lent(
            self,
            self._theme,
            self._jobs,
            self._log.verify(self._places, code=code),
            title="操作の記録を検査しています",
            on_done=self._tell,
        )

    def save_csv(self, path: Path) -> None:
        """The days of the filter; without any, from the beginning to today."""
        since, until = self._day(self.since) or date(2000, 1, 1), self._day(self.until) or self._today
        try:
            count = self._log.save_csv(path, since=since, until=until)
        except UserError as error:
            alerts.show_error(self, self._theme, error)
            return
        words = "このファイルは暗号化されません。会員は番号だけで載っています。用が済んだら消してください。"
        self._say(Banner(self._theme, "ok", f"{count:,}件をCSVに保存しました。", text=words))
        self.reload()

    def _tell(self, verified: Verified) -> None:
        self._say(verdict(self._theme, verified))
        self.reload()

    def _say(self, banner: Banner) -> None:
        self._rows.replaceWidget(self.result, banner)
        self.result.deleteLater()
        self.result = banner

    def _wanted(self) -> Wanted:
        person, area = self.person.value(), self.area.value()
        return Wanted(
            person=None if not person or person == _ANY else StaffId("" if person == _PAPER else str(person)),
            member=self.member.text().upper() or None,
            area=str(area) if area and area != _ANY else None,
            since=self._day(self.since),
            until=self._day(self.until),
        )

    def _day(self, field: WarekiDateEdit) -> date | None:
        value = field.value()
        return value if isinstance(value, date) else None

    def _filters(self) -> dict[str, ComboInput | JaLineEdit | WarekiDateEdit]:
        return {
            "person": self.person,
            "area": self.area,
            "member": self.member,
            "since": self.since,
            "until": self.until,
        }

    def _ask_verify(self) -> None:
        dialog = AppDialog(self._theme, "操作の記録を検査する", icon="shield-check", parent=self.window())
        dialog.add_text(
            "記録のつながりを最初から確かめ、このパソコンと控えに残る「照合の印」と突き合わせます。"
            "復旧シートの照合コードがあれば、それとも突き合わせます。"
        )
        code = JaLineEdit(self._theme, placeholder="例 1234-ABCD-EFGH-IJKL")
        code.setObjectName("paper_code")
        dialog.body.addWidget(FieldBox(self._theme, "復旧シートの照合コード", code, required=False))
        dialog.add_button("やめる")
        start = dialog.add_button("検査する", lambda: self.verify(code.text()), kind="primary")
        start.setObjectName("start_verify")
        dialog.open()

    def _ask_path(self) -> None:
        name = f"sousa-kiroku-{self._today:%Y%m%d}.csv"
        dialog = QFileDialog(self.window(), "CSVに保存（ファイルは暗号化されません）", name, "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save_csv(Path(chosen)))
        dialog.open()

    def _lay_out(self) -> None:
        theme = self._theme
        self._rows = column(theme, self, gap=12)
        self._rows.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(14))
        head = row(theme, gap=12)
        back = button(theme, "設定へ戻る", icon="chevron-left")
        back.setObjectName("audit_back")
        back.clicked.connect(self.closed)
        verify = button(theme, "検査する", icon="shield-check")
        verify.setObjectName("audit_verify")
        verify.clicked.connect(self._ask_verify)
        save = button(theme, "CSVに保存", icon="download")
        save.setObjectName("audit_csv")
        save.clicked.connect(self._ask_path)
        head.addWidget(back)
        head.addWidget(PlainLabel("操作の記録", "h1"))
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(verify)
        head.addWidget(save)
        self._rows.addLayout(head)
        self._rows.addWidget(self.result)
        filters = QWidget()
        flow = FlowLayout(filters, gap=theme.px(12))
        labels = ("担当者", "操作", "会員番号", "この日から", "この日まで")
        for label, field in zip(labels, self._filters().values(), strict=True):
            box = FieldBox(theme, label, field)
            if not field.is_compact:
                box.setFixedWidth(theme.px(_FILTER_PX))
            flow.addWidget(box)
        self._rows.addWidget(filters)
        card = list_card(theme)
        card.rows.addWidget(self.table)
        self._rows.addWidget(card, 1)
        self._dress_table()

    def _dress_table(self) -> None:
        table = self.table
        table.setObjectName("audit_table")
        table.setAccessibleName("操作の記録")
        table.setProperty("cells", "text")  # no painter of our own: as far from the edge as the headings
        table.setModel(self.model)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._theme.px(34))
        for section, width in enumerate(_WIDTHS_PX):
            table.setColumnWidth(section, self._theme.px(width))
        header = table.horizontalHeader()
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)


def verdict(theme: Theme, found: Verified) -> Banner:
    """Never more than was proved: up to which moment a change would have shown."""
    if found.broken_at is not None:
        title = f"{found.broken_at:,}件目に、書き換えられた跡があります。"
        text = "この件より前の記録はつながっています。控えの記録と見比べ、心当たりのある方に確かめてください。"
        return Banner(theme, "bad", title, text=text)
    if found.missed or found.code_agrees is False:
        title = "外に残した印と合いません。記録の終わりが消されたか、古いデータに置き換えられています。"
        return Banner(theme, "bad", title, text=f"{found.entries:,}件のつながりに切れ目はありません。")
    title = f"{found.entries:,}件の記録に、書き換えの跡はありません。"
    if found.hole_at is not None:
        title = "壊れたデータから救い出したあとの記録に、書き換えの跡はありません。"
        text = (
            f"救い出す前の記録には、{found.hole_at:,}件目から失われた箇所があります。救い出す前の控えで確かめられます。"
        )
        return Banner(theme, "warn", title, text=text)
    if found.newest_proof_at is None and not found.code_agrees:
        text = "外に残した印がないので、終わりを消されたり、全部を書き直されたりしたことには気づけません。"
        return Banner(theme, "warn", title, text=text)
    paper = "紙の照合コードとも合いました。" if found.code_agrees else ""
    until = "" if found.newest_proof_at is None else f"（{when(found.newest_proof_at)}まで）"
    text = f"{paper}改ざんがあれば気づける範囲は、外に残した印{found.proofs}個と照合した時点まで{until}です。"
    return Banner(theme, "ok", title, text=text)
