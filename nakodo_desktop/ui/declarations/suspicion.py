"""A declaration that may be false: recording it, lifting it, the file for the lawyer. Never by accident."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from nakodo_desktop.domain.declaration import Declaration, DeclarationState
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.values import Answers, Problem
from nakodo_desktop.services.form_drafts import FormDrafts, Kind
from nakodo_desktop.services.suspicions import HAND_OVER_TITLE, Suspicions
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.printing.printers import Printers
from nakodo_desktop.ui.printing.sheet_dialog import SheetDialog
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.form_draft import FormDraft
from nakodo_desktop.ui.widgets.inputs import FieldBox, JaTextEdit

_WORDS = (
    "記録すると、この方はすぐに協会サイトへの書き出しから外れます。"
    "ご本人へのお話は、顧問弁護士にご相談のうえで行ってください。"
)
_LIFT_WORDS = (
    "解くと、この誓約書は疑いを記録する前の状態に戻り、ほかの条件がそろえば協会サイトに掲載できます。"
    "疑った理由も、解いた理由も、記録に残ります。"
)
_REASON_CHARS = 400


class ReasonDialog(AppDialog):
    """`record` takes the reason and says what is wrong with it; nothing wrong closes the dialog."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        drafts: FormDrafts,
        *,
        form: str,
        member_id: MemberId,
        words: str,
        label: str,
        hint: str,
        verb: str,
        record: Callable[[str], tuple[Problem, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, title, icon="triangle-alert", tone="bad", parent=parent)
        self._record = record
        self.add_text(words)
        self.reason = JaTextEdit(theme, lines=4, max_chars=_REASON_CHARS)
        self.draft = FormDraft(
            theme,
            drafts,
            values=lambda: {"reason": self.reason.value()},
            put_in=self._put_in,
            parent=self,
        )
        self.body.addWidget(self.draft)
        self.body.addWidget(FieldBox(theme, label, self.reason, required=True, hint=hint))
        self.draft.begin(form, member_id=member_id)
        self.reason.changed.connect(self.draft.note_change)
        self.add_button("やめる")
        self.add_button(verb, self._submit, kind="danger", closes=False).setObjectName("reason_record")
        self.reason.setFocus()

    def _submit(self) -> None:
        if not self.reason.validate():
            return
        problems = self._record(str(self.reason.value() or ""))
        if problems:
            self.reason.set_error(problems[0].message)
            self.reason.setFocus()
        else:
            self.draft.submitted()
            self.accept()

    def _put_in(self, answers: Answers) -> None:
        self.reason.set_value(answers["reason"])


class SuspicionMenu(QMenu):
    """What can be done about one sheet; `changed` is called after something was recorded."""

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        suspicions: Suspicions,
        sheet: Declaration,
        *,
        printers: Printers,
        changed: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme, self._jobs, self._suspicions, self._sheet = theme, jobs, suspicions, sheet
        self._printers, self._changed, self._over = printers, changed, parent
        deeds = {"虚偽の疑いを記録する…": self._suspect}
        if sheet.state is DeclarationState.FALSE_SUSPECTED:
            deeds = {"顧問弁護士に渡す資料…": self._hand_over, "虚偽の疑いを解く…": self._lift}
        for words, deed in deeds.items():
            self.addAction(words).triggered.connect(lambda _checked=False, deed=deed: deed())

    def _suspect(self) -> None:
        ReasonDialog(
            self._theme,
            "虚偽の疑いを記録しますか",
            self._suspicions.drafts,
            form=Kind.SUSPICION.of(self._sheet.id),
            member_id=MemberId(self._sheet.member_id),
            words=_WORDS,
            label="疑う理由",
            hint="だれが、いつ、何から気づいたか",
            verb="疑いを記録する",
            record=lambda reason: self._done(self._suspicions.suspect(self._sheet.id, reason)),
            parent=self._over.window(),
        ).open()

    def _lift(self) -> None:
        ReasonDialog(
            self._theme,
            "虚偽の疑いを解きますか",
            self._suspicions.drafts,
            form=Kind.LIFTING.of(self._sheet.id),
            member_id=MemberId(self._sheet.member_id),
            words=_LIFT_WORDS,
            label="解く理由",
            hint="だれが、いつ、何で確かめたか",
            verb="疑いを解く",
            record=lambda reason: self._done(self._suspicions.lift(self._sheet.id, reason)),
            parent=self._over.window(),
        ).open()

    def _hand_over(self) -> None:
        """Special-care facts, wishes, memo and photo are not in it; whoever needs them asks for them."""
        SheetDialog(
            self._theme,
            self._jobs,
            HAND_OVER_TITLE,
            draw=self._suspicions.hand_over(self._sheet.id),
            file_name=f"{self._sheet.number}-file.pdf",
            record=lambda output, copies: self._suspicions.record_output(output, copies=copies),
            printers=self._printers,
            parent=self._over.window(),
        ).open()

    def _done(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        if not problems:
            self._changed()
        return problems
