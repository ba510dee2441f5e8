"""Kills the program while somebody types Japanese into an interview, opens it again, and measures what was lost.

python -m tests.ui.interview.killed_typing FOLDER SECONDS

Goes on with one interview until so much time has been typed, each time in a new process that ends by SIGKILL at a
random moment. Prints JSON: for each life what was committed, what the vault holds, and how long before the end the
first lost word had been committed.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from nakodo_desktop.domain.interview import STEPS
from nakodo_desktop.domain.member import InterviewId
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.reference.notice import load_notice
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.papers import Papers
from nakodo_desktop.ui.interview.desk import InterviewDesk
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.section_form import FormFacts
from nakodo_desktop.ui.theme import install
from nakodo_desktop.ui.tokens import TextSize
from nakodo_desktop.ui.widgets.inputs import JaTextEdit
from nakodo_desktop.vault.audit_reading import verify_chain
from nakodo_desktop.vault.secret_keys import AUDIT, secret_key
from tests.factory import Desk
from tests.officekit import Building, make_building
from tests.source_tree import ROOT
from tests.vaultkit import make_template

_LIFE_S = (2.6, 6.0)  # longer than the autosave takes, so that a save that never comes is noticed
_WORD_EVERY_MS = (15, 140)
_READINGS = ("お", "おだ", "おだやか", "穏やか", "おだやか", "穏やかな")  # converted, taken back, converted again
NOTE = "interview_note"


@dataclass(frozen=True)
class Life:
    """One process from its first key to its death."""

    lasted_s: float
    committed: int  # words confirmed so far, by all lives
    found: int
    lost_s: float  # how long before the end the first lost word was confirmed; 0 when none was
    is_prefix: bool  # nothing garbled, nothing out of order
    shown_again: int  # words on the screen when it was opened
    is_log_whole: bool


def main() -> None:
    base, seconds = Path(sys.argv[1]), float(sys.argv[2])
    building = make_building(make_template(base / "template"), base / "building").copy(base / "office")
    interview_id = building.enter().interviews.start().id
    building.leave()
    dice, lives, typed_s = random.Random(20261123), list[Life](), 0.0
    while typed_s < seconds:
        lives.append(_live(base, building, interview_id, already=lives[-1].found if lives else 0, dice=dice))
        typed_s += lives[-1].lasted_s
    sys.stdout.write(json.dumps([asdict(life) for life in lives]))


def word(number: int) -> str:
    return f"{number}穏やかな。"


def _live(base: Path, building: Building, interview_id: InterviewId, *, already: int, dice: random.Random) -> Life:
    wanted_s, changes_steps = dice.uniform(*_LIFE_S), dice.random() < 0.4
    arguments = [str(building.folder), building.keys().slot_id, building.keys().master_key.hex()]
    command = [sys.executable, "-m", __spec__.name, "child", *arguments, str(interview_id), str(int(changes_steps))]
    home = base / "home"
    home.mkdir(exist_ok=True)
    environment = os.environ | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    begin = child.stdout.readline().split()
    if begin[:1] != ["ready"]:
        raise RuntimeError(f"the child said {begin}")
    time.sleep(wanted_s)
    ended_at = time.monotonic()
    child.send_signal(signal.SIGKILL)
    said = [line.split() for line in child.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    child.wait()
    at = {int(number): float(moment) for number, moment in said}
    desk = building.enter()
    note = str(desk.interviews.load(interview_id).answers.get(NOTE) or "")
    found = _whole_words(note)
    db = desk.vault.read()
    is_log_whole = verify_chain(db, secret_key(db, AUDIT)).broken_at is None
    building.leave()
    return Life(
        lasted_s=wanted_s,
        committed=max(at, default=already),
        found=found,
        lost_s=max(0.0, ended_at - at[found + 1]) if found + 1 in at else 0.0,
        is_prefix=note == "".join(word(number) for number in range(1, found + 1)),
        shown_again=int(begin[1]),
        is_log_whole=is_log_whole,
    )


def _whole_words(note: str) -> int:
    return note.count("。")


def _type_until_killed() -> None:
    """The child: the real window of one interview, and somebody who types into its memo without a pause."""

    folder, slot, key, interview, changes_steps = sys.argv[2:]
    office = _enter(Path(folder), slot, bytes.fromhex(key))
    app = QApplication([])
    desk = InterviewDesk(
        interviews=office.interviews,
        declarations=office.declarations,
        exports=Exports(office.vault, office.places),
        papers=Papers(office.vault, office.places),
        jobs=JobRunner(),
        facts=FormFacts(today=office.members.today),
        notice=load_notice(),
    )
    theme = install(app, dark=False, text_size=TextSize.STANDARD)
    flow = InterviewFlow(theme, desk, InterviewId(int(interview)), open_at="basics")
    flow.show()
    memo = flow.findChild(JaTextEdit, NOTE)
    assert memo is not None
    number = _whole_words(str(memo.value() or ""))
    sys.stdout.write(f"ready {number}\n")
    sys.stdout.flush()
    dice = random.Random()

    def rest() -> None:
        loop = QEventLoop()
        QTimer.singleShot(dice.randint(*_WORD_EVERY_MS), loop.quit)
        loop.exec()

    while True:
        number += 1
        _compose(memo, word(number), rest)
        sys.stdout.write(f"{number} {time.monotonic()}\n")
        sys.stdout.flush()
        if changes_steps == "1" and number % 12 == 0:
            flow.go_to(STEPS[3 + number // 12 % 5].key)


def _compose(memo: JaTextEdit, text: str, rest: Callable[[], None]) -> None:
    """The events of one word as an IME sends them, with time in between."""
    memo.editor.setFocus()
    memo.editor.moveCursor(QTextCursor.MoveOperation.End)
    for preedit in _READINGS:
        QApplication.sendEvent(memo.editor, QInputMethodEvent(preedit, []))
    rest()  # the clock may save now, in the middle of a conversion
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(memo.editor, commit)


def _enter(folder: Path, slot: str, master_key: bytes) -> Desk:
    return Building(folder, {Role.HEAD: slot}, master_key).enter()


if __name__ == "__main__":
    if sys.argv[1] == "child":
        _type_until_killed()
    else:
        main()
