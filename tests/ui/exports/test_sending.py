"""The way there on the export page: a server instead of a folder, a second person, a batch nobody knows the end of."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.delivery import Delivery, DeliveryKind
from nakodo_desktop.services.deliveries import Deliveries
from nakodo_desktop.services.export_plan import build
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.provisions import Provisions
from nakodo_desktop.ui.exports.approval_dialog import ApprovalDialog
from nakodo_desktop.ui.exports.export_page import ExportPage
from nakodo_desktop.ui.exports.settle_dialog import SettleDialog
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from tests.exportkit import Cast
from tests.factory import Desk
from tests.ui.exports.conftest import OpenPage

MATCHMAKERS = "おためし 合言葉 matchmaker 14"


def nobody_listens() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def server(desk: Desk) -> Delivery:
    """Set up, and switched off."""
    setting = Delivery(kind=DeliveryKind.HTTPS, host="127.0.0.1", port=nobody_listens(), fingerprint="0" * 64)
    assert Deliveries(desk.vault).save(setting) == ()
    return setting


@pytest.fixture
def by_two(desk: Desk) -> None:
    assert Deliveries(desk.vault).save(Delivery(needs_second_approval=True)) == ()


def review(qtbot: QtBot, page: ExportPage) -> None:
    page.choose.review.click()
    qtbot.waitUntil(lambda: page.screens.currentWidget() is page.review and not page.review.understood.isHidden())
    page.review.understood.box.click()
    qtbot.waitUntil(page.review.approve.isEnabled)


def told(page: ExportPage) -> str:
    labels = [*page.review.findChildren(WrappedLabel), *page.review.findChildren(PlainLabel)]
    shown = [label for label in labels if label.isVisibleTo(page)]
    return "\n".join(label.plain_text() if isinstance(label, WrappedLabel) else label.text() for label in shown)


def test_with_a_server_no_folder_is_asked_for(qtbot: QtBot, server: Delivery, open_page: OpenPage):
    page = open_page()
    review(qtbot, page)
    words = told(page)
    assert server.address in words
    assert "送り先" in words
    assert "電話で確かめた指紋のサーバーにだけ" in words
    assert page.review.approve.text().strip() == "承認して送る"
    assert not page.review.choose.isVisibleTo(page)


def test_with_a_folder_and_a_seal_it_says_so(qtbot: QtBot, desk: Desk, open_page: OpenPage, stick: Path):
    key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"  # the example of the age manual
    assert Deliveries(desk.vault).save(Delivery(association_key=key)) == ()
    page = open_page(stick)
    review(qtbot, page)
    assert "協会だけが開けられます" in told(page)
    page.review.approve.click()
    qtbot.waitUntil(lambda: page.screens.currentWidget() is page.result)
    assert page.result.facts["ファイル名"].endswith(".zip.age")
    assert page.result.facts["フォルダー"] == str(stick)


# A second person -----------------------------------------------------------------------------------------------------


def ask_the_second(qtbot: QtBot, page: ExportPage) -> ApprovalDialog:
    review(qtbot, page)
    page.review.approve.click()
    dialog = page.window().findChild(ApprovalDialog)
    assert isinstance(dialog, ApprovalDialog)
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def test_the_second_person_approves_and_it_leaves(
    qtbot: QtBot, by_two: None, open_page: OpenPage, exports: Exports, stick: Path
):
    page = open_page(stick)
    dialog = ask_the_second(qtbot, page)
    assert dialog.person.value() is not None  # there is only one it can be
    dialog.passphrase.set_value(MATCHMAKERS)
    dialog.approve.click()
    qtbot.waitUntil(lambda: page.screens.currentWidget() is page.result)
    assert exports.history()[0].approved_by == "架空 仲子"
    assert len(list(stick.iterdir())) == 1


def test_a_wrong_passphrase_is_told_in_the_dialog_and_nothing_leaves(
    qtbot: QtBot, by_two: None, open_page: OpenPage, exports: Exports, desk: Desk, stick: Path
):
    page = open_page(stick)
    dialog = ask_the_second(qtbot, page)
    dialog.passphrase.set_value("ちがう 合言葉")
    dialog.approve.click()
    assert not dialog.approve.isEnabled()
    qtbot.waitUntil(dialog.approve.isEnabled)
    assert dialog.isVisible()
    assert dialog.passphrase.value() is None
    assert "パスワードが違います" in "".join(label.plain_text() for label in dialog.findChildren(WrappedLabel))
    acts = desk.vault.read().execute("SELECT act FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    assert acts is not None
    assert acts["act"] == "export.approve_failed"
    dialog.reject()
    assert not page.is_busy
    assert exports.history() == ()
    assert list(stick.iterdir()) == []


def test_an_empty_passphrase_asks_nobody(qtbot: QtBot, by_two: None, open_page: OpenPage, stick: Path):
    dialog = ask_the_second(qtbot, open_page(stick))
    dialog.approve.click()
    assert dialog.passphrase.error() == "パスワードを入力してください。"
    assert dialog.approve.isEnabled()
    dialog.reject()


# Nobody knows the end ------------------------------------------------------------------------------------------------


class PageToBe(Protocol):
    def __call__(self) -> ExportPage: ...


@pytest.fixture
def page_to_be(
    qtbot: QtBot, theme: Theme, jobs: JobRunner, exports: Exports, provisions: Provisions
) -> Iterator[PageToBe]:
    """A page that is still busy when it is handed over."""
    pages: list[ExportPage] = []  # nobody else keeps them

    def open_() -> ExportPage:
        page = ExportPage(theme, jobs, exports, provisions)
        pages.append(page)
        qtbot.addWidget(page)
        page.show()
        page.reload()
        return page

    yield open_
    pages.clear()


def begun(exports: Exports, cast: Cast) -> None:
    """The program died while it was sending."""
    plan = exports.plan(cast.admitted)
    exports.begin(plan, build(plan).bundle, exports.destination())


def opened(qtbot: QtBot, page: ExportPage) -> SettleDialog:
    qtbot.waitUntil(lambda: page.window().findChild(SettleDialog) is not None)
    dialog = page.window().findChild(SettleDialog)
    assert isinstance(dialog, SettleDialog)
    return dialog


@pytest.mark.parametrize(("name", "confirmed"), [("settle_came", 1), ("settle_did_not_come", 0)])
def test_what_the_association_says_is_written_down(
    qtbot: QtBot, server: Delivery, exports: Exports, cast: Cast, page_to_be: PageToBe, name: str, confirmed: int
):
    begun(exports, cast)
    page = page_to_be()
    dialog = opened(qtbot, page)
    deed = dialog.findChild(QPushButton, name)
    assert deed is not None
    deed.click()
    qtbot.waitUntil(lambda: not page.is_busy)
    assert exports.unsettled() == ()
    assert len(exports.history()) == confirmed
    assert len(page.notices) == 1


def test_it_can_be_left_for_later(qtbot: QtBot, server: Delivery, exports: Exports, cast: Cast, page_to_be: PageToBe):
    begun(exports, cast)
    page = page_to_be()
    opened(qtbot, page).reject()
    qtbot.waitUntil(lambda: not page.is_busy)
    assert len(exports.unsettled()) == 1
    assert page.empty is not None
