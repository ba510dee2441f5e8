"""A batch that was cut off and whose server cannot be asked: what the association says is written down."""

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
        self.add_text(f"前の書き出し（{name}）が、送っている途中で終わりました。{error.message}")
        self.add_text(
            "協会に電話で、このファイルがあるか聞いてください。提供の記録は、渡したものについてだけ残します。"
            "わからないときは「あとで」を選び、つながるようになってからもう一度開いてください。"
        )
        came = self.add_button("届いている", lambda: self.settled.emit(True))
        came.setObjectName("settle_came")
        did_not = self.add_button("届いていない", lambda: self.settled.emit(False))
        did_not.setObjectName("settle_did_not_come")
        self.add_button("あとで", kind="primary").setFocus()
