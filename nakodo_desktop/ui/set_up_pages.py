"""The second and third page of the set-up: the head with a passphrase, and the two codes that go on paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import Token
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, column, row
from nakodo_desktop.ui.widgets.inputs import FieldBox, FieldInput, JaLineEdit, PasswordEdit
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel, picture
from nakodo_desktop.ui.widgets.line_input import LineInput

_GAP = 14
_BAR_PX = 8  # keeps the boxes off the scroll bar
_MARKS: dict[int, tuple[str, Token]] = {
    -1: ("circle-check", "ok"),
    0: ("pencil", "accent"),
    1: ("circle-dashed", "faint"),
}


class HeadPage(QWidget):
    """`fields`: head_name, passphrase, again."""

    proposed = Signal()

    def __init__(self, theme: Theme, suggest: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._suggest = theme, suggest
        name, passphrase, again = JaLineEdit(theme), PasswordEdit(theme), PasswordEdit(theme)
        self.fields: dict[str, FieldInput] = {"head_name": name, "passphrase": passphrase, "again": again}
        rows = column(theme, self, gap=_GAP)
        rows.setContentsMargins(0, 0, theme.px(_BAR_PX), 0)
        rows.addWidget(_ask(theme, name, key="head_name", label="所長のお名前"))
        hint = "14文字以上。または、下のボタンで作れる、いくつかの言葉の組み合わせ。"
        rows.addWidget(_ask(theme, passphrase, key="passphrase", label="パスワード", hint=hint))
        make = button(theme, "覚えやすいパスワードを作る", icon="refresh-cw")
        make.setObjectName("suggest")
        make.setProperty("enter_skips", True)
        make.clicked.connect(self._propose)
        rows.addWidget(make, 0, Qt.AlignmentFlag.AlignLeft)
        self.proposal = Card(theme, margin=14, gap=8, ground="sunken")
        self.suggestion = WrappedLabel("", "h2")
        take = button(theme, "このパスワードにする", icon="check")
        take.setObjectName("take_suggestion")
        take.setProperty("enter_skips", True)
        take.clicked.connect(self._take)
        self.proposal.rows.addWidget(self.suggestion)
        self.proposal.rows.addWidget(
            WrappedLabel("覚えるまでは紙に書き、パソコンから離れた場所に置いてください。", "hint")
        )
        self.proposal.rows.addWidget(take, 0, Qt.AlignmentFlag.AlignLeft)
        self.proposal.hide()
        rows.addWidget(self.proposal)
        rows.addWidget(_ask(theme, again, key="again", label="パスワード（確認のためもう一度）"))
        rows.addStretch()

    def _propose(self) -> None:
        self.suggestion.setText(self._suggest())
        self.proposal.show()
        self.proposed.emit()

    def _take(self) -> None:
        """Only the first box: typing it once more is how it is learnt."""
        self.fields["passphrase"].set_value(self.suggestion.plain_text())
        self.fields["again"].setFocus()


class RecoveryPage(QWidget):
    """`fields`: typed_code."""

    print_wanted = Signal()

    def __init__(self, theme: Theme, *, recovery_code: str, office_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        typed = LineInput(theme, japanese=False, placeholder="ABCD-EFGH-…")
        self.fields: dict[str, FieldInput] = {"typed_code": typed}
        self.print_button = button(theme, "復旧シートを印刷する", kind="primary", icon="printer")
        self.print_button.setObjectName("print_sheet")
        self.print_button.clicked.connect(self.print_wanted)
        rows = column(theme, self, gap=_GAP)
        rows.setContentsMargins(0, 0, theme.px(_BAR_PX), 0)
        rows.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        paper = Card(theme, margin=16, gap=14, ground="sunken")
        words = "全員がパスワードを忘れたときに、これだけで開けます。"
        paper.rows.addLayout(_code(theme, "recovery_code", "復旧コード", code=recovery_code, words=words))
        words = "新しいパソコンで、パスワードと一緒に一度だけ使います。"
        paper.rows.addLayout(_code(theme, "office_key_code", "事務所キー", code=office_key, words=words))
        rows.addWidget(paper)
        hint = "印刷できないときは、上の二つを紙に書き写してください。書き間違いがあればお知らせします。"
        rows.addWidget(_ask(theme, typed, key="typed_code", label="紙の復旧コード", hint=hint))
        rows.addStretch()


class StepMarks(QWidget):
    """Where one is: done, here, to come."""

    def __init__(self, theme: Theme, titles: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._titles = theme, titles
        self._marks = [
            (picture(theme, "circle-dashed", "faint", px=16), PlainLabel(title, "label")) for title in titles
        ]
        line = row(theme, self, gap=6)
        for position, (icon, words) in enumerate(self._marks):
            if position:
                line.addSpacing(theme.px(12))
            line.addWidget(icon)
            line.addWidget(words)
        line.addStretch(1)

    def show_step(self, step: int) -> None:
        for position, (icon, words) in enumerate(self._marks):
            name, token = _MARKS[(position > step) - (position < step)]
            icon.setPixmap(self._theme.pixmap(name, token, 16))
            words.setProperty("role", "field" if position == step else "label")
            words.set_tone("info" if position == step else None)
        self.setAccessibleName(f"手順 {step + 1} / {len(self._titles)}　{self._titles[step]}")


def _code(theme: Theme, name: str, title: str, *, code: str, words: str) -> QVBoxLayout:
    shown = PlainLabel(code, "h2")
    shown.setObjectName(name)
    shown.setAccessibleName(f"{title}　{code}")
    block = column(theme, gap=5)
    block.addWidget(PlainLabel(title, "field"))
    block.addWidget(shown)
    block.addWidget(WrappedLabel(words, "hint"))
    return block


def _ask(theme: Theme, field: FieldInput, *, key: str, label: str, hint: str = "") -> FieldBox:
    field.setObjectName(key)
    return FieldBox(theme, label, field, required=True, hint=hint)
