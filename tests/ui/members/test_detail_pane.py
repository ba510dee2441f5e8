"""One member beside the list: what is shown, what is masked, and that nothing sits oddly."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from nakodo_desktop.ui.members.detail_pane import MASK, MaskedFact
from nakodo_desktop.ui.members.list_page import MembersPage
from nakodo_desktop.ui.widgets.frames import FormScroll
from nakodo_desktop.ui.widgets.labels import PlainLabel
from tests import factory
from tests.factory import Desk
from tests.officekit import acts_of
from tests.ui.members.conftest import ListAt, People


def choose(page: MembersPage, member_id: int) -> None:
    at = page.model.row_of(member_id)  # type: ignore[arg-type]
    assert at is not None
    page.table.selectRow(at)


def words_of(page: MembersPage) -> list[str]:
    return [label.text() for label in page.detail.findChildren(PlainLabel) if label.isVisible()]


def test_the_phone_is_dots_until_it_is_asked_for_and_the_asking_is_logged(
    list_page: ListAt, people: People, desk: Desk, qtbot: QtBot
) -> None:
    page = list_page()
    choose(page, people.hanako)
    fact = page.detail.findChildren(MaskedFact)[-1]
    assert fact.words.text() == MASK
    assert not any("080" in words for words in words_of(page))
    before = acts_of(desk).count("field.unmask")
    fact.eye.click()
    assert fact.words.text() == "080-1111-2222"
    assert not fact.eye.isVisible()
    assert acts_of(desk).count("field.unmask") == before + 1


def test_another_member_is_masked_again(list_page: ListAt, people: People, qtbot: QtBot) -> None:
    page = list_page()
    choose(page, people.hanako)
    page.detail.findChildren(MaskedFact)[-1].eye.click()
    choose(page, people.taro)
    choose(page, people.hanako)
    qtbot.waitUntil(lambda: len(page.detail.findChildren(MaskedFact)) == 1)
    assert page.detail.findChildren(MaskedFact)[0].words.text() == MASK


def test_what_is_missing_is_told_in_words(list_page: ListAt, people: People) -> None:
    page = list_page()
    choose(page, people.jiro)
    assert "未作成" in words_of(page)
    assert "3 / 4" in words_of(page)
    choose(page, people.taro)
    assert "署名済み" in words_of(page)
    assert "4 / 4" in words_of(page)


def test_a_certificate_seen_alone_is_told_as_what_it_is(desk: Desk, list_page: ListAt) -> None:
    shown = factory.member(desk, single_status_proof="official_certificate")
    page = list_page()
    choose(page, shown)
    said = words_of(page)
    assert "独身証明書" in said and "証明書あり" in said and "未作成" not in said
    assert "4 / 4" in said


def test_the_states_are_flush_right(list_page: ListAt, people: People) -> None:
    page = list_page()
    choose(page, people.taro)
    states = [one for one in page.detail.findChildren(PlainLabel) if one.text() in ("確認済み", "署名済み", "同意あり")]
    right_edges = {one.mapTo(page.detail, one.rect().topRight()).x() for one in states if one.isVisible()}
    assert len(right_edges) == 1


def test_no_bar_stands_where_nothing_is_to_scroll(list_page: ListAt, people: People) -> None:
    page = list_page(1100, 900)
    for member_id in (people.taro, people.hanako, people.jiro):
        choose(page, member_id)
        (scroll,) = page.detail.findChildren(FormScroll)
        bar = scroll.verticalScrollBar()
        assert not (bar.isVisible() and bar.maximum() == 0)
