"""The last backup of the day: made when the window is closed, before it goes."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject

from nakodo_desktop.errors import UserError
from nakodo_desktop.services.safekeeping import BackupReport, Safekeeping, Shelves
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.backup_words import report_words
from nakodo_desktop.ui.shell import Shell
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.waiting import WaitingScreen

_WORDS = "点検して、控えを取っています。終わると自動で閉じます。"
_LEAVE = "今回は作らずに閉じる"
_LEAVING = "控えを取りやめています。まもなく閉じます。"


class Farewell(QObject):
    """Asked by the shell at each attempt to close: `is_over` starts the backup and answers True once it is done."""

    def __init__(self, shell: Shell, theme: Theme, jobs: JobRunner, keeping: Safekeeping, shelves: Shelves) -> None:
        super().__init__(shell)
        self._shell, self._theme, self._jobs = shell, theme, jobs
        self._keeping, self._shelves = keeping, shelves
        self._is_over = self._is_running = False
        self._is_left = Event()

    def is_over(self) -> bool:
        if not self._is_over and not self._is_running:
            self._start()
        return self._is_over

    def _start(self) -> None:
        self._is_left.clear()
        self._shell.show_screen(WaitingScreen(self._theme, _WORDS, verb=_LEAVE, act=self._leave))
        try:
            lent = self._keeping.back_up(self._shelves, is_left=self._is_left.is_set)
        except UserError as error:
            self._ask(error.message, error.advice)
            return
        self._is_running = True

        def done(found: BackupReport) -> None:
            self._is_running = False
            report = lent.finish(found)
            if report.is_whole or report.is_left:
                self._go()
            else:
                _, title, text = report_words(report)
                self._ask(title, text)

        def failed(error: Exception) -> None:
            self._is_running = False
            lent.give_up()
            if not isinstance(error, UserError):
                raise error
            self._ask(error.message, error.advice)

        self._jobs.run(self, lent.work, on_done=done, on_failed=failed)

    def _leave(self) -> None:
        self._is_left.set()
        self._shell.show_screen(WaitingScreen(self._theme, _LEAVING))

    def _go(self) -> None:
        self._is_over = True
        self._shell.close()

    def _ask(self, title: str, text: str) -> None:
        alerts.confirm(
            self._shell,
            self._theme,
            title=title,
            text=text,
            yes_verb="このまま閉じる",
            on_yes=self._go,
            no_verb="もう一度試す",
            on_no=self._start,
            destructive=True,
        )
