"""Backups: where they go, how many stay, when the last one was, and one right now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from nakodo_desktop.errors import UserError
from nakodo_desktop.services.safekeeping import BackupReport, Safekeeping, Shelves
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.backup_words import last_words, report_words
from nakodo_desktop.ui.settings.busy import run_lent
from nakodo_desktop.ui.settings.safety_card import SafetyCard, fact_line
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import column, row
from nakodo_desktop.ui.widgets.inputs import FieldBox, NumberEdit
from nakodo_desktop.ui.widgets.labels import ElidedLabel, WrappedLabel, picture
from nakodo_desktop.ui.widgets.notices import Banner

_PROTECTS = (
    "パソコンの故障・紛失・誤操作で会員の記録を失わないように、暗号化した控えを取り、その場で開けることを確かめます。"
)
_BOUNDS = {"daily": (1, 31), "weekly": (0, 26), "warn_after_days": (1, 60)}
_LABELS = {
    "daily": ("日ごとの控え", "個", "最近の何日分を残すか"),
    "weekly": ("週ごとの控え", "個", "最近の何週分を残すか"),
    "warn_after_days": ("知らせるまで", "日", "これより間が空いたら知らせます"),
}


class BackupCard(SafetyCard):
    """The places and numbers belong to this PC: a change is emitted and comes back with the next `Shelves`."""

    shelves_changed = Signal(object)  # Shelves
    backed_up = Signal()

    def __init__(
        self, theme: Theme, jobs: JobRunner, keeping: Safekeeping, shelves: Shelves, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "hard-drive-download", "控え（バックアップ）", _PROTECTS, parent=parent)
        self._jobs, self._keeping, self._shelves = jobs, keeping, shelves
        self.notice = Banner(theme, "ok", "")
        self.notice.hide()
        self.rows.addWidget(self.notice)
        self.last = WrappedLabel("")
        self.rows.addLayout(fact_line(theme, "前回の控え", self.last))
        self._places = QWidget()
        self.rows.addWidget(self._places)
        self.numbers: dict[str, NumberEdit] = {}
        self.rows.addLayout(self._numbers())
        self.now = self.add_deed("今すぐ控えを取る", "backup_now", kind="primary", icon="save")
        self.add = self.add_deed("置き場所を加える", "backup_add_place", icon="folder-open")
        self.now.clicked.connect(self.back_up)
        self.add.clicked.connect(self._choose)
        self._show()

    def reload(self) -> None:
        """When the last one was; the places change only here."""
        self.last.setText(last_words(self._keeping))

    def back_up(self) -> None:
        if not self._shelves.places:
            alerts.show_error(
                self,
                self._theme,
                UserError("控えの置き場所がまだありません。", "USB メモリーなどのフォルダーを選んでください。"),
            )
            return
        run_lent(
            self,
            self._theme,
            self._jobs,
            self._keeping.back_up(self._shelves),
            title="控えを取っています",
            text="取った控えを開いて確かめるまで、しばらくお待ちください。",
            on_done=self._tell,
        )

    def add_place(self, place: Path) -> None:
        """Raises what the service says of it."""
        if place not in self._shelves.places:
            self._choose_places((*self._shelves.places, place))

    def _tell(self, report: BackupReport) -> None:
        self.reload()
        self.backed_up.emit()
        tone, title, text = report_words(report)
        changed = Banner(self._theme, tone, title, text=text)
        self.rows.replaceWidget(self.notice, changed)
        self.notice.deleteLater()
        self.notice = changed

    def _choose(self) -> None:
        dialog = QFileDialog(self.window(), "控えの置き場所を選ぶ")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.add_place(Path(name)))
        dialog.open()

    def _choose_places(self, places: tuple[Path, ...]) -> None:
        self._keeping.choose_places(places)
        self._change(replace(self._shelves, places=places))
        services = {service for place in places if (service := self._keeping.synced_by(place)) is not None}
        if services:
            self.notice.set_words(
                f"控えは {'・'.join(sorted(services))} にも送られます。",
                "控えは暗号化されていますが、個人データの預け先が増えます。委託先としての扱いをご確認ください。",
            )
            self.notice.show()

    def _change(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._show()
        self.shelves_changed.emit(shelves)

    def _show(self) -> None:
        self.reload()
        may = self._keeping.may_choose_places
        body = QWidget()
        rows = column(self._theme, body, gap=6)
        for place in self._shelves.places:
            line = row(self._theme, gap=8)
            line.addWidget(picture(self._theme, "folder", "muted", px=18))
            line.addWidget(ElidedLabel(str(place)), 1)
            take_away = button(self._theme, "外す")
            take_away.setObjectName("backup_remove_place")
            take_away.setAccessibleName(f"控えの置き場所を外す：{place}")
            if not may:
                take_away.hide()
            left = tuple(other for other in self._shelves.places if other != place)
            take_away.clicked.connect(lambda _checked=False, left=left: self._choose_places(left))
            line.addWidget(take_away)
            rows.addLayout(line)
        if not self._shelves.places:
            words = "置き場所が決まっていないので、控えは取られていません。USB メモリーや別のディスクを選んでください。"
            rows.addWidget(WrappedLabel(words, "body", tone="warn"))
        self.rows.replaceWidget(self._places, body)
        self._places.deleteLater()
        self._places = body
        self.now.setEnabled(bool(self._shelves.places))
        self.add.setVisible(may)
        for field in self.numbers.values():
            field.setEnabled(may)

    def _numbers(self) -> QHBoxLayout:
        across = row(self._theme, gap=24)
        for key, (label, unit, hint) in _LABELS.items():
            low, high = _BOUNDS[key]
            field = NumberEdit(self._theme, unit=unit, minimum=low, maximum=high)
            field.setObjectName(key)
            field.set_value(getattr(self._shelves, key))
            field.committed.connect(lambda value, key=key: self._set_number(key, value))
            self.numbers[key] = field
            across.addWidget(FieldBox(self._theme, label, field, hint=hint), 1)
        return across

    def _set_number(self, key: str, value: object) -> None:
        low, high = _BOUNDS[key]
        if isinstance(value, int) and low <= value <= high and value != getattr(self._shelves, key):
            self._change(replace(self._shelves, **{key: value}))  # type: ignore[arg-type]  # each of them is a number
