"""The program of test_lock_memory, with hands: opens the office it is told, types, and locks when told to.

Reads folder and passphrase from standard input, so that neither is in the arguments or the environment.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Slot

from nakodo_desktop.app import Application, make_application, restart_at
from nakodo_desktop.ui.interview.typist import compose
from nakodo_desktop.ui.unlock import UnlockScreen


class Hands(QObject):
    """Works through the screens; `lock` is called from the thread that waits for the parent's word."""

    def __init__(self, application: Application, folder: str, passphrase: str, name: str) -> None:
        super().__init__()
        self._application, self._passphrase, self._name = application, passphrase, name
        application.start(Path(folder))
        screen = application.shell.findChild(UnlockScreen)
        assert screen is not None
        screen.password.editor.setText(passphrase)
        screen.submit()
        self._wait = QTimer(self, interval=20)
        self._wait.timeout.connect(self._when_open)
        self._wait.start()

    def _when_open(self) -> None:
        office = self._application.office
        if office is None:
            return
        self._wait.stop()
        flow = office.start_interview()
        flow.go_to("basics")
        compose(flow.page.inputs["family_name"].editor, self._name)  # type: ignore[attr-defined]
        flow.save_now()
        sys.stdout.write("open\n")
        sys.stdout.flush()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        if sys.stdin.readline().strip() == "lock":
            QMetaObject.invokeMethod(self, "lock", Qt.ConnectionType.QueuedConnection)

    @Slot()
    def lock(self) -> None:
        assert self._application.office is not None
        self._application.office.workspace.lock_wanted.emit("asked")


def main() -> None:
    folder, passphrase, name = (sys.stdin.readline().rstrip("\n") for _ in range(3))
    app = make_application(["lock-child"])
    application = Application(app, restart=restart_at)
    application.shell.show()
    hands = Hands(application, folder, passphrase, name)
    app.exec()
    del hands


if __name__ == "__main__":
    main()
