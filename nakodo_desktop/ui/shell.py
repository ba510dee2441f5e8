"""The main window: before unlock a screen without data, after it a workspace, and the lock in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.widgets.ime import commit_ime

if TYPE_CHECKING:  # the workspace is loaded when there is one to show
    from nakodo_desktop.ui.workspace import Workspace

TITLE = "なこうどデスク"
FIRST_SIZE = (1280, 800)


class Shell(QMainWindow):
    """Knows when to save, lock and close; knows nothing of members. The title never names one."""

    closing = Signal()  # after everything was saved; whoever opened the vault closes it now

    def __init__(self, jobs: JobRunner, *, on_lock: Callable[[str], None]) -> None:
        super().__init__()
        self._jobs = jobs
        self._on_lock = on_lock
        self._workspace: Workspace | None = None
        self.setWindowTitle(TITLE)
        self._stack = QStackedWidget(self)
        self.setCentralWidget(self._stack)
        self.resize(QSize(*FIRST_SIZE).boundedTo(self.screen().availableSize()))

    @property
    def workspace(self) -> Workspace | None:
        return self._workspace

    def show_screen(self, screen: QWidget) -> None:
        """A screen from before the vault is open."""
        self._clear()
        self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)

    def show_workspace(self, workspace: Workspace, app: QApplication) -> None:
        self._clear()
        self._workspace = workspace
        self._stack.addWidget(workspace)
        self._stack.setCurrentWidget(workspace)
        workspace.lock_wanted.connect(self.lock)
        app.installEventFilter(workspace)

    def lock(self, reason: str) -> None:
        """Save what is half typed, take every widget down, then hand over to whoever closes the vault."""
        if self._workspace is None:
            return
        self._put_away()
        self._on_lock(reason)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never a 「保存しますか」: everything is saved, then the window goes."""
        if self._workspace is not None:
            self._put_away()
        self._jobs.wait()
        self.closing.emit()
        event.accept()

    def restore_geometry_from(self, encoded: str) -> None:
        """Qt clamps it to the screens that are there now."""
        if encoded:
            self.restoreGeometry(QByteArray.fromBase64(encoded.encode("ascii")))

    def geometry_to_keep(self) -> str:
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def _put_away(self) -> None:
        assert self._workspace is not None
        commit_ime()
        self._workspace.save_drafts()
        self._jobs.wait()
        QGuiApplication.clipboard().clear()
        self._clear()

    def _clear(self) -> None:
        """Deleting the screen also ends every dialog it opened."""
        self._workspace = None
        while (screen := self._stack.widget(0)) is not None:
            self._stack.removeWidget(screen)
            screen.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            screen.close()
            screen.deleteLater()
