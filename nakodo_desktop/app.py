"""The composition root: one application, one window, one open vault at a time. Everything is put together here."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from nakodo_desktop import paths, settings
from nakodo_desktop.errors import UserError, VaultDamaged
from nakodo_desktop.process_guard import forbid_dumps
from nakodo_desktop.services.unlocking import Opened, holds_a_vault, load_ahead
from nakodo_desktop.ui.brand import app_icon
from nakodo_desktop.ui.ending import Ending
from nakodo_desktop.ui.garbage import collect_only_at_rest
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.shell import Shell
from nakodo_desktop.ui.theme import Theme, install, styled_application
from nakodo_desktop.ui.tokens import TextSize
from nakodo_desktop.ui.unlock import UnlockScreen

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from nakodo_desktop.assembly import Office
    from nakodo_desktop.session import Session
    from nakodo_desktop.ui.farewell import Farewell
    from nakodo_desktop.ui.session_watch import SessionWatch
    from nakodo_desktop.ui.set_up import FirstSettings, SetUpScreen
    from nakodo_desktop.vault.slots import Slot

log = logging.getLogger(__name__)

NO_DISPLAY = "画面が見つかりません。パソコンの画面から起動してください（DISPLAY が設定されていません）。"


def display_is_missing() -> bool:
    """Qt would end the process with a core dump; say it in words instead."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(os.environ.get(name) for name in names)


def make_application(arguments: list[str]) -> QApplication:
    """The application object, before any widget."""
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"  # the wheels ship only that plug-in; fcitx speaks its protocol
    app = styled_application(arguments)
    app.setApplicationName("nakodo_desktop")
    app.setApplicationDisplayName("なこうどデスク")
    return app


class Application(QObject):
    """Moves between the screens: unlock or set-up, workspace, lock.

    Everything behind the unlock screen is imported when it is opened: the window must stand before reportlab loads,
    and an alert before anything went wrong would only delay it.
    """

    def __init__(self, app: QApplication, *, restart: Callable[[Path], None], config: Path | None = None) -> None:
        """`restart` replaces this process by a new one at the unlock screen of a folder: no key stays in memory."""
        super().__init__(app)
        self._app, self._config, self._restart = app, config, restart
        self.settings = settings.load(config)
        self.theme: Theme = install(app, dark=self.settings.dark, text_size=TextSize(self.settings.text_size))
        app.setWindowIcon(app_icon())
        self.jobs = JobRunner(self)
        self.shell = Shell(self.jobs, on_lock=self._on_lock, may_close=self._may_close)
        self.shell.closing.connect(self._on_closing)
        self.shell.restore_geometry_from(self.settings.window_geometry)
        self.office: Office | None = None
        self._session: Session | None = None
        self._throw_away: TemporaryDirectory[str] | None = None
        self._farewell: Farewell | None = None
        self._session_watch: SessionWatch | None = None
        sys.excepthook = self._on_uncaught

    def start(self, folder: Path | None = None) -> None:
        """Show the first screen: unlock when there is a vault, set-up when there is none."""
        at = folder or (Path(self.settings.vault_dir) if self.settings.vault_dir else paths.default_vault_dir())
        if holds_a_vault(at):
            self.show_unlock(at)
        else:
            self.show_set_up(at)

    def show_unlock(self, folder: Path, *, office_name: str = "") -> UnlockScreen:
        """`office_name`: of an office the settings do not remember."""
        known = self.settings.vault_dir == str(folder)
        screen = UnlockScreen(
            self.theme,
            self.jobs,
            folder,
            office_name=office_name or (self.settings.office_name if known else folder.name),
            last_used_at=self.settings.last_used_at if known else "",
            prefer_slot=self.settings.last_slot if known else "",
        )
        # The first letter is early enough: nobody types a passphrase faster than Python imports.
        screen.password.changed.connect(self._load_ahead, Qt.ConnectionType.SingleShotConnection)
        screen.opened.connect(self.enter)
        screen.other_folder_wanted.connect(self._choose_folder)
        screen.recovery_wanted.connect(lambda: self._explain_forgotten(screen))
        screen.help_wanted.connect(self._explain)
        screen.demo_wanted.connect(self.open_demo)
        screen.restore_wanted.connect(lambda: self._open_restore(folder))
        self.shell.show_screen(screen)
        return screen

    def show_set_up(self, folder: Path) -> SetUpScreen:
        from nakodo_desktop.ui.set_up import SetUpScreen
        from nakodo_desktop.ui.set_up_rules import rules_for

        screen = SetUpScreen(self.theme, self.jobs, folder, rules_for(folder))
        screen.created.connect(self.enter)
        screen.restore_wanted.connect(lambda: self._open_restore(folder))
        screen.help_wanted.connect(self._explain)
        screen.demo_wanted.connect(self.open_demo)
        screen.other_folder_wanted.connect(self._choose_folder)
        self.shell.show_screen(screen)
        return screen

    def enter(self, opened: Opened, first: FirstSettings | None = None) -> None:
        """The keys fit: open the vault and show the workspace; what stands in the way is told on this screen."""
        from nakodo_desktop.services.unlocking import finish_set_up
        from nakodo_desktop.session import open_session

        try:
            session = open_session(opened)
        except VaultDamaged as error:
            self._offer_way_out(error, opened)
            return
        except UserError as error:
            self._tell(error)
            return
        if self._throw_away is not None and not opened.folder.is_relative_to(self._throw_away.name):
            self._end_demo()
        self._session = session
        if first is not None:
            finish_set_up(session.vault, first.office)
        if self._throw_away is None:
            self.remember(
                vault_dir=str(opened.folder),
                office_name=session.offices.load().name,
                last_slot=opened.keys.slot_id,
                last_used_at=datetime.now(UTC).isoformat(timespec="seconds"),
            )
        if first is not None and first.backup_places:
            self._keep_first_places(session, first.backup_places)
        self._show_workspace(session)
        self._watch_session()
        renewal = session.safety.people.renewal(opened.passphrase)
        if renewal is not None:
            self.jobs.run(self, renewal, on_done=self._renew, on_failed=self._tell)

    def _keep_first_places(self, session: Session, places: tuple[Path, ...]) -> None:
        try:
            session.safety.keeping.choose_places(places)
        except UserError as error:  # the stick was taken out meanwhile: the office is made all the same
            self._tell(error)
        else:
            self.remember(backup_dirs=tuple(str(place) for place in places))

    def _watch_session(self) -> None:
        """Lock with the computer. Not before the first unlock: there is nothing to lock, and a bus to load."""
        if self._session_watch is None:
            from nakodo_desktop.ui.session_watch import SessionWatch

            self._session_watch = SessionWatch(self._app, self.shell)
            self._session_watch.told.connect(self.shell.lock)

    def _renew(self, slot: Slot) -> None:
        """The same passphrase under the present office key; at the next unlock if the vault is busy by now."""
        if self._session is not None and self._session.vault.is_open:
            self._session.safety.people.renew(slot)
            self.remember(last_slot=slot.id)

    def open_demo(self) -> None:
        """A throw-away office in a temporary folder, marked お試し and removed at the end."""
        from tempfile import TemporaryDirectory

        from nakodo_desktop.demo.office import build_demo_office
        from nakodo_desktop.ui.waiting import WaitingScreen

        self._end_demo()  # locked before, and begun anew
        self._throw_away = TemporaryDirectory(prefix="nakodo-demo-")
        folder = Path(self._throw_away.name) / "vault"
        self.shell.show_screen(WaitingScreen(self.theme, "お試しの事務所を用意しています…"))
        self.jobs.run(self, lambda: build_demo_office(folder), on_done=self.enter, on_failed=self._on_demo_failed)

    def remember(self, **changes: object) -> None:
        """Keep a preference; a disk that cannot be written only loses the preference."""
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]  # names are Settings' own
        try:
            settings.save(self.settings, self._config)
        except OSError as error:
            raise UserError(
                "この画面の設定を保存できませんでした。会員の記録は無事です。", "ディスクの空き容量をご確認ください。"
            ) from error

    def _show_workspace(self, session: Session, *, place: str = "home") -> None:
        from nakodo_desktop.assembly import Office

        self.office = Office(
            self.theme,
            self.jobs,
            session,
            self.settings,
            prefer=self._prefer,
            remember_export_dir=lambda folder: self.remember(export_dir=folder),
        )
        self.shell.show_workspace(self.office.workspace, self._app)
        self.office.workspace.open(place)

    def _prefer(self, changes: dict[str, object]) -> None:
        """A new look builds the pages anew; a new lock time only sets the clock, a width is there already."""
        self.remember(**changes)
        if self.office is None or self._session is None or "member_columns" in changes:
            return
        if "idle_minutes" in changes:
            self.office.workspace.set_idle_minutes(self.settings.idle_minutes)
        if not changes.keys() & {"dark", "text_size"}:
            return
        self.theme = install(self._app, dark=self.settings.dark, text_size=TextSize(self.settings.text_size))
        self._show_workspace(self._session, place="settings")
        self.office.show_look_settings()

    def _load_ahead(self) -> None:
        self.jobs.run(self, load_ahead, on_done=lambda _: None, on_failed=self._tell)

    def _choose_folder(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self.shell, "データのフォルダーを選ぶ")
        if chosen:
            self.start(Path(chosen))

    def _open_restore(self, folder: Path) -> None:
        from nakodo_desktop.ui.settings.restore_over import open_restore_over

        places = tuple(Path(place) for place in self.settings.backup_dirs)
        open_restore_over(self.shell, self.theme, self.jobs, folder, places=places, on_restored=self.enter)

    def _offer_way_out(self, error: VaultDamaged, opened: Opened) -> None:
        from nakodo_desktop.ui.settings.restore_over import offer_way_out

        def restore() -> None:
            self._open_restore(opened.folder)

        offer_way_out(self.shell, self.theme, self.jobs, error, opened=opened, on_restore=restore)

    def _explain_forgotten(self, screen: UnlockScreen) -> None:
        from nakodo_desktop.ui.forgotten import explain_forgotten

        explain_forgotten(screen, self.theme, type_code=screen.type_code)

    def _explain(self, place: str) -> None:
        from nakodo_desktop.ui.help_dialog import explain

        explain(self.shell, self.theme, guide=paths.GUIDE, about=place)

    def _on_demo_failed(self, error: Exception) -> None:
        self._throw_away = None
        self.start()
        self._tell(error)

    def _on_lock(self, reason: str) -> None:
        session, self._session, self.office = self._session, None, None
        if session is None:
            return
        if self._throw_away is not None:
            _let_go(session, reason)
            self._show_demo_lock(session.vault.folder)
            return
        try:
            if self.jobs.is_at_work:  # it may hold the vault still, and ends with this process as in a power cut
                log.error("locked while a job was at work: no last line in the log")
            else:
                _let_go(session, reason)
        finally:  # whatever happened: nobody may stay in front of an open vault
            self._restart(session.vault.folder)

    def _show_demo_lock(self, folder: Path) -> None:
        """The trial goes on where it was left. Its people are made up, so this process may keep them in its memory."""
        from nakodo_desktop.demo.office import OFFICE, PASSPHRASE

        screen = self.show_unlock(folder, office_name=OFFICE.name)
        screen.password.fill(PASSPHRASE)
        screen.password.set_notice("お試しでは、パスワードが入力してあります。「開く」を押すと続けられます。")

    def _may_close(self) -> bool:
        """Not before today's backup is made, or the operator goes without one. The system's own end does not wait."""
        session, is_demo = self._session, self._throw_away is not None
        is_hurried = self.shell.is_ending or self._app.isSavingSession()
        if session is None or is_demo or not self.settings.backup_dirs or is_hurried:
            return True
        if self._farewell is None:
            from nakodo_desktop.ui.farewell import Farewell
            from nakodo_desktop.ui.settings.safety_desk import shelves_of

            shelves = shelves_of(self.settings)
            self._farewell = Farewell(self.shell, self.theme, self.jobs, session.safety.keeping, shelves)
        return self._farewell.is_over()

    def _on_closing(self) -> None:
        session, self._session, self.office = self._session, None, None
        if session is not None:
            _let_go(session, "close")
        self._end_demo()
        with suppress(UserError):  # there is nobody left to tell, and the next start does without
            self.remember(window_geometry=self.shell.geometry_to_keep())

    def _end_demo(self) -> None:
        if self._throw_away is not None:
            self._throw_away.cleanup()
            self._throw_away = None

    def _tell(self, error: BaseException) -> None:
        from nakodo_desktop.ui import alerts

        alerts.show_error(self.shell, self.theme, error)

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Slots, timers and events arrive here: a UserError in its words, a bug by its code."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if not isinstance(error, UserError):
            log.error("uncaught %s", kind.__name__, exc_info=(kind, error, trace))
        self._tell(error)


def _let_go(session: Session, reason: str) -> None:
    """Close the vault even where the disk takes no last line of the log: all that was saved before is in it."""
    try:
        session.close(reason=reason)
    except UserError as error:
        log.error("the vault was let go without its last line: %s", type(error).__name__)


def restart_at(folder: Path) -> None:
    """Become a new process: nothing of the old one's memory stays. Only the vault's path is handed over."""
    arguments = [*_own_command(), "--vault", str(folder)]
    if sys.platform == "win32":  # exec there starts a second process and leaves the console confused
        import subprocess

        subprocess.Popen(arguments, close_fds=True)
        QApplication.exit(0)
        return
    os.execv(arguments[0], arguments)


def _own_command() -> list[str]:
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "nakodo_desktop"]


def run(folder: Path | None, *, demo: bool) -> int:
    """Open the window and stay until it closes. → exit code"""
    from nakodo_desktop.log import start_logging

    forbid_dumps()
    start_logging(paths.log_dir())
    app = make_application(sys.argv[:1])
    application = Application(app, restart=restart_at)
    Ending(app, application.shell).heed_signals()
    application.start(folder)
    if demo:
        application.open_demo()
    application.shell.show()
    collect_only_at_rest()
    return app.exec()
