"""The frame of the work: places, keys, the idle clock, the strip of the last minute, and what a lock leaves behind."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop import paths
from nakodo_desktop.settings import Settings
from nakodo_desktop.ui.help_text import CHAPTER_OF, HelpText, load_chapters
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.members.list_page import MembersPage
from nakodo_desktop.ui.members.record_page import RecordPage
from nakodo_desktop.ui.shell import Shell
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.waiting import WaitingScreen
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.notices import Banner
from nakodo_desktop.ui.widgets.toast import Toast
from nakodo_desktop.ui.workspace import NARROW_BELOW_PX, PLACES
from tests import factory
from tests.officekit import Building
from tests.source_tree import python_files, strings, tree_of
from tests.ui.assemblykit import Room, assembled

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def room(
    building: Building, theme: Theme, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Room]:
    factory.member(building.enter())
    with assembled(building, theme, app=qapp, qtbot=qtbot, monkeypatch=monkeypatch) as made:
        made.workspace.open("home")
        yield made


def press(room: Room, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or room.workspace, key, modifier)


def fly(error: Exception) -> None:
    raise error


def dialogs(room: Room) -> list[AppDialog]:
    return [one for one in room.shell.findChildren(AppDialog) if one.isVisible()]


def test_the_focus_begins_in_the_page_not_in_the_side_bar(room: Room, qtbot: QtBot) -> None:
    for key in ("home", "members", "interviews", "documents"):
        page = room.workspace.open(key)
        qtbot.waitUntil(lambda here=page: here.isAncestorOf(QApplication.focusWidget()))


@pytest.mark.parametrize(("number", "key"), list(enumerate((place.key for place in PLACES), start=1)))
def test_ctrl_and_a_number_goes_to_a_place(room: Room, number: int, key: str) -> None:
    press(room, Qt.Key(Qt.Key.Key_0.value + number), CTRL)
    assert room.workspace.place == key


def test_ctrl_f_searches_from_anywhere(room: Room, qtbot: QtBot) -> None:
    room.workspace.open("help")
    press(room, Qt.Key.Key_F, CTRL)
    members = room.workspace.open("members")
    assert isinstance(members, MembersPage)
    press(room, Qt.Key.Key_F, CTRL)
    qtbot.waitUntil(members.search.editor.hasFocus)


def test_ctrl_n_starts_an_interview_but_not_out_of_one(room: Room) -> None:
    press(room, Qt.Key.Key_N, CTRL)
    first = room.workspace.over
    assert isinstance(first, InterviewFlow)
    press(room, Qt.Key.Key_N, CTRL)
    assert room.workspace.over is first
    assert len(room.session.interviews.in_progress()) == 1


def test_f5_reads_the_page_again_and_says_so(room: Room) -> None:
    members = room.workspace.open("members")
    assert isinstance(members, MembersPage)
    before = members.model.rowCount()
    room.session.interviews.start()  # what a colleague's window might have written
    press(room, Qt.Key.Key_F5)
    assert members.model.rowCount() == before
    assert [one for one in room.shell.findChildren(Toast) if one.isVisible()]


def test_esc_closes_the_record_and_gives_the_focus_back(room: Room, qtbot: QtBot) -> None:
    members = room.workspace.open("members")
    record = room.office.open_record(1)
    assert room.workspace.over is record
    qtbot.waitUntil(lambda: record.isAncestorOf(QApplication.focusWidget()))
    press(room, Qt.Key.Key_Escape)
    assert room.workspace.over is None
    qtbot.waitUntil(lambda: members.isAncestorOf(QApplication.focusWidget()))


@pytest.mark.parametrize("key", [place.key for place in PLACES])
def test_f1_opens_the_chapter_of_this_page_and_esc_comes_back(room: Room, key: str) -> None:
    room.workspace.open(key)
    press(room, Qt.Key.Key_F1)
    (dialog,) = dialogs(room)
    chapter = next(one for one in load_chapters(paths.GUIDE) if one.stem == CHAPTER_OF[key])
    text = dialog.findChild(HelpText)
    assert isinstance(text, HelpText)
    assert text.toPlainText().startswith(chapter.title)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialogs(room) == [] and room.workspace.place == key


def test_f1_does_not_leave_what_lies_over_the_pages(room: Room) -> None:
    for open_it in (lambda: room.office.open_record(1), room.office.start_interview):
        opened = open_it()
        press(room, Qt.Key.Key_F1)
        (dialog,) = dialogs(room)
        dialog.close()
        assert room.workspace.over is opened


def test_ctrl_l_locks_from_a_page_and_from_an_interview(room: Room) -> None:
    room.office.start_interview()
    press(room, Qt.Key.Key_L, CTRL)
    assert room.locked == ["asked"]
    assert room.shell.workspace is None


def test_a_lock_leaves_nothing_of_a_member_on_the_screen_or_in_the_clipboard(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.workspace.open("members")
    room.office.open_record(1)
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)  # the offscreen one never says so
    clipboard = QApplication.clipboard()
    clipboard.setText("見本 太郎")
    room.shell.lock("asked")
    assert "見本" not in clipboard.text()
    qtbot.waitUntil(lambda: room.shell.findChildren(RecordPage) == [])
    assert room.shell.findChildren(MembersPage) == []
    assert "見本" not in room.shell.windowTitle()


@pytest.mark.parametrize("leave", [lambda shell: shell.lock("idle"), lambda shell: shell.close()])
def test_a_job_that_takes_its_time_leaves_a_curtain_on_the_screen(
    room: Room, monkeypatch: pytest.MonkeyPatch, leave: Callable[[Shell], None]
) -> None:
    room.workspace.open("members")
    room.office.open_record(1)
    may_end, jobs, seen = Event(), room.shell._jobs, []
    wait = jobs.wait

    def look() -> bool:
        stack = room.shell.centralWidget()
        assert isinstance(stack, QStackedWidget)
        seen.append(stack.currentWidget())
        assert stack.count() == 1, "nothing of a member lies under it"
        may_end.set()
        return wait()

    monkeypatch.setattr(jobs, "wait", look)
    jobs.run(room.shell, may_end.wait, on_done=lambda _: None, on_failed=fly)
    leave(room.shell)
    assert isinstance(seen[0], WaitingScreen)
    assert not jobs.is_at_work


def test_an_interview_left_half_done_too_long_is_told_and_led_to(room: Room, building: Building) -> None:
    room.session.interviews.start()
    building.wait(days=90)
    room.workspace.open("members")
    home = room.workspace.open("home")
    words = "1件の面談が、途中のまま保存の期限を過ぎています"
    (told,) = [one for one in home.findChildren(Banner) if words in one.accessibleName()]
    assert told.button is not None
    told.button.click()
    assert room.workspace.place == "interviews"
    page = room.workspace.open("interviews")
    assert "期限を過ぎています" in [label.text() for label in page.findChildren(PlainLabel)]


def test_the_last_minute_is_told_over_everything_and_any_key_ends_it(room: Room) -> None:
    flow = room.office.start_interview()
    room.workspace._left_s = 61
    room.workspace._count_down()
    assert room.workspace.lock_strip.isVisible()
    assert "60秒" in room.workspace.lock_strip.words()
    assert flow.isVisible()
    press(room, Qt.Key.Key_Shift)
    assert not room.workspace.lock_strip.isVisible()


def test_the_idle_clock_locks_at_its_end_and_not_before(room: Room) -> None:
    room.workspace.set_idle_minutes(1)
    for _ in range(59):
        room.workspace._count_down()
    assert room.locked == []
    room.workspace._count_down()
    assert room.locked == ["idle"]


def test_garbage_is_collected_once_in_a_rest(room: Room) -> None:
    whole: list[str] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "stop" and info["generation"] == 2:
            whole.append("collected")

    room.workspace.note_activity()
    gc.callbacks.append(note)
    try:
        for _ in range(2):
            room.workspace._count_down()
        assert whole == []
        for _ in range(8):
            room.workspace._count_down()
        assert whole == ["collected"]
    finally:
        gc.callbacks.remove(note)


@pytest.mark.parametrize(
    "kind", [QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.InputMethod]
)
def test_what_the_operator_does_starts_the_clock_again(room: Room, kind: QEvent.Type) -> None:
    room.workspace._count_down()
    left = room.workspace._left_s
    room.workspace.eventFilter(room.workspace, QEvent(kind))
    assert room.workspace._left_s > left


def test_the_demo_says_so_on_every_page(
    building: Building, theme: Theme, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = building.enter()
    factory.member(desk)
    assert desk.offices.save(factory.office(is_demo=True)) == ()
    with assembled(building, theme, app=qapp, qtbot=qtbot, monkeypatch=monkeypatch) as room:
        strip = room.workspace.findChild(QWidget, "demo_strip")
        assert strip is not None
        for go in (
            lambda: room.workspace.open("members"),
            lambda: room.office.open_record(1),
            room.office.start_interview,
        ):
            go()
            assert strip.isVisible()


def test_a_narrow_window_leaves_the_side_bar_its_icons_names_and_counts(room: Room, theme: Theme) -> None:
    room.shell.resize(theme.px(NARROW_BELOW_PX) - 1, 700)
    sidebar = room.workspace.sidebar
    entry = sidebar.findChild(QWidget, "nav_documents")
    assert entry is not None
    assert entry.text() == "" and entry.toolTip().startswith("書類")  # type: ignore[attr-defined]
    assert entry.accessibleName() == "書類 1", "one declaration is missing"
    assert sidebar.width() < theme.px(80)
    room.shell.resize(theme.px(NARROW_BELOW_PX) + 200, 700)
    assert "書類" in entry.text()  # type: ignore[attr-defined]


def test_saving_shows_in_the_status_line(room: Room) -> None:
    room.workspace.changed.emit()
    assert re.fullmatch(r"\d\d:\d\d に保存しました", room.workspace._saved_label.text())


def test_the_look_can_be_changed_and_asks_for_it_once(room: Room) -> None:
    settings = room.workspace.open("settings")
    settings.show_look()  # type: ignore[attr-defined]
    dark = next(radio for radio in settings.findChildren(QWidget) if radio.accessibleName() == "明るさ：暗い")
    dark.click()  # type: ignore[attr-defined]
    assert room.preferred == [{"dark": True}]


def test_a_preference_of_the_columns_is_kept_as_text(
    building: Building, theme: Theme, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    factory.member(building.enter())
    kept = Settings(member_columns="0:130")
    with assembled(building, theme, app=qapp, qtbot=qtbot, monkeypatch=monkeypatch, settings=kept) as room:
        members = room.workspace.open("members")
        assert isinstance(members, MembersPage)
        members.widths_changed.emit({0: 140})
        assert room.preferred == [{"member_columns": "0:140"}]


def test_the_guide_names_every_key_of_the_program() -> None:
    """A shortcut nobody is told about does not exist."""
    guide = (paths.GUIDE / "02-unlock-and-lock.md").read_text(encoding="utf-8")
    keys = {
        text
        for path in python_files("nakodo_desktop/ui")
        for text, _line in strings(tree_of(path))
        if re.fullmatch(r"(?:(?:Ctrl|Shift|Alt)\+)*(?:[A-Z]|F\d+|Esc|Return|[+-]|0)", text) and len(text) > 1
    }
    named = {"Ctrl+Return": "Ctrl+Enter"}
    missing = [key for key in sorted(keys) if named.get(key, key) not in guide]
    assert missing == []
