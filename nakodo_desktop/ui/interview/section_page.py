"""A step that is nothing but sections of the catalogue: no field of it is written down here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.fields import Section
from nakodo_desktop.domain.interview import Step
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.ui.interview.page import Page
from nakodo_desktop.ui.section_form import FormFacts, SectionForm
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.frames import column, hline
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel


class SectionPage(Page):
    """The first section gives the lead; a further one has a heading of its own, and goes when nothing of it is asked.

    `not_asked` is said in its place, by section key.
    """

    def __init__(
        self,
        theme: Theme,
        step: Step,
        facts: FormFacts,
        *,
        lead: str | None = None,
        not_asked: dict[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, step, lead=step.sections[0].lead if lead is None else lead, parent=parent)
        self._not_asked = not_asked or {}
        self.forms = [SectionForm(theme, section, facts) for section in step.sections]
        self._silences: dict[SectionForm, WrappedLabel] = {}
        for form in self.forms:
            if form is not self.forms[0]:
                self._head_for(form)
            self.rows.addWidget(form)
            self.inputs |= form.inputs
            form.changed.connect(self._show_silences)
            form.changed.connect(self.edited)
            form.focused.connect(self.focused)
        self.rows.addStretch()

    def show_answers(self, answers: Answers) -> None:
        for form in self.forms:
            form.set_values(answers)
        self._show_silences()

    def put_in(self, answers: Answers) -> None:
        for form in self.forms:
            form.put_in(answers)
        self._show_silences()

    def values(self) -> dict[str, Value]:
        return {key: value for form in self.forms for key, value in form.values().items()}

    def _head_for(self, form: SectionForm) -> None:
        section: Section = form.section
        head = column(self.theme, gap=8)
        head.addWidget(hline())
        head.addSpacing(self.theme.px(6))
        head.addWidget(PlainLabel(section.title, "h2"))
        head.addWidget(WrappedLabel(section.lead, "label"))
        silence = WrappedLabel(self._not_asked.get(section.key, ""), "body", tone="mute")
        head.addWidget(silence)
        self._silences[form] = silence
        self.rows.addLayout(head)

    def _show_silences(self) -> None:
        for form, silence in self._silences.items():
            form.setVisible(bool(form.asked))
            silence.setVisible(not form.asked and bool(silence.plain_text()))
