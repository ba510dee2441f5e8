"""One whole interview through the real window, typed as a person types, with a picture of every step.

Leaves OUT_DIR/declaration.pdf, OUT_DIR/bundle/*.zip and OUT_DIR/screens/*.png.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # no display is needed, and none is used when there is one

from PySide6.QtCore import (
    QMessageLogContext,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from nakodo_desktop.assembly import Office
from nakodo_desktop.demo.camera import SIZE, Camera
from nakodo_desktop.demo.office import PASSPHRASE, build_demo_office
from nakodo_desktop.demo.people import people
from nakodo_desktop.demo.portraits import draw_portrait
from nakodo_desktop.domain.declaration import DeclarationState
from nakodo_desktop.domain.interview import STEPS
from nakodo_desktop.domain.member_query import MemberQuery
from nakodo_desktop.domain.values import Value
from nakodo_desktop.errors import UserError
from nakodo_desktop.export.verify import Expected, verify_bundle
from nakodo_desktop.services.clock import Clock, utc_now
from nakodo_desktop.services.unlocking import Opened, unlock_job
from nakodo_desktop.session import Session, open_session
from nakodo_desktop.settings import Settings
from nakodo_desktop.ui.exports.export_page import ExportPage
from nakodo_desktop.ui.interview.declaration_page import DeclarationPage
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.photo_page import PhotoChecklist
from nakodo_desktop.ui.interview.typist import Typist
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.members.list_page import MembersPage
from nakodo_desktop.ui.theme import Theme, install
from nakodo_desktop.ui.tokens import TextSize
from nakodo_desktop.ui.unlock import UnlockScreen
from nakodo_desktop.ui.widgets.municipality_input import Place

SCREENS = (
    *("unlock", "unlock_wrong", "home", "members", "record"),
    *(f"interview_{number:02d}_{step.key}" for number, step in enumerate(STEPS, start=1)),
    f"interview_{len(STEPS) + 1:02d}_done",
    *("interviews", "documents", "settings", "help"),
    *("export_choose", "export_review", "export_result"),
)
_PERSON = 40  # somebody who is not in the demo office yet


def run_tour(
    out_dir: Path,
    *,
    dark: bool = False,
    text_size: TextSize = TextSize.STANDARD,
    size: tuple[int, int] = SIZE,
    now: Clock = utc_now,
) -> Iterator[str]:
    """Do it and say what was done, line by line. Raises UserError when something does not come out as it must."""
    started = time.perf_counter()
    out_dir.mkdir(parents=True, exist_ok=True)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["nakodo-desktop"])
    qInstallMessageHandler(_quiet)
    camera = Camera(app, out_dir / "screens", size=size)
    theme = install(app, dark=dark, text_size=text_size)
    with TemporaryDirectory(prefix="nakodo-demo-") as folder:
        vault, built = Path(folder) / "vault", time.perf_counter()
        build_demo_office(vault, now=now())
        yield f"お試しの事務所を作りました（{time.perf_counter() - built:.1f}秒）"
        unlocked = time.perf_counter()
        opened = _unlock(theme, camera, vault, now=now)
        yield f"パスワードで開きました（{time.perf_counter() - unlocked:.2f}秒）"
        session = open_session(opened, now=now)
        try:
            yield from _in_the_office(theme, camera, session, out_dir, Path(folder))
        finally:
            session.close(reason="demo")
    yield f"終わりました（全体で{time.perf_counter() - started:.1f}秒）：{out_dir}"


def _quiet(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """The offscreen platform complains at each window that it has no window manager."""
    if "propagateSizeHints" not in message:
        sys.stderr.write(f"{message}\n")


def _in_the_office(theme: Theme, camera: Camera, session: Session, out_dir: Path, folder: Path) -> Iterator[str]:
    jobs = JobRunner()
    office = Office(
        theme, jobs, session, Settings(), prefer=lambda _changes: None, remember_export_dir=lambda _folder: None
    )
    camera.stand_before(office.workspace)
    office.workspace.open("home")
    camera.take("home")
    members = office.workspace.open("members")
    assert isinstance(members, MembersPage)
    camera.take("members")
    office.open_record(session.members.select(MemberQuery())[0])
    camera.settle(lambda: jobs.is_idle)
    camera.take("record")
    office.workspace.close_over()
    interviewed = time.perf_counter()
    flow = office.start_interview()
    _interview(flow, camera, session, out_dir, folder)
    yield f"面談を最後まで行いました（{len(STEPS)}の手順、{time.perf_counter() - interviewed:.1f}秒）"
    yield f"独身誓約書：{out_dir / 'declaration.pdf'}"
    office.workspace.close_over()
    for place in ("interviews", "documents", "settings", "help"):
        office.workspace.open(place)
        camera.settle(lambda: jobs.is_idle)
        camera.take(place)
    exported = time.perf_counter()
    page = office.workspace.open("export")
    assert isinstance(page, ExportPage)
    yield from _export(page, camera, session, out_dir / "bundle")
    yield f"書き出して確かめました（{time.perf_counter() - exported:.1f}秒）"
    jobs.wait()
    camera.leave()


def _unlock(theme: Theme, camera: Camera, vault: Path, *, now: Clock) -> Opened:
    """First with a wrong passphrase, for the picture; then with the right one, typed."""
    jobs = JobRunner()
    screen = UnlockScreen(
        theme,
        jobs,
        vault,
        office_name="お試し結婚相談所",
        last_used_at="2026-11-22T09:04:00+09:00",
        make_job=partial(unlock_job, now=now),
    )
    camera.stand_before(screen)
    camera.take("unlock")
    screen.password.editor.setText("ちがうあいことば")
    screen.open_button.click()
    camera.settle(lambda: bool(screen.password.error()))
    camera.take("unlock_wrong")
    jobs.wait()
    camera.leave()
    return unlock_job(vault, PASSPHRASE)()


def _interview(flow: InterviewFlow, camera: Camera, session: Session, out_dir: Path, folder: Path) -> None:
    """Every step in its order; what the form makes of keys and clicks is what is kept."""
    today = session.members.today
    answers = _answers(today)
    photo = folder / "portrait.jpg"
    photo.write_bytes(draw_portrait(_PERSON, female=answers["sex"] == "female"))
    places = tuple(Place(m.code, m.prefecture, m.name) for m in session.places.rows)
    typist = Typist(flow, places=places, photos={"photo_upper": photo})
    for number, step in enumerate(STEPS, start=1):
        flow.go_to(step.key)
        match step.key:
            case "photo":
                typist.fill_step(answers)
                camera.settle(lambda: bool(flow.page.values().get("photo_upper")))
                _look_at_photo(flow, typist)
            case "declaration":
                _declare(flow, camera, typist, out_dir)
            case "preview":
                pass  # a pseudonym was proposed, and everything else is only read
            case "finish":
                typist.press("publish")
            case _:
                typist.fill_step(answers)
        if step.key == "life":
            typist.write_memo("穏やかに話される方。犬の話で笑顔になる。")
        camera.take(f"interview_{number:02d}_{step.key}")
    typist.press("finish")
    if session.interviews.load(flow.interview_id).finished_at is None:
        raise UserError("お試しの面談を完了できませんでした。", "画面の写真 interview_12_finish.png をご覧ください。")
    camera.take(f"interview_{len(STEPS) + 1:02d}_done")


def _answers(today: date) -> dict[str, Value]:
    *_, person = people(_PERSON + 1, today=today)
    answers = dict(person.answers)
    return answers | {
        "family_name": "髙橋例",
        "family_kana": "たかはしれい",
        "given_name": "美咲例",
        "given_kana": "みさきれい",
        "postal_code": "194-0013",  # fills prefecture, city and town by itself
        "municipality": "13209",
        "address_line": "架空41-5-1",
    }


def _look_at_photo(flow: InterviewFlow, typist: Typist) -> None:
    checklist = next(found for found in flow.page.findChildren(PhotoChecklist) if found.isVisibleTo(flow))
    for box in checklist.boxes:
        typist.answer(box, True)
    typist.press(checklist.button.objectName())


def _declare(flow: InterviewFlow, camera: Camera, typist: Typist, out_dir: Path) -> None:
    page = flow.page
    assert isinstance(page, DeclarationPage)
    typist.press("declaration_begin")
    camera.settle(lambda: page.panel.is_drawn)
    page.panel.save_to(out_dir / "declaration.pdf")
    camera.settle(lambda: page.panel.is_drawn)
    typist.press("declaration_sign")
    typist.answer(page.panel.signing.fields["place"], "当所 面談室")
    typist.press("signing_record")
    signed = page.panel.declaration
    if signed is None or signed.state is not DeclarationState.SIGNED:
        raise UserError("お試しの誓約書に署名を記録できませんでした。")
    camera.settle(lambda: page.panel.is_drawn)


def _export(page: ExportPage, camera: Camera, session: Session, folder: Path) -> Iterator[str]:
    """Choose, look, approve and write, in the window; then read the bundle back as the association would."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.zip"):
        old.unlink()
    camera.settle(lambda: not page.is_busy)
    if not page.choose.chosen_ids:
        page.choose.tick_all.box.click()
    camera.take("export_choose")
    left_out = len(page.choose.model.entries) - len(page.choose.chosen_ids)
    page.choose.review.click()
    camera.settle(lambda: not page.is_busy and page.screens.currentWidget() is page.review)
    page.review.choose_folder(folder)
    camera.settle(lambda: page.review.is_reported)
    if page.review.understood.isVisibleTo(page):
        page.review.understood.box.click()
    camera.take("export_review")
    page.review.approve.click()
    camera.settle(lambda: page.screens.currentWidget() is page.result)
    camera.take("export_result")
    record = session.exports.history()[0]
    yield f"仮名プロフィール {record.profile_count}名を書き出し、{left_out}名は理由を示して外しました"
    written = folder / record.name
    report = verify_bundle(written, expected=Expected(today=session.exports.today))
    if not report.is_ok:
        raise UserError("書き出したファイルが正しくありません。", "\n".join(f.message for f in report.findings))
    yield f"書き出しの確認：問題ありません（{written}）"
