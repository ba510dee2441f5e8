"""Beside the form: the question as it is spoken, what to mind, and the memo of the talk."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from nakodo_desktop.domain import catalog, interview
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, row
from nakodo_desktop.ui.widgets.inputs import FieldBox, JaTextEdit
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel, picture

WIDTH_PX = 232
NOTE = catalog.NOTES.fields[0]
_STEP_TIPS: dict[str, tuple[str, ...]] = {
    "declaration": (
        "署名は、声に出して読み合わせたあとにいただきます。",
        "立会人はこの画面を開いている担当者です。",
        "その場で署名されなくても面談は続けられます。",
    ),
    "finish": (
        "足りないものは、押すとその欄へ移ります。",
        "次のご連絡の日を、お帰りの前に決めておきましょう。",
    ),
}


class SidePane(QWidget):
    """The memo belongs to no step: it stays while the steps change."""

    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.px(WIDTH_PX))
        self._theme = theme
        self._question = WrappedLabel("", "body", tone="info")
        self._tips = column(theme, gap=8)
        self.memo = JaTextEdit(theme, max_chars=NOTE.max_chars, lines=None, placeholder="気づいたことを自由に")
        self.memo.setObjectName(NOTE.key)
        rows = column(theme, self, gap=10)
        rows.addWidget(self._points_card(), 3)
        rows.addWidget(self._memo_card(), 4)
        self.memo.changed.connect(self.edited)

    def show_step(self, step: str) -> None:
        tips = [tip for section in interview.STEP[step].sections for tip in section.tips]
        while (item := self._tips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for tip in tips or _STEP_TIPS.get(step, ()):
            self._tips.addWidget(WrappedLabel(tip, "label"))
        self.show_field("")

    def show_field(self, key: str) -> None:
        """The spoken question of the field that has the focus."""
        field = catalog.FIELDS.get(key)
        question = field.help if field is not None else ""
        self._question.setText(f"「{question}」" if question else "")
        self._question.setVisible(bool(question))

    def show_answers(self, answers: Answers) -> None:
        self.memo.set_value(answers.get(NOTE.key))

    def values(self) -> dict[str, Value]:
        return {NOTE.key: self.memo.value()}

    def _points_card(self) -> Card:
        card = Card(self._theme, margin=16, gap=10)
        title = row(self._theme, gap=8)
        title.addWidget(picture(self._theme, "info", "accent", px=18))
        title.addWidget(PlainLabel("聞き取りのポイント", "field"))
        title.addStretch()
        card.rows.addLayout(title)
        words = QWidget()
        inside = column(self._theme, words, gap=10)
        inside.addWidget(self._question)
        inside.addLayout(self._tips)
        inside.addStretch()
        card.rows.addWidget(FormScroll(words))
        self._question.hide()
        return card

    def _memo_card(self) -> Card:
        card = Card(self._theme, margin=16, gap=8)
        box = FieldBox(self._theme, NOTE.label, self.memo, hint=catalog.NOTES.lead)
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        card.rows.addWidget(box)
        return card
