"""A short message at the foot of the window that goes away by itself, slowly enough to be read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import PushButton, button, tool_button
from nakodo_desktop.ui.widgets.frames import row
from nakodo_desktop.ui.widgets.labels import PlainLabel, picture
from nakodo_desktop.ui.widgets.notices import announce

SHOWN_MS = 8_000
_FROM_FOOT_PX = 96  # above the row of 戻る and 次へ


class Toast(QFrame):
    """One message over `window`; a new one replaces the old. The clock stops while the mouse or the focus is on it."""

    def __init__(
        self, window: QWidget, theme: Theme, text: str, *, icon: str = "circle-check", undo: Callable[[], None] | None
    ) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("ground", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._from_foot = theme.px(_FROM_FOOT_PX)
        line = row(theme, self, gap=10)
        line.setContentsMargins(theme.px(16), theme.px(8), theme.px(8), theme.px(8))
        line.addWidget(picture(theme, icon, "surface", px=18))
        line.addWidget(PlainLabel(text, "toast"))
        line.addSpacing(theme.px(8))
        self.undo_button: PushButton | None = None
        if undo is not None:
            self.undo_button = button(theme, "元に戻す", kind="toast")
            self.undo_button.clicked.connect(undo)
            self.undo_button.clicked.connect(self.close)
            line.addWidget(self.undo_button)
        self.close_button = tool_button(theme, "x", "閉じる", token="surface")
        self.close_button.clicked.connect(self.close)
        line.addWidget(self.close_button)
        self.clock = QTimer(self, interval=SHOWN_MS, singleShot=True)
        self.clock.timeout.connect(self.close)
        for child in (self.undo_button, self.close_button):
            if child is not None:
                child.installEventFilter(self)
        window.installEventFilter(self)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.clock.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._run_clock()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() == QEvent.Type.Resize:
                self.place()
        elif event.type() == QEvent.Type.FocusIn:
            self.clock.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self._run_clock()
        return False

    def _run_clock(self) -> None:
        if not self.underMouse():
            self.clock.start()

    def place(self) -> None:
        self.adjustSize()
        left = (self._window.width() - self.width()) // 2
        self.move(left, self._window.height() - self.height() - self._from_foot)


def show_toast(
    over: QWidget, theme: Theme, text: str, *, icon: str = "circle-check", undo: Callable[[], None] | None = None
) -> Toast:
    """Show `text` at the foot of the window of `over` for eight seconds; `undo` adds 元に戻す."""
    window = over.window()
    for earlier in window.findChildren(Toast):
        earlier.close()
    toast = Toast(window, theme, text, icon=icon, undo=undo)
    toast.place()
    toast.show()
    toast.raise_()
    toast.clock.start()
    announce(toast, text)
    return toast
