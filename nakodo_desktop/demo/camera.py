"""Takes pictures of the real window, offscreen; waits for conditions, never for time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QRect, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from nakodo_desktop.errors import UserError

SIZE = (1280, 860)
_PATIENCE_MS = 60_000
_EDGE_PX = 24
_SOON_MS = 500


class Camera:
    """Shows one window and takes pictures of it; waits for conditions, never for time."""

    def __init__(self, app: QApplication, folder: Path, *, size: tuple[int, int] = SIZE) -> None:
        self._app, self._folder, self._size = app, folder, size
        self._window: QWidget | None = None
        self._last: QImage | None = None
        app.setCursorFlashTime(0)  # a blinking cursor never comes to rest
        folder.mkdir(parents=True, exist_ok=True)

    def stand_before(self, window: QWidget) -> None:
        self._window = window
        window.resize(*self._size)
        window.show()
        self.settle(lambda: True)

    def take(self, name: str, *, close_up: bool = False) -> None:
        """`close_up`: only what lies over the window, with a little of what is round it."""
        self.settle(self._is_at_rest)
        assert self._last is not None
        picture = self._last.copy(self._close_up()) if close_up else self._last
        if not picture.save(str(self._folder / f"{name}.png")):
            raise UserError(f"画面の写真（{name}）を保存できません。", "保存先の空き容量をご確認ください。")

    @property
    def window(self) -> QWidget | None:
        return self._window

    def _is_at_rest(self) -> bool:
        """Two looks in a row show the same: layouts and late pictures have settled."""
        assert self._window is not None
        timers = self._window.findChildren(QTimer)
        if any(one.isActive() and one.isSingleShot() and one.interval() < _SOON_MS for one in timers):
            return False  # something is about to be drawn anew
        before, self._last = self._last, self._look()
        return before == self._last

    def _look(self) -> QImage:
        """The window with the dialogs, menus and pop-ups over it."""
        assert self._window is not None
        seen = self._window.grab()
        painter = QPainter(seen)
        for top, place in self._over():
            if isinstance(top, QDialog):
                painter.fillRect(self._window.rect(), QColor(0, 0, 0, 70))
            painter.drawPixmap(place.topLeft(), top.grab())
        painter.end()
        return seen.toImage()

    def _over(self) -> list[tuple[QWidget, QRect]]:
        """What lies over the window and where. Without a window manager a dialog does not find the middle."""
        assert self._window is not None
        here = self._window
        over = [top for top in self._app.topLevelWidgets() if top.isVisible() and top is not here]
        middle = here.rect().center()
        return [
            (
                top,
                QRect(middle - top.rect().center() if isinstance(top, QDialog) else top.pos() - here.pos(), top.size()),
            )
            for top in over
        ]

    def _close_up(self) -> QRect:
        assert self._window is not None and self._last is not None
        places = [place for _, place in self._over()]
        whole = QRect()
        for place in places:
            whole = whole.united(place)
        edge, ratio = _EDGE_PX, self._last.devicePixelRatio()
        seen = whole.adjusted(-edge, -edge, edge, edge).intersected(self._window.rect())
        return QRect(
            round(seen.x() * ratio), round(seen.y() * ratio), round(seen.width() * ratio), round(seen.height() * ratio)
        )

    def leave(self) -> None:
        """Close the window and let go of everything it made."""
        assert self._window is not None
        self._window.close()
        self._window.deleteLater()
        self._window = None
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def settle(self, holds: Callable[[], bool]) -> None:
        """Let the window work until the condition holds. Raises UserError after a minute."""
        loop, clock, came = QEventLoop(), QElapsedTimer(), False

        def look() -> None:
            nonlocal came
            came = holds()
            if came or clock.elapsed() > _PATIENCE_MS:
                loop.quit()

        clock.start()
        poll = QTimer(loop, interval=10)
        poll.timeout.connect(look)
        poll.start()
        loop.exec()
        poll.stop()
        if not came:
            raise UserError("お試しの面談が先へ進みませんでした。", "もう一度お試しください。")
