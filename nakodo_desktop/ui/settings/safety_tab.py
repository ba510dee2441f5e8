"""The safety page of the settings: a card for each promise, only those the person's role may use."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.services.safekeeping import Shelves
from nakodo_desktop.services.safety import Safety
from nakodo_desktop.settings import IDLE_MINUTES
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.backup_card import BackupCard
from nakodo_desktop.ui.settings.health_card import HealthCard
from nakodo_desktop.ui.settings.people_card import PeopleCard
from nakodo_desktop.ui.settings.people_dialogs import OwnPassphraseDialog
from nakodo_desktop.ui.settings.restore_card import RestoreCard
from nakodo_desktop.ui.settings.safety_card import SafetyCard
from nakodo_desktop.ui.settings.sheet_card import SheetCard
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.frames import FormScroll, column, narrow
from nakodo_desktop.ui.widgets.inputs import FieldBox, NumberEdit
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.toast import show_toast

_OWN = "自分のパスワードを人に知られたかもしれないとき、すぐに変えて、ほかの人が開けないようにします。"
_LOCK = "席を離れたときに、会員の情報を人に見られないように、入力を保存してから、開いているものをすべて閉じます。"
_AUDIT = (
    "だれが、いつ、どの会員の何を見たか、変えたかを残し、"
    "書き換えがあれば気づけるようにします（控えと照合した時点まで）。"
)
_ERASURE = (
    "要らなくなった記録が残って漏れることのないように、"
    "退会した方の記録を、所長が内容を確かめて承認したうえで、決めた期限で消去します。"
)


class SafetyTab(FormScroll):
    idle_minutes_wanted = Signal(int)
    shelves_wanted = Signal(object)  # Shelves
    audit_wanted = Signal()
    erasure_wanted = Signal()
    backed_up = Signal()
    reopening_wanted = Signal()  # after a restore

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        services: Safety,
        *,
        shelves: Shelves,
        idle_minutes: int,
        parent: QWidget | None = None,
    ) -> None:
        body = QWidget()
        super().__init__(body, parent)
        self._theme, self._jobs, self._services, self._shelves = theme, jobs, services, shelves
        rows = column(theme, body, gap=14)
        rows.setContentsMargins(0, theme.px(12), theme.px(6), theme.px(12))
        self.backup = BackupCard(theme, jobs, services.keeping, shelves)
        self.backup.shelves_changed.connect(self._keep_shelves)
        self.backup.backed_up.connect(self.backed_up)
        rows.addLayout(narrow(theme, self.backup))
        self.people: PeopleCard | None = None
        if services.people.may_manage:
            self.people = PeopleCard(theme, jobs, services.people)
            self.people.backup_wanted.connect(self.backup.back_up)
            rows.addLayout(narrow(theme, self.people))
        rows.addLayout(narrow(theme, self._own_card()))
        rows.addLayout(narrow(theme, self._lock_card(idle_minutes)))
        if services.keeping.may_choose_places:
            rows.addLayout(narrow(theme, SheetCard(theme, jobs, services.sheets)))
        if services.log.may_read:
            rows.addLayout(narrow(theme, self._audit_card()))
        if services.erasing.may_erase:
            rows.addLayout(narrow(theme, self._erasure_card()))
        current: Callable[[], Shelves] = lambda: self._shelves  # noqa: E731  # two cards ask it
        self.health = HealthCard(theme, jobs, services.keeping, current, may_mend=services.restoring.may_restore)
        if services.restoring.may_restore:
            restore = RestoreCard(theme, jobs, services.restoring, current)
            restore.restored.connect(self.reopening_wanted)
            self.health.restore_wanted.connect(restore.open_restore)
            rows.addLayout(narrow(theme, restore))
        rows.addLayout(narrow(theme, self.health))
        rows.addStretch()

    def reload(self) -> None:
        self.backup.reload()

    def _keep_shelves(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self.shelves_wanted.emit(shelves)

    def _own_card(self) -> SafetyCard:
        card = SafetyCard(self._theme, "user", "自分のパスワード", _OWN)
        if self._services.people.by_paper:
            card.rows.addWidget(
                PlainLabel("復旧コードで開いています。担当者の一覧から新しいパスワードを渡してください。")
            )
        else:
            change = card.add_deed("自分のパスワードを変える", "change_own", icon="key-round")
            change.clicked.connect(self._change_own)
        return card

    def _change_own(self) -> None:
        dialog = OwnPassphraseDialog(self._theme, self._jobs, self._services.people, parent=self)
        words = "パスワードを変えました。次からは新しいパスワードで開いてください。"
        dialog.kept.connect(lambda: show_toast(self.window(), self._theme, words))
        dialog.open()

    def _lock_card(self, idle_minutes: int) -> SafetyCard:
        low, high = IDLE_MINUTES
        card = SafetyCard(self._theme, "lock", "自動ロック", _LOCK)
        self.minutes = NumberEdit(self._theme, unit="分", minimum=low, maximum=high)
        self.minutes.setObjectName("idle_minutes")
        self.minutes.set_value(idle_minutes)
        self.minutes.committed.connect(self._set_minutes)
        hint = f"{low}〜{high}分。Ctrl+L で、いつでもロックできます。"
        card.rows.addWidget(FieldBox(self._theme, "触らない時間がこれだけ続いたらロック", self.minutes, hint=hint))
        return card

    def _set_minutes(self, value: object) -> None:
        low, high = IDLE_MINUTES
        if isinstance(value, int) and low <= value <= high:
            self.idle_minutes_wanted.emit(value)

    def _erasure_card(self) -> SafetyCard:
        card = SafetyCard(self._theme, "trash-2", "消去と保存期限", _ERASURE)
        card.add_deed("期限を見る", "open_erasure", icon="file-clock").clicked.connect(self.erasure_wanted)
        return card

    def _audit_card(self) -> SafetyCard:
        card = SafetyCard(self._theme, "list-checks", "操作の記録", _AUDIT)
        card.add_deed("操作の記録を見る", "open_audit", icon="list-checks").clicked.connect(self.audit_wanted)
        return card
