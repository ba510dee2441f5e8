"""Start one program, say when its first window stands painted, and end: `python -m benchmarks.first_paint bare | ours`.

A process of its own for each sample. Prints a line when the first paint is through — the parent's clock stops there —
and then one of JSON: peak memory and processor time until then, how many colours the window really shows, and which
modules were loaded.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

PAINTED = "painted"


class FirstPaint(QObject):
    """Waits for the first paint of a window; its children are painted in the same pass, before the loop returns."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and watched.isWindow():
            QTimer.singleShot(0, lambda: report(watched))
        return False


def report(window: QWidget) -> None:
    loaded = sorted(sys.modules)
    print(PAINTED, flush=True)
    used = usage()
    image = window.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    print(json.dumps({"colours": len(colours), "modules": loaded, **used}), flush=True)
    os._exit(0)  # nothing after the first paint is measured


def usage() -> dict[str, float]:
    """Linux only; `ru_maxrss` would still count the parent before the exec."""
    status = Path("/proc/self/status")
    if not status.exists():
        return {}
    peak = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
    return {"peak_rss_kib": int(peak.split()[1]), "cpu_s": time.process_time()}


def bare() -> None:
    """The floor: what any program with a Qt window costs."""
    app = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    watcher = FirstPaint(app)
    app.installEventFilter(watcher)
    app.exec()


def ours() -> None:
    """The program as its users start it, with the event filter slipped in when its event loop begins."""
    begin = QApplication.exec

    def watched_exec(*_: object) -> int:
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(FirstPaint(app))
        return begin()

    QApplication.exec = watched_exec  # type: ignore[method-assign]
    from nakodo_desktop.cli import main

    main([])


if __name__ == "__main__":
    {"bare": bare, "ours": ours}[sys.argv[1]]()
