"""The last page of the set-up: where the backups go; it may stay open, and then says what that means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from nakodo_desktop.errors import UserError
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button, set_button_text
from nakodo_desktop.ui.widgets.frames import Card, column, row
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel, picture
from nakodo_desktop.ui.widgets.notices import Banner

_ADVICE = "USB メモリーや外付けのディスクなど、このパソコンとは別のものを選んでください。あとから加えることもできます。"
_NONE_YET = "まだ決めていません"
_LATER = "決まるまで、控えは取られません。"
_WHERE_LATER = "いま手元になければ、このまま事務所を作り、「設定」の「安全」で決めてください。"
_SYNCED = "控えは暗号化されていますが、個人データの預け先が増えます。委託先としての扱いをご確認ください。"


class BackupPage(QWidget):
    """`place` is what was chosen."""

    def __init__(
        self,
        theme: Theme,
        *,
        refuse_place: Callable[[Path], None],
        synced_by: Callable[[Path], str | None],
        parent: QWidget | None = None,
    ) -> None:
        """`refuse_place` raises UserError for a folder that will not do."""
        super().__init__(parent)
        self._theme, self._refuse, self._synced_by = theme, refuse_place, synced_by
        self.place: Path | None = None
        self.choose_button = button(theme, "置き場所を選ぶ", icon="folder-open")
        self.choose_button.setObjectName("choose_backup_place")
        self.choose_button.clicked.connect(self._choose)
        rows = column(theme, self, gap=14)
        rows.setContentsMargins(0, 0, theme.px(8), 0)
        chosen = Card(theme, margin=16, gap=12, ground="sunken")
        line = row(theme, gap=10)
        line.addWidget(picture(theme, "folder", "muted", px=20), 0, Qt.AlignmentFlag.AlignTop)
        self.chosen = WrappedLabel(_NONE_YET, "strong")
        line.addWidget(self.chosen, 1)
        chosen.rows.addWidget(PlainLabel("控えの置き場所", "field"))
        chosen.rows.addLayout(line)
        chosen.rows.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(chosen)
        rows.addWidget(WrappedLabel(_ADVICE, "hint"))
        self.notice = Banner(theme, "warn", _LATER, text=_WHERE_LATER)
        rows.addWidget(self.notice)
        rows.addStretch()

    def set_place(self, place: Path) -> None:
        """Raises UserError; then the former choice stays."""
        self._refuse(place)
        self.place = place
        self.chosen.setText(str(place))
        set_button_text(self.choose_button, "別の置き場所を選ぶ", has_icon=True)
        service = self._synced_by(place)
        self.notice.setVisible(service is not None)
        if service is not None:
            self.notice.set_words(f"控えは {service} にも送られます。", _SYNCED)

    def _choose(self) -> None:
        dialog = QFileDialog(self.window(), "控えの置き場所を選ぶ")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, name: str) -> None:
        try:
            self.set_place(Path(name))
        except UserError as error:
            alerts.show_error(self, self._theme, error)
