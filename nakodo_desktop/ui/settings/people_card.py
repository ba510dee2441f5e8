"""The people of the office with their roles and what can be done about each; only the head sees it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.people import Medium, People, Person
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.busy import run_lent
from nakodo_desktop.ui.settings.people_dialogs import (
    AddPersonDialog,
    ChangePersonDialog,
    GivePassphraseDialog,
)
from nakodo_desktop.ui.settings.safety_card import SafetyCard
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import Tone
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.frames import column, hline, row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, WrappedLabel
from nakodo_desktop.ui.widgets.marks import pill

_TONES: dict[Role, Tone] = {Role.HEAD: "rose", Role.MATCHMAKER: "info", Role.CLERK: "mute"}
_PROTECTS = "一人ひとり別のパスワードにして、だれが何を見たかを残し、辞めた方が開けないようにします。"
_REMOVAL = (
    "この方のパスワードでは開けなくなり、データの鍵もすべて新しくなります。過去の操作の記録は残ります。\n"
    "これまでに取った控え（バックアップ）や、持ち出された写しは、この方のパスワードで開けるままです。"
    "終わったあとに表示される一覧の控えを処分してください。"
)


class PeopleCard(SafetyCard):
    backup_wanted = Signal()  # after a removal: one that the person who left cannot open

    def __init__(self, theme: Theme, jobs: JobRunner, people: People, *, parent: QWidget | None = None) -> None:
        super().__init__(theme, "users", "担当者", _PROTECTS, parent=parent)
        self._jobs, self._people = jobs, people
        self._list = QWidget()
        self.rows.addWidget(self._list)
        self.add_deed("担当者を加える", "add_person", icon="user-plus").clicked.connect(self._add)
        self.reload()

    def reload(self) -> None:
        body = QWidget()
        rows = column(self._theme, body, gap=8)
        for number, person in enumerate(self._people.listed()):
            if number:
                rows.addWidget(hline())
            rows.addWidget(self._line(person))
        self.rows.replaceWidget(self._list, body)
        self._list.hide()  # it goes when the event loop next comes round; a dialog may open before
        self._list.deleteLater()
        self._list = body

    def _line(self, person: Person) -> QWidget:
        line = QWidget()
        across = row(self._theme, line, gap=8)
        names = column(self._theme, gap=3)
        names.addWidget(ElidedLabel(f"{person.staff.name}{'（あなた）' if person.is_me else ''}", "strong"))
        since = person.since.astimezone()
        state = "" if person.is_active else "　・　休止中（開けません）"
        names.addWidget(ElidedLabel(f"{since.year}年{since.month}月{since.day}日から{state}", "hint"))
        across.addLayout(names, 1)
        across.addWidget(pill(person.staff.role.label, _TONES[person.staff.role]))
        deeds = [("変更", "change", self._change)]
        if not person.is_me:
            deeds += [("新しいパスワード", "give", self._give)]
            deeds += [("休止", "pause", self._pause)] if person.is_active else []
            deeds += [("削除", "remove", self._ask_remove)]
        for text, name, act in deeds:
            made = button(self._theme, text)
            made.setObjectName(f"{name}_{person.staff.id}")
            made.setAccessibleName(f"{person.staff.name}：{text}")
            made.clicked.connect(lambda _checked=False, act=act, person=person: act(person))
            across.addWidget(made)
        return line

    def _add(self) -> None:
        dialog = AddPersonDialog(self._theme, self._jobs, self._people, parent=self)
        dialog.kept.connect(self.reload)
        dialog.open()

    def _change(self, person: Person) -> None:
        dialog = ChangePersonDialog(self._theme, self._people, person.staff, parent=self)
        dialog.kept.connect(self.reload)
        dialog.open()

    def _give(self, person: Person) -> None:
        dialog = GivePassphraseDialog(self._theme, self._jobs, self._people, person.staff, parent=self)
        dialog.kept.connect(self.reload)
        dialog.open()

    def _pause(self, person: Person) -> None:
        def pause() -> None:
            self._people.pause(person.staff.id)
            self.reload()

        alerts.confirm(
            self,
            self._theme,
            title=f"{person.staff.name} さんを休止にしますか",
            text="この方のパスワードでは開けなくなります。新しいパスワードを渡すと、また使えるようになります。",
            yes_verb="休止にする",
            on_yes=pause,
        )

    def _ask_remove(self, person: Person) -> None:
        alerts.confirm(
            self,
            self._theme,
            title=f"{person.staff.name} さんを削除しますか",
            text=_REMOVAL,
            yes_verb="削除して鍵を替える",
            on_yes=lambda: self._remove(person),
            destructive=True,
        )

    def _remove(self, person: Person) -> None:
        def removed(_keys: None) -> None:
            self.reload()
            self._tell_media(person)

        try:
            lent = self._people.remove(person.staff.id)
        except UserError as error:
            alerts.show_error(self, self._theme, error)
            return
        run_lent(self, self._theme, self._jobs, lent, title="鍵を替えています", on_done=removed)

    def _tell_media(self, person: Person) -> None:
        dialog = AppDialog(
            self._theme, f"{person.staff.name} さんを削除しました", icon="user-check", tone="ok", parent=self.window()
        )
        media = self._people.media()
        if media:
            dialog.add_text(
                f"次の{len(media)}個の控えは、{person.staff.name} さんのパスワードで開けるままです。処分してください。"
            )
            dialog.body.addWidget(WrappedLabel("\n".join(medium_words(medium) for medium in media[-12:]), "hint"))
        else:
            dialog.add_text("この方のパスワードで開ける控えは、記録にありません。")
        dialog.add_text("新しい鍵の控えを、いま取っておくことをお勧めします。")
        dialog.add_button("閉じる")
        dialog.add_button("控えを取る", self.backup_wanted.emit, kind="primary").setFocus()
        dialog.open()


def medium_words(medium: Medium) -> str:
    at = medium.made_at.astimezone()
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}　{medium.folder}"
