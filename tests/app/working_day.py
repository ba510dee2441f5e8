"""A working day of the program with planted words, for test_working_day: real window, real files, a home of its own.

Reads vault folder and passphrase from standard input. Deliberate exports go to OUT, backups to STICK. Says what the
dialogs said, every path that Python opened for writing, and `open` when everything is done and the office stands open.

    python -m tests.app.working_day OUT STICK
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

_WRITTEN: set[str] = set()


def _note_writing(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
        flags = arguments[2]
        if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            _WRITTEN.add(str(Path(os.fsdecode(arguments[0])).absolute()))


sys.addaudithook(_note_writing)

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer  # noqa: E402
from PySide6.QtWidgets import QLabel  # noqa: E402

from nakodo_desktop import paths  # noqa: E402
from nakodo_desktop.app import Application, make_application, restart_at  # noqa: E402
from nakodo_desktop.assembly import Office  # noqa: E402
from nakodo_desktop.domain import interview  # noqa: E402
from nakodo_desktop.log import start_logging  # noqa: E402
from nakodo_desktop.services.safekeeping import Shelves  # noqa: E402
from nakodo_desktop.ui.ending import Ending  # noqa: E402
from nakodo_desktop.ui.exports.export_page import ExportPage  # noqa: E402
from nakodo_desktop.ui.interview.declaration_page import DeclarationPage  # noqa: E402
from nakodo_desktop.ui.interview.flow import InterviewFlow  # noqa: E402
from nakodo_desktop.ui.interview.photo_page import PhotoChecklist  # noqa: E402
from nakodo_desktop.ui.interview.typist import Typist, compose  # noqa: E402
from nakodo_desktop.ui.members.list_page import MembersPage  # noqa: E402
from nakodo_desktop.ui.members.record_page import RecordPage  # noqa: E402
from nakodo_desktop.ui.support_facts import support_facts  # noqa: E402
from nakodo_desktop.ui.unlock import UnlockScreen  # noqa: E402
from nakodo_desktop.ui.widgets.dialog import AppDialog  # noqa: E402
from nakodo_desktop.ui.widgets.municipality_input import Place  # noqa: E402
from tests import factory  # noqa: E402
from tests.picturekit import jpeg_with_everything  # noqa: E402

PLANTED = {
    "family_name": "漏洩髙﨑探索",
    "given_name": "花子検査係員",
    "family_kana": "ろうえいたかさきたんさく",
    "given_kana": "はなこけんさかかりいん",
    "phone": "090-0000-1756",
    "email": "kanaria.1711756@example.jp",
    "address_line": "架空町17丁目56番カナリア探索荘",
    "employer_name": "架空カナリア漏洩検査商会",
    "school_name": "架空カナリア漏洩検査短大",
    "contact_note": "連絡先の備考のカナリア一七一一",
    "religion_note": "信条の備考のカナリア一七一一",
    "interview_note": "面談メモのカナリア一七一一七五六",
}
CORRECTED_PHONE = "080-0000-1757"
WRONG_PASSPHRASE = "まちがえた 合言葉 カナリア 1711"
_PATIENCE_MS = 20_000


def settle(holds: Callable[[], bool]) -> None:
    """Let the window work until the condition holds."""
    loop, clock = QEventLoop(), QElapsedTimer()

    def look() -> None:
        if holds() or clock.elapsed() > _PATIENCE_MS:
            loop.quit()

    clock.start()
    poll = QTimer(loop, interval=5)
    poll.timeout.connect(look)
    poll.start()
    loop.exec()
    poll.stop()
    assert holds(), "the day does not go on"


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


class Day:
    def __init__(self, application: Application, out: Path, stick: Path) -> None:
        self._application, self._out, self._stick = application, out, stick

    @property
    def office(self) -> Office:
        assert self._application.office is not None
        return self._application.office

    def come_in(self, folder: Path, passphrase: str) -> None:
        self._application.start(folder)
        screen = self._application.shell.findChild(UnlockScreen)
        assert screen is not None
        screen.password.editor.setText(WRONG_PASSPHRASE)
        screen.submit()
        settle(lambda: bool(screen.password.error()))
        screen.password.editor.setText(passphrase)
        screen.submit()
        settle(lambda: self._application.office is not None)

    def interview(self) -> int:
        photo = self._out / "IMG_0001.jpg"  # from the camera: the operator's own file
        photo.write_bytes(jpeg_with_everything())
        said = factory.answers(**PLANTED, photo_full=None, disability_flag="no")
        flow = self.office.start_interview()
        session = self._application._session
        assert session is not None
        places = tuple(Place(m.code, m.prefecture, m.name) for m in session.places.rows)
        hands = Typist(flow, places=places, photos={"photo_upper": photo})
        for step in interview.STEPS:
            flow.go_to(step.key)
            hands.fill_step(said)
            if step.key == "photo":
                settle(lambda: bool(flow.page.values().get("photo_upper")))
                checklist = next(one for one in flow.page.findChildren(PhotoChecklist) if one.isVisibleTo(flow))
                for box in checklist.boxes:
                    hands.answer(box, True)
                hands.press(checklist.button.objectName())
            elif step.key == "declaration":
                self._declare(flow, hands)
        hands.write_memo(PLANTED["interview_note"])
        hands.press("publish")
        hands.press("finish")
        member_id = session.interviews.load(flow.interview_id).member_id
        assert member_id is not None, "the interview is not finished"
        return member_id

    def _declare(self, flow: InterviewFlow, hands: Typist) -> None:
        page = flow.page
        assert isinstance(page, DeclarationPage)
        hands.press("declaration_begin")
        settle(lambda: page.panel.is_drawn)
        page.panel.save_to(self._out / "declaration.pdf")
        settle(lambda: page.panel.is_drawn)
        hands.press("declaration_sign")
        hands.answer(page.panel.signing.fields["place"], "当所 面談室")
        hands.press("signing_record")

    def look_up_and_correct(self) -> None:
        members = self.office.workspace.open("members")
        assert isinstance(members, MembersPage)
        compose(members.search.editor, PLANTED["family_name"])
        settle(lambda: members.model.rowCount() == 1)
        page = self.office.open_record(1)
        assert isinstance(page, RecordPage)
        card = page.sections.card("basics")
        card.edit.click()
        assert card.form is not None
        card.form.inputs["phone"].fill(CORRECTED_PHONE)
        assert card.save()
        self.office.workspace.close_over()

    def export(self) -> None:
        page = self.office.workspace.open("export")
        assert isinstance(page, ExportPage)
        settle(lambda: not page.is_busy)
        if not page.choose.chosen_ids:
            page.choose.tick_all.box.click()
        page.choose.review.click()
        settle(lambda: not page.is_busy and page.screens.currentWidget() is page.review)
        page.review.choose_folder(self._out)
        settle(lambda: page.review.is_reported)
        page.review.understood.box.click()
        page.review.approve.click()
        settle(lambda: page.screens.currentWidget() is page.result)

    def back_up(self) -> None:
        session = self._application._session
        assert session is not None
        assert session.safety.keeping.back_up(Shelves((self._stick,))).run().is_whole

    def meet_bugs(self) -> None:
        """In a slot and in a job, each with a member's words in it."""
        for bug in (self._fail_in_a_slot, self._fail_in_a_job):
            bug()
            settle(lambda: self._dialog() is not None)
            dialog = self._dialog()
            assert dialog is not None
            say("dialog: " + " ".join(label.text() for label in dialog.findChildren(QLabel)))
            dialog.reject()
            settle(lambda: self._dialog() is None)

    def _dialog(self) -> AppDialog | None:
        found = self._application.shell.findChildren(AppDialog)
        return next((one for one in found if one.isVisible()), None)

    def _fail_in_a_slot(self) -> None:
        def slot() -> None:
            raise KeyError(" ".join(PLANTED.values()))

        QTimer.singleShot(0, slot)

    def _fail_in_a_job(self) -> None:
        def work() -> None:
            raise ValueError(" ".join(PLANTED.values()))

        jobs = self._application.jobs
        jobs.run(self.office, work, on_done=lambda _: None, on_failed=self._application._tell)

    def begin_another(self) -> None:
        """Half typed, and saved as a draft."""
        flow = self.office.start_interview()
        flow.go_to("basics")
        compose(flow.page.inputs["family_name"].editor, PLANTED["family_name"])  # type: ignore[attr-defined]
        flow.save_now()


def main() -> int:
    out, stick = Path(sys.argv[1]), Path(sys.argv[2])
    folder, passphrase = Path(sys.stdin.readline().rstrip("\n")), sys.stdin.readline().rstrip("\n")
    start_logging(paths.log_dir())
    app = make_application(["working-day"])
    application = Application(app, restart=restart_at)
    Ending(app, application.shell).heed_signals()
    application.shell.show()
    try:
        work(Day(application, out, stick), folder, passphrase)
    finally:
        if sys.exc_info()[0] is not None:  # the program's own hook would only show it in a dialog
            traceback.print_exc()
    say("support: " + support_facts(application.theme, application.shell.screen()).replace("\n", " "))
    say("written: " + json.dumps(sorted(_WRITTEN)))
    say("open")
    return app.exec()


def work(day: Day, folder: Path, passphrase: str) -> None:
    day.come_in(folder, passphrase)
    day.interview()
    day.look_up_and_correct()
    for place in ("home", "interviews", "documents", "settings", "help"):
        day.office.workspace.open(place)
    day.export()
    day.back_up()
    day.meet_bugs()
    day.begin_another()


if __name__ == "__main__":
    sys.exit(main())
