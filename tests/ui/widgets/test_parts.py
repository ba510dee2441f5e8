"""Labels, buttons, banners, toasts, rail: what they say is what they were given, to eyes and to screen readers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button, tool_button
from nakodo_desktop.ui.widgets.chips import Chip, ChipRow
from nakodo_desktop.ui.widgets.inputs import Code, CodeLineEdit, FieldBox, JaLineEdit, PasswordEdit
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, WrappedLabel, plain_tool_tip
from nakodo_desktop.ui.widgets.marks import first_character
from nakodo_desktop.ui.widgets.notices import Banner, EmptyState
from nakodo_desktop.ui.widgets.step_rail import RailStep, StepRail
from nakodo_desktop.ui.widgets.toast import SHOWN_MS, Toast, show_toast
from tests.ui.conftest import Show
from tests.ui.imekit import play

HOSTILE = '<b>太字</b><img src="file:///secret.png"> & 見本'


def test_member_text_is_never_mark_up(theme: Theme, show: Show) -> None:
    labels = [PlainLabel(HOSTILE), ElidedLabel(HOSTILE), PlainLabel(HOSTILE, "pill", tone="ok")]
    wrapped = WrappedLabel(HOSTILE)
    show(*labels, wrapped)
    for label in labels:
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert label.text() == HOSTILE
    assert wrapped.plain_text() == wrapped.accessibleName() == HOSTILE
    for rich in (wrapped.text(), labels[1].toolTip(), plain_tool_tip(HOSTILE)):
        assert "<b>" not in rich
        assert "<img" not in rich
        assert "&lt;img" in rich


def test_button_shows_its_text_as_it_is(theme: Theme, show: Show) -> None:
    made = button(theme, "A & B を開く", icon="folder-open")
    show(made)
    assert made.text().strip() == "A && B を開く", "Qt shows one ampersand and takes none for a mnemonic"
    assert made.accessibleName() == "A & B を開く"
    assert not made.autoDefault()
    assert tool_button(theme, "x", "閉じる").accessibleName() == "閉じる"


def test_field_box_tells_label_error_notice_and_counter(theme: Theme, show: Show) -> None:
    field = CodeLineEdit(theme, Code.PHONE)
    box = FieldBox(theme, "電話番号", field, required=True, hint="昼間の番号")
    show(box)

    def texts() -> set[str]:
        return {label.accessibleName() or label.text() for label in box.findChildren(QLabel) if label.isVisible()} - {
            ""
        }

    assert texts() == {"電話番号", "必須", "昼間の番号"}
    assert field.editor.accessibleName() == "電話番号"
    assert box.label.buddy() is field
    field.setFocus()
    play(field.editor, [("", "090")])
    field.editor.clearFocus()
    assert "電話番号の桁数が足りません（11桁）。" in texts()
    assert field.editor.accessibleDescription() == "必須。電話番号の桁数が足りません（11桁）。"
    assert field.editor.property("invalid") is True
    field.set_value("090-1234-5678")
    box.set_required(False)
    assert texts() == {"電話番号", "任意", "昼間の番号"}
    field.set_notice("要確認", please_check=True)
    assert "要確認" in texts()


def test_counter_appears_only_near_the_limit(theme: Theme, show: Show) -> None:
    field = JaLineEdit(theme, max_chars=10)
    box = FieldBox(theme, "名", field)
    show(box)
    field.set_value("見本")
    assert not [label for label in box.findChildren(PlainLabel) if "/" in label.text()]
    field.set_value("見本の長い名前")
    field.set_value("見本の長い名前です")
    assert [label.text() for label in box.findChildren(PlainLabel) if "/" in label.text()] == ["9 / 10"]


def test_chips_choose_one_and_count(qtbot: QtBot, theme: Theme, show: Show) -> None:
    row = ChipRow(theme, [Chip("all", "すべて", 128), Chip("active", "活動中"), Chip("paused", "休会")])
    show(row)
    heard: list[str] = []
    row.chosen.connect(heard.append)
    assert row.current == "all"
    active = row.findChild(QWidget, "active")
    assert active is not None
    qtbot.mouseClick(active, Qt.MouseButton.LeftButton)
    row.choose("paused")
    row.set_counts({"active": 1_234})
    assert (heard, row.current) == (["active"], "paused")
    assert active.accessibleName() == "活動中 1,234"


def test_chips_go_on_in_the_next_line(qtbot: QtBot, theme: Theme, show: Show) -> None:
    row = ChipRow(theme, [Chip(str(i), f"とても長い絞り込み{i}") for i in range(8)])
    ground = show(row)
    ground.resize(420, 600)
    chips = [child for child in row.children() if isinstance(child, QWidget)]
    qtbot.waitUntil(lambda: len({chip.y() for chip in chips}) > 1)
    assert all(chip.geometry().right() <= row.width() for chip in chips)


def test_banner_says_and_does(qtbot: QtBot, theme: Theme, show: Show) -> None:
    done: list[str] = []
    banner = Banner(theme, "bad", "自動保存に失敗しました", verb="もう一度保存", act=lambda: done.append("saved"))
    empty = EmptyState(theme, "users", "まだ会員がいません。", verb="面談をはじめる", act=lambda: done.append("began"))
    show(banner, empty)
    assert banner.button is not None
    assert empty.button is not None
    qtbot.mouseClick(banner.button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert done == ["saved", "began"]
    banner.set_words("保存しました", "10:42")
    assert banner.accessibleName() == "保存しました 10:42"


def test_toast_stays_long_enough_and_waits_for_the_mouse(qtbot: QtBot, theme: Theme, show: Show) -> None:
    ground = show(PlainLabel("会員"))
    toast = show_toast(ground, theme, "F-0128 を退会にしました")
    assert SHOWN_MS >= 8_000
    assert toast.clock.isActive()
    here = QPointF(5, 5)
    QApplication.sendEvent(toast, QEnterEvent(here, here, here))
    assert not toast.clock.isActive()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.clock.isActive()
    toast.close_button.setFocus()
    assert not toast.clock.isActive()
    toast.clock.timeout.emit()
    qtbot.waitUntil(lambda: ground.findChild(Toast) is None)


def test_toast_undoes_and_the_next_replaces_it(qtbot: QtBot, theme: Theme, show: Show) -> None:
    ground = show(PlainLabel("会員"))
    undone: list[str] = []
    first = show_toast(ground, theme, "一つめ", undo=lambda: undone.append("一つめ"))
    second = show_toast(ground, theme, "二つめ", undo=lambda: undone.append("二つめ"))
    qtbot.waitUntil(lambda: ground.findChildren(Toast) == [second])
    assert second.undo_button is not None
    qtbot.mouseClick(second.undo_button, Qt.MouseButton.LeftButton)
    assert undone == ["二つめ"]
    del first


RAIL = [
    RailStep("purposes", "利用目的の説明", is_done=True, note="11月23日 説明済み"),
    RailStep("basics", "お名前・ご連絡先"),
    RailStep("career", "ご経歴・お仕事", missing=2),
]


def test_rail_goes_to_any_step_by_mouse_and_keyboard(qtbot: QtBot, theme: Theme, show: Show) -> None:
    rail = StepRail(theme)
    rail.set_steps(RAIL, current="basics")
    show(rail)
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    qtbot.mouseClick(rail.row_of("career"), Qt.MouseButton.LeftButton)
    rail.row_of("purposes").setFocus()
    press_down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(rail.row_of("purposes"), press_down)
    assert rail.row_of("basics").hasFocus()
    assert chosen == ["career"], "the arrow keys only look"
    qtbot.keyClick(rail.row_of("basics"), Qt.Key.Key_Space)
    qtbot.keyClick(rail.row_of("basics"), Qt.Key.Key_Return)
    assert chosen == ["career", "basics", "basics"]


def test_rail_says_the_state_in_words_and_keeps_the_focus(theme: Theme, show: Show) -> None:
    rail = StepRail(theme)
    rail.set_steps(RAIL, current="basics")
    show(rail)
    assert rail.row_of("purposes").accessibleName() == "手順1 利用目的の説明、完了、11月23日 説明済み"
    assert rail.row_of("basics").accessibleName() == "手順2 お名前・ご連絡先、入力中"
    assert rail.row_of("career").accessibleName() == "手順3 ご経歴・お仕事、未入力 2"
    rail.row_of("career").setFocus()
    rail.set_steps(RAIL, current="career")
    assert rail.row_of("career").hasFocus()
    assert rail.current == "career"


def test_passphrase_hides_hints_and_forgets(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = PasswordEdit(theme, enter_moves_on=False)
    show(field)
    field.setFocus()
    assert field.editor.echoMode() == QLineEdit.EchoMode.Password
    shifted = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier, "A")
    QApplication.sendEvent(field.editor, shifted)
    assert "Caps Lock" not in field.notice()[0], "Shift is held"
    caps = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    QApplication.sendEvent(field.editor, caps)
    assert field.notice() == ("Caps Lock がオンのようです。", True)
    wide = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "ａ")
    QApplication.sendEvent(field.editor, wide)
    assert "全角" in field.notice()[0]
    field.eye.setChecked(True)
    assert field.editor.echoMode() == QLineEdit.EchoMode.Normal
    with qtbot.waitSignal(field.editor.returnPressed):
        qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    field.hide()
    assert field.value() is None
    assert field.editor.echoMode() == QLineEdit.EchoMode.Password


@pytest.mark.parametrize(("name", "first"), [("髙橋", "髙"), ("葛󠄀城", "葛󠄀"), ("𠮷野", "𠮷"), (" 見本", "見"), ("", "")])
def test_first_character_of_a_name(name: str, first: str) -> None:
    assert first_character(name) == first
