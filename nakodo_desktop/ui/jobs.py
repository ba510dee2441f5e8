"""Run slow functions off the GUI thread and report back on it; callers need not know threads.

The law: a job gets plain data and gives plain data back. It never receives the vault, a widget or a model.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, overload

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from shiboken6 import isValid

from nakodo_desktop.errors import error_code

log = logging.getLogger(__name__)
T = TypeVar("T")
Report = Callable[[int, int], None]  # finished, total; ends the job there when it has been cancelled


class _Cancelled(Exception):
    """Leaves a job at its next report."""


class JobHandle(QObject):
    """A running job, as its owner sees it; it dies with the owner, and then nobody is called back."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._cancelled = False

    def cancel(self) -> None:
        """Call nobody back from now on; the work ends at its next report."""
        self._cancelled = True

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled


@dataclass(frozen=True)
class _Job:
    handle: JobHandle
    on_done: Callable[[Any], None]
    on_failed: Callable[[Exception], None]
    on_progress: Report | None


@dataclass(frozen=True)
class _Done:
    result: object


@dataclass(frozen=True)
class _Failed:
    error: Exception


class JobRunner(QObject):
    """One worker thread: jobs run in the order they were given."""

    # The worker emits only these: the runner outlives every job, an owner may be gone at any moment.
    _ended = Signal(int, object)
    _advanced = Signal(int, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._jobs: dict[int, _Job] = {}
        self._count = 0
        self._ended.connect(self._on_ended)
        self._advanced.connect(self._on_advanced)

    @overload
    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None],
    ) -> JobHandle: ...

    @overload
    def run(
        self,
        owner: QObject,
        work: Callable[[Report], T],
        *,
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None],
        on_progress: Report,
    ) -> JobHandle: ...

    def run(
        self,
        owner: QObject,
        work: Callable[..., T],
        *,
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None],
        on_progress: Report | None = None,
    ) -> JobHandle:
        """Start `work` in the worker; call back on the GUI thread while `owner` lives.

        With `on_progress` the work is called with a Report, otherwise with nothing.
        """
        self._count += 1
        number, handle = self._count, JobHandle(owner)
        self._jobs[number] = _Job(handle, on_done, on_failed, on_progress)  # before the start: it may end at once

        def report(finished: int, total: int) -> None:
            if handle.is_cancelled:
                raise _Cancelled
            self._advanced.emit(number, finished, total)

        def outcome() -> None:
            self._ended.emit(number, _run(work, report if on_progress is not None else None))

        self._pool.start(_Task(outcome))
        return handle

    @property
    def is_idle(self) -> bool:
        return not self._jobs

    @property
    def is_at_work(self) -> bool:
        """A job is running in the worker at this moment, whether or not somebody waits for it."""
        return self._pool.activeThreadCount() > 0

    def wait(self, timeout_ms: int = 30_000) -> bool:
        """Let running jobs end, before closing or locking; False when they did not in time."""
        return self._pool.waitForDone(timeout_ms)

    def _on_ended(self, number: int, outcome: object) -> None:
        job = self._jobs.pop(number)
        if not isValid(job.handle) or job.handle.is_cancelled:
            log.info("job result dropped: nobody waits for it")
            return
        job.handle.deleteLater()
        if isinstance(outcome, _Failed):
            job.on_failed(outcome.error)
        elif isinstance(outcome, _Done):
            job.on_done(outcome.result)

    def _on_advanced(self, number: int, finished: int, total: int) -> None:
        job = self._jobs.get(number)
        if job is not None and job.on_progress is not None and isValid(job.handle) and not job.handle.is_cancelled:
            job.on_progress(finished, total)


class _Task(QRunnable):
    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act = act

    def run(self) -> None:
        self._act()


def _run(work: Callable[..., T], report: Report | None) -> _Done | _Failed | None:
    try:
        return _Done(work() if report is None else work(report))
    except _Cancelled:
        return None
    except Exception as error:  # noqa: BLE001  # the one place: on_failed shows it, as the excepthook would
        log.error("job failed: %s %s", type(error).__name__, error_code(error))  # the message may hold values
        return _Failed(error)
