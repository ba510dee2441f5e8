"""The computer's own lock reaches us: over a real D-Bus connection on Linux, by its numbers on Windows."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.ui.session_watch import ASLEEP, LOCKED, SessionWatch, reason_of


@pytest.mark.parametrize(
    ("message", "w_param", "reason"),
    [
        (0x02B1, 7, LOCKED),  # WTS_SESSION_LOCK
        (0x02B1, 8, None),  # WTS_SESSION_UNLOCK
        (0x02B1, 2, LOCKED),  # WTS_CONSOLE_DISCONNECT
        (0x0218, 4, ASLEEP),  # PBT_APMSUSPEND
        (0x0218, 7, None),  # PBT_APMRESUMESUSPEND
        (0x0100, 7, None),  # a key
    ],
)
def test_messages_of_windows_mean_what_its_manual_says(message: int, w_param: int, reason: str | None) -> None:
    assert reason_of(message, w_param) == reason


if sys.platform == "linux":
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusServer

    class Bus:
        """A real connection from end to end; we are logind and the desktop."""

        def __init__(self, owner: QObject, qtbot: QtBot) -> None:
            self._server = QDBusServer("unix:tmpdir=/tmp", owner)
            self._theirs: list[QDBusConnection] = []
            self._server.newConnection.connect(lambda one: self._theirs.append(QDBusConnection(one)))
            self.ours = QDBusConnection.connectToPeer(self._server.address(), "desk")
            qtbot.waitUntil(lambda: bool(self._theirs))

        def tell(self, interface: str, name: str, *arguments: object) -> None:
            message = QDBusMessage.createSignal("/some/where", interface, name)
            message.setArguments(list(arguments))
            assert self._theirs[0].send(message)

        def end(self) -> None:
            QDBusConnection.disconnectFromPeer("desk")

    @pytest.fixture
    def bus(qapp: QObject, qtbot: QtBot) -> Iterator[Bus]:
        owner = QObject()
        made = Bus(owner, qtbot)
        yield made
        made.end()

    def test_sleep_session_lock_and_screen_saver_are_heard(bus: Bus, qapp: QApplication, qtbot: QtBot) -> None:
        window = QWidget()
        qtbot.addWidget(window)
        watch = SessionWatch(qapp, window, system=bus.ours, session=bus.ours)
        told: list[str] = []
        watch.told.connect(told.append)
        assert watch.is_listening
        bus.tell("org.freedesktop.login1.Manager", "PrepareForSleep", False)
        bus.tell("org.gnome.ScreenSaver", "ActiveChanged", False)
        bus.tell("org.freedesktop.login1.Manager", "PrepareForSleep", True)
        qtbot.waitUntil(lambda: told == [ASLEEP])
        bus.tell("org.freedesktop.login1.Session", "Lock")
        qtbot.waitUntil(lambda: told == [ASLEEP, LOCKED])
        bus.tell("org.freedesktop.ScreenSaver", "ActiveChanged", True)
        qtbot.waitUntil(lambda: told == [ASLEEP, LOCKED, LOCKED])

    def test_without_a_bus_it_does_not_pretend(qapp: QApplication, qtbot: QtBot) -> None:
        nowhere = QDBusConnection.connectToBus("unix:path=/nowhere/at/all", "nowhere")
        window = QWidget()
        qtbot.addWidget(window)
        assert not SessionWatch(qapp, window, system=nowhere, session=nowhere).is_listening
