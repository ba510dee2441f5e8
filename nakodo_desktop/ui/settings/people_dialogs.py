"""The dialogs about people: who somebody is, and a passphrase for them; slow keys are made while the dialog waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.staff import Role, Staff
from nakodo_desktop.domain.values import Problem
from nakodo_desktop.errors import UserError, WrongPassphrase
from nakodo_desktop.services.people import ChangedPassphrase, People
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.new_passphrase import NewPassphrase
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import ButtonKind, PushButton, set_button_text
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.frames import row
from nakodo_desktop.ui.widgets.inputs import ChoiceInput, FieldBox, JaLineEdit, PasswordEdit, choice_input
from nakodo_desktop.ui.widgets.labels import WrappedLabel

Made = TypeVar("Made")

_WIDTH_PX = 580
_ROLE_HINT = "所長はすべてできます。仲人は面談・会員・書き出しまで、事務は要配慮個人情報と面談メモを見られません。"


class _SlowDialog(AppDialog):
    """Has one deed that makes a key; the dialog stays, and stays alive, until it is made."""

    kept = Signal()

    def __init__(self, theme: Theme, jobs: JobRunner, title: str, *, icon: str, parent: QWidget) -> None:
        super().__init__(theme, title, icon=icon, width_px=_WIDTH_PX, parent=parent.window())
        self._jobs = jobs
        self._verb = ""
        self.deed: PushButton

    def _add_deed(self, verb: str, act: Callable[[], None], *, kind: ButtonKind = "primary") -> None:
        self.add_button("やめる")
        self._verb = verb
        self.deed = self.add_button(verb, act, kind=kind, closes=False)
        self.deed.setObjectName("deed")

    def _make(self, work: Callable[[], Made], keep: Callable[[Made], None]) -> None:
        """Run `work` off this thread, then `keep` what it made; trouble of either is told here."""
        self._set_busy(True)

        def made(result: Made) -> None:
            try:
                keep(result)
            except UserError as error:
                self._refuse(error)
            else:
                self.accept()
                self.kept.emit()

        self._jobs.run(self, work, on_done=made, on_failed=self._refuse)

    def _refuse(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, UserError):
            raise error
        self.tell(error.message, error.advice)

    def _set_busy(self, busy: bool) -> None:
        self.deed.setEnabled(not busy)
        set_button_text(self.deed, "鍵を作っています…" if busy else self._verb)


class AddPersonDialog(_SlowDialog):
    """A new colleague, with the passphrase they choose at the desk."""

    def __init__(self, theme: Theme, jobs: JobRunner, people: People, *, parent: QWidget) -> None:
        super().__init__(theme, jobs, "担当者を加える", icon="user-plus", parent=parent)
        self._people = people
        self.name, self.role = name_input(theme), role_input(theme, Role.MATCHMAKER)
        who = row(theme, gap=16)  # side by side: the dialog has to fit a low screen
        top = Qt.AlignmentFlag.AlignTop
        who.addWidget(FieldBox(theme, "お名前", self.name, required=True), 1, top)
        who.addWidget(FieldBox(theme, "役割", self.role, required=True), 0, top)
        self.body.addLayout(who)
        self.body.addWidget(WrappedLabel(_ROLE_HINT, "hint"))
        self.passphrase = NewPassphrase(theme, whose="ご本人の")
        self.body.addWidget(self.passphrase)
        self._add_deed("加える", self._add)
        self.name.setFocus()

    def _add(self) -> None:
        person = self._people.new_person(self.name.text(), Role(str(self.role.value())))
        if isinstance(person, tuple):
            show_problem(self.name, person)
            return
        self.name.set_error("")
        passphrase = self.passphrase.accepted(lambda text: self._people.passphrase_trouble(text, person))
        if passphrase is not None:
            work = self._people.make_way_in(person, passphrase)
            self._make(work, lambda slot: self._people.add(person, slot))


class GivePassphraseDialog(_SlowDialog):
    """For somebody who forgot theirs, or who comes back."""

    def __init__(self, theme: Theme, jobs: JobRunner, people: People, person: Staff, *, parent: QWidget) -> None:
        super().__init__(theme, jobs, f"{person.name} さんの新しいパスワード", icon="key-round", parent=parent)
        self._people, self._person = people, person
        self.add_text("いままでのパスワードでは開けなくなります。ご本人に入力してもらってください。")
        self.passphrase = NewPassphrase(theme)
        self.body.addWidget(self.passphrase)
        self._add_deed("新しいパスワードにする", self._give)
        self.passphrase.first.setFocus()

    def _give(self) -> None:
        passphrase = self.passphrase.accepted(lambda text: self._people.passphrase_trouble(text, self._person))
        if passphrase is not None:
            work = self._people.make_way_in(self._person, passphrase)
            self._make(work, lambda slot: self._people.give(self._person.id, slot))


class OwnPassphraseDialog(_SlowDialog):
    """One's own: the old one is asked for, so that nobody changes it at a desk that was left open."""

    def __init__(self, theme: Theme, jobs: JobRunner, people: People, *, parent: QWidget) -> None:
        super().__init__(theme, jobs, "自分のパスワードを変える", icon="key-round", parent=parent)
        self._people = people
        self.old = PasswordEdit(theme)
        self.old.setObjectName("old_passphrase")
        self.body.addWidget(FieldBox(theme, "いまのパスワード", self.old, required=True))
        self.passphrase = NewPassphrase(theme)
        self.body.addWidget(self.passphrase)
        self._add_deed("変える", self._change)
        self.old.setFocus()

    def _change(self) -> None:
        old = str(self.old.value() or "")
        self.old.set_error("" if old else "いまのパスワードを入力してください。")
        new = self.passphrase.accepted(lambda text: self._people.passphrase_trouble(text, self._people.me))
        if old and new is not None:
            self._make(self._people.change_own(old, new), self._keep)

    def _keep(self, changed: ChangedPassphrase) -> None:
        self._people.keep_own(changed)

    def _refuse(self, error: Exception) -> None:
        super()._refuse(error)
        if isinstance(error, WrongPassphrase):
            self.old.clear()
            self.old.setFocus()


class ChangePersonDialog(AppDialog):
    """Name and role."""

    kept = Signal()

    def __init__(self, theme: Theme, people: People, person: Staff, *, parent: QWidget) -> None:
        super().__init__(theme, "担当者の名前と役割", icon="user", width_px=_WIDTH_PX, parent=parent.window())
        self._people, self._person = people, person
        self.name, self.role = name_input(theme), role_input(theme, person.role)
        self.name.set_value(person.name)
        self.body.addWidget(FieldBox(theme, "お名前", self.name, required=True))
        self.body.addWidget(FieldBox(theme, "役割", self.role, required=True, hint=_ROLE_HINT))
        self.add_button("やめる")
        self.deed = self.add_button("保存する", self._save, kind="primary", closes=False)
        self.deed.setObjectName("deed")
        self.name.setFocus()

    def _save(self) -> None:
        changed = Staff(self._person.id, self.name.text(), Role(str(self.role.value())))
        try:
            problems = self._people.change(changed)
        except UserError as error:
            self.tell(error.message, error.advice)
            return
        if problems:
            show_problem(self.name, problems)
            return
        self.accept()
        self.kept.emit()


def name_input(theme: Theme) -> JaLineEdit:
    made = JaLineEdit(theme)
    made.setObjectName("person_name")
    return made


def role_input(theme: Theme, role: Role) -> ChoiceInput:
    made = choice_input(theme, [(one.value, one.label) for one in Role])
    made.setObjectName("person_role")
    made.set_required(True)
    made.set_value(role.value)
    return made


def show_problem(name: JaLineEdit, problems: tuple[Problem, ...]) -> None:
    name.set_error(problems[0].message)
    name.setFocus()
