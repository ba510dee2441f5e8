"""How a test finds what the safety page shows: the open dialog, a button by its name, all words."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from nakodo_desktop.ui.alerts import open_dialog
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.labels import WrappedLabel

Kind = TypeVar("Kind", bound=QWidget)


def dialog_over(page: QWidget, kind: type[Kind]) -> Kind:
    found = open_dialog(page)
    assert isinstance(found, kind), found
    return found


def press(page: QWidget, name: str) -> None:
    found = page.findChild(QPushButton, name)
    assert found is not None, name
    assert found.isEnabled(), name
    found.click()


def press_verb(dialog: AppDialog, verb: str) -> None:
    made = {one.accessibleName(): one for one in dialog.findChildren(QPushButton)}
    made[verb].click()


def words(page: QWidget) -> str:
    labels = [label for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    return "\n".join(label.plain_text() if isinstance(label, WrappedLabel) else label.text() for label in labels)
