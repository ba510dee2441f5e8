"""Beside the form: the question as it is spoken, what to mind, and the memo of the talk."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nakodo_desktop.domain import catalog, interview
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, row
from nakodo_desktop.ui.widgets.inputs import FieldBox, JaTextEdit
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel, picture

WIDTH_PX = 232
_MARGIN_PX, _TITLE_PX = 16, 30
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
        self._question.setObjectName("question")
        self._tips = column(theme, gap=8)
        self.memo = JaTextEdit(theme, max_chars=NOTE.max_chars, lines=None, placeholder="気づいたことを自由に")
        self.memo.setObjectName(NOTE.key)
        self._words = QWidget()
        self._points = self._points_card()
        rows = column(theme, self, gap=10)
        rows.addWidget(self._points, 1)
        rows.addWidget(self._memo_card(), 1)
        self.memo.changed.connect(self.edited)

    def show_step(self, step: str) -> None:
        tips = [tip for section in interview.STEP[step].sections for tip in section.tips]
        while (item := self._tips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for tip in tips or _STEP_TIPS.get(step, ()):
            label = WrappedLabel(tip, "label")
            self._tips.addWidget(label)
            label.show()  # a label that waits to be shown has no height yet
        self.show_field("")

    def show_field(self, key: str) -> None:
        """The spoken question of the field that has the focus."""
        field = catalog.FIELDS.get(key)
        question = field.help if field is not None else ""
        self._question.setText(f"「{question}」" if question else "")
        self._question.setVisible(bool(question))
        self._fit_points()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_points()

    def show_answers(self, answers: Answers) -> None:
        self.memo.set_value(answers.get(NOTE.key))

    def values(self) -> dict[str, Value]:
        return {NOTE.key: self.memo.value()}

    def _points_card(self) -> Card:
        card = Card(self._theme, margin=_MARGIN_PX, gap=10)
        title = row(self._theme, gap=8)
        title.addWidget(picture(self._theme, "info", "accent", px=18))
        title.addWidget(PlainLabel("聞き取りのポイント", "field"))
        title.addStretch()
        card.rows.addLayout(title)
        inside = column(self._theme, self._words, gap=10)
        inside.addWidget(self._question)
        inside.addLayout(self._tips)
        inside.addStretch()
        card.rows.addWidget(FormScroll(self._words))
        self._question.hide()
        return card

    def _fit_points(self) -> None:
        """As high as the words, at most half of the pane: the memo takes the rest."""
        px = self._theme.px
        for label in self._words.findChildren(WrappedLabel):
            label.ensurePolished()
        words = self._words.heightForWidth(px(WIDTH_PX) - 2 * (px(_MARGIN_PX) + 1))
        self._points.setMaximumHeight(words + 2 * (px(_MARGIN_PX) + 1) + px(_TITLE_PX))

    def _memo_card(self) -> Card:
        card = Card(self._theme, margin=_MARGIN_PX, gap=8)
        box = FieldBox(self._theme, NOTE.label, self.memo, hint=catalog.NOTES.lead)
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        card.rows.addWidget(box)
        return card
