"""Recording that a declaration may be false: rare, grave, and never by accident."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.values import Problem
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.inputs import FieldBox, JaTextEdit

_WORDS = (
    "記録すると、この方はすぐに協会サイトへの書き出しから外れます。元には戻せません。"
    "ご本人へのお話は、顧問弁護士にご相談のうえで行ってください。"
)


class SuspicionDialog(AppDialog):
    """`record` takes the reason and says what is wrong with it; nothing wrong closes the dialog."""

    def __init__(
        self, theme: Theme, *, record: Callable[[str], tuple[Problem, ...]], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "虚偽の疑いを記録しますか", icon="triangle-alert", tone="bad", parent=parent)
        self._record = record
        self.add_text(_WORDS)
        self.reason = JaTextEdit(theme, lines=4, max_chars=400)
        self.body.addWidget(
            FieldBox(theme, "疑う理由", self.reason, required=True, hint="だれが、いつ、何から気づいたか")
        )
        self.add_button("やめる")
        self.add_button("疑いを記録する", self._submit, kind="danger", closes=False).setObjectName("suspect_now")
        self.reason.setFocus()

    def _submit(self) -> None:
        if not self.reason.validate():
            return
        problems = self._record(str(self.reason.value() or ""))
        if problems:
            self.reason.set_error(problems[0].message)
            self.reason.setFocus()
        else:
            self.accept()
