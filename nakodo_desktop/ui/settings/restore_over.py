"""Restoring where no vault opens: a new PC, a damaged database, a lost header; from the screens before the unlock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from nakodo_desktop.errors import UserError
from nakodo_desktop.services.restoring import Looked, look_around, restore_over_job
from nakodo_desktop.services.unlocking import Opened
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.busy import BusyDialog
from nakodo_desktop.ui.settings.restore_dialog import RestoreDialog, RestoreDoor
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.vault.restore import BEFORE_RESTORE


def open_restore_over(
    parent: QWidget,
    theme: Theme,
    jobs: JobRunner,
    folder: Path,
    *,
    places: tuple[Path, ...],
    on_restored: Callable[[Opened], None],
) -> RestoreDialog:
    """Into `folder`, whatever lies there. `on_restored` gets keys that fit."""

    def restore(looked: Looked) -> None:
        busy = BusyDialog(theme, "控えから戻しています", "終わるまで、しばらくお待ちください。", parent=parent)

        def done(opened: Opened) -> None:
            busy.end()
            on_restored(opened)

        def failed(error: Exception) -> None:
            busy.end()
            if not isinstance(error, UserError):
                raise error
            alerts.show_error(parent, theme, error)

        busy.open()
        jobs.run(parent.window(), restore_over_job(folder, looked), on_done=done, on_failed=failed)

    door = RestoreDoor(look_around, lambda _looked: None, restore)
    before = folder / BEFORE_RESTORE
    dialog = RestoreDialog(theme, jobs, door, (*places, *([before] if before.is_dir() else [])), parent=parent)
    dialog.open()
    return dialog
