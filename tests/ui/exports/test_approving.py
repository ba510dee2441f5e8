"""From the review to the file: what is told, what is asked, what happens when the world is not ready."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from nakodo_desktop.export.report import Report
from nakodo_desktop.export.verify import Expected, verify_bundle
from nakodo_desktop.services.delivery_jobs import deliver, to_folder
from nakodo_desktop.services.export_plan import build
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.ui.exports import slices
from nakodo_desktop.ui.exports.export_page import ExportPage
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.labels import WrappedLabel
from nakodo_desktop.ui.widgets.notices import Banner
from tests.exportkit import Cast, correct, withdraw
from tests.factory import Desk
from tests.ui.exports.conftest import Hold, OpenPage


def review(qtbot: QtBot, page: ExportPage) -> None:
    """確認へ進む, until everything is counted."""
    page.choose.review.click()
    qtbot.waitUntil(lambda: page.screens.currentWidget() is page.review and bool(cards(page, "見分けられやすさ")))


def cards(page: ExportPage, title: str) -> list[QLabel]:
    return [label for label in page.review.findChildren(QLabel) if label.text() == title and label.isVisibleTo(page)]


def approve(page: ExportPage) -> None:
    page.review.understood.box.click()
    page.review.approve.click()


def wait_for_end(qtbot: QtBot, page: ExportPage) -> None:
    qtbot.waitUntil(lambda: not page.is_busy)


def sentences(page: ExportPage) -> str:
    found = [label.plain_text() for label in page.review.findChildren(WrappedLabel) if label.isVisibleTo(page)]
    return "\n".join(found)


def read(path: Path) -> Report:
    return verify_bundle(path, expected=Expected(today=date(2026, 12, 31)))


def batch_rows(desk: Desk) -> list[str]:
    return [row[0] for row in desk.vault.read().execute("SELECT state FROM batch ORDER BY seq").fetchall()]


# What is told before the approval ------------------------------------------------------------------------------------


def test_review_tells_counts_names_and_the_one_recipient(qtbot: QtBot, page: ExportPage):
    review(qtbot, page)
    told = sentences(page)
    assert "仮名プロフィール 3名・写真 6枚" in told
    assert "架空 太郎（しおり）、試山 次郎（あおば）、見本 花子（つばさ）" in told
    assert "見本協会" in told
    assert "代表者　架空 会長" in told
    assert "取り下げる方はいません" in told
    assert not page.review.findChildren(QPushButton, "export_recipient")


def test_T73_small_batch_must_be_acknowledged(qtbot: QtBot, open_page: OpenPage, stick: Path):
    page = open_page(stick)
    review(qtbot, page)
    banners = [one.accessibleName() for one in page.review.findChildren(Banner) if one.isVisibleTo(page)]
    assert any("掲載は3人です" in words for words in banners)
    assert not page.review.approve.isEnabled()
    assert "「承認の前に」を確かめてください" in page.review.waiting.text()
    page.review.understood.box.click()
    assert page.review.approve.isEnabled()


def test_nothing_is_written_without_a_folder(qtbot: QtBot, page: ExportPage, stick: Path):
    review(qtbot, page)
    page.review.understood.box.click()
    assert not page.review.approve.isEnabled()
    page.review.choose.click()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(page.folder_chosen) as chosen:
        dialog.fileSelected.emit(str(stick))
    assert chosen.args == [str(stick)]
    assert page.review.folder.text() == str(stick)
    assert page.review.approve.isEnabled()
    dialog.close()


def test_folder_that_is_gone_is_not_remembered(qtbot: QtBot, open_page: OpenPage, stick: Path):
    page = open_page(stick / "pulled out")
    review(qtbot, page)
    assert page.review.chosen_folder is None


def test_T73_whoever_stands_out_is_named_and_can_be_blurred(qtbot: QtBot, page: ExportPage, cast: Cast):
    review(qtbot, page)
    assert "3人のうち" in sentences(page)
    blur = next(one for one in page.review.findChildren(QPushButton) if one.accessibleName() == "あおばの項目をぼかす")
    blur.click()
    assert page.screens.currentWidget() is page.choose
    assert page.choose.preview.entry is not None
    assert page.choose.preview.entry.candidate.row.id == cast.jiro
    qtbot.waitUntil(lambda: not page.is_busy)


def test_second_review_tells_the_difference_and_why_somebody_goes(
    qtbot: QtBot, open_page: OpenPage, exports: Exports, desk: Desk, cast: Cast, stick: Path
):
    exports.export(exports.plan(cast.admitted), stick)
    correct(desk, cast.jiro, hobbies="将棋")
    withdraw(desk, cast.hanako)
    page = open_page(stick)
    page.choose.model.toggle(page.choose.model.row_of(cast.taro))
    review(qtbot, page)
    told = sentences(page)
    assert "見本 花子（同意）" in told
    assert "架空 太郎（選択から外しました）" in told
    assert "前回からの出入りは、取下げ2人です。" in told


def test_reload_while_planning_does_not_lose_the_plan(
    qtbot: QtBot, open_page: OpenPage, stick: Path, monkeypatch: pytest.MonkeyPatch
):
    page = open_page(stick)
    monkeypatch.setattr(slices, "_SLICE_S", 0.0)  # one member a slice, as in a large office
    page.choose.review.click()
    assert page.is_busy
    assert not page.choose.review.isEnabled()
    page.reload()  # something was written elsewhere
    qtbot.waitUntil(lambda: page.screens.currentWidget() is page.review)
    assert page.choose.review.isEnabled()


def test_review_may_begin_while_the_list_is_read_again(
    qtbot: QtBot, open_page: OpenPage, stick: Path, monkeypatch: pytest.MonkeyPatch
):
    page = open_page(stick)
    monkeypatch.setattr(slices, "_SLICE_S", 0.0)
    page.reload()
    assert page.is_busy
    review(qtbot, page)
    assert page.review.plan is not None
    assert len(page.review.plan.lines) == 3


# Writing -------------------------------------------------------------------------------------------------------------


def test_approved_batch_is_written_recorded_and_told(
    qtbot: QtBot, open_page: OpenPage, desk: Desk, exports: Exports, cast: Cast, stick: Path
):
    page = open_page(stick)
    review(qtbot, page)
    with qtbot.waitSignal(page.changed):
        approve(page)
    assert page.screens.currentWidget() is page.result
    (path,) = stick.iterdir()
    report = read(path)
    assert report.is_ok
    assert report.facts is not None
    facts = page.result.facts
    assert facts["ファイル名"] == path.name
    assert facts["フォルダー"] == str(stick)
    assert facts["署名の指紋"] == report.facts.fingerprint
    assert facts["目録のSHA-256"].replace(" ", "") == report.facts.manifest_sha256
    assert batch_rows(desk) == ["delivered"]
    assert len(desk.members.provisions(cast.hanako)) == 1
    page.result.back.click()
    wait_for_end(qtbot, page)
    assert {entry.state[0] for entry in page.choose.model.entries if entry.is_chosen} == {"変更なし"}
    page.choose.history.click()
    assert page.history.count.text() == "1回"


def test_left_out_member_is_not_in_the_file(
    qtbot: QtBot, open_page: OpenPage, exports: Exports, cast: Cast, stick: Path
):
    page = open_page(stick)
    page.choose.model.toggle(page.choose.model.row_of(cast.taro))
    review(qtbot, page)
    with qtbot.waitSignal(page.changed):
        approve(page)
    (path,) = stick.iterdir()
    assert sorted(shown.profile.pseudonym for shown in read(path).shown) == ["あおば", "つばさ"]


def test_coarsened_member_leaves_coarser(qtbot: QtBot, open_page: OpenPage, exports: Exports, cast: Cast, stick: Path):
    page = open_page(stick)
    page.choose.select(cast.jiro)
    boxes = {kind.name: one for kind, one in page.choose.preview.coarsening.boxes.items()}
    boxes["BAND_MEASURES"].box.click()
    boxes["HIDE_CITY"].box.click()
    review(qtbot, page)
    with qtbot.waitSignal(page.changed):
        approve(page)
    (path,) = stick.iterdir()
    jiro = next(shown.profile for shown in read(path).shown if shown.profile.pseudonym == "あおば")
    assert (jiro.height_cm.label, jiro.area_label) == ("180～184", "神奈川県市部")


def _fail_with(number: int) -> Callable[[int], None]:
    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "保存先の空きが足りません"), (errno.EROFS, "書き込めません"), (errno.EIO, "接続が切れました")],
)
def test_trouble_while_writing_is_told_in_place_and_nothing_is_lost(
    qtbot: QtBot, open_page: OpenPage, desk: Desk, cast: Cast, stick: Path, monkeypatch: pytest.MonkeyPatch,
    number: int, words: str,
):  # fmt: skip
    page = open_page(stick)
    page.choose.model.toggle(page.choose.model.row_of(cast.taro))
    review(qtbot, page)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", _fail_with(number))
        approve(page)
        wait_for_end(qtbot, page)
    assert page.screens.currentWidget() is page.review
    assert page.review.trouble.isVisible()
    assert words in page.review.trouble.accessibleName()
    assert list(stick.iterdir()) == []
    assert batch_rows(desk) == []
    assert page.review.chosen_folder == stick
    assert set(page.choose.chosen_ids) == {cast.hanako, cast.jiro}
    with qtbot.waitSignal(page.changed):
        page.review.approve.click()  # another try, now that there is room
    assert batch_rows(desk) == ["delivered"]


def test_T75_consent_withdrawn_after_the_review_stops_the_export(
    qtbot: QtBot, open_page: OpenPage, desk: Desk, cast: Cast, stick: Path
):
    page = open_page(stick)
    review(qtbot, page)
    withdraw(desk, cast.taro)
    approve(page)
    wait_for_end(qtbot, page)
    assert "M-0002" in page.review.trouble.accessibleName()
    assert list(stick.iterdir()) == []
    assert batch_rows(desk) == []
    page.review.back.click()
    wait_for_end(qtbot, page)
    assert set(page.choose.chosen_ids) == {cast.hanako, cast.jiro}


def test_T75_consent_withdrawn_before_the_review_is_told_and_the_list_is_read_again(
    qtbot: QtBot, page: ExportPage, desk: Desk, cast: Cast
):
    withdraw(desk, cast.taro)
    page.choose.review.click()
    qtbot.waitUntil(lambda: page.window().findChild(AppDialog) is not None and not page.is_busy)
    dialog = page.window().findChild(AppDialog)
    assert dialog is not None
    assert any("M-0002" in label.plain_text() for label in dialog.findChildren(WrappedLabel))
    assert page.screens.currentWidget() is page.choose
    assert cast.taro not in page.choose.chosen_ids
    dialog.reject()


def test_stopped_export_leaves_nothing(qtbot: QtBot, open_page: OpenPage, desk: Desk, jobs: JobRunner, stick: Path):
    page = open_page(stick)
    review(qtbot, page)
    approve(page)
    page.review.stop.click()  # before the first job came back
    wait_for_end(qtbot, page)
    assert page.screens.currentWidget() is page.review
    assert "中止しました" in page.review.trouble.accessibleName()
    assert list(stick.iterdir()) == []
    assert batch_rows(desk) == []


def test_export_stopped_while_writing_leaves_nothing(
    qtbot: QtBot, open_page: OpenPage, desk: Desk, stick: Path, hold: Hold
):
    page = open_page(stick)
    review(qtbot, page)
    with hold("open") as held:  # the file is about to be made
        approve(page)
        qtbot.waitUntil(held.is_reached)
        assert batch_rows(desk) == ["writing"]
        page.review.stop.click()
    wait_for_end(qtbot, page)
    assert "中止しました" in page.review.trouble.accessibleName()
    assert list(stick.iterdir()) == []
    assert batch_rows(desk) == []


def test_stop_that_comes_too_late_counts_the_file(
    qtbot: QtBot, open_page: OpenPage, desk: Desk, stick: Path, hold: Hold
):
    page = open_page(stick)
    review(qtbot, page)
    with hold("fsync") as held:  # every byte is written
        approve(page)
        qtbot.waitUntil(held.is_reached)
        page.review.stop.click()
    wait_for_end(qtbot, page)
    assert page.screens.currentWidget() is page.result
    assert batch_rows(desk) == ["delivered"]
    assert len(list(stick.iterdir())) == 1


def test_window_lives_while_the_file_is_written(qtbot: QtBot, open_page: OpenPage, stick: Path, hold: Hold):
    page = open_page(stick)
    review(qtbot, page)
    with hold("fsync") as held:
        approve(page)
        qtbot.waitUntil(held.is_reached)
        assert page.review.stop.isVisible()
        assert not page.review.back.isEnabled()
        qtbot.waitUntil(lambda: page.review.bar.maximum() > 0)  # progress came in while the job hangs
        assert "読み返して" in page.review.progress.text()
    wait_for_end(qtbot, page)


# What an earlier run left open ---------------------------------------------------------------------------------------


def test_batch_of_a_killed_program_whose_file_lies_there_is_confirmed(
    qtbot: QtBot, open_page: OpenPage, exports: Exports, desk: Desk, cast: Cast, stick: Path
):
    plan = exports.plan(cast.admitted)
    bundle = build(plan).bundle
    exports.begin(plan, bundle, to_folder(stick))
    deliver(bundle, to_folder(stick), today=exports.today)
    page = open_page(stick)
    (notice,) = page.notices
    assert "書き出し済みとして記録しました" in notice.accessibleName()
    assert batch_rows(desk) == ["delivered"]
    assert page.choose.totals.text() == "書き出す方 3名（変更なし 3）"
    assert notice.button is not None
    notice.button.click()
    assert not notice.isVisible()


def test_batch_of_a_killed_program_without_a_file_is_forgotten(
    qtbot: QtBot, open_page: OpenPage, exports: Exports, desk: Desk, cast: Cast, stick: Path
):
    plan = exports.plan(cast.admitted)
    exports.begin(plan, build(plan).bundle, to_folder(stick))
    page = open_page(stick)
    (notice,) = page.notices
    assert "取り消しました" in notice.accessibleName()
    assert batch_rows(desk) == []
    assert page.choose.totals.text() == "書き出す方 3名（新規 3）"


def test_page_that_goes_while_writing_leaves_the_truth_to_the_next(
    qtbot: QtBot, open_page: OpenPage, desk: Desk, jobs: JobRunner, stick: Path, hold: Hold
):
    page = open_page(stick)
    review(qtbot, page)
    with hold("fsync") as held:
        approve(page)
        qtbot.waitUntil(held.is_reached)
        delete(page)  # as the lock does
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert batch_rows(desk) == ["writing"]
    (notice,) = open_page(stick).notices
    assert "書き出し済みとして記録しました" in notice.accessibleName()
    assert batch_rows(desk) == ["delivered"]


def test_reload_while_writing_does_not_touch_the_batch(
    qtbot: QtBot, open_page: OpenPage, desk: Desk, stick: Path, hold: Hold
):
    page = open_page(stick)
    review(qtbot, page)
    with hold("fsync") as held:
        approve(page)
        qtbot.waitUntil(held.is_reached)
        page.reload()  # the operator went to another page and came back
        assert batch_rows(desk) == ["writing"]
    wait_for_end(qtbot, page)
    assert batch_rows(desk) == ["delivered"]
    assert page.notices == ()
