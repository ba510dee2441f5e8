"""The program of test_ending, with hands: opens the office it is told and works until it is ended from outside.

Reads folder, passphrase and what to do from standard input. `types`: leaves something that only the screen holds.
`saves`: saves without a pause and says each number that the vault has taken.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from nakodo_desktop.app import Application, make_application, restart_at
from nakodo_desktop.ui.ending import Ending
from nakodo_desktop.ui.interview import drafts
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.typist import compose
from nakodo_desktop.ui.unlock import UnlockScreen
from nakodo_desktop.ui.widgets.inputs import JaLineEdit


class Hands(QObject):
    def __init__(self, application: Application, folder: str, passphrase: str, deed: str) -> None:
        super().__init__()
        self._application, self._deed = application, deed
        self._number = 0
        application.start(Path(folder))
        screen = application.shell.findChild(UnlockScreen)
        assert screen is not None
        screen.password.editor.setText(passphrase)
        screen.submit()
        self._clock = QTimer(self, interval=10)
        self._clock.timeout.connect(self._when_open)
        application.shell.closing.connect(self._clock.stop)
        self._clock.start()

    def _when_open(self) -> None:
        office = self._application.office
        if office is None:
            return
        self._clock.timeout.disconnect()
        self._flow: InterviewFlow = office.start_interview()
        self._flow.go_to("basics")
        if self._deed == "types":
            self._type("架空")
            self._say("typed")
        else:
            self._clock.timeout.connect(self._save_one)
            self._clock.setInterval(0)

    def _save_one(self) -> None:
        self._number += 1
        self._type(f"架空{self._number}")
        self._flow.save_now()
        assert not self._flow.has_unsaved
        self._say(str(self._number))

    def _type(self, name: str) -> None:
        line = self._flow.page.inputs["family_name"]
        assert isinstance(line, JaLineEdit)
        line.editor.selectAll()
        compose(line.editor, name)

    @staticmethod
    def _say(word: str) -> None:
        sys.stdout.write(f"{word}\n")
        sys.stdout.flush()


def main() -> int:
    folder, passphrase, deed = (sys.stdin.readline().rstrip("\n") for _ in range(3))
    drafts.AUTOSAVE_MS = 3_600_000
    app = make_application(["ending-child"])
    application = Application(app, restart=restart_at)
    Ending(app, application.shell).heed_signals()
    application.shell.show()
    hands = Hands(application, folder, passphrase, deed)
    code = app.exec()
    del hands
    return code


if __name__ == "__main__":
    sys.exit(main())
