"""履歴と提供: the answer to 「わたしの何が、だれに渡りましたか」, on the screen and on paper."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.services.provisions import Provisions
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.members.record_page import HISTORY
from nakodo_desktop.ui.printing.sheet_dialog import SheetDialog
from nakodo_desktop.ui.theme import Theme
from tests.factory import Desk
from tests.ui.members.conftest import People, RecordOf


def test_the_answer_is_handed_out_from_the_record(
    record_of: RecordOf, people: People, desk: Desk, theme: Theme, jobs: JobRunner, qtbot: QtBot
) -> None:
    page = record_of(people.taro)
    page.tabs.setCurrentIndex(HISTORY)
    asked: list[int] = []
    page.provisions_wanted.connect(asked.append)
    deed = page.findChild(QPushButton, "provisions_paper")
    assert deed is not None and deed.isVisible()
    deed.click()
    assert asked == [people.taro]

    draw = Provisions(desk.vault).answer(people.taro)
    told: list[tuple[str, int]] = []
    dialog = SheetDialog(
        theme,
        jobs,
        "ご本人にお渡しする提供の記録",
        draw=draw,
        file_name="provisions.pdf",
        record=lambda output, copies: told.append((output, copies)),
        parent=page,
    )
    dialog.open()
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert dialog._pdf is not None and dialog._pdf.startswith(b"%PDF-")
    assert told == []
    dialog.reject()
