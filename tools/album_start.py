"""The screens before an office is open: unlock, restore, the closing, the three steps of the set-up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QPushButton

from nakodo_desktop.demo.camera import Camera
from nakodo_desktop.demo.office import HEAD, OFFICE, PASSPHRASE
from nakodo_desktop.errors import OfficeKeyNeeded, VaultDamaged
from nakodo_desktop.services.unlocking import Opened
from nakodo_desktop.ui.forgotten import explain_forgotten
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.set_up import SetUpScreen
from nakodo_desktop.ui.set_up_rules import rules_for
from nakodo_desktop.ui.settings.restore_over import offer_way_out, open_restore_over
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.unlock import UnlockScreen
from nakodo_desktop.ui.waiting import WaitingScreen

WORDS = "きりん ふたご ようがし つみき あさがお"
CODE, KEY = "7KQ2-M0XA-9F3D-T8WB-4HNC-6PRE-1V5S", "3C8T-N5WE-X2JQ-7B0M-R9DK-F4HA-6V1P"


def before_the_unlock(theme: Theme, camera: Camera, folder: Path) -> None:
    jobs = JobRunner()

    def make_job(_folder: Path, _passphrase: str, **_options: str) -> OfficeKeyAsker:
        return OfficeKeyAsker()

    screen = UnlockScreen(
        theme, jobs, folder, office_name=OFFICE.name, last_used_at="2026-11-22T09:04:00+09:00", make_job=make_job
    )
    camera.stand_before(screen)
    explain_forgotten(screen, theme, type_code=screen.type_code)
    take_and_close(camera, "unlock_forgotten")
    screen.password.set_value(PASSPHRASE)
    screen.submit()
    camera.settle(lambda: jobs.is_idle)
    camera.take("unlock_office_key")
    open_restore_over(screen, theme, jobs, folder, places=(), on_restored=lambda _opened: None)
    camera.settle(lambda: jobs.is_idle)
    take_and_close(camera, "restore_nothing_found")
    damaged = VaultDamaged("パスワードは正しいのですが、データが壊れています（6ページ目と41ページ目）。")
    nothing = Opened(folder, keys=None)  # type: ignore[arg-type]  # nobody presses the button
    offer_way_out(screen, theme, jobs, damaged, opened=nothing, on_restore=lambda: None)
    take_and_close(camera, "data_broken")
    camera.leave()
    camera.stand_before(WaitingScreen(theme, "控えを取っています。終わると自動で閉じます。"))
    camera.take("closing")
    camera.leave()
    _set_up(theme, camera, jobs, folder)


class OfficeKeyAsker:
    """A PC that sees the vault for the first time."""

    def __call__(self) -> Opened:
        raise OfficeKeyNeeded


def _set_up(theme: Theme, camera: Camera, jobs: JobRunner, folder: Path) -> None:
    rules = replace(
        rules_for(folder),
        passphrase_trouble=lambda *_: None,
        suggest_passphrase=lambda: WORDS,
        new_recovery_code=lambda: CODE,
        new_office_key=lambda: KEY,
        same_code=lambda *_: None,
        refuse_place=lambda _place: None,
    )
    screen = SetUpScreen(theme, jobs, folder, rules)
    camera.stand_before(screen)
    screen.office_form.show_office(OFFICE)
    camera.take("set_up_1_office")
    screen.next.click()
    screen.fields["head_name"].set_value(HEAD)
    for key in ("passphrase", "again"):
        screen.fields[key].set_value(WORDS)
    suggest = screen.findChild(QPushButton, "suggest")
    assert suggest is not None
    suggest.click()
    camera.take("set_up_2_head")
    screen.next.click()
    typed = screen.fields["typed_code"]
    typed.set_value(CODE[:24])
    typed.set_error("5つ目の四文字に、書き間違いか読み間違いがあります。")
    typed.setFocus()
    camera.take("set_up_3_sheet")
    typed.set_value(CODE)
    screen.next.click()
    screen.backup.set_place(folder / "USBメモリー")
    camera.take("set_up_4_backup")
    camera.leave()


def take_and_close(camera: Camera, name: str) -> None:
    camera.take(name, close_up=True)
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for top in QApplication.topLevelWidgets():
        if top.isVisible() and top is not camera.window:
            top.close()
    camera.settle(lambda: True)
