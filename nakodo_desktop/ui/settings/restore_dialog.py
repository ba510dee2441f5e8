"""Restore and its rehearsal, step by step: which backup, whose secret, what is in it, what would be lost.

The same dialog for a vault that opens and for one that does not; `RestoreDoor` is the difference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from nakodo_desktop.errors import OfficeKeyNeeded, UserError
from nakodo_desktop.services.restoring import Looked, Loss, Shelf, rehearse
from nakodo_desktop.services.unlocking import office_key_trouble
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.backup_words import when
from nakodo_desktop.ui.settings.safety_card import fact_line
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import set_button_text
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.frames import column
from nakodo_desktop.ui.widgets.inputs import ComboInput, FieldBox, JaLineEdit, PasswordEdit
from nakodo_desktop.ui.widgets.labels import WrappedLabel
from nakodo_desktop.ui.widgets.notices import Banner
from nakodo_desktop.vault.backup import Backup

_WIDTH_PX = 600
_MOST_SHOWN = 30


@dataclass(frozen=True)
class RestoreDoor:
    """What differs: where to look, what is lost, and what happens in the end. None: the rehearsal ends with a look."""

    look_around: Callable[[tuple[Path, ...]], Callable[[], Shelf]]
    loss: Callable[[Looked], Loss | None]
    restore: Callable[[Looked], None] | None


class RestoreDialog(AppDialog):
    """Nothing is touched before the last button; a rehearsal has none."""

    rehearsed = Signal(object)  # Looked

    def __init__(
        self, theme: Theme, jobs: JobRunner, door: RestoreDoor, places: tuple[Path, ...], *, parent: QWidget
    ) -> None:
        title = "復元の練習" if door.restore is None else "バックアップから戻す"
        super().__init__(theme, title, icon="history", width_px=_WIDTH_PX, parent=parent.window())
        self._jobs, self._door, self._places = jobs, door, places
        self._backups: dict[str, Backup] = {}
        self._looked: Looked | None = None
        self.backup = ComboInput(theme, [])
        self.secret, self.office_key = PasswordEdit(theme, enter_moves_on=False), JaLineEdit(theme)
        self.secret.setObjectName("backup_secret")
        self.office_key.setObjectName("backup_office_key")
        self.secret.editor.returnPressed.connect(self._go_on)
        self._step = QWidget()
        self.body.addWidget(self._step)
        hint = "その控えを取った日に使っていたパスワード、またはそのころの復旧コードです。"
        self._secret_box = FieldBox(theme, "パスワード", self.secret, required=True, hint=hint)
        self._key_box = FieldBox(theme, "事務所キー", self.office_key, hint="復旧シートの28文字です。")
        for box in (self._secret_box, self._key_box):
            self.body.addWidget(box)
            box.hide()
        self.add_button("やめる")
        self.other = self.add_button("別のフォルダー…", self._choose_folder, closes=False)
        self.other.setObjectName("other_folder")
        self.deed = self.add_button("中身を確かめる", self._go_on, kind="primary", closes=False)
        self.deed.setObjectName("deed")
        self.look(places)

    def look(self, places: tuple[Path, ...]) -> None:
        """Look for backups in these folders."""
        self._places = places
        self._wait("控えを探しています…")
        self._jobs.run(self, self._door.look_around(places), on_done=self._show_shelf, on_failed=self._refuse)

    def _show_shelf(self, shelf: Shelf) -> None:
        self._backups = {str(backup.folder): backup for backup in shelf.backups[:_MOST_SHOWN]}
        self.deed.setEnabled(bool(self._backups))
        body = QWidget()
        rows = column(self.theme, body, gap=12)
        if shelf.broken:
            names = "、".join(folder.name for folder in shelf.broken)
            rows.addWidget(Banner(self.theme, "warn", f"壊れている控えがあります：{names}"))
        if not self._backups:
            rows.addWidget(WrappedLabel("控えが見つかりません。USB メモリーなどを差して、フォルダーを選んでください。"))
        else:
            self.backup = ComboInput(self.theme, [(key, _named(one)) for key, one in self._backups.items()])
            self.backup.setObjectName("backup_choice")
            self.backup.set_value(next(iter(self._backups)))
            rows.addWidget(FieldBox(self.theme, "控え", self.backup))
        self._put(body)
        self._secret_box.setVisible(bool(self._backups))
        self.secret.setFocus()

    def _go_on(self) -> None:
        if self._looked is not None:
            looked = self._looked
            self.accept()
            if self._door.restore is not None:
                self._door.restore(looked)
            return
        secret, key = str(self.secret.value() or ""), self.office_key.text()
        trouble = office_key_trouble(key) if key else None
        self.secret.set_error("" if secret else "パスワードを入力してください。")
        self.office_key.set_error("" if trouble is None else trouble.message)
        if not secret or trouble is not None or not self.deed.isEnabled():
            return
        chosen = self._backups[str(self.backup.value())]
        self._set_busy(True)
        work = rehearse(chosen, secret, office_key=key)
        self._jobs.run(self, work, on_done=self._show_contents, on_failed=self._refuse)

    def _show_contents(self, looked: Looked) -> None:
        self._set_busy(False)
        self.rehearsed.emit(looked)
        for used in (self.other, self._secret_box, self._key_box):
            used.hide()
        body = QWidget()
        rows = column(self.theme, body, gap=10)
        contents = looked.contents
        if looked.is_good:
            rows.addWidget(Banner(self.theme, "ok", "この控えは開けます。検査にも合格しました。"))
        for finding in contents.findings:
            rows.addWidget(Banner(self.theme, "bad", finding.message, text=finding.advice))
        people = "、".join(p.staff.name for p in contents.people if p.removed_at is None)
        facts = [("控えの日時", when(contents.made_at)), ("会員", f"{looked.members:,}名"), ("担当者", people or "—")]
        if contents.last_entry_at is not None:
            facts.append(("最後の操作", f"{when(contents.last_entry_at)}（操作の記録 {contents.head.seq:,}件）"))
        for label, words in facts:
            rows.addLayout(fact_line(self.theme, label, WrappedLabel(words)))
        loss = self._door.loss(looked)
        if self._door.restore is None:
            rows.addWidget(WrappedLabel("いまのデータにも、控えにも、何も書いていません。", "hint"))
            self.deed.hide()
        else:
            rows.addWidget(self._warning(loss))
            self._looked = looked if looked.is_good else None
            self.deed.setEnabled(looked.is_good)
            set_button_text(self.deed, "この控えに戻す")
        self._put(body)

    def _warning(self, loss: Loss | None) -> Banner:
        if loss is None:
            text = "いまフォルダーにあるものは、消さずに脇へ移します。"
            return Banner(self.theme, "warn", "この控えより後に入力した内容は戻りません。", text=text)
        title = f"{when(loss.since)} より後の操作 {loss.entries:,}件分は失われます。"
        text = "いまのデータの控えを先に取ってから戻します。担当者とパスワードは、いまのまま変わりません。"
        return Banner(self.theme, "warn", title, text=text)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, "控えのあるフォルダー")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.look((Path(name),)))
        dialog.open()

    def _refuse(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, UserError):
            raise error
        if isinstance(error, OfficeKeyNeeded):
            self._key_box.show()
            self.office_key.set_error(error.message)
            self.office_key.setFocus()
            return
        self.tell(error.message, error.advice)

    def _set_busy(self, busy: bool) -> None:
        self.deed.setEnabled(not busy)
        self.other.setEnabled(not busy)
        set_button_text(self.deed, "開いて確かめています…" if busy else "中身を確かめる")

    def _wait(self, words: str) -> None:
        self.deed.setEnabled(False)
        body = QWidget()
        column(self.theme, body).addWidget(WrappedLabel(words))
        self._put(body)

    def _put(self, body: QWidget) -> None:
        self.body.replaceWidget(self._step, body)
        self._step.deleteLater()
        self._step = body


def _named(backup: Backup) -> str:
    size_mb = backup.manifest.database.length / 1_000_000
    return f"{when(backup.manifest.made_at)}　{size_mb:,.1f} MB　{backup.folder.parent.name}"
