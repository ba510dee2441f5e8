"""The second step: every consent on a card of its own, asked in words that can be read aloud."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.fields import Field
from nakodo_desktop.domain.interview import STEP
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.ui.interview.page import Page
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, column, row
from nakodo_desktop.ui.widgets.inputs import FieldBox, RadioInput, WarekiDateEdit
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.marks import optional_tag, required_tag

_NOT_LISTED = "協会サイトの12項目がそろわないため、書き出しの対象から外れます。"
_WHEN_REFUSED: dict[str, str] = {
    "consent_provide": "協会サイトには掲載しません。相談所の中でのご紹介は続けられます。",
    "consent_contact_exchange": "交際に進むときに、もう一度お伺いします。",
    "consent_declaration_use": "独身誓約書をお預かりできないため、協会サイトへの掲載もできません。",
    "consent_collect_religion": f"信条は伺いません。{_NOT_LISTED}",
    "consent_disclose_religion": f"相談所の中だけの記録にします。{_NOT_LISTED}",
    "consent_collect_disability": f"障害の有無は伺いません。{_NOT_LISTED}",
    "consent_disclose_disability": f"相談所の中だけの記録にします。{_NOT_LISTED}",
    "consent_collect_health": "健康状態は伺いません。",
}
_SIDE_BY_SIDE_FROM_PX = 520
_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
_METHOD, _DAY = catalog.FIELDS["consent_method"], catalog.FIELDS["consented_on"]


class ConsentsPage(Page):
    """To collect and to show are two questions; a refusal says at once what follows from it."""

    sheet_wanted = Signal()  # the consents on paper, with lines to sign on

    def __init__(self, theme: Theme, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(theme, STEP["consents"], lead=catalog.CONSENTS.lead, parent=parent)
        self._cards = {key: _ConsentCard(theme, catalog.FIELDS[key]) for key in catalog.CONSENT_SCOPES}
        for card in self._cards.values():
            self.rows.addWidget(card)
        method = RadioInput(theme, _METHOD.choices)
        day = WarekiDateEdit(theme, today=today)
        self.adopt((key, card.answer) for key, card in self._cards.items())
        self.adopt(((_METHOD.key, method), (_DAY.key, day)))
        self.rows.addWidget(FieldBox(theme, _METHOD.label, method, required=True))
        self.rows.addWidget(FieldBox(theme, _DAY.label, day, required=True))
        sheet = button(theme, "同意書を印刷する", icon="printer")
        sheet.setObjectName("consent_sheet")
        sheet.clicked.connect(self.sheet_wanted)
        self.rows.addWidget(sheet, 0, Qt.AlignmentFlag.AlignLeft)
        self.rows.addStretch()
        self.edited.connect(self._show_what_is_asked)

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        self._show_what_is_asked()

    def put_in(self, answers: Answers) -> None:
        super().put_in(answers)
        self._show_what_is_asked()

    def values(self) -> dict[str, Value]:
        """A question that is not asked has no answer."""
        every = super().values()
        return {key: value if catalog.FIELDS[key].is_asked(every) else None for key, value in every.items()}

    def _show_what_is_asked(self) -> None:
        values = {key: card.answer.value() for key, card in self._cards.items()}
        for key, card in self._cards.items():
            card.setVisible(catalog.FIELDS[key].is_asked(values))
            card.show_consequence()


class _ConsentCard(Card):
    """The question at the left, the answer at the right or below, and what a no means."""

    def __init__(self, theme: Theme, field: Field) -> None:
        super().__init__(theme, margin=14, gap=8, ground="sunken")
        self._theme, self._key = theme, field.key
        self.answer = RadioInput(theme, field.choices)
        self.answer.set_label(field.label)
        title = row(theme, gap=8)
        title.addWidget(PlainLabel(field.label, "field"))
        title.addWidget(required_tag() if field.required else optional_tag())
        title.addStretch()
        question = column(theme, gap=6)
        question.addLayout(title)
        question.addWidget(WrappedLabel(f"「{field.help}」"))
        box = FieldBox(theme, "", self.answer)
        self.answer.set_required(bool(field.required))
        self._across = row(theme, gap=16)
        self._across.addLayout(question, 1)
        self._across.addWidget(box, 0, Qt.AlignmentFlag.AlignVCenter)
        self.rows.addLayout(self._across)
        self._consequence = WrappedLabel(_WHEN_REFUSED[field.key], "hint", tone="warn")
        self.rows.addWidget(self._consequence)

    def show_consequence(self) -> None:
        self._consequence.setVisible(self.answer.value() == "refused")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        has_room = self.width() >= self._theme.px(_SIDE_BY_SIDE_FROM_PX)
        self._across.setDirection(_BESIDE if has_room else _BELOW)
