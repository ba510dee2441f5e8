"""The program as its users start it: set-up, unlock, work, lock, close; one real window, one real vault."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop import app as app_module
from nakodo_desktop import paths
from nakodo_desktop.demo import office as demo_office
from nakodo_desktop.domain.member_query import MemberQuery
from nakodo_desktop.errors import DiskFull
from nakodo_desktop.services.unlocking import create_job
from nakodo_desktop.ui.help_text import CHAPTER_OF, HelpText, load_chapters
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.typist import compose
from nakodo_desktop.ui.set_up import FirstSettings, SetUpScreen
from nakodo_desktop.ui.unlock import UnlockScreen
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.vault.audit_reading import AuditFilter, find_entries
from tests import factory
from tests.app.conftest import Started, open_office, reopened, words_of
from tests.source_tree import ROOT
from tests.vaultkit import CHEAPEST_KDF, TEST_PASSPHRASE

SECRET_NAME = "漏洩検査太郎"


def test_enter_opens_the_office_and_its_name_is_known_next_time(
    started: Started, office: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    open_office(started, office, qtbot)
    kept = json.loads((tmp_path / "config" / "settings.json").read_text(encoding="utf-8"))
    assert kept["vault_dir"] == str(office)
    assert kept["office_name"] == factory.office().name
    assert kept["last_slot"]


def test_a_wrong_passphrase_is_told_and_the_box_is_empty_again(started: Started, office: Path, qtbot: QtBot) -> None:
    started.app.start(office)
    started.type_passphrase("ちがう 合言葉 を 入れて みる")
    qtbot.waitUntil(lambda: bool(started.unlock.password.error()), timeout=10_000)
    assert "パスワードが違います" in started.unlock.password.error()
    assert started.unlock.password.editor.text() == ""
    assert started.app.office is None


def test_an_empty_folder_leads_to_the_set_up(started: Started, tmp_path: Path) -> None:
    started.app.start(tmp_path / "new")
    assert started.shell.findChild(SetUpScreen) is not None


@pytest.mark.parametrize("place", ["unlock", "set_up"])
def test_f1_explains_the_screens_before_anything_is_open_and_esc_comes_back(
    started: Started, office: Path, tmp_path: Path, qtbot: QtBot, place: str
) -> None:
    started.app.start(office if place == "unlock" else tmp_path / "new")
    started.shell.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    typed_into = QApplication.focusWidget()
    assert typed_into is not None and started.shell.isAncestorOf(typed_into)
    QTest.keyClick(typed_into, Qt.Key.Key_F1)
    (dialog,) = (one for one in started.shell.findChildren(AppDialog) if one.isVisible())
    text = dialog.findChild(HelpText)
    assert isinstance(text, HelpText)
    chapter = next(one for one in load_chapters(paths.GUIDE) if one.stem == CHAPTER_OF[place])
    assert text.toPlainText().startswith(chapter.title)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is typed_into)


def test_what_the_set_up_asked_is_kept(started: Started, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    opened = create_job(tmp_path / "new", passphrase=TEST_PASSPHRASE, head_name="見本 所長", kdf=CHEAPEST_KDF)()
    started.app.enter(opened, FirstSettings(factory.office(), (stick,)))
    assert started.app.settings.backup_dirs == (str(stick),)
    assert started.app.settings.office_name == factory.office().name
    assert started.app.office is not None


def test_a_stick_taken_out_meanwhile_is_told_and_the_office_stands(started: Started, tmp_path: Path) -> None:
    opened = create_job(tmp_path / "new", passphrase=TEST_PASSPHRASE, head_name="見本 所長", kdf=CHEAPEST_KDF)()
    started.app.enter(opened, FirstSettings(factory.office(), (tmp_path / "stick",)))
    assert "このフォルダーが見つかりません" in words_of(started)
    assert started.app.settings.backup_dirs == () and started.app.office is not None


def test_lock_saves_what_is_half_typed_closes_the_vault_and_leaves_no_name(
    started: Started, office: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    open_office(started, office, qtbot)
    assert started.app.office is not None
    flow = started.app.office.start_interview()
    flow.go_to("basics")
    compose(flow.page.inputs["family_name"].editor, SECRET_NAME)  # type: ignore[attr-defined]
    started.app.office.workspace.lock_wanted.emit("asked")
    assert started.restarts == [office]
    assert started.app.office is None
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shown = [label.text() for label in qapp.allWidgets() if isinstance(label, QLabel)]
    assert not any(SECRET_NAME in text for text in shown)
    assert started.shell.findChild(InterviewFlow) is None
    session = reopened(office)
    try:
        (draft,) = session.interviews.in_progress()
        assert draft.answers["family_name"] == SECRET_NAME
    finally:
        session.close()


def test_the_idle_clock_locks(started: Started, office: Path, qtbot: QtBot) -> None:
    open_office(started, office, qtbot)
    assert started.app.office is not None
    workspace = started.app.office.workspace
    workspace._left_s = 1
    qtbot.waitUntil(lambda: started.restarts == [office], timeout=5_000)


def test_a_job_that_does_not_end_keeps_no_office_open_and_its_vault_untouched(
    started: Started, office: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_office(started, office, qtbot)
    assert started.app._session is not None
    vault, may_end = started.app._session.vault, Event()
    with monkeypatch.context() as impatient:
        impatient.setattr(started.app.jobs, "wait", lambda: False)
        started.app.jobs.run(started.shell, may_end.wait, on_done=lambda _: None, on_failed=lambda _: None)
        started.shell.lock("idle")
    assert started.restarts == [office]
    assert vault.is_open, "the job may be writing: only the end of the process takes it from its hands"
    may_end.set()
    vault.close()


def test_a_trial_goes_on_after_its_lock_and_is_gone_at_its_end(
    started: Started, office: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_office, "build_demo_office", partial(demo_office.build_demo_office, number=2))
    started.app.open_demo()
    qtbot.waitUntil(lambda: started.app.office is not None, timeout=20_000)
    assert started.app.office is not None and started.app._session is not None
    trial = started.app._session.vault.folder
    flow = started.app.office.start_interview()
    flow.go_to("basics")
    compose(flow.page.inputs["family_name"].editor, "架空")  # type: ignore[attr-defined]
    started.shell.lock("asked")
    assert started.restarts == [] and started.app.office is None
    assert "お試し結婚相談所" in words_of(started)
    started.unlock.open_button.click()
    qtbot.waitUntil(lambda: started.app.office is not None, timeout=10_000)
    assert started.app._session.interviews.in_progress()[0].answers["family_name"] == "架空"
    started.shell.lock("asked")
    started.app.start(office)
    qtbot.waitUntil(lambda: len(started.shell.findChildren(UnlockScreen)) == 1)
    started.type_passphrase(TEST_PASSPHRASE)
    qtbot.waitUntil(lambda: started.app.office is not None, timeout=10_000)
    assert not trial.exists(), "another office was opened: the trial is over"
    assert started.app.settings.vault_dir == str(office)


def test_a_broken_database_is_met_with_a_way_out(started: Started, office: Path, qtbot: QtBot) -> None:
    database = next(office.glob("vault-*.db"))
    database.write_bytes(bytes(64) + database.read_bytes()[64:])
    started.app.start(office)
    started.type_passphrase(TEST_PASSPHRASE)
    qtbot.waitUntil(lambda: "データが壊れています" in words_of(started), timeout=10_000)
    verbs = [made.accessibleName() for made in started.shell.findChildren(QPushButton)]
    assert {"バックアップから戻す", "読める部分を救い出す…"} <= set(verbs)
    assert started.app.office is None


def test_the_computers_own_lock_locks(started: Started, office: Path, qtbot: QtBot) -> None:
    open_office(started, office, qtbot)
    assert started.app._session_watch is not None
    started.app._session_watch.told.emit("suspend")
    assert started.restarts == [office]
    session = reopened(office)
    closes = find_entries(session.vault.read(), AuditFilter(act="vault.close"), limit=1)
    session.close()
    assert closes[0].detail == {"reason": "suspend"}


def test_closing_the_window_saves_the_interview_and_the_place_of_the_window(
    started: Started, office: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    open_office(started, office, qtbot)
    assert started.app.office is not None
    started.app.office.start_interview()
    started.shell.close()
    kept = json.loads((tmp_path / "config" / "settings.json").read_text(encoding="utf-8"))
    assert kept["window_geometry"]
    session = reopened(office)
    assert len(session.interviews.in_progress()) == 1
    session.close()


def test_what_cannot_be_saved_keeps_the_window_open_until_the_operator_decides(
    started: Started, office: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_office(started, office, qtbot)
    assert started.app.office is not None and started.app._session is not None
    flow = started.app.office.start_interview()
    flow.go_to("basics")
    compose(flow.page.inputs["family_name"].editor, SECRET_NAME)  # type: ignore[attr-defined]

    def full(*_: object, **__: object) -> None:
        raise DiskFull("空き容量が足りません。", "")

    with monkeypatch.context() as disk:
        disk.setattr(started.app._session.interviews, "save_draft", full)
        started.shell.close()
        assert started.shell.isVisible()
        assert started.app.office is not None
        assert "保存できていないまま閉じますか" in words_of(started)
        assert not started.app.office.workspace.close_over()
    started.shell.close()
    assert not started.shell.isVisible()


def test_the_same_office_twice_is_refused_and_the_first_goes_on(
    started: Started, office: Path, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    open_office(started, office, qtbot)
    second = Started(qapp, tmp_path / "config2")
    qtbot.addWidget(second.shell)
    second.app.start(office)
    second.type_passphrase(TEST_PASSPHRASE)
    qtbot.waitUntil(lambda: "開かれ" in words_of(second) or "使" in words_of(second), timeout=10_000)
    assert second.app.office is None
    assert started.app._session is not None
    assert started.app._session.members.select(MemberQuery()) == []
    second.shell.close()


def test_a_bug_is_told_by_its_code_and_never_by_its_words(started: Started, office: Path, qtbot: QtBot) -> None:
    open_office(started, office, qtbot)
    try:
        raise KeyError(SECRET_NAME)
    except KeyError as error:
        started.app._on_uncaught(KeyError, error, error.__traceback__)
    told = words_of(started)
    assert "予期しないエラー" in told
    assert SECRET_NAME not in told


def test_no_dumps_are_written_T41() -> None:
    probe = (
        "import ctypes, resource\n"
        "from nakodo_desktop.process_guard import forbid_dumps\n"
        "forbid_dumps()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    found = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["(0,", "0)", "0"]


def test_the_new_process_gets_the_folder_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(app_module.os, "execv", lambda _program, words: called.append(words))
    app_module.restart_at(Path("/somewhere/vault"))
    assert [words[1:] for words in called] == [["-m", "nakodo_desktop", "--vault", str(Path("/somewhere/vault"))]]
