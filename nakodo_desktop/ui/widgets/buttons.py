"""Buttons that look alike, have a spoken name and never act on half-typed Japanese."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import Token
from nakodo_desktop.ui.widgets.ime import commit_ime

ButtonKind = Literal["normal", "primary", "danger", "link", "chip", "nav", "step", "card", "toast"]
_ICON_TOKEN: dict[ButtonKind, Token] = {
    "primary": "on_accent",
    "danger": "on_accent",
    "link": "accent",
    "nav": "side_t",
    "toast": "surface",
}
_GAP = "\u2002"  # Qt leaves some 4 px between icon and text


class PushButton(QPushButton):
    """Commits the composition before it acts. Enter presses it only when it has the focus, and not while held down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)  # Enter in a field of a dialog must never press a button
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.pressed.connect(commit_ime)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isDefault():
            if not event.isAutoRepeat():  # a finger resting on Enter runs through fields, not through deeds
                self.click()
            return
        super().keyPressEvent(event)


def button(
    theme: Theme,
    text: str,
    *,
    kind: ButtonKind = "normal",
    icon: str | None = None,
    icon_after: bool = False,
    big: bool = False,
    parent: QWidget | None = None,
) -> PushButton:
    """A push button. `text` is the deed in words, shown as it is (an ampersand is no mnemonic)."""
    made = PushButton(parent)
    made.setProperty("kind", kind)
    made.setProperty("big", big)
    set_button_text(made, text, has_icon=icon is not None, icon_after=icon_after)
    if icon is not None:
        on: Token | None = "on_side" if kind == "nav" else None
        made.setIcon(theme.icon(icon, _ICON_TOKEN.get(kind, "muted"), 18, on_token=on))
        made.setIconSize(QSize(theme.px(18), theme.px(18)))
        if icon_after:
            made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return made


def set_button_text(made: QPushButton, text: str, *, has_icon: bool = False, icon_after: bool = False) -> None:
    """Change what a button says, on the screen and to a screen reader."""
    shown = text.replace("&", "&&")
    if has_icon:
        shown = f"{shown}{_GAP}" if icon_after else f"{_GAP}{shown}"
    made.setText(shown)
    made.setAccessibleName(text)


def tool_button(
    theme: Theme,
    icon: str,
    name: str,
    *,
    token: Token = "muted",
    show_text: bool = False,
    parent: QWidget | None = None,
) -> QToolButton:
    """A small icon button; `name` is its tool tip and spoken name, and its text when `show_text`."""
    made = QToolButton(parent)
    made.setProperty("enter_skips", True)
    made.setIcon(theme.icon(icon, token, 18))
    made.setIconSize(QSize(theme.px(18), theme.px(18)))
    made.setAccessibleName(name)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if show_text:
        made.setText(f"{_GAP}{name}".replace("&", "&&"))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    else:
        made.setToolTip(name)
    made.pressed.connect(commit_ime)
    return made
