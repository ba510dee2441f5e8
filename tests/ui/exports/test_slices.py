"""Work on the GUI thread that nobody notices."""

from __future__ import annotations

import time
from collections.abc import Generator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from nakodo_desktop.errors import UserError
from nakodo_desktop.ui.exports.slices import Slices


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def steps(count: int, *, each_s: float = 0.0, end: str = "end") -> Generator[int, None, str]:
    for number in range(count):
        until = time.perf_counter() + each_s
        while time.perf_counter() < until:
            pass
        yield number
    return end


def fail(error: UserError) -> None:
    raise error


def test_little_work_is_done_before_run_returns(owner: QObject):
    told: list[object] = []
    slices = Slices(owner)
    slices.run(steps(3), on_step=told.append, on_done=told.append, on_failed=fail)
    assert told == [0, 1, 2, "end"]
    assert not slices.is_running


def test_window_gets_its_turn_between_slices(qtbot: QtBot, owner: QObject):
    told: list[int] = []
    gaps: list[float] = []
    last = time.perf_counter()

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(now - last)
        last = now

    pulse = QTimer(owner, interval=0)
    pulse.timeout.connect(beat)
    pulse.start()
    slices = Slices(owner)
    slices.run(steps(120, each_s=0.005), on_step=told.append, on_done=lambda _: pulse.stop(), on_failed=fail)
    assert 0 < len(told) < 120
    qtbot.waitUntil(lambda: not slices.is_running)
    assert told == list(range(120))
    assert len(gaps) > 15  # 0.6 s of work in slices of 20 ms, each followed by the rest of the window


def test_trouble_ends_the_work_and_is_told(owner: QObject):
    def work() -> Generator[int, None, None]:
        yield 1
        raise UserError("条件が変わりました。")

    told: list[str] = []
    slices = Slices(owner)
    slices.run(work(), on_done=fail, on_failed=lambda error: told.append(error.message))
    assert told == ["条件が変わりました。"]
    assert not slices.is_running


def test_bug_flies_once(qtbot: QtBot, owner: QObject):
    def work() -> Generator[int, None, None]:
        until = time.perf_counter() + 0.05
        while time.perf_counter() < until:
            yield 0
        raise LookupError("a bug")

    slices = Slices(owner)
    with capture_exceptions() as caught:
        slices.run(work(), on_done=fail, on_failed=fail)
        qtbot.waitUntil(lambda: not slices.is_running)
    assert [kind for kind, *_ in caught] == [LookupError]


def test_other_work_takes_the_place_of_the_first(qtbot: QtBot, owner: QObject):
    told: list[object] = []
    slices = Slices(owner)
    slices.run(steps(100, each_s=0.005, end="first"), on_done=told.append, on_failed=fail)
    assert slices.is_running
    slices.run(steps(2, end="second"), on_done=told.append, on_failed=fail)
    assert told == ["second"]
    assert not slices.is_running


def test_work_ends_with_its_owner(qtbot: QtBot):
    told: list[int] = []
    owner = QObject()
    slices = Slices(owner)
    slices.run(steps(1000, each_s=0.005), on_step=told.append, on_done=fail, on_failed=fail)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    done = len(told)
    rested: list[bool] = []
    QTimer.singleShot(30, lambda: rested.append(True))
    qtbot.waitUntil(lambda: bool(rested))
    assert len(told) == done
