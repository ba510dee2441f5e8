"""The second person comes to the desk: who they are, and their own passphrase. The operator's would be of no use."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.staff import StaffId
from nakodo_desktop.errors import UserError, WrongPassphrase
from nakodo_desktop.services.approvals import Approval, Approvals
from nakodo_desktop.services.export_plan import Plan
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.inputs import FieldBox, choice_input
from nakodo_desktop.ui.widgets.password_input import PasswordEdit


class ApprovalDialog(AppDialog):
    approved = Signal(object)  # Approval

    def __init__(self, theme: Theme, jobs: JobRunner, approvals: Approvals, plan: Plan, *, parent: QWidget) -> None:
        super().__init__(theme, "もう一人の方の承認", icon="circle-question-mark", width_px=520, parent=parent)
        self._jobs, self._approvals, self._plan = jobs, approvals, plan
        self._is_asking = False
        people = approvals.people()
        removed = f"、取下げ {len(plan.removed):,}名" if plan.removed else ""
        self.add_text(
            f"第{plan.batch.seq}回（掲載 {len(plan.lines):,}名{removed}）を {plan.office.recipient.name} に渡します。"
            "操作している方とは別の方が、うしろの画面で内容を見てから、ご自分のパスワードを入力してください。"
        )
        self.person = choice_input(theme, [(one.id, f"{one.name}（{one.role.label}）") for one in people])
        self.person.setObjectName("approval_person")
        if len(people) == 1:
            self.person.set_value(people[0].id)
        self.passphrase = PasswordEdit(theme, enter_moves_on=False)
        self.passphrase.setObjectName("approval_passphrase")
        self.passphrase.editor.returnPressed.connect(self._ask)
        self.body.addWidget(FieldBox(theme, "承認する方", self.person, required=True))
        self.body.addWidget(FieldBox(theme, "その方のパスワード", self.passphrase, required=True))
        self.add_button("やめる")
        self.approve = self.add_button("内容を見て承認する", self._ask, kind="primary", closes=False)
        self.approve.setObjectName("approval_give")
        self.passphrase.setFocus()

    def _ask(self) -> None:
        person, passphrase = self.person.value(), self.passphrase.value()
        self.person.set_error("" if person else "承認する方を選んでください。")
        self.passphrase.set_error("" if passphrase else "パスワードを入力してください。")
        if self._is_asking or not person or not passphrase:
            return
        chosen = StaffId(str(person))
        work = self._approvals.ask(self._plan, chosen, passphrase=str(passphrase))
        self._set_asking(True)

        def give(approval: Approval) -> None:
            self.accept()
            self.approved.emit(approval)

        def refuse(error: Exception) -> None:
            self._set_asking(False)
            if not isinstance(error, UserError):
                raise error
            if isinstance(error, WrongPassphrase):
                self._approvals.note_failed(chosen)
            self.passphrase.clear()
            self.passphrase.setFocus()
            self.tell(error.message, error.advice)

        self._jobs.run(self, work, on_done=give, on_failed=refuse)

    def _set_asking(self, asking: bool) -> None:
        self._is_asking = asking
        self.approve.setEnabled(not asking)
        self.approve.setText("確かめています…" if asking else "内容を見て承認する")
