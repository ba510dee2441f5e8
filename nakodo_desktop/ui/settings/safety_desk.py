"""What reaches beyond the safety page: the status line, the home page, the log, the watch over the vault's file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.errors import UserError, VaultReplaced
from nakodo_desktop.services.safekeeping import Shelves
from nakodo_desktop.services.safety import Safety
from nakodo_desktop.settings import Settings
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.home_page import Notice
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.audit_page import AuditPage
from nakodo_desktop.ui.settings.backup_words import notices, status_words
from nakodo_desktop.ui.settings.safety_tab import SafetyTab
from nakodo_desktop.ui.settings.settings_page import SettingsPage
from nakodo_desktop.ui.settings.who_saw import WhoSawDialog
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.workspace import Workspace

_WATCH_MS = 10_000
_PAPER = "復旧コードで開いています。会員の記録は変えられません。"
_PAPER_ADVICE = "担当者の一覧で所長に「新しいパスワード」を渡し、ロックしてから、そのパスワードで開き直してください。"


def shelves_of(settings: Settings) -> Shelves:
    """What this PC's preferences say."""
    return Shelves(
        places=tuple(Path(folder) for folder in settings.backup_dirs),
        daily=max(settings.backup_daily, 1),
        weekly=max(settings.backup_weekly, 0),
        warn_after_days=max(settings.backup_warn_days, 1),
    )


class SafetyDesk(QObject):
    erasure_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        safety: Safety,
        workspace: Workspace,
        settings: Settings,
        *,
        today: date,
        prefer: Callable[[dict[str, object]], None],
    ) -> None:
        super().__init__(workspace)
        self._theme, self._jobs, self._safety, self._workspace = theme, jobs, safety, workspace
        self._settings, self._today, self._prefer = settings, today, prefer
        self.shelves = shelves_of(settings)
        self._tab: SafetyTab | None = None
        self._failures_seen = False
        self._told_replaced = False
        self._watch = QTimer(self, interval=_WATCH_MS)
        self._watch.timeout.connect(self.watch)
        self._watch.start()
        workspace.changed.connect(self.show_age)
        self.show_age()

    def tab(self) -> SafetyTab:
        made = SafetyTab(
            self._theme,
            self._jobs,
            self._safety,
            shelves=self.shelves,
            idle_minutes=self._settings.idle_minutes,
        )
        made.idle_minutes_wanted.connect(lambda minutes: self._prefer({"idle_minutes": minutes}))
        made.shelves_wanted.connect(self._keep_shelves)
        made.audit_wanted.connect(self.open_audit)
        made.erasure_wanted.connect(self.erasure_wanted)
        made.backed_up.connect(self.show_age)
        self._tab = made
        made.reopening_wanted.connect(lambda: self._workspace.lock_wanted.emit("restored"))
        return made

    def notices(self) -> tuple[Notice, ...]:
        """For the top of the home page."""
        told = notices(
            self._safety.keeping,
            self.shelves,
            to_safety=self.open_tab,
            failures_seen=self._failures_seen,
            on_failures_seen=self._see_failures,
        )
        if not self._safety.people.by_paper:
            return told
        return (Notice("info", _PAPER, _PAPER_ADVICE, "「安全」を開く", self.open_tab), *told)

    def open_tab(self) -> None:
        page = self._workspace.open("settings")
        if isinstance(page, SettingsPage) and self._tab is not None:
            page.show_tab(self._tab)

    def show_age(self) -> None:
        self._workspace.backup_label.setText(status_words(self._safety.keeping))

    def open_audit(self, member: str = "") -> AuditPage:
        page = AuditPage(
            self._theme, self._jobs, self._safety.log, self.shelves.places, today=self._today, member=member
        )
        page.closed.connect(self._workspace.close_over)
        self._workspace.open_over(page)
        return page

    def show_who_saw(self, member_id: int, number: str) -> None:
        def to_log() -> None:
            self.open_audit(number)

        seen = self._safety.log.who_saw(MemberId(member_id))
        WhoSawDialog(self._theme, seen, to_log=to_log, parent=self._workspace).open()

    def watch(self) -> None:
        """Every ten seconds: a file that was taken away stops the writing, and what is still open can be saved."""
        try:
            self._safety.keeping.watch()
        except VaultReplaced as error:
            if not self._told_replaced:
                self._told_replaced = True
                self._offer_rescue(error)

    def rescue_into(self, parent: Path) -> None:
        made = self._safety.keeping.rescue(parent / f"nakodo-rescue-{self._today:%Y%m%d}")
        dialog = AppDialog(
            self._theme, "救出用の控えを保存しました", icon="circle-check", tone="ok", parent=self._workspace
        )
        dialog.add_text(f"{made.folder}")
        dialog.add_text("いったん終了し、最初の画面の「バックアップから戻す」で、この控えを選んでください。")
        dialog.add_button("閉じる", kind="primary").setFocus()
        dialog.open()

    def _offer_rescue(self, error: UserError) -> None:
        if alerts.open_dialog(self._workspace) is not None:
            self._told_replaced = False  # again in ten seconds: there is never a second dialog
            return
        dialog = AppDialog(
            self._theme, "書き込みを止めています", icon="circle-alert", tone="bad", parent=self._workspace
        )
        dialog.add_text(error.message)
        dialog.add_text(error.advice)
        dialog.add_button("閉じる")
        dialog.add_button("救出用の控えを保存…", self._choose_rescue, kind="primary", icon="save").setFocus()
        dialog.open()

    def _choose_rescue(self) -> None:
        dialog = QFileDialog(self._workspace.window(), "救出用の控えを保存するフォルダー")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.rescue_into(Path(name)))
        dialog.open()

    def _keep_shelves(self, shelves: Shelves) -> None:
        self.shelves = shelves
        self._prefer(
            {
                "backup_dirs": tuple(str(place) for place in shelves.places),
                "backup_daily": shelves.daily,
                "backup_weekly": shelves.weekly,
                "backup_warn_days": shelves.warn_after_days,
            }
        )

    def _see_failures(self) -> None:
        self._failures_seen = True
        self._workspace.open("home")
