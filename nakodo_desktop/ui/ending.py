"""Ends the program when the system asks for it: log-out, shut-down, a signal. Nothing half typed is lost by that.

The system does not wait for long: no backup is made then, and only what cannot be saved is asked about.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Protocol

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

from nakodo_desktop.ui.shell import Shell


class SessionManager(Protocol):
    """What we use of QSessionManager."""

    def allowsInteraction(self) -> bool: ...
    def cancel(self) -> None: ...
    def release(self) -> None: ...


class Ending(QObject):
    """Listens as long as the window lives."""

    def __init__(self, app: QApplication, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        app.commitDataRequest.connect(self.on_log_out)

    def heed_signals(self) -> None:
        """Once per process: a signal has one handler.

        Python's own waits for Python code, and Qt may run none for hours: a byte in a pipe wakes Qt.
        """
        if sys.platform == "win32":  # there the session manager tells it all
            return
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)
        signal.set_wakeup_fd(writing)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda _number, _frame: None)
        notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read, self)
        notifier.activated.connect(lambda: self._on_signal(reading))

    def on_log_out(self, manager: SessionManager) -> None:
        """Another program may still stop the log-out: everything is saved, and the window stays until it is closed."""
        if self._shell.save_everything() or not manager.allowsInteraction():
            return
        manager.cancel()
        manager.release()
        self._shell.ask_to_lose()

    def _on_signal(self, reading: int) -> None:
        os.read(reading, 64)
        self._shell.end()
