"""Runs a slow deed on a lent vault: nobody can touch a page meanwhile, and the vault is taken back whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from nakodo_desktop.errors import UserError
from nakodo_desktop.services.lending import Lent
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.progress_bar import ProgressLine

Found = TypeVar("Found")
Told = TypeVar("Told")


class BusyDialog(AppDialog):
    """Stays until `end`: Esc and × would leave the work without anybody to take the vault back."""

    def __init__(self, theme: Theme, title: str, text: str, *, parent: QWidget) -> None:
        super().__init__(theme, title, icon="loader-circle", parent=parent.window())
        self.setObjectName("busy")
        self.add_text(text)
        self.body.addWidget(ProgressLine(theme, 0, 0))

    def end(self) -> None:
        super().reject()

    def reject(self) -> None:
        """Nothing: see the class."""


def run_lent(
    parent: QWidget,
    theme: Theme,
    jobs: JobRunner,
    lent: Lent[Found, Told],
    *,
    title: str,
    text: str = "終わるまで、しばらくお待ちください。",
    on_done: Callable[[Told], None],
    on_failed: Callable[[UserError], None] | None = None,
) -> BusyDialog:
    """`on_failed` None: the error is shown in its own words."""
    dialog = BusyDialog(theme, title, text, parent=parent)

    def done(found: Found) -> None:
        dialog.end()
        on_done(lent.finish(found))

    def failed(error: Exception) -> None:
        dialog.end()
        lent.give_up()
        if not isinstance(error, UserError):
            raise error
        if on_failed is None:
            alerts.show_error(parent, theme, error)
        else:
            on_failed(error)

    dialog.open()
    jobs.run(parent.window(), lent.work, on_done=done, on_failed=failed)
    return dialog
