"""Every screen of the export fits a small window, can be worked by keys, and speaks to a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.provisions import Provisions
from nakodo_desktop.ui.exports.export_page import ExportPage
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme
from tests.exportkit import Cast
from tests.ui.exports.conftest import OpenPage
from tests.ui.exports.test_approving import approve, review
from tests.ui.screenkit import cut_texts

SMALLEST = (1080, 560)  # 1366×768 at 125 %, less the side bar's icons and the task bar


def screens_of(qtbot: QtBot, page: ExportPage, cast: Cast) -> Iterator[str]:
    """Walk through all of them."""
    for member_id in (cast.hanako, cast.unsigned, cast.leaking, cast.doubtful):
        page.choose.select(member_id)
        yield "choose"
    page.choose.history.click()
    yield "history"
    page.history.back.click()
    qtbot.waitUntil(lambda: not page.is_busy)
    review(qtbot, page)
    yield "review"
    page.review.set_running(True)
    page.review.show_progress(1_023, 1_024)
    yield "review, writing"
    page.review.set_running(False)
    with qtbot.waitSignal(page.changed):
        approve(page)
    yield "result"
    page.result.back.click()
    qtbot.waitUntil(lambda: not page.is_busy)
    page.choose.history.click()
    yield "history"
    for text in ("第1回", "該当なし"):
        page.history.search.fill(text)
        page.history.search.searched.emit(text)
        yield f"history, asked for {text}"


def test_every_screen_fits_a_small_window(
    qtbot: QtBot, sized: Theme, jobs: JobRunner, exports: Exports, provisions: Provisions, cast: Cast, stick: Path
):
    page = ExportPage(sized, jobs, exports, provisions, folder=str(stick))
    qtbot.addWidget(page)
    page.resize(*SMALLEST)
    page.show()
    page.reload()
    qtbot.waitUntil(lambda: not page.is_busy)
    for name in screens_of(qtbot, page, cast):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        needed = page.minimumSizeHint()
        assert (needed.width() <= SMALLEST[0] - sized.px(56), needed.height() <= SMALLEST[1]) == (True, True), (
            name,
            needed,
        )
        assert cut_texts(page) == [], name
        assert (page.width(), page.height()) == SMALLEST, f"{name}: the window was pushed while the screen changed"


def test_everything_that_takes_the_focus_has_a_spoken_name(qtbot: QtBot, open_page: OpenPage, cast: Cast, stick: Path):
    page = open_page(stick)
    for name in screens_of(qtbot, page, cast):
        nameless = [
            widget
            for widget in page.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisibleTo(page)
            and not isinstance(widget, QStackedWidget)
            and not (isinstance(widget, QAbstractScrollArea) and widget.focusPolicy() == Qt.FocusPolicy.NoFocus)
            and not widget.accessibleName()
        ]
        assert nameless == [], name


def test_list_speaks_the_name_and_the_state(page: ExportPage, cast: Cast):
    model = page.choose.model
    index = model.index(model.row_of(cast.taro))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "架空 太郎、新規、M-0002　しおり"
    assert Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
