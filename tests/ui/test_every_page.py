"""What must hold on every page of the program: spoken names, a size that fits, and names that are only text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.interview import STEPS
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.ui.alerts import open_dialog
from nakodo_desktop.ui.help_text import HelpText
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.members.list_page import MembersPage
from nakodo_desktop.ui.set_up import SetUpScreen
from nakodo_desktop.ui.set_up_rules import rules_for
from nakodo_desktop.ui.settings.settings_page import SettingsPage
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.unlock import UnlockScreen
from nakodo_desktop.ui.waiting import WaitingScreen
from nakodo_desktop.ui.workspace import PLACES
from tests import erasurekit, factory
from tests.officekit import Building
from tests.ui.assemblykit import Room, assembled
from tests.ui.screenkit import cut_texts, nameless

# A laptop of 1366×768 at 125 %, less the bars of the system and of the window.
ROOM_PX = (1080, 560)
LARGE_PX = (1900, 1000)  # every card is as wide as it gets
FAMILY, GIVEN = "<b>見本</b>", "<img src=x>"
KEYS = [place.key for place in PLACES]
SETTINGS = ("事務所", "見た目", "協会への渡し方", "市の区分", "安全")

Walk = Callable[[Room], QWidget]


def page(key: str) -> Walk:
    return lambda room: room.workspace.open(key)


def record(room: Room) -> QWidget:
    return room.office.open_record(1)


def record_in_correction(room: Room) -> QWidget:
    opened = room.office.open_record(1)
    opened.sections.card("basics").edit.click()
    return opened


def record_tab(tab: int) -> Walk:
    def walk(room: Room) -> QWidget:
        opened = room.office.open_record(1)
        opened.tabs.setCurrentIndex(tab)
        return opened

    return walk


def signing(room: Room) -> QWidget:
    room.office.open_declaration(1)
    documents = room.workspace.open("documents")
    documents.panel._open_signing()  # type: ignore[attr-defined]
    return documents


def signing_brought_back(room: Room) -> QWidget:
    """With the strip above it that says so."""
    documents = signing(room)
    documents.panel.signing.fields["place"].fill("とちゅう")  # type: ignore[attr-defined]
    documents.panel._close_signing()  # type: ignore[attr-defined]
    return signing(room)


def record_taken_up(room: Room) -> QWidget:
    """With a correction that was half typed."""
    opened = record_in_correction(room)
    opened.sections.open_card.form.inputs["email"].fill("mihon")  # type: ignore[attr-defined]
    room.workspace.open("home")
    return record(room)


def erasure(room: Room) -> QWidget:
    """With one person due, one on hold and a backup from before."""
    desk = factory.desk(room.session.vault, room.session.clock)
    for member_id in (MemberId(1), factory.member(desk, family_name=FAMILY, given_name=GIVEN)):
        erasurekit.leave(desk, member_id)
    erasing = room.session.safety.erasing
    assert erasing.hold(MemberId(1), f"{FAMILY}と{GIVEN}") == ()
    return room.office.erasure.open_page()


def interview(room: Room) -> QWidget:
    return room.office.start_interview()


def interview_step(step: str) -> Walk:
    def walk(room: Room) -> QWidget:
        page = room.office.start_interview()
        page.go_to(step)
        return page

    return walk


def settings_tab(title: str) -> Walk:
    def walk(room: Room) -> QWidget:
        opened = room.workspace.open("settings")
        assert isinstance(opened, SettingsPage)
        opened.tabs.setCurrentIndex(settings_titles(opened).index(title))
        return opened

    return walk


def settings_titles(opened: SettingsPage) -> list[str]:
    return [opened.tabs.tabText(number) for number in range(opened.tabs.count())]


def new_sheet(room: Room) -> QWidget:
    opened = settings_tab("安全")(room)
    button = opened.findChild(QAbstractButton, "new_sheet")
    assert button is not None
    button.click()
    return opened


def audit(room: Room) -> QWidget:
    return room.office.safety.open_audit()


def nobody_found(room: Room) -> QWidget:
    opened = room.workspace.open("members")
    assert isinstance(opened, MembersPage)
    opened.search.searched.emit("該当なし")
    return opened


WALKS: dict[str, Walk] = {
    **{key: page(key) for key in KEYS},
    "record": record,
    "record in correction": record_in_correction,
    "record: consents": record_tab(1),
    "record: declaration": record_tab(2),
    "record: history": record_tab(3),
    "signing": signing,
    "signing_brought_back": signing_brought_back,
    "record_taken_up": record_taken_up,
    "erasure": erasure,
    "interview": interview,
    **{f"settings: {title}": settings_tab(title) for title in SETTINGS},
    "settings: a new sheet": new_sheet,
    "audit": audit,
    "members: nobody found": nobody_found,
}
EVERY_STEP = {f"interview: {step.key}": interview_step(step.key) for step in STEPS}
NO_MEMBER = {where for where in WALKS if where.startswith("settings")} | {
    "export", "help", "audit", "members: nobody found"
}  # fmt: skip


@pytest.fixture
def member(building: Building) -> MemberId:
    """Somebody whose name would be mark-up if anybody took it for that."""
    desk = building.enter()
    member_id = factory.member(desk, family_name=FAMILY, given_name=GIVEN, contact_note=f"{FAMILY}へ")
    kept = factory.sheet(desk, member_id)
    desk.declarations.record_output(kept.id, "printer")
    draft = desk.interviews.start()
    desk.interviews.save_draft(
        draft.id, version=draft.version, step="basics", visited={"basics"},
        answers={"family_name": FAMILY, "given_name": GIVEN},
    )  # fmt: skip
    return member_id


@pytest.fixture
def room(
    building: Building,
    member: MemberId,
    theme: Theme,
    qapp: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Room]:
    with assembled(building, theme, app=qapp, qtbot=qtbot, monkeypatch=monkeypatch) as made:
        yield made


def settle(room: Room, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: room.jobs.is_idle, timeout=20_000)


def unlock_screen(theme: Theme, jobs: JobRunner, tmp_path: Path) -> QWidget:
    screen = UnlockScreen(theme, jobs, tmp_path, office_name="見本結婚相談所", last_used_at="2026-11-22T09:04:00+00:00")
    screen.show_office_key()
    screen.password.set_error("パスワードが違います。大文字・小文字と全角・半角をご確認ください。")
    return screen


def set_up_screen(theme: Theme, jobs: JobRunner, tmp_path: Path) -> QWidget:
    return SetUpScreen(theme, jobs, tmp_path, rules_for(tmp_path))


def waiting_screen(theme: Theme, _jobs: JobRunner, _tmp_path: Path) -> QWidget:
    return WaitingScreen(theme, "お試しの事務所を用意しています…")


SCREENS = {"unlock": unlock_screen, "set-up": set_up_screen, "waiting": waiting_screen}


@pytest.mark.parametrize("where", WALKS)
def test_everything_the_keyboard_reaches_has_a_spoken_name(room: Room, where: str, qtbot: QtBot) -> None:
    WALKS[where](room)
    settle(room, qtbot)
    assert nameless(room.shell) == []


def test_every_tab_of_the_settings_is_walked(room: Room) -> None:
    opened = room.workspace.open("settings")
    assert isinstance(opened, SettingsPage)
    assert tuple(settings_titles(opened)) == SETTINGS


@pytest.mark.parametrize("where", WALKS)
def test_f1_explains_every_page_from_our_own_files(room: Room, where: str, qtbot: QtBot) -> None:
    WALKS[where](room)
    settle(room, qtbot)
    QTest.keyClick(room.shell, Qt.Key.Key_F1)
    dialog = open_dialog(room.shell)
    assert dialog is not None, where
    text = dialog.findChild(HelpText)
    assert text is not None and len(text.toPlainText()) > 200
    dialog.reject()


@pytest.mark.parametrize("where", SCREENS)
def test_the_screens_before_have_spoken_names(
    where: str, theme: Theme, jobs: JobRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    screen = SCREENS[where](theme, jobs, tmp_path)
    qtbot.addWidget(screen)
    screen.show()
    assert nameless(screen) == []
    if isinstance(screen, SetUpScreen):
        for page_number in (1, 2, 3):
            screen.show_page(page_number)
            assert nameless(screen) == []


def test_no_page_squeezes_anything_on_a_large_screen(
    building: Building,
    member: MemberId,
    theme: Theme,
    qapp: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with assembled(building, theme, app=qapp, qtbot=qtbot, monkeypatch=monkeypatch, size=LARGE_PX) as room:
        squeezed = []
        for where, walk in {**WALKS, **EVERY_STEP}.items():
            walk(room)
            settle(room, qtbot)
            squeezed += [f"{where}: {cut}" for cut in cut_texts(room.shell)]
            if room.workspace.place == "over":
                room.workspace.drop_over()
    assert not squeezed, "\n".join(squeezed)


def test_every_page_fits_a_small_laptop(
    building: Building,
    member: MemberId,
    sized: Theme,
    qapp: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    width, height = ROOM_PX
    too_big = []
    with assembled(building, sized, app=qapp, qtbot=qtbot, monkeypatch=monkeypatch, size=ROOM_PX) as room:
        for where, walk in {**WALKS, **EVERY_STEP}.items():
            walk(room)
            settle(room, qtbot)
            least, now = room.workspace.minimumSizeHint(), room.shell.size()
            if least.width() > width or least.height() > height:
                too_big.append(f"{where} needs {least.width()}×{least.height()}")
            if now.width() > width or now.height() > height:
                too_big.append(f"{where} has pushed the window to {now.width()}×{now.height()}")
                room.shell.resize(*ROOM_PX)
            too_big += [f"{where}: {cut}" for cut in cut_texts(room.shell)]
            if room.workspace.place == "over":
                room.workspace.drop_over()
    assert not too_big, "\n".join(too_big)


@pytest.mark.parametrize("where", SCREENS)
def test_the_screens_before_fit_a_small_laptop(
    where: str, sized: Theme, jobs: JobRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    screen = SCREENS[where](sized, jobs, tmp_path)
    qtbot.addWidget(screen)
    screen.show()
    screen.resize(*ROOM_PX)
    least = screen.minimumSizeHint()
    assert least.width() <= ROOM_PX[0] and least.height() <= ROOM_PX[1]
    assert cut_texts(screen) == []


class Windows(QObject):
    """Every widget that came up as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@pytest.mark.parametrize("where", WALKS)
def test_no_part_of_a_page_flashes_up_as_a_window(room: Room, where: str, qapp: QApplication, qtbot: QtBot) -> None:
    """A part that is shown before it has a parent is a window for a moment, and takes the focus from ours."""
    windows = Windows()
    qapp.installEventFilter(windows)
    WALKS[where](room)
    settle(room, qtbot)
    qapp.removeEventFilter(windows)
    assert windows.seen == []
    assert room.shell.isActiveWindow()


def takes_names_for_markup(top: QWidget) -> list[str]:
    """Labels and tool tips in which the name of the test's member is more than text."""
    found = []
    for label in top.findChildren(QLabel):
        is_plain = label.textFormat() is Qt.TextFormat.PlainText
        if not is_plain and (FAMILY in label.text() or GIVEN in label.text()):
            found.append(f"label {label.objectName()}: {label.text()[:60]}")
    for widget in [top, *top.findChildren(QWidget)]:
        if FAMILY in widget.toolTip() or GIVEN in widget.toolTip() or FAMILY in widget.whatsThis():
            found.append(f"tool tip of {type(widget).__name__}: {widget.toolTip()[:60]}")
        if widget.isWindow() and any(part in widget.windowTitle() for part in (FAMILY, GIVEN, "見本")):
            found.append(f"window title: {widget.windowTitle()}")
    return found


def shows(top: QWidget, text: str) -> bool:
    labels = [label.text() for label in top.findChildren(QLabel) if label.isVisibleTo(top)]
    return any(text in words or text.replace("<", "&lt;").replace(">", "&gt;") in words for words in labels)


@pytest.mark.parametrize("where", [key for key in WALKS if key not in NO_MEMBER])
def test_a_name_is_never_taken_for_markup(room: Room, where: str, qtbot: QtBot) -> None:
    WALKS[where](room)
    settle(room, qtbot)
    assert takes_names_for_markup(room.shell) == []
    if where not in ("interview",):
        assert shows(room.shell, FAMILY), "the test looks at a page with the name on it"


def test_dialogs_about_a_member_take_the_name_as_text(room: Room, member: MemberId, qtbot: QtBot) -> None:
    members = room.workspace.open("members")
    members._change_status(member, _withdrawn())  # type: ignore[attr-defined]
    dialog = next(one for one in room.shell.findChildren(QWidget) if one.isWindow() and one.isVisible())
    assert takes_names_for_markup(dialog) == [] and shows(dialog, FAMILY)
    next(made for made in dialog.findChildren(QAbstractButton) if made.text() == "やめる").click()
    interviews = room.workspace.open("interviews")
    next(made for made in interviews.findChildren(QAbstractButton) if made.text() == "取りやめる").click()
    dialog = next(one for one in room.shell.findChildren(QWidget) if one.isWindow() and one.isVisible())
    assert takes_names_for_markup(dialog) == []


def _withdrawn() -> object:
    from nakodo_desktop.domain.member import MemberStatus

    return MemberStatus.WITHDRAWN
