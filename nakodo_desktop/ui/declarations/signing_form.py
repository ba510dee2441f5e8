"""What is written down when the member has signed: date, place, method, document seen, where the paper lies."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.catalog import FIELDS
from nakodo_desktop.domain.declaration import Declaration, Signing
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.values import Answers, Problem
from nakodo_desktop.services.form_drafts import FormDrafts, Kind
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.form_draft import FormDraft
from nakodo_desktop.ui.widgets.frames import Card, row
from nakodo_desktop.ui.widgets.inputs import (
    FieldBox,
    FieldInput,
    JaLineEdit,
    WarekiDateEdit,
    add_shortcut,
    choice_input,
)
from nakodo_desktop.ui.widgets.labels import PlainLabel


class SigningForm(Card):
    """Printing is not signing: these facts make the difference."""

    submitted = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme, drafts: FormDrafts, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(theme, margin=12, gap=12, ground="sunken", parent=parent)
        self.fields: dict[str, FieldInput] = {
            "signed_on": WarekiDateEdit(theme, today=today),
            "place": JaLineEdit(theme),
            "method": choice_input(theme, FIELDS["identity_mode"].choices),
            "identity_document": choice_input(theme, FIELDS["identity_document"].choices),
            "filed_at": JaLineEdit(theme),
        }
        labels = {
            "signed_on": ("署名した日", True, ""),
            "place": ("署名した場所", True, "例：当所 面談室"),
            "method": ("方法", True, ""),
            "identity_document": ("見た本人確認書類", True, "種類だけを記録します。"),
            "filed_at": ("紙の保管場所", False, "例：誓約書ファイル3"),
        }
        self.draft = FormDraft(theme, drafts, values=self._values, put_in=self._put_in, parent=self)
        self.rows.addWidget(PlainLabel("署名の記録", "field"))
        self.rows.addWidget(self.draft)
        for key, field in self.fields.items():  # one below the other: beside the deeds there is no room for two
            field.setObjectName(f"signing_{key}")
            label, required, hint = labels[key]
            self.rows.addWidget(FieldBox(theme, label, field, required=required, hint=hint))
            field.changed.connect(self.draft.note_change)
        self.record = button(theme, "署名を記録する", kind="primary")
        self.record.setObjectName("signing_record")
        cancel = button(theme, "やめる")
        deeds = row(theme)
        deeds.addStretch()
        deeds.addWidget(cancel)
        deeds.addWidget(self.record)
        self.rows.addLayout(deeds)
        self.rows.addStretch(1)
        add_shortcut(self, "Esc", self.cancelled.emit)
        self.record.clicked.connect(self._submit)
        cancel.clicked.connect(self.cancelled)

    def start(self, sheet: Declaration, *, today: date) -> None:
        """Empty, but for today's date, the usual method and what was typed for this sheet before an interruption."""
        for field in self.fields.values():
            field.set_value(None)
        self.fields["signed_on"].set_value(today)
        self.fields["method"].set_value("in_person")
        self.draft.begin(Kind.SIGNING.of(sheet.id), member_id=MemberId(sheet.member_id))

    def focus_first(self) -> None:
        self.fields["place"].setFocus()

    def signing(self) -> Signing:
        """What stands in the form; call after `submitted`."""
        signed_on = self.fields["signed_on"].value()
        assert isinstance(signed_on, date)
        return Signing(
            signed_on=signed_on,
            place=self._text("place"),
            method=self._text("method"),
            identity_document=self._text("identity_document"),
            filed_at=self._text("filed_at"),
        )

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        messages = {problem.field_key: problem.message for problem in problems}
        for key, field in self.fields.items():
            field.set_error(messages.get(key, ""))
        first = next((field for key, field in self.fields.items() if key in messages), None)
        if first is not None:
            first.setFocus()

    def _submit(self) -> None:
        if not isinstance(self.fields["signed_on"].value(), date):
            self.fields["signed_on"].set_error("署名した日を入力してください（例：令和8年11月23日）。")
            self.fields["signed_on"].setFocus()
            return
        self.submitted.emit()

    def _values(self) -> Answers:
        return {key: field.value() for key, field in self.fields.items()}

    def _put_in(self, answers: Answers) -> None:
        for key, value in answers.items():
            self.fields[key].set_value(value)

    def _text(self, key: str) -> str:
        return str(self.fields[key].value() or "")
