"""T04 in the window: a disk that is really full under the open office. What was typed stays, and is saved later."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop import settings
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.services.clock import utc_now
from nakodo_desktop.ui.interview import drafts
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.typist import click, compose
from nakodo_desktop.ui.members.record_page import RecordPage
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.inputs import JaLineEdit
from nakodo_desktop.ui.widgets.notices import Banner
from tests import factory
from tests.app.conftest import Started, open_office, reopened, words_of
from tests.vault.sqlite_disk import Disk, watched_disk


@pytest.fixture(scope="module")
def office_with_member(closed_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(closed_office, tmp_path_factory.mktemp("member") / "office"))
    session = reopened(folder)
    factory.member(factory.desk(session.vault, utc_now))
    session.close()
    return folder


@pytest.fixture
def office(office_with_member: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(office_with_member, tmp_path / "office"))


@pytest.fixture
def disk(started: Started, office: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """The office with one member stands open on it; there is room until the test takes it."""
    monkeypatch.setattr(drafts, "AUTOSAVE_MS", 30)
    with watched_disk() as made:
        open_office(started, office, qtbot)
        yield made
        made.full_after = None
        started.shell.close()
        assert started.app._session is None, "the vault must not outlive the watched disk"


def fill(disk: Disk) -> None:
    disk.full_after = disk.writes


def interview(started: Started) -> InterviewFlow:
    assert started.app.office is not None
    flow = started.app.office.start_interview()
    flow.go_to("basics")
    return flow


def type_name(flow: InterviewFlow, name: str) -> None:
    line = flow.page.inputs["family_name"]
    assert isinstance(line, JaLineEdit)
    compose(line.editor, name)


def correct_phone(started: Started, phone: str) -> RecordPage:
    assert started.app.office is not None
    page = started.app.office.open_record(1)
    card = page.sections.card("basics")
    card.edit.click()
    assert card.form is not None
    card.form.inputs["phone"].fill(phone)
    return page


def half_typed_phone(office: Path) -> object:
    """What the corrected section would bring back."""
    session = reopened(office)
    try:
        (waiting,) = session.members.drafts.waiting()
        found = session.members.drafts.load(waiting.form)
        return None if found is None else found.answers["phone"]
    finally:
        session.close()


def phone_on_record(office: Path) -> object:
    session = reopened(office)
    try:
        return session.members.view(MemberId(1), screen="test").answers["phone"]
    finally:
        session.close()


def names_in_drafts(office: Path) -> list[object]:
    session = reopened(office)
    try:
        return [draft.answers.get("family_name") for draft in session.interviews.in_progress()]
    finally:
        session.close()


def press(started: Started, verb: str) -> None:
    dialog = next(one for one in started.shell.findChildren(AppDialog) if one.isVisible())
    click(next(one for one in dialog.findChildren(QPushButton) if one.accessibleName() == verb))


def test_T04_an_interview_stays_on_the_screen_until_there_is_room(
    started: Started, office: Path, disk: Disk, qtbot: QtBot
) -> None:
    flow = interview(started)
    fill(disk)
    type_name(flow, "架空")
    bar = flow.findChild(Banner, "not_saved")
    assert bar is not None
    qtbot.waitUntil(bar.isVisible)
    assert "空き容量" in bar.accessibleName()
    flow.forward()
    flow.back()
    assert flow.page.inputs["family_name"].value() == "架空"
    disk.full_after = None
    assert bar.button is not None
    click(bar.button)
    assert not bar.isVisible() and not flow.has_unsaved
    started.shell.close()
    assert names_in_drafts(office) == ["架空"]


def test_T04_a_correction_stays_in_its_form_and_says_why(started: Started, office: Path, disk: Disk) -> None:
    page = correct_phone(started, "080-1234-5678")
    fill(disk)
    save = page.findChild(QPushButton, "save_basics")
    assert save is not None
    click(save)
    assert "空き容量" in words_of(started)
    card = page.sections.open_card
    assert card is not None and card.form is not None and card.form.inputs["phone"].text() == "080-1234-5678"
    disk.full_after = None
    click(save)
    started.shell.close()
    assert phone_on_record(office) == "080-1234-5678"


def test_T04_closing_asks_before_a_correction_is_lost(started: Started, office: Path, disk: Disk) -> None:
    page = correct_phone(started, "080-1234-5678")
    fill(disk)
    started.shell.close()
    assert started.shell.isVisible() and started.app.office is not None
    assert "保存できていないまま閉じますか" in words_of(started)
    press(started, "画面に戻る")
    card = page.sections.open_card
    assert card is not None and card.form is not None and card.form.inputs["phone"].text() == "080-1234-5678"
    disk.full_after = None
    started.shell.close()
    assert not started.shell.isVisible()
    assert half_typed_phone(office) == "080-1234-5678"
    assert phone_on_record(office) == "090-0000-0000", "only its button records it"


@pytest.mark.parametrize("open_one", [interview, lambda started: correct_phone(started, "080-1234-5678")])
def test_T04_the_lock_locks_all_the_same(started: Started, office: Path, disk: Disk, open_one) -> None:  # type: ignore[no-untyped-def]
    shown = open_one(started)
    if isinstance(shown, InterviewFlow):
        type_name(shown, "架空")
    fill(disk)
    started.shell.lock("idle")
    assert started.restarts == [office]
    assert started.shell.workspace is None and started.app.office is None
    disk.full_after = None
    assert phone_on_record(office) == "090-0000-0000"


def test_T04_an_office_in_which_nothing_is_open_closes(started: Started, office: Path, disk: Disk) -> None:
    fill(disk)
    started.shell.close()
    assert not started.shell.isVisible()
    disk.full_after = None
    assert phone_on_record(office) == "090-0000-0000"


def test_T04_preferences_that_find_no_room_keep_nobody_in(
    started: Started, office: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(settings, "save", full)
    started.shell.close()
    assert not started.shell.isVisible()
