"""G11: whoever takes a large office to the association never meets a window that stands still.

A heart beats in the event loop every few milliseconds while the export page of 300 members is opened, the batch looked
through and written; the longest silence between two beats is what the operator would have felt.
"""

from __future__ import annotations

import hashlib
import random
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.common import Row, WrongAnswer
from benchmarks.g11_export import noise
from benchmarks.synth import PASSPHRASE
from nakodo_desktop.demo.office import OFFICE, sign_declaration
from nakodo_desktop.demo.people import people
from nakodo_desktop.services.intake import Form, Intake
from nakodo_desktop.services.photo_intake import SafePhoto
from nakodo_desktop.services.unlocking import create_job, finish_set_up
from nakodo_desktop.session import Session, open_session
from nakodo_desktop.ui.exports.export_page import ExportPage
from nakodo_desktop.ui.garbage import collect_only_at_rest
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme, install
from nakodo_desktop.ui.tokens import TextSize

MEMBERS = 300
SIZE = (1366, 768)
BEAT_MS = 5
STALL_LIMIT_MS = 50.0
ROUNDS = 5
_PATIENCE_MS = 60_000


class Heart(QObject):
    """Remembers the longest silence of the event loop since it was last asked."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last, self._longest_s = 0.0, 0.0

    def listen(self, act: Callable[[], object], done: Callable[[], bool]) -> float:
        """Seconds of the longest silence from `act` until `done` and a moment longer: the last paint counts too."""
        rest(50)
        self._last, self._longest_s = perf_counter(), 0.0
        self._timer.start()
        act()
        deadline = QDeadlineTimer(_PATIENCE_MS)
        while not done():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if deadline.hasExpired():
                raise WrongAnswer("the page never came to rest")
        rest(100)
        self._timer.stop()
        return self._longest_s

    def _beat(self) -> None:
        now = perf_counter()
        self._longest_s = max(self._longest_s, now - self._last)
        self._last = now


def measure() -> Iterator[Row]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    collect_only_at_rest()  # as the program does
    theme = install(app, dark=False, text_size=TextSize.STANDARD)
    with full_office() as session, TemporaryDirectory(dir=Path.cwd()) as name:
        samples: dict[str, list[float]] = {what: [] for what in ("opened", "looked through", "written", "back")}
        for turn in range(ROUNDS + 1):
            for what, silence in visit(theme, session, Path(name)):
                if turn:
                    samples[what].append(silence)
    for what, silences in samples.items():
        longest = statistics.median(silences) * 1000
        yield Row(
            "G11",
            f"export of {MEMBERS} members · longest silence, {what}",
            longest,
            STALL_LIMIT_MS,
            "ms",
            {"": silences},
        )


def visit(theme: Theme, session: Session, folder: Path) -> Iterator[tuple[str, float]]:
    """One export from the first look to the list again."""
    jobs, heart = JobRunner(), Heart()
    page = ExportPage(theme, jobs, session.exports, session.provisions, folder=str(folder))
    page.resize(*SIZE)
    page.show()
    rest(200)

    def is_at_rest() -> bool:
        return not page.is_busy and jobs.is_idle

    yield "opened", heart.listen(page.reload, is_at_rest)
    if len(page.choose.chosen_ids) < MEMBERS * 0.98:
        raise WrongAnswer(f"{len(page.choose.chosen_ids)} members chosen")
    yield "looked through", heart.listen(page.choose.review.click, lambda: page.review.is_reported)
    page.review.understood.box.click()
    approve = page.review.approve
    yield "written", heart.listen(approve.click, lambda: page.screens.currentWidget() is page.result and is_at_rest())
    yield "back", heart.listen(page.result.back.click, is_at_rest)
    page.close()
    page.deleteLater()
    jobs.wait()
    rest(50)


@contextmanager
def full_office() -> Iterator[Session]:
    """An office in which everybody may leave, each with two photos as heavy as real ones."""
    pictures = [noise(900, 1200, seed) for seed in range(4)]
    thumbnails = [noise(180, 240, seed) for seed in range(4)]
    dice = random.Random(11)
    with TemporaryDirectory(prefix="nakodo-bench-") as name:
        opened = create_job(Path(name) / "vault", passphrase=PASSPHRASE, head_name="見本 所長")()
        session = open_session(opened)
        finish_set_up(session.vault, OFFICE)
        for person in people(MEMBERS, today=session.members.today):
            answers = dict(person.answers)
            answers |= dict.fromkeys(("purpose_shown_on", "consented_on", "identity_seen_on"), session.members.today)
            answers |= {key: key for key in ("photo_upper", "photo_full")}
            answers["pseudonym"] = session.exports.propose_pseudonym(answers)
            photos = {key: photo_of(pictures, thumbnails, dice) for key in ("photo_upper", "photo_full")}
            intake = Intake(session.vault, session.places, now=session.clock)
            sign_declaration(session, intake.take_in(Form(answers, photos), photos_checked=True, publish=True))
        yield session
        session.close()


def photo_of(pictures: list[bytes], thumbnails: list[bytes], dice: random.Random) -> SafePhoto:
    """Nobody's face; each photo differs from the others in one byte of its grain."""
    data = bytearray(dice.choice(pictures))
    at = dice.randrange(len(data) // 2, len(data) - 100)
    if data[at] not in (0xFE, 0xFF) and data[at - 1] != 0xFF:
        data[at] ^= 1
    sha256 = hashlib.sha256(data).hexdigest()
    return SafePhoto(jpeg=bytes(data), thumbnail=dice.choice(thumbnails), width_px=900, height_px=1200, sha256=sha256)


def rest(ms: int) -> None:
    deadline = QDeadlineTimer(ms)
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
