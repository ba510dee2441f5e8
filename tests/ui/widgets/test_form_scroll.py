"""A scrolled form has the height its rows need, also when nested layouts learn it late."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.ui.widgets.frames import FormScroll


class Form(QWidget):
    """Needs `needed` pixels; Qt is not told when that changes."""

    def __init__(self) -> None:
        super().__init__()
        self.needed = 100
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, _width: int) -> int:
        return self.needed


def asked_too_early(form: Form, needed: int) -> None:
    """Qt handles the request of an outer layout before an inner one knows its height."""
    QCoreApplication.sendEvent(form, QEvent(QEvent.Type.LayoutRequest))
    form.needed = needed


def shown(qtbot: QtBot, form: Form) -> FormScroll:
    scroll = FormScroll(form)
    qtbot.addWidget(scroll)
    scroll.resize(300, 200)
    scroll.show()
    qtbot.waitUntil(scroll.isVisible)
    return scroll


def test_rows_that_come_late_are_not_squeezed(qtbot: QtBot) -> None:
    form = Form()
    scroll = shown(qtbot, form)
    asked_too_early(form, 500)
    qtbot.waitUntil(lambda: form.height() == 500, timeout=1000)
    assert scroll.verticalScrollBar().maximum() == 300


def test_a_height_that_cannot_be_given_is_not_asked_for_without_end(qtbot: QtBot) -> None:
    form = Form()
    scroll = shown(qtbot, form)
    form.setMaximumHeight(150)
    fits: list[int] = []
    scroll.fit = lambda: fits.append(form.needed)  # type: ignore[method-assign]  # counts instead
    asked_too_early(form, 500)
    qtbot.waitUntil(lambda: fits == [500], timeout=1000)
    qtbot.waitUntil(lambda: not scroll.look_again.isActive(), timeout=1000)
    assert fits == [500]
