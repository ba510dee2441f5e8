"""The screens the tour does not pass: set-up, empty pages, settings, dialogs, menus and pop-ups, a picture of each.

The scenes follow each other in one throw-away office; a later one may stand on what an earlier one left there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QTabBar, QTabWidget, QWidget

from nakodo_desktop.assembly import Office
from nakodo_desktop.demo.camera import Camera
from nakodo_desktop.demo.office import HEAD, OFFICE, PASSPHRASE, build_demo_office
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import NotWritable
from nakodo_desktop.services.clock import Clock
from nakodo_desktop.services.declarations import draw
from nakodo_desktop.services.people import People
from nakodo_desktop.services.secret_words import new_office_key, new_recovery_code
from nakodo_desktop.services.unlocking import Opened, create_job, finish_set_up
from nakodo_desktop.session import Session, open_session
from nakodo_desktop.settings import Settings
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.declarations.documents_page import DocumentsPage
from nakodo_desktop.ui.declarations.panel import PARTS
from nakodo_desktop.ui.exports.approval_dialog import ApprovalDialog
from nakodo_desktop.ui.exports.export_page import ExportPage
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.members.list_page import MembersPage
from nakodo_desktop.ui.printing.print_dialog import PrintDialog
from nakodo_desktop.ui.settings.audit_page import AuditPage
from nakodo_desktop.ui.settings.health_card import HealthCard
from nakodo_desktop.ui.settings.restore_dialog import RestoreDialog
from nakodo_desktop.ui.settings.safety_tab import SafetyTab
from nakodo_desktop.ui.settings.settings_page import SettingsPage
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.frames import FormScroll
from nakodo_desktop.ui.widgets.inputs import ComboInput
from nakodo_desktop.ui.widgets.toast import Toast
from nakodo_desktop.vault import findings
from tools.album_start import WORDS, before_the_unlock, take_and_close

# A window each, in the order of the scenes.
WINDOWS = (
    *("unlock_office_key", "closing", "set_up_1_office", "set_up_2_head", "set_up_3_sheet", "set_up_4_backup"),
    *("members_no_hit", "members_toast", "record_consents", "record_declaration", "record_history"),
    *("record_correction", "documents_signing", "export_history"),
    *("settings_look", "settings_delivery", "settings_cities", "settings_safety_backup", "settings_safety_people"),
    *("settings_safety_lock", "settings_safety_sheet", "settings_safety_health"),
    *("audit", "erasure", "lock_countdown"),
    *("home_empty", "members_empty", "interviews_empty", "documents_empty", "export_empty"),
)
# What lies over a window: only that much of the picture is kept.
CLOSE_UPS = (
    *("unlock_forgotten", "restore_nothing_found", "data_broken"),
    *("members_menu", "members_question", "calendar", "choices", "who_saw"),
    *("documents_menu", "suspicion", "sheet_history", "print", "no_printer", "sheet_preview"),
    *("add_person", "person_remove", "own_passphrase", "office_key_off"),
    *("rehearse_1", "rehearse_2", "restore_1", "restore_2", "audit_verify"),
    *("approval", "help_over", "error", "error_unexpected"),
)
_SOMEBODY = MemberId(3)


def photograph_album(theme: Theme, camera: Camera, folder: Path, *, now: Clock) -> None:
    """Everything is written below `folder`, whose name some of the pictures show."""
    before_the_unlock(theme, camera, folder)
    opened = build_demo_office(folder / "データ", now=now())
    with _office(theme, camera, opened, folder, now=now) as desk:
        members(desk)
        papers(desk)
        settings(desk)
        safety(desk)
        health_and_log(desk)
        exports(desk, folder / "bundle")
        everywhere(desk)
    with _office(theme, camera, _new_office(folder / "新しい事務所", now), folder, now=now) as desk:
        nobody_yet(desk)


@dataclass(frozen=True)
class Desk:
    """An open office before the camera."""

    theme: Theme
    camera: Camera
    jobs: JobRunner
    session: Session
    office: Office

    @property
    def window(self) -> QWidget:
        return self.office.workspace

    def take(self, name: str) -> None:
        self.camera.settle(lambda: self.jobs.is_idle)
        self.camera.take(name)

    def take_and_close(self, name: str) -> None:
        self.camera.settle(lambda: self.jobs.is_idle)
        take_and_close(self.camera, name)

    def press(self, name: str) -> None:
        """The button of that object name that can be seen, in the window or in the dialog over it."""
        found = [one for one in self.window.findChildren(QPushButton, name) if one.isVisible()]
        found[0].click()
        self.camera.settle(lambda: self.jobs.is_idle)

    def choose(self, words: str) -> None:
        """An entry of the open menu."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        next(action for action in menu.actions() if action.text() == words).trigger()
        menu.close()


def members(desk: Desk) -> None:
    page = desk.office.workspace.open("members")
    assert isinstance(page, MembersPage)
    at = page.table.mapToGlobal(QPoint(desk.theme.px(260), desk.theme.px(90)))
    page.table.menu_wanted.emit(_SOMEBODY, at)
    desk.take_and_close("members_menu")
    page.table.menu_wanted.emit(_SOMEBODY, at)
    desk.choose("「退会」にする")
    desk.take_and_close("members_question")
    page.table.menu_wanted.emit(_SOMEBODY, at)
    desk.choose("「休会」にする")
    desk.take("members_toast")
    close_toasts(desk)
    page.table.menu_wanted.emit(_SOMEBODY, at)
    desk.choose("「お見合い」にする")
    close_toasts(desk)
    page.search.set_value("該当なし")
    page.search.searched.emit("該当なし")
    desk.take("members_no_hit")
    page.show_everybody()
    record = desk.office.open_record(_SOMEBODY)
    for number, name in ((1, "consents"), (2, "declaration"), (3, "history")):
        record.tabs.setCurrentIndex(number)
        desk.take(f"record_{name}")
    record.tabs.setCurrentIndex(0)
    record.sections.card("basics").edit.click()
    desk.take("record_correction")
    desk.office.workspace.drop_over()
    record = desk.office.open_record(_SOMEBODY)
    record.sections.card("career").edit.click()
    desk.camera.settle(lambda: True)
    next(one for one in record.findChildren(ComboInput) if one.isVisible()).combo.showPopup()
    desk.take_and_close("choices")
    desk.office.workspace.drop_over()
    desk.office.safety.show_who_saw(_SOMEBODY, "F-0003")  # the button is in the menu when the window is narrow
    desk.take_and_close("who_saw")
    desk.office.workspace.drop_over()


def close_toasts(desk: Desk) -> None:
    for toast in desk.window.window().findChildren(Toast):
        toast.close()


def papers(desk: Desk) -> None:
    declarations = desk.session.declarations
    due = next(entry.row for entry in declarations.due() if entry.row.declaration_state is None)
    sheet = declarations.prepare(due.id)
    kept = declarations.keep(sheet, draw(sheet))
    declarations.record_output(kept.id, "printer")
    page = desk.office.workspace.open("documents")
    assert isinstance(page, DocumentsPage)
    page.show_member(due.id)
    desk.press("declaration_sign")
    desk.take("documents_signing")
    page.panel.signing.cancelled.emit()
    page.panel.more_button.click()
    desk.take_and_close("documents_menu")
    page.panel.more_button.click()
    desk.choose("虚偽の疑いを記録する…")
    desk.take_and_close("suspicion")
    desk.press("declaration_history")
    desk.take_and_close("sheet_history")
    dialog = PrintDialog(
        desk.theme,
        what="独身誓約書",
        printers=("受付のプリンター", "奥のプリンター"),
        parts=PARTS,
        on_print=lambda _order: None,
        parent=desk.window.window(),
    )
    dialog.open()
    desk.take_and_close("print")
    desk.press("print_all")
    desk.take_and_close("no_printer")
    desk.office.workspace.open("interviews")
    desk.press("blank_sheet")
    desk.take_and_close("sheet_preview")


def settings(desk: Desk) -> None:
    page = desk.office.workspace.open("settings")
    assert isinstance(page, SettingsPage)
    for title, name in (("見た目", "look"), ("協会への渡し方", "delivery"), ("市の区分", "cities")):
        _show_tab(page.tabs, title)
        desk.take(f"settings_{name}")


def safety(desk: Desk) -> None:
    desk.office.safety.open_tab()
    tab = _safety_tab(desk)
    desk.press("backup_now")
    _show_top(desk, tab, "backup_now")
    desk.take("settings_safety_backup")
    desk.press("add_person")
    desk.take_and_close("add_person")
    people = desk.session.safety.people
    _add(people, "見本 仲子", Role.MATCHMAKER)
    clerk = _add(people, "架空 事男", Role.CLERK)
    assert tab.people is not None
    tab.people.reload()
    _show_top(desk, tab, "add_person")
    desk.take("settings_safety_people")
    desk.press(f"remove_{clerk}")
    desk.take_and_close("person_remove")
    _show_top(desk, tab, "change_own")
    desk.take("settings_safety_lock")
    desk.press("change_own")
    desk.take_and_close("own_passphrase")
    desk.press("new_sheet")
    _show_top(desk, tab, "sheet_in_force")
    desk.take("settings_safety_sheet")
    for name in ("rehearse", "restore"):
        desk.press(name)
        desk.take(f"{name}_1")
        dialog = alerts.open_dialog(desk.window)
        assert isinstance(dialog, RestoreDialog)
        dialog.secret.set_value(PASSPHRASE)
        dialog.deed.click()
        desk.take_and_close(f"{name}_2")


def health_and_log(desk: Desk) -> None:
    tab = _safety_tab(desk)
    health = tab.findChild(HealthCard)
    assert health is not None
    health.show_findings(
        (
            findings.audit_broken(seq=812),
            findings.clock_ahead(days=41),
            findings.header_copy_broken("header.b"),
        )
    )
    _show_top(desk, tab, "examine")
    desk.take("settings_safety_health")
    page = desk.office.safety.open_audit()
    assert isinstance(page, AuditPage)
    desk.press("audit_verify")
    desk.take_and_close("audit_verify")
    page.verify()
    desk.take("audit")
    page.since.open_calendar()
    desk.take_and_close("calendar")
    desk.office.workspace.drop_over()
    desk.office.erasure.open_page()
    desk.take("erasure")
    desk.office.workspace.drop_over()


def exports(desk: Desk, folder: Path) -> None:
    page = desk.office.workspace.open("export")
    assert isinstance(page, ExportPage)
    desk.camera.settle(lambda: not page.is_busy)
    desk.press("export_review")
    desk.camera.settle(lambda: page.review.plan is not None)
    assert page.review.plan is not None
    approvals = desk.session.exports.approvals
    ApprovalDialog(desk.theme, desk.jobs, approvals, page.review.plan, parent=desk.window.window()).open()
    desk.take_and_close("approval")
    page.review.choose_folder(folder)
    desk.camera.settle(lambda: page.review.is_reported)
    if page.review.understood.isVisibleTo(page):
        page.review.understood.box.click()
    desk.press("export_approve")
    desk.camera.settle(lambda: page.screens.currentWidget() is page.result)
    page.result.back_wanted.emit()
    desk.camera.settle(lambda: not page.is_busy)
    desk.press("export_history")
    desk.take("export_history")


def everywhere(desk: Desk) -> None:
    workspace = desk.office.workspace
    workspace.open("home")
    desk.office.explain("members")
    desk.take_and_close("help_over")
    error = NotWritable("この場所には書き込めません。記録は変わっていません。", "別のフォルダーを選んでください。")
    alerts.show_error(workspace, desk.theme, error)
    desk.take_and_close("error")
    alerts.show_error(workspace, desk.theme, KeyError(), save_log=lambda: None)
    desk.take_and_close("error_unexpected")
    workspace.set_idle_minutes(1)  # the last minute begins at once
    desk.camera.take("lock_countdown")
    workspace.set_idle_minutes(30)


def nobody_yet(desk: Desk) -> None:
    for place in ("home", "members", "interviews", "documents", "export"):
        desk.office.workspace.open(place)
        desk.take(f"{place}_empty")
    desk.office.safety.open_tab()
    desk.press("office_key_off")
    desk.take_and_close("office_key_off")


def _show_tab(tabs: QTabWidget, title: str) -> None:
    bar = tabs.findChild(QTabBar)
    assert bar is not None
    tabs.setCurrentIndex([bar.tabText(number) for number in range(bar.count())].index(title))


def _safety_tab(desk: Desk) -> SafetyTab:
    tab = desk.window.findChild(SafetyTab)
    assert tab is not None
    return tab


def _show_top(desk: Desk, scroll: FormScroll, name: str) -> None:
    """Scroll to the card this button stands in."""
    desk.camera.settle(lambda: True)
    made = scroll.findChild(QPushButton, name)
    assert made is not None
    card: QWidget = made
    while card.parentWidget() is not scroll.widget():
        card = card.parentWidget()
    scroll.verticalScrollBar().setValue(card.y() - desk.theme.px(10))


def _add(people: People, name: str, role: Role) -> str:
    person = people.new_person(name, role)
    assert not isinstance(person, tuple)
    people.add(person, people.make_way_in(person, f"{WORDS} {role.value}")())
    return person.id


def _new_office(folder: Path, now: Clock) -> Opened:
    codes = {"recovery_code": new_recovery_code(), "office_key": new_office_key()}
    opened = create_job(folder, passphrase=PASSPHRASE, head_name=HEAD, now=now, **codes)()
    session = open_session(opened, now=now)
    finish_set_up(session.vault, OFFICE)
    session.close()
    return opened


@contextmanager
def _office(theme: Theme, camera: Camera, opened: Opened, folder: Path, *, now: Clock) -> Iterator[Desk]:
    session, jobs = open_session(opened, now=now), JobRunner()
    place = folder / "USBメモリー"
    place.mkdir(exist_ok=True)
    office = Office(
        theme,
        jobs,
        session,
        Settings(backup_dirs=(str(place),)),
        prefer=lambda _changes: None,
        remember_export_dir=lambda _folder: None,
    )
    camera.stand_before(office.workspace)
    try:
        yield Desk(theme, camera, jobs, session, office)
    finally:
        jobs.wait()
        camera.leave()
        session.close()
