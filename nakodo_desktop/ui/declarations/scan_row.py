"""The picture of one signed sheet in its history: take one in, look at it, remove it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from nakodo_desktop.domain.declaration import Declaration
from nakodo_desktop.domain.japanese import format_wareki
from nakodo_desktop.errors import PhotoRefused
from nakodo_desktop.services.photo_intake import SafePhoto, decode_photo, read_photo
from nakodo_desktop.services.signed_scans import SignedScans
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button, set_button_text
from nakodo_desktop.ui.widgets.frames import column, row
from nakodo_desktop.ui.widgets.labels import WrappedLabel
from nakodo_desktop.ui.widgets.picture_dialog import PictureDialog

_FILTER = "スキャン (*.jpg *.jpeg *.png);;すべてのファイル (*)"
_NONE = "スキャンはありません（署名した紙が原本です）"


class ScanRow(QWidget):
    """The paper is the original, and the row says so."""

    def __init__(
        self, theme: Theme, jobs: JobRunner, scans: SignedScans, sheet: Declaration, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._jobs, self._scans, self._sheet = theme, jobs, scans, sheet
        self.words = WrappedLabel("", "hint")
        self.take_in_button = button(theme, "", icon="image")
        self.show_button = button(theme, "スキャンを見る", icon="eye")
        self.remove_button = button(theme, "スキャンを消す", icon="trash-2")
        lines = column(theme, self, gap=4)
        lines.addWidget(self.words)
        deeds = row(theme, gap=8)
        for made in (self.take_in_button, self.show_button, self.remove_button):
            deeds.addWidget(made)
        deeds.addStretch(1)
        lines.addLayout(deeds)
        self.take_in_button.clicked.connect(self._choose)
        self.show_button.clicked.connect(self._show_picture)
        self.remove_button.clicked.connect(self._remove)
        self._fill()

    def take_in(self, path: Path) -> None:
        """Decode in a child process, then keep the pixels. The chosen file itself stays where it is."""
        self.take_in_button.setEnabled(False)
        self.words.setText("取り込んでいます…")
        self._jobs.run(self, lambda: _read(path), on_done=self._keep, on_failed=self._refuse)

    def _keep(self, picture: SafePhoto) -> None:
        self._scans.keep(self._sheet.id, picture)
        self._fill()

    def _refuse(self, error: Exception) -> None:
        self._fill()
        if not isinstance(error, PhotoRefused):
            raise error
        self.words.setText(f"{error.message}{error.advice}")

    def _fill(self) -> None:
        at = self._scans.taken_in_at(self._sheet.id)
        number = self._sheet.number
        day = "" if at is None else format_wareki(at.astimezone().date())
        self.words.setText(_NONE if at is None else f"スキャンあり（{day} 取り込み）")
        set_button_text(self.take_in_button, "スキャンを取り込む" if at is None else "取り込み直す", has_icon=True)
        self.take_in_button.setAccessibleName(f"{number}のスキャンを取り込む")
        self.take_in_button.setEnabled(True)
        self.show_button.setAccessibleName(f"{number}のスキャンを見る")
        self.remove_button.setAccessibleName(f"{number}のスキャンを消す")
        for made in (self.show_button, self.remove_button):
            made.setVisible(at is not None)

    def _choose(self) -> None:
        dialog = QFileDialog(self, "署名した誓約書のスキャンを選ぶ", "", _FILTER)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.take_in(Path(path)))
        dialog.open()

    def _show_picture(self) -> None:
        PictureDialog(self._theme, self._sheet.number, self._scans.show(self._sheet.id), parent=self).open()

    def _remove(self) -> None:
        self._scans.remove(self._sheet.id)
        self._fill()


def _read(path: Path) -> SafePhoto:
    return decode_photo(read_photo(path))
