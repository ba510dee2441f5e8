"""Two boxes for a new passphrase and a button that suggests one; it knows when both are right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.values import Trouble
from nakodo_desktop.services.secret_words import suggest_passphrase
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import column
from nakodo_desktop.ui.widgets.inputs import FieldBox, PasswordEdit
from nakodo_desktop.ui.widgets.labels import WrappedLabel

_HINT = "14文字以上、または下のボタンで作れる「五つの言葉」です。"


class NewPassphrase(QWidget):
    """`accepted` is the passphrase once both boxes agree and it is good enough; else None, and the box says why."""

    def __init__(self, theme: Theme, *, whose: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first, self.again = PasswordEdit(theme), PasswordEdit(theme)
        self.first.setObjectName("new_passphrase")
        self.again.setObjectName("new_passphrase_again")
        self.suggest = button(theme, "覚えやすいパスワードを作る", icon="refresh-cw")
        self.suggest.setObjectName("suggest")
        self.suggestion = WrappedLabel("", "strong")
        self.suggestion.hide()
        rows = column(theme, self, gap=12)
        rows.addWidget(FieldBox(theme, f"{whose}新しいパスワード", self.first, required=True, hint=_HINT))
        rows.addWidget(self.suggest, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.suggestion)
        rows.addWidget(FieldBox(theme, "確認のためもう一度", self.again, required=True))
        self.suggest.clicked.connect(self._suggest)

    def accepted(self, trouble_of: Callable[[str], Trouble | None]) -> str | None:
        passphrase = str(self.first.value() or "")
        trouble = trouble_of(passphrase)
        self.first.set_error("" if trouble is None else trouble.message)
        differs = trouble is None and self.again.value() != passphrase
        self.again.set_error("二つのパスワードが違います。もう一度入力してください。" if differs else "")
        if trouble is not None or differs:
            (self.again if differs else self.first).setFocus()
            return None
        return passphrase

    def _suggest(self) -> None:
        """Shown, not filled in: typing it is how it is learned."""
        self.suggestion.setText(suggest_passphrase())
        self.suggestion.show()
