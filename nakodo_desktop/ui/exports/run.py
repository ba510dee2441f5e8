"""One approved batch on its way to the association: build, write down, deliver, confirm; the record stays true."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event

from PySide6.QtCore import QObject, Signal

from nakodo_desktop.domain.provision import BatchRecord
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.approvals import Approval
from nakodo_desktop.services.delivery_jobs import Destination, deliver
from nakodo_desktop.services.export_plan import Built, Plan, Written, build
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.ui.exports.slices import Slices
from nakodo_desktop.ui.jobs import JobRunner, Report

_KIB = 1024  # a progress signal carries 32 bits; a bundle may be larger


class _Stopped(Exception):
    """Leaves the writing between two pieces of the file."""


class ExportRun(QObject):
    """Jobs get plain data only; the vault is touched here, between them. It dies with the page, when the office is
    locked; what it left open then is settled at the next look at the page.
    """

    progressed = Signal(int, int)  # KiB written, of
    finished = Signal(object)  # Written
    stopped = Signal()  # as the operator wished; nothing left the office
    failed = Signal(object)  # UserError; nothing left the office

    def __init__(self, jobs: JobRunner, exports: Exports, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._exports = jobs, exports
        self._stop = Event()
        self._is_running = False
        self._noting = Slices(self)

    @property
    def is_running(self) -> bool:
        return self._is_running

    def start(self, plan: Plan, there: Destination, approval: Approval | None = None) -> None:
        self._stop.clear()
        self._is_running = True
        on_built = partial(self._write, plan, there, approval)
        self._jobs.run(self, partial(build, plan), on_done=on_built, on_failed=self._on_failed)

    def stop(self) -> None:
        """Takes effect at the next piece; a file that is whole by then stays and counts."""
        self._stop.set()

    def _write(self, plan: Plan, there: Destination, approval: Approval | None, built: Built) -> None:
        if self._stop.is_set():
            self._end(self.stopped.emit)
            return
        self._noting.run(
            self._exports.beginning(plan, built.bundle, there, approval=approval),
            on_done=partial(self._carry, plan, there, built),
            on_failed=self._on_failed,
        )

    def _carry(self, plan: Plan, there: Destination, built: Built, record: BatchRecord) -> None:
        self._jobs.run(
            self,
            partial(_deliver, built, there, plan, self._stop),
            on_done=partial(self._on_written, record, there, built),
            on_failed=partial(self._on_write_failed, record),
            on_progress=self.progressed.emit,
        )

    def _on_written(self, record: BatchRecord, there: Destination, built: Built, is_there: bool) -> None:
        if not is_there:
            self._exports.abort(record)
            self._end(self.stopped.emit)
            return
        self._exports.confirm(record)
        self._end(partial(self.finished.emit, Written(there, record, built.missing_sheet)))

    def _on_write_failed(self, record: BatchRecord, error: Exception) -> None:
        self._exports.abort(record)
        self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._is_running = False
            raise error
        self._end(partial(self.failed.emit, error))

    def _end(self, tell: Callable[[], None]) -> None:
        self._is_running = False
        tell()


def _deliver(built: Built, there: Destination, plan: Plan, stop: Event, report: Report) -> bool:
    """A job. False: stopped, and nothing is to be seen there."""
    total = -(-built.bundle.size // _KIB)

    def advance(written: int) -> None:
        if stop.is_set():
            raise _Stopped
        report(min(written // _KIB, total), total)

    try:
        deliver(built.bundle, there, today=plan.batch.day, on_progress=advance)
    except _Stopped:
        return False
    return True
