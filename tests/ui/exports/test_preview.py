"""Exactly what leaves of one member: items, findings with their place, and what would hide more."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.singling_out import PHOTO_SENTENCE
from nakodo_desktop.domain.site_context import Coarsening
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.ui.exports.export_page import ExportPage
from nakodo_desktop.ui.exports.marked_text import Mark, MarkedText
from nakodo_desktop.ui.interview.trace_row import TraceRow
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.inputs import JaLineEdit
from nakodo_desktop.ui.widgets.labels import WrappedLabel
from tests.exportkit import Cast, correct
from tests.factory import Desk
from tests.ui.conftest import Show
from tests.ui.imekit import play


def show_member(page: ExportPage, member_id: MemberId) -> None:
    page.choose.select(member_id)


def words_of(row: TraceRow) -> list[str]:
    return [label.plain_text() for label in row.findChildren(WrappedLabel)]


def trace(page: ExportPage, key: str) -> list[str]:
    keys = [item.key for item in page.choose.preview.entry.candidate.draft.items]
    return words_of(page.choose.preview.findChildren(TraceRow)[keys.index(key)])


def press(qtbot: QtBot, page: ExportPage, name: str) -> None:
    """Once it is on the screen."""

    def found() -> list[QPushButton]:
        return [one for one in page.choose.preview.findChildren(QPushButton, name) if one.isVisibleTo(page)]

    qtbot.waitUntil(lambda: len(found()) == 1)
    found()[0].click()


def test_record_stands_beside_what_the_site_shows_with_the_reason(page: ExportPage, cast: Cast):
    show_member(page, cast.hanako)
    area = trace(page, "area_label")
    assert "神奈川県横浜市西区" in area
    assert "神奈川県横浜市" in area
    assert any("区" in words and "出さない" in words for words in area)
    assert "1987" in trace(page, "birth_year")
    assert "―" in trace(page, "school_name")


def test_the_word_is_kamei_profile_and_nothing_better(page: ExportPage, cast: Cast):
    show_member(page, cast.hanako)
    labels = [label.text() for label in page.findChildren(QLabel)]
    assert any("仮名プロフィール" in text for text in labels)
    assert not any(banned in text for text in labels for banned in ("匿名", "個人情報ではない", "特定のしようが"))


def test_photos_are_shown_with_their_names(qtbot: QtBot, page: ExportPage, cast: Cast):
    def names() -> list[str]:
        labels = [label for label in page.choose.preview.findChildren(QLabel) if label.isVisibleTo(page)]
        return [label.accessibleName() for label in labels if "写り込み" in label.accessibleName()]

    show_member(page, cast.hanako)
    expected = ["上半身の写真。写り込みは確認済みです", "全身の写真。写り込みは確認済みです"]
    qtbot.waitUntil(lambda: names() == expected)


def test_leaked_name_is_marked_where_it_stands_and_takes_no_reason(page: ExportPage, cast: Cast):
    show_member(page, cast.leaking)
    card = page.choose.preview.findings["hobbies"]
    assert card.text.marked() == ["仮野誠"]
    assert card.reasons == {}
    told = " ".join(label.plain_text() for label in card.findChildren(WrappedLabel))
    assert "名前を消すか" in told


def test_look_leads_to_the_item(qtbot: QtBot, page: ExportPage, cast: Cast):
    show_member(page, cast.leaking)
    card = page.choose.preview.findings["hobbies"]
    qtbot.waitUntil(lambda: card.height() > 0 and card.visibleRegion().isEmpty())
    press(qtbot, page, "look_hobbies")
    assert not card.visibleRegion().isEmpty()


def test_doubtful_word_waits_for_a_reason_and_leaves_with_one(qtbot: QtBot, page: ExportPage, cast: Cast):
    show_member(page, cast.doubtful)
    reason = page.choose.preview.findings["hobbies"].reasons["架空"]
    press(qtbot, page, "release_hobbies")
    assert reason.error() == "そのまま出してよい理由を書いてください。"
    assert cast.doubtful not in page.choose.chosen_ids
    reason.fill("学生時代からの別の方")
    press(qtbot, page, "release_hobbies")
    assert cast.doubtful in page.choose.chosen_ids  # admitted, so ticked
    assert page.choose.preview.reasons is None
    card = page.choose.preview.findings["hobbies"]
    assert card.reasons == {}
    assert any("学生時代からの別の方" in label.plain_text() for label in card.findChildren(WrappedLabel))


def test_a_half_typed_reason_outlives_a_tick_and_another_member(
    qtbot: QtBot, page: ExportPage, exports: Exports, cast: Cast
):
    def reason() -> JaLineEdit:
        return page.choose.preview.findings["hobbies"].reasons["架空"]

    show_member(page, cast.doubtful)
    play(reason().editor, [("", "学生時代から")])
    page.choose.tick_all.box.click()
    assert reason().text() == "学生時代から"
    show_member(page, cast.taro)
    show_member(page, cast.doubtful)
    assert reason().text() == "学生時代から"
    press(qtbot, page, "release_hobbies")
    assert cast.doubtful in page.choose.chosen_ids
    assert exports.drafts.waiting() == ()


def test_a_reason_for_a_word_that_is_gone_is_forgotten(
    qtbot: QtBot, page: ExportPage, exports: Exports, desk: Desk, cast: Cast
):
    exports.drafts.keep(f"release:{cast.doubtful}:hobbies", {"架空": "学生時代から"}, member_id=cast.doubtful)
    correct(desk, cast.doubtful, hobbies="テニス")
    page.reload()
    qtbot.waitUntil(lambda: not page.is_busy)
    show_member(page, cast.doubtful)
    assert exports.drafts.waiting() == ()


def test_one_click_makes_a_member_coarser_for_good(qtbot: QtBot, page: ExportPage, exports: Exports, cast: Cast):
    show_member(page, cast.jiro)
    assert "180" in trace(page, "height_cm")
    page.choose.preview.coarsening.boxes[Coarsening.BAND_MEASURES].box.click()
    assert "180～184" in trace(page, "height_cm")
    assert exports.candidate(cast.jiro).grounds.coarser == {Coarsening.BAND_MEASURES}
    show_member(page, cast.taro)
    assert page.choose.preview.coarsening.boxes[Coarsening.BAND_MEASURES].value() is False
    show_member(page, cast.jiro)
    assert page.choose.preview.coarsening.boxes[Coarsening.BAND_MEASURES].value() is True
    page.choose.preview.coarsening.boxes[Coarsening.BAND_MEASURES].box.click()
    assert "180" in trace(page, "height_cm")


def test_what_singles_a_member_out_is_told(qtbot: QtBot, page: ExportPage, jobs: JobRunner, cast: Cast):
    show_member(page, cast.jiro)
    sentence = page.choose.preview.coarsening.sentence
    qtbot.waitUntil(lambda: "身長（cm）「180」の人は、この一覧に1人だけです。" in sentence.plain_text())
    assert "「身長・体重を5刻みにする」を選ぶと" in sentence.plain_text()
    page.choose.model.toggle(page.choose.model.row_of(cast.jiro))
    assert "1人だけ" not in sentence.plain_text()  # not in the batch: nobody to hide among


def test_photo_is_never_said_to_hide(page: ExportPage, cast: Cast):
    show_member(page, cast.hanako)
    told = [label.plain_text() for label in page.choose.preview.coarsening.findChildren(WrappedLabel)]
    assert PHOTO_SENTENCE in told


# The marked text ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "end"), [("例の名", 0, 1), ("𠮷田さんと釣り", 0, 2), ("釣り\n𠮷田さん", 3, 5)]
)
def test_marks_stand_at_characters_not_at_code_units(theme: Theme, qtbot: QtBot, text: str, start: int, end: int):
    made = MarkedText(theme, text, [Mark(start, end, "bad")])
    qtbot.addWidget(made)
    assert made.marked() == [text[start:end]]


def test_mark_up_in_a_text_is_shown_as_typed(theme: Theme, qtbot: QtBot):
    made = MarkedText(theme, "<b>太字</b>", [])
    qtbot.addWidget(made)
    assert made.accessibleName() == "<b>太字</b>"


def test_long_text_wraps_and_takes_the_room_it_needs(theme: Theme, show: Show):
    made = MarkedText(theme, "散歩と読書" * 40, [])
    assert made.heightForWidth(200) > 3 * made.heightForWidth(2000)


def test_marked_characters_are_coloured(theme: Theme, show: Show):
    made = MarkedText(theme, "████ ████", [Mark(0, 4, "bad")])
    made.setFixedSize(400, 40)
    show(made)
    image = made.grab().toImage()
    ink = QColor(theme.color("bad"))
    near = [QColor(image.pixel(QPoint(x, y))) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)]
    assert ink in near
