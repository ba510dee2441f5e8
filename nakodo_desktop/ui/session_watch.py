"""Tells when the computer itself is locked, put to sleep or handed to another user, where the system says so.

Linux: logind and the screen savers, over D-Bus. Windows: session and power messages. Elsewhere: nothing is told, and
the idle clock must do.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

LOCKED, ASLEEP = "session", "suspend"  # reasons of a lock, for the audit

if sys.platform == "linux":
    from PySide6.QtCore import SLOT, Slot
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    _LOGIND = "org.freedesktop.login1"
    _SCREEN_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.mate.ScreenSaver")
    _PATIENCE_MS = 500

    class SessionWatch(QObject):
        """`is_listening` is False where no bus answers: then nobody may believe it."""

        told = Signal(str)  # LOCKED | ASLEEP

        def __init__(
            self,
            _application: QApplication,
            _window: QWidget,
            *,
            system: QDBusConnection | None = None,
            session: QDBusConnection | None = None,
        ) -> None:
            super().__init__(_window)
            system = system or QDBusConnection.systemBus()
            session = session or QDBusConnection.sessionBus()
            manager = f"{_LOGIND}.Manager"
            heard = [
                _connect(self, system, "", manager, "PrepareForSleep", "on_sleep(bool)"),
                _connect(self, system, _own_session(system), f"{_LOGIND}.Session", "Lock", "on_lock()"),
                *(
                    _connect(self, session, "", name, "ActiveChanged", "on_screen_saver(bool)")
                    for name in _SCREEN_SAVERS
                ),
            ]
            self.is_listening = any(heard)

        @Slot(bool)
        def on_sleep(self, begins: bool) -> None:
            if begins:  # False comes at waking
                self.told.emit(ASLEEP)

        @Slot()
        def on_lock(self) -> None:
            self.told.emit(LOCKED)

        @Slot(bool)
        def on_screen_saver(self, active: bool) -> None:
            if active:
                self.told.emit(LOCKED)

    def _connect(watch: SessionWatch, bus: QDBusConnection, path: str, interface: str, name: str, slot: str) -> bool:
        """An empty path hears every object: each desktop puts its screen saver elsewhere."""
        if not bus.isConnected():
            return False
        # The stub asks for bytes, the binding refuses them.
        return bool(bus.connect("", path, interface, name, watch, SLOT(slot)))  # type: ignore[call-overload]

    def _own_session(bus: QDBusConnection) -> str:
        """Ours alone if logind tells; else any session's lock locks us, too, which harms nobody."""
        if not bus.isConnected():
            return ""
        ask = QDBusMessage.createMethodCall(_LOGIND, "/org/freedesktop/login1", f"{_LOGIND}.Manager", "GetSessionByPID")
        ask.setArguments([os.getpid()])
        answer = bus.call(ask, timeout=_PATIENCE_MS)
        found = answer.arguments()
        return str(found[0].path()) if found and hasattr(found[0], "path") else ""

else:
    from PySide6.QtCore import QAbstractNativeEventFilter

    class SessionWatch(QObject):
        """Messages reach us through Qt's native events; `is_listening` is False where there are none."""

        told = Signal(str)

        def __init__(self, application: QApplication, window: QWidget) -> None:
            super().__init__(window)
            self.is_listening = sys.platform == "win32"
            self._filter = _Messages(self)
            if self.is_listening:
                _register(int(window.winId()))
                application.installNativeEventFilter(self._filter)

    class _Messages(QAbstractNativeEventFilter):
        def __init__(self, watch: SessionWatch) -> None:
            super().__init__()
            self._watch = watch

        def nativeEventFilter(self, _kind: object, message: int) -> object:
            if sys.platform == "win32":
                from ctypes import wintypes

                told = wintypes.MSG.from_address(int(message))
                reason = reason_of(told.message, told.wParam)
                if reason is not None:
                    self._watch.told.emit(reason)
            return False, 0

    def _register(window: int) -> None:
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, 0)


_WM_WTSSESSION_CHANGE, _WM_POWERBROADCAST = 0x02B1, 0x0218
_WINDOWS = {
    (_WM_WTSSESSION_CHANGE, 0x7): LOCKED,  # WTS_SESSION_LOCK
    (_WM_WTSSESSION_CHANGE, 0x2): LOCKED,  # WTS_CONSOLE_DISCONNECT: another user's turn
    (_WM_WTSSESSION_CHANGE, 0x4): LOCKED,  # WTS_REMOTE_DISCONNECT
    (_WM_POWERBROADCAST, 0x4): ASLEEP,  # PBT_APMSUSPEND
}


def reason_of(message: int, w_param: int) -> str | None:
    """What a Windows message means to us; None: nothing."""
    return _WINDOWS.get((message, w_param))
