"""A section of the record to read; 直す turns it into its form, 保存する back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.fields import Kind, Section
from nakodo_desktop.domain.member import Member
from nakodo_desktop.domain.values import Value
from nakodo_desktop.errors import SavedElsewhere, UserError
from nakodo_desktop.services.form_drafts import Kind as FormKind
from nakodo_desktop.services.members import Members
from nakodo_desktop.ui.members.fact_grid import FactGrid
from nakodo_desktop.ui.section_form import FormFacts, SectionForm
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.form_draft import FormDraft
from nakodo_desktop.ui.widgets.frames import Card, column, row
from nakodo_desktop.ui.widgets.inputs import add_shortcut
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.notices import Banner

_ELSEWHERE = "ほかの画面で先に保存されたため、まだ保存していません。"
_NOT_ELSEWHERE = "入力のあいだに、この会員の記録が変わりました。"
_AGAIN = "この画面の内容でよければ、「保存する」を押してください。"


class SectionCard(Card):
    """`opened` and `closed` tell about its form; `saved` that the record has changed."""

    opened = Signal()
    closed = Signal()
    saved = Signal()

    def __init__(
        self,
        theme: Theme,
        members: Members,
        member: Member,
        section: Section,
        *,
        facts: FormFacts,
        may_edit: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, margin=18, gap=12, parent=parent)
        self._theme, self._members, self._member, self.section = theme, members, member, section
        self._facts = facts
        self._body: QWidget = QWidget()
        self.form: SectionForm | None = None
        self.draft: FormDraft | None = None
        self._before: dict[str, Value] = {}
        self._not_saved = Banner(theme, "bad", "")
        self._not_saved.setObjectName(f"not_saved_{section.key}")
        self.edit = button(theme, "直す", icon="pencil")
        self.edit.setObjectName(f"edit_{section.key}")
        self.edit.setAccessibleName(f"{section.title}を直す")
        if not may_edit:
            self.edit.hide()
        self.edit.clicked.connect(self._open_form)
        head = row(theme)
        head.addWidget(PlainLabel(section.title, "h2"), 1)
        head.addWidget(self.edit)
        self.rows.addLayout(head)
        self.rows.addWidget(self._body)
        self.rows.addWidget(self._not_saved)
        self._show_values()

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not on record yet."""
        return self.form is not None and self.form.values() != self._before

    @property
    def draft_name(self) -> str:
        """What its half-typed form is kept as."""
        return FormKind.SECTION.of(self._member.id, self.section.key)

    def take_up(self) -> None:
        """Open the form with what was typed before an interruption."""
        self._open_form()

    def cancel(self) -> None:
        """Back to reading; what was typed goes."""
        if self.form is not None and self.draft is not None:
            self.draft.submitted()
            self._show_values()
            self.edit.setFocus()
            self.closed.emit()

    def correct(self, field_key: str) -> None:
        """As if 直す were pressed, with the cursor in one field; nothing for who may only read."""
        if self.form is None and self.edit.isEnabled() and not self.edit.isHidden():
            self._open_form()
        if self.form is not None:
            self.form.focus_field(field_key)

    def save(self) -> bool:
        """Put it on record; False when that cannot be, which the form then says. What was typed stays in it."""
        assert self.form is not None
        try:
            problems = tuple(self.form.problems()) or self._members.correct(
                self._member.id, self.form.values(), version=self._member.version
            )
        except SavedElsewhere:
            self._follow(self._members.view(self._member.id, screen="record"), _ELSEWHERE)
            return False
        except UserError as error:
            self._tell(error.message, error.advice)
            return False
        self._not_saved.hide()
        if problems:
            self.form.set_problems(problems)
            self.form.focus_field(problems[0].field_key)
            return False
        assert self.draft is not None
        self.draft.submitted()
        self.form = None
        self.closed.emit()
        self.saved.emit()
        return True

    def follow(self, member: Member) -> None:
        """The record was changed meanwhile: show it; in an open form only what was not touched follows."""
        self._follow(member, "")

    def _follow(self, member: Member, refused: str) -> None:
        former, self._member = self._member.answers, member
        if self.form is None:
            self._show_values()
            return
        typed = self.form.values()
        touched = {key: value for key, value in typed.items() if value != self._before[key]}
        self.form.set_values(member.answers)
        self._before = self.form.values()
        self.form.set_values({**member.answers, **touched})
        assert self.draft is not None
        self.draft.rebase(self._before)
        crossed = [key for key in touched if former.get(key) != member.answers.get(key)]
        if refused or crossed:
            self._tell(refused or _NOT_ELSEWHERE, "\n".join([*map(self._on_record, crossed), _AGAIN]))

    def _on_record(self, key: str) -> str:
        words = self._members.words(key, self._member.answers.get(key))
        label = next(field.label for field in self.section.fields if field.key == key)
        return f"{label}：いまの記録は「{words}」です。" if words else f"{label}：いまの記録は空です。"

    def _tell(self, title: str, text: str) -> None:
        self._not_saved.show()
        self._not_saved.set_words(title, text)

    def _show_values(self) -> None:
        self.form = None
        self._not_saved.hide()
        facts = []
        for field in self.section.fields:
            words = self._members.words(field.key, self._member.answers.get(field.key))
            if words and field.kind is not Kind.PHOTO:
                facts.append((field.label, words))
        self._swap(FactGrid(self._theme, facts) if facts else PlainLabel("記録はありません。", "label"))

    def _open_form(self) -> None:
        body = QWidget()
        rows = column(self._theme, body, gap=12)
        self.form = SectionForm(self._theme, self.section, self._facts)
        self.form.set_values(self._member.answers)
        self._before = self.form.values()
        self.draft = FormDraft(
            self._theme, self._members.drafts, values=self.form.values, put_in=self.form.put_in, parent=body
        )
        rows.addWidget(self.draft)
        rows.addWidget(self.form)
        self.draft.begin(self.draft_name, member_id=self._member.id)
        self.form.changed.connect(self.draft.note_change)
        deeds = row(self._theme)
        cancel = button(self._theme, "やめる")
        save = button(self._theme, "保存する", kind="primary")
        save.setObjectName(f"save_{self.section.key}")
        deeds.addStretch(1)
        deeds.addWidget(cancel)
        deeds.addWidget(save)
        rows.addLayout(deeds)
        cancel.clicked.connect(self.cancel)
        save.clicked.connect(self.save)
        add_shortcut(body, "Ctrl+Return", self.save)
        self._swap(body)
        self.edit.setEnabled(False)
        self.form.focus_field(next(iter(self.form.inputs)))
        self.opened.emit()

    def _swap(self, body: QWidget) -> None:
        self.edit.setEnabled(True)
        self.rows.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body
        body.show()
