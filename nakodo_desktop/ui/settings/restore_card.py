"""Bringing a backup back, and practising it; the head's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.errors import UserError
from nakodo_desktop.services.restoring import Looked, Restoring
from nakodo_desktop.services.safekeeping import Shelves
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.busy import run_lent
from nakodo_desktop.ui.settings.restore_dialog import RestoreDialog, RestoreDoor
from nakodo_desktop.ui.settings.safety_card import SafetyCard
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog

_PROTECTS = "壊れたとき、間違えて消したときに控えから戻し、練習では何も書き換えずに、控えが本当に開けるかを確かめます。"


class RestoreCard(SafetyCard):
    restored = Signal()  # every page shows what is gone: the window starts anew

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        restoring: Restoring,
        shelves: Callable[[], Shelves],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "history", "復元と、その練習", _PROTECTS, parent=parent)
        self._jobs, self._restoring, self._shelves = jobs, restoring, shelves
        self.add_deed("復元の練習", "rehearse", icon="circle-check").clicked.connect(lambda: self._open(None))
        self.add_deed("バックアップから戻す…", "restore").clicked.connect(self.open_restore)

    def open_restore(self) -> None:
        self._open(self._restore)

    def _open(self, restore: Callable[[Looked], None] | None) -> None:
        door = RestoreDoor(self._restoring.look_around, self._restoring.loss, restore)
        RestoreDialog(self._theme, self._jobs, door, self._shelves().places, parent=self).open()

    def _restore(self, looked: Looked) -> None:
        try:
            lent = self._restoring.restore(looked)
        except UserError as error:
            alerts.show_error(self, self._theme, error)
            return
        title, text = "控えから戻しています", "いまのデータの控えを先に取ります。終わるまで、しばらくお待ちください。"
        run_lent(self, self._theme, self._jobs, lent, title=title, text=text, on_done=self._tell)

    def _tell(self, _keys: None) -> None:
        dialog = AppDialog(self._theme, "控えから戻しました", icon="circle-check", tone="ok", parent=self.window())
        dialog.add_text("開き直して、戻した内容をご確認ください。戻す前のデータの控えも残っています。")
        dialog.add_button("開き直す", kind="primary").setFocus()
        dialog.finished.connect(self.restored)
        dialog.open()
