"""Work that needs the vault and therefore cannot be a job: done on the GUI thread in slices nobody notices."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from nakodo_desktop.errors import UserError

S = TypeVar("S")
R = TypeVar("R")
BREATHE = object()  # yielded before a step that fills a slice alone
_SLICE_S = 0.012  # with the step it ends in well below a blink; in between the window paints, scrolls and takes keys


class Slices(QObject):
    """Runs one generator at a time; another one takes its place. It stops when its owner goes.

    The first slice is done at once: in a small office everything is there before `run` returns.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Generator[Any, None, Any] | None = None
        self._on_step: Callable[[Any], None] = _ignore
        self._on_done: Callable[[Any], None] = _ignore
        self._on_failed: Callable[[UserError], None] = _ignore
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._work)

    @property
    def is_running(self) -> bool:
        return self._steps is not None

    def run(
        self,
        steps: Generator[S, None, R],
        *,
        on_done: Callable[[R], None],
        on_failed: Callable[[UserError], None],
        on_step: Callable[[S], None] = lambda _step: None,
    ) -> None:
        """`on_done` gets what the generator returns, `on_failed` a UserError it raises; a bug flies."""
        self.stop()
        self._steps, self._on_step, self._on_done, self._on_failed = steps, on_step, on_done, on_failed
        self._work()
        if self._steps is steps:
            self._turn.start()

    def stop(self) -> None:
        self._turn.stop()
        self._steps = None

    def _work(self) -> None:
        steps, until = self._steps, time.perf_counter() + _SLICE_S
        while steps is not None and steps is self._steps:
            try:
                step = next(steps)
            except StopIteration as end:
                self.stop()
                self._on_done(end.value)
                return
            except UserError as error:
                self.stop()
                self._on_failed(error)
                return
            except BaseException:  # a bug: the timer must not run into it again and again
                self.stop()
                raise
            self._on_step(step)
            if step is BREATHE or time.perf_counter() >= until:
                return


def polishing(widget: QWidget) -> Generator[None, None, None]:
    """Give what is in a hidden widget its looks one by one: at the first sight of it there is only painting left."""
    for inside in (widget, *widget.findChildren(QWidget)):
        inside.ensurePolished()
        yield


def _ignore(_: object) -> None:
    """Nobody listens."""
