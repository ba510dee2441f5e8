"""An office with a few members, and their pages on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.ui.declarations.panel import DeclarationPanel
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.members.list_page import MembersPage
from nakodo_desktop.ui.members.record_page import RecordPage
from nakodo_desktop.ui.section_form import FormFacts
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.municipality_input import Place
from tests import factory
from tests.factory import Desk


@dataclass(frozen=True)
class People:
    """Three members; the first is published and signed, the second published, the third waits."""

    taro: MemberId  # 見本 太郎, 13112
    hanako: MemberId  # 髙橋 花子, 14109 (a ward of a designated city)
    jiro: MemberId  # 架空 次郎, 公開前


@pytest.fixture
def people(desk: Desk) -> People:
    taro = factory.member(desk, pseudonym="かえで")
    factory.signed(desk, taro)
    hanako = factory.member(
        desk,
        family_name="髙橋",
        given_name="花子",
        family_kana="たかはし",
        given_kana="はなこ",
        sex="female",
        phone="080-1111-2222",
        municipality="14109",
        pseudonym="さくら",
    )
    jiro = factory.member(
        desk, publish=False, family_name="架空", given_name="次郎", family_kana="かくう", given_kana="じろう",
        pseudonym="つばさ",
    )  # fmt: skip
    return People(taro, hanako, jiro)


ShowWindow = Callable[[QWidget, int, int], None]


@pytest.fixture
def show_window(qtbot: QtBot) -> Iterator[ShowWindow]:
    kept: list[QWidget] = []

    def place(widget: QWidget, width: int, height: int) -> None:
        qtbot.addWidget(widget)
        kept.append(widget)
        widget.resize(width, height)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)

    yield place
    kept.clear()


ListAt = Callable[..., MembersPage]


@pytest.fixture
def list_page(desk: Desk, theme: Theme, show_window: ShowWindow) -> ListAt:
    def make(width: int = 1100, height: int = 760, *, widths: dict[int, int] | None = None) -> MembersPage:
        page = MembersPage(theme, desk.members, widths=widths)
        page.changed.connect(page.reload)
        page.reload()
        show_window(page, width, height)
        return page

    return make


RecordOf = Callable[[MemberId], RecordPage]


@pytest.fixture
def record_of(desk: Desk, theme: Theme, jobs: JobRunner, show_window: ShowWindow, qtbot: QtBot) -> RecordOf:
    def make(member_id: MemberId) -> RecordPage:
        panel = DeclarationPanel(theme, jobs, desk.declarations)
        places = tuple(Place(m.code, m.prefecture, m.name) for m in desk.places.rows)
        facts = FormFacts(today=desk.members.today, places=places)
        page = RecordPage(theme, desk.members, panel, member_id, facts=facts)
        show_window(page, 1200, 800)
        qtbot.waitUntil(lambda: jobs.is_idle)
        return page

    return make


def open_menu() -> QMenu:
    """The menu that has just popped up."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(text: str) -> None:
    """Trigger the entry of the open menu whose words begin like this."""
    menu = open_menu()
    action = next(one for one in menu.actions() if one.text().startswith(text))
    menu.close()
    action.trigger()
