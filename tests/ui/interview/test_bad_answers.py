"""What cannot be, of an applicant or a file: told at the field in Japanese, kept as typed, never finished."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nakodo_desktop.services.interviews import NotFinished
from nakodo_desktop.ui.interview.desk import InterviewDesk
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.photo_input import PhotoInput
from nakodo_desktop.ui.interview.photo_page import PhotoPage
from nakodo_desktop.ui.interview.typist import keys
from nakodo_desktop.ui.widgets.inputs import WarekiDateEdit
from tests import factory
from tests.factory import Desk
from tests.picturekit import CANARY, assert_safe, empty_png, encoded, figure, jpeg_with_everything
from tests.ui.interview.conftest import SitDown

_HUNDRED_MPX_SIDE = 10_000


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1987/2/30", "28日まで"),
        ("S64.1.8", "平成元年1月8日"),
        ("2010/1/1", "18歳未満"),
        ("2099/1/1", "今日より後"),
        ("62.3.14", "2桁"),
    ],
)
def test_a_birth_date_that_cannot_be_is_told_kept_and_holds_the_interview_open(
    desk: InterviewDesk, office: Desk, sit_down: SitDown, typed: str, told: str
) -> None:
    flow = sit_down(factory.draft(office).id, open_at="basics")
    birth = flow.page.inputs["birth_date"]
    assert isinstance(birth, WarekiDateEdit)
    birth.editor.selectAll()
    keys(birth.editor, typed)
    flow.forward()
    flow.back()
    shown = flow.page.inputs["birth_date"]
    assert isinstance(shown, WarekiDateEdit)
    assert told in shown.error()
    outcome = desk.interviews.finish(flow.interview_id)
    assert isinstance(outcome, NotFinished)
    assert "birth_date" in {problem.field_key for problem in outcome.problems}
    reopened = sit_down(flow.interview_id, open_at="basics").page.inputs["birth_date"]
    assert isinstance(reopened, WarekiDateEdit)
    assert told in reopened.error() and reopened.editor.text()


def take_in(flow: InterviewFlow, file: Path) -> PhotoInput:
    assert isinstance(flow.page, PhotoPage)
    flow.page.take_in("photo_upper", file)
    found = flow.page.inputs["photo_upper"]
    assert isinstance(found, PhotoInput)
    return found


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("これは写真ではありません".encode(), "文字のファイル"),
        (encoded(figure())[:2000], "途中"),
        (empty_png(_HUNDRED_MPX_SIDE), "画素数が多すぎ"),
    ],
    ids=["text", "truncated", "100_megapixels"],
)
def test_a_bad_photo_is_told_at_its_field_and_leaves_the_former_one(
    qtbot: QtBot, desk: InterviewDesk, office: Desk, sit_down: SitDown, tmp_path: Path, content: bytes, told: str
) -> None:
    flow = sit_down(factory.draft(office).id, open_at="photo")
    before = desk.interviews.photos_of(flow.interview_id)
    file = tmp_path / "photo.jpg"
    file.write_bytes(content)
    photo = take_in(flow, file)
    qtbot.waitUntil(lambda: bool(photo.error()), timeout=20_000)
    assert told in photo.error()
    assert desk.interviews.photos_of(flow.interview_id) == before


def test_T63_a_photo_that_knows_where_it_was_taken_is_kept_without_that(
    qtbot: QtBot, desk: InterviewDesk, office: Desk, sit_down: SitDown, tmp_path: Path
) -> None:
    flow = sit_down(open_at="photo")
    file = tmp_path / "photo.jpg"
    file.write_bytes(jpeg_with_everything())
    assert CANARY in file.read_bytes()
    photo = take_in(flow, file)
    qtbot.waitUntil(lambda: photo.value() is not None, timeout=20_000)
    (row,) = office.vault.read().execute("SELECT jpeg, thumbnail FROM photo").fetchall()
    assert_safe(row["jpeg"], row["thumbnail"])
    assert CANARY not in row["jpeg"] and CANARY not in row["thumbnail"]
