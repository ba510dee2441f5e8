"""Slow work comes back on the GUI thread, in order, to whoever still waits for it."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from nakodo_desktop.errors import DiskFull
from nakodo_desktop.ui.jobs import JobRunner


@pytest.fixture
def runner(qapp: object) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    assert made.wait(5_000)


def _unexpected(error: Exception) -> None:
    raise AssertionError(error)


def test_result_comes_back_on_the_gui_thread(qtbot: QtBot, runner: JobRunner) -> None:
    owner, heard = QObject(), []
    work_threads: list[int] = []

    def work() -> int:
        work_threads.append(threading.get_ident())
        return 42

    runner.run(owner, work, on_done=lambda n: heard.append((n, threading.get_ident())), on_failed=_unexpected)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert heard == [(42, threading.get_ident())]
    assert work_threads != [threading.get_ident()]


def test_no_fast_job_is_lost_and_the_order_is_kept(qtbot: QtBot, runner: JobRunner) -> None:
    owner, heard = QObject(), []
    for number in range(50):
        runner.run(owner, lambda number=number: number, on_done=heard.append, on_failed=_unexpected)
    qtbot.waitUntil(lambda: len(heard) == 50)
    assert heard == list(range(50))


def test_failure_is_told_and_logged_without_its_words(
    qtbot: QtBot, runner: JobRunner, caplog: pytest.LogCaptureFixture
) -> None:
    owner, failures = QObject(), []

    def work() -> None:
        raise DiskFull("漏洩検査太郎 のファイルを保存できません。", "空き容量をご確認ください。")

    with caplog.at_level(logging.ERROR):
        runner.run(owner, work, on_done=lambda _: _unexpected(RuntimeError()), on_failed=failures.append)
        qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], DiskFull)
    assert "DiskFull" in caplog.text
    assert "漏洩検査太郎" not in caplog.text
    caplog.clear()


def test_owner_that_is_gone_is_not_called(qtbot: QtBot, runner: JobRunner) -> None:
    owner, heard = QObject(), []
    go = threading.Event()

    def work() -> int:
        go.wait(5)
        return 1

    runner.run(owner, work, on_done=heard.append, on_failed=_unexpected)
    delete(owner)
    gc.collect()
    go.set()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert heard == []


def test_progress_comes_in_steps_and_cancel_ends_the_job(qtbot: QtBot, runner: JobRunner) -> None:
    owner = QObject()
    steps: list[tuple[int, int]] = []
    seen = threading.Event()
    reached: list[int] = []

    def work(report: Callable[[int, int], None]) -> str:
        for number in range(1, 1_000):
            reached.append(number)
            report(number, 1_000)
            if number == 3:
                seen.wait(5)
        return "finished"

    handle = runner.run(
        owner,
        work,
        on_done=lambda _: _unexpected(RuntimeError()),
        on_failed=_unexpected,
        on_progress=lambda done, total: steps.append((done, total)),
    )
    qtbot.waitUntil(lambda: len(steps) == 3)
    handle.cancel()
    seen.set()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert steps == [(1, 1_000), (2, 1_000), (3, 1_000)]
    assert reached[-1] == 4, "the work stops at its next report"


def test_wait_lets_the_job_end(qtbot: QtBot, runner: JobRunner) -> None:
    owner, heard = QObject(), []
    runner.run(owner, lambda: QThread.currentThread().isMainThread(), on_done=heard.append, on_failed=_unexpected)
    assert runner.wait()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert heard == [False]
