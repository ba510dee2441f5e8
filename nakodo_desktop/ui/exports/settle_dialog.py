"""A batch that was cut off and cannot be looked for: what the association says is written down."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.errors import UserError
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog


class SettleDialog(AppDialog):
    settled = Signal(bool)  # whether it came

    def __init__(self, theme: Theme, name: str, error: UserError, *, parent: QWidget) -> None:
        super().__init__(
            theme,
            "届いたかどうかを確かめてください",
            icon="circle-question-mark",
            tone="warn",
            width_px=560,
            parent=parent,
        )
        self.add_text(error.message)
        self.add_text(error.advice)
        self.add_text(
            f"{name} が協会に渡ったかどうかを記録します。提供の記録は、渡ったものについてだけ残ります。"
            "わからないときは「あとで」を選んでください。"
        )
        came = self.add_button("渡っている", lambda: self.settled.emit(True))
        came.setObjectName("settle_came")
        did_not = self.add_button("渡っていない", lambda: self.settled.emit(False))
        did_not.setObjectName("settle_did_not_come")
        self.add_button("あとで", kind="primary").setFocus()
