"""The step of the single-status declaration: a record for the person first, then the office's one declaration panel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.declaration import DeclarationState
from nakodo_desktop.domain.interview import STEP
from nakodo_desktop.domain.member import InterviewId, MemberId
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.declarations import Declarations, Sheet
from nakodo_desktop.services.interviews import Interviews, NotFinished
from nakodo_desktop.ui.declarations.panel import DeclarationPanel
from nakodo_desktop.ui.interview.flaw_card import FlawCard
from nakodo_desktop.ui.interview.flaws import flaws
from nakodo_desktop.ui.interview.page import Page
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, column
from nakodo_desktop.ui.widgets.labels import WrappedLabel
from nakodo_desktop.ui.widgets.notices import Banner

_LEAD = "読み合わせたあと、手書きで署名していただきます。印刷と署名は、後日でもかまいません。"
_WHY_REGISTER = (
    "誓約書には、お名前・生年月日・ご住所が入ります。これまでの入力を会員台帳に仮登録して、誓約書を作ります。"
)
_STALE = "この誓約書を作ったあとに、お名前やご住所などの記録が変わりました"
_STALE_TEXT = "署名をいただく前に、「新しく作り直す」を押してください。"
_PREVIEW_PX = 440
_NOT_YET_SIGNED = (DeclarationState.DRAFT, DeclarationState.PRINTED)


class DeclarationPage(Page):
    """It has no answers of its own: the declaration is a document with a life beyond the interview."""

    def __init__(
        self,
        theme: Theme,
        interviews: Interviews,
        declarations: Declarations,
        interview_id: InterviewId,
        *,
        jobs: JobRunner,
        save: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        """`save` puts the draft into the vault: a sheet says only what is on record."""
        super().__init__(theme, STEP["declaration"], lead=_LEAD, parent=parent)
        self._interviews, self._declarations, self._interview_id = interviews, declarations, interview_id
        self._save = save
        self._answers: Answers = {}
        self._gate = Card(theme, margin=20, gap=14, ground="sunken")
        self._gate.rows.addWidget(WrappedLabel(_WHY_REGISTER))
        self.begin = button(theme, "誓約書を作る", kind="primary", icon="file-text")
        self.begin.setObjectName("declaration_begin")
        self._gate.rows.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self._lacks = column(theme, gap=0)
        self.stale = Banner(theme, "warn", _STALE, text=_STALE_TEXT)
        self.panel = DeclarationPanel(theme, jobs, declarations, is_scrolled=True)
        self.panel.preview.setMinimumHeight(theme.px(_PREVIEW_PX))
        self.rows.addWidget(self._gate)
        self.rows.addLayout(self._lacks)
        self.rows.addWidget(self.stale)
        self.rows.addWidget(self.panel, 1)
        self.rows.addStretch()
        self.begin.clicked.connect(self._begin)
        self.panel.changed.connect(self._on_panel_changed)
        self.panel.sign_button.clicked.connect(self._suggest_document)

    def show_answers(self, answers: Answers) -> None:
        self._answers = answers
        self._show_lacks(None)
        if self._member_id() is None:
            self._show_panel(None)
        else:
            self._show_panel(self._register())

    def values(self) -> dict[str, Value]:
        return {}

    def focus_first(self) -> None:
        """The next deed that is possible; never the one that replaces a sheet by a new one."""
        panel = self.panel
        deeds = [self.begin, panel.sign_button, panel.print_button, panel.history_button]
        if panel.declaration is None:
            deeds.append(panel.create_button)
        target = next((deed for deed in deeds if deed.isVisibleTo(self) and deed.isEnabled()), None)
        if target is not None:
            target.setFocus()

    def _on_panel_changed(self) -> None:
        self._show_staleness()
        self.focus_first()
        self.progressed.emit()

    def _begin(self) -> None:
        member_id = self._register()
        self._show_panel(member_id)
        if member_id is not None and self.panel.declaration is None:
            self.panel.create_button.click()

    def _register(self) -> MemberId | None:
        """The person's record, brought up to what was said; None when it cannot be, with the reasons on the page."""
        if not self._save():
            return self._member_id()
        outcome = self._interviews.register(self._interview_id)
        if isinstance(outcome, NotFinished):
            self._show_lacks(outcome)
            return self._member_id()
        return outcome

    def _member_id(self) -> MemberId | None:
        return self._interviews.load(self._interview_id).member_id

    def _show_panel(self, member_id: MemberId | None) -> None:
        self._gate.setVisible(member_id is None)
        self.panel.setVisible(member_id is not None)
        self.stale.hide()
        if member_id is not None:
            self.panel.show_member(member_id, said=self._answers)
            self._show_staleness()

    def _show_lacks(self, refusal: NotFinished | None) -> None:
        while (item := self._lacks.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if refusal is not None:
            card = FlawCard(self.theme, flaws(refusal.missing, refusal.problems))
            card.jump_asked.connect(self.jump_asked)
            self._lacks.addWidget(card)
            card.show()

    def _show_staleness(self) -> None:
        """A sheet that says something else than the record must not be signed."""
        current, member_id = self.panel.declaration, self._member_id()
        if current is None or member_id is None or current.state not in _NOT_YET_SIGNED:
            self.stale.hide()
            return
        try:
            said_now = self._declarations.prepare(member_id, said=self._answers)
        except UserError:  # something on it is missing or wrong, and the page says so already
            self.stale.hide()
            return
        self.stale.setVisible(_substance(self._declarations.sheet_of(current.id)) != _substance(said_now))

    def _suggest_document(self) -> None:
        """The document that was seen today is most likely the one seen at the signature."""
        seen, field = self._answers.get("identity_document"), self.panel.signing.fields["identity_document"]
        if seen is not None and field.value() is None:
            field.set_value(seen)


def _substance(sheet: Sheet) -> Sheet:
    """The sheet without what is its own: number and day."""
    return replace(sheet, facts=replace(sheet.facts, document_number="", issued_on=sheet.facts.birth_date))
