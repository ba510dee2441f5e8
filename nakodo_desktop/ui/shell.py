"""The main window: before unlock a screen without data, after it a workspace, and the lock in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from nakodo_desktop.ui.jobs import JobRunner

if TYPE_CHECKING:  # the workspace is loaded when there is one to show
    from nakodo_desktop.ui.theme import Theme
    from nakodo_desktop.ui.workspace import Workspace

TITLE = "なこうどデスク"
FIRST_SIZE = QSize(1280, 800)
FRAME = QSize(16, 48)  # title bar and borders are the system's; nobody tells their size before the window stands


class Shell(QMainWindow):
    """Knows when to save, lock and close; knows nothing of members. The title never names one."""

    closing = Signal()  # after everything was saved; whoever opened the vault closes it now

    def __init__(
        self, jobs: JobRunner, *, on_lock: Callable[[str], None], may_close: Callable[[], bool] = lambda: True
    ) -> None:
        """`may_close` is asked when everything is saved and put away; whoever answers False closes the window later."""
        super().__init__()
        self._may_close = may_close
        self._jobs = jobs
        self._on_lock = on_lock
        self._workspace: Workspace | None = None
        self._may_lose = False
        self.is_ending = False  # the system does not wait for a backup
        self.setWindowTitle(TITLE)
        self._stack = QStackedWidget(self)
        self.setCentralWidget(self._stack)
        self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize() - FRAME))

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
        self._put_away("ロックしています…")
        self._on_lock(reason)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything is saved, then the window goes. Only about what could not be saved the operator is asked."""
        if not self._may_lose and not self.save_everything():
            event.ignore()
            self.ask_to_lose()
            return
        if self._workspace is not None:
            self._put_away("閉じる準備をしています…")
        self._jobs.wait()
        if not self._may_close():
            event.ignore()
            return
        self.closing.emit()
        event.accept()

    def save_everything(self) -> bool:
        """Put what is half typed into the vault; False when something is only on the screen."""
        if self._workspace is None:
            return True
        self._workspace.save_drafts()
        return not self._workspace.has_unsaved

    def end(self) -> None:
        """Asked by the system to go: as if the operator closed the window, but without a last backup."""
        self.is_ending = True
        self.close()

    def restore_geometry_from(self, encoded: str) -> None:
        """Qt clamps it to the screens that are there now."""
        if encoded:
            self.restoreGeometry(QByteArray.fromBase64(encoded.encode("ascii")))

    def geometry_to_keep(self) -> str:
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def ask_to_lose(self) -> None:
        """Something is only on the screen: close all the same?"""
        from nakodo_desktop.ui.alerts import confirm  # not needed before the window stands

        assert self._workspace is not None

        def close_anyway() -> None:
            self._may_lose = True
            self.close()

        confirm(
            self,
            self._workspace.theme,
            title="保存できていないまま閉じますか",
            text="いま入力した内容を保存できませんでした。閉じると、最後に保存したあとの入力は失われます。",
            yes_verb="保存せずに閉じる",
            on_yes=close_anyway,
            no_verb="画面に戻る",
            destructive=True,
        )

    def _put_away(self, words: str) -> None:
        """Nothing of a member is on the screen from here on, however long a job still takes."""
        assert self._workspace is not None
        theme = self._workspace.theme
        self._workspace.save_drafts()
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():  # what another program put there is not ours to clear
            clipboard.clear()
        self._clear()
        if self._jobs.is_at_work:
            self._draw_curtain(theme, words)
            self._jobs.wait()

    def _draw_curtain(self, theme: Theme, words: str) -> None:
        """Painted at once: the event loop stands still until the job has ended."""
        from nakodo_desktop.ui.waiting import WaitingScreen

        self.show_screen(WaitingScreen(theme, words))
        self.repaint()

    def _clear(self) -> None:
        """Deleting the screen also ends every dialog it opened."""
        self._workspace = None
        while (screen := self._stack.widget(0)) is not None:
            self._stack.removeWidget(screen)
            screen.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            screen.close()
            screen.deleteLater()
