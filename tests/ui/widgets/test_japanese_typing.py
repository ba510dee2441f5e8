"""Nothing typed in Japanese is lost, whatever the IME, the clipboard or the Enter key does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button, tool_button
from nakodo_desktop.ui.widgets.choice_input import CheckInput, ComboInput, RadioInput
from nakodo_desktop.ui.widgets.ime import add_shortcut
from nakodo_desktop.ui.widgets.inputs import (
    Code,
    CodeLineEdit,
    FieldInput,
    JaLineEdit,
    JaTextEdit,
    KanaLineEdit,
    NumberEdit,
    PasswordEdit,
    SearchEdit,
    WarekiDateEdit,
)
from nakodo_desktop.ui.widgets.line_editor import LineEditor
from tests.ui import imekit
from tests.ui.conftest import Show
from tests.ui.handkit import TODAY, leave, press, turn_wheel, watch
from tests.ui.imekit import play


def test_composition_is_silent_until_it_is_committed(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = JaLineEdit(theme)
    show(field)
    field.setFocus()
    heard = watch(field)
    play(field.editor, imekit.YAMADA[:-1])
    assert (heard, field.value()) == ([], None)
    play(field.editor, imekit.YAMADA[-1:])
    assert heard == ["changed"]
    leave(field)
    assert heard == ["changed", "山田"]


def test_leaving_twice_commits_once(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = JaLineEdit(theme)
    other = JaLineEdit(theme)
    show(field, other)
    heard = watch(field)
    field.setFocus()
    play(field.editor, imekit.YAMADA)
    other.setFocus()
    field.setFocus()
    other.setFocus()
    assert heard.count("山田") == 1


def test_stored_value_is_no_typing(qtbot: QtBot, theme: Theme, show: Show) -> None:
    fields: list[tuple[FieldInput, object]] = [
        (JaLineEdit(theme), "髙橋"),
        (KanaLineEdit(theme), "たかはし"),
        (CodeLineEdit(theme, Code.PHONE), "090-1234-5678"),
        (NumberEdit(theme), 170),
        (WarekiDateEdit(theme, today=TODAY), TODAY),
        (JaTextEdit(theme), "一行目\n二行目"),
        (RadioInput(theme, (("a", "あ"), ("b", "い"))), "b"),
        (ComboInput(theme, (("a", "あ"), ("b", "い"))), "b"),
        (CheckInput(theme, "確認しました"), True),
    ]
    show(*(field for field, _ in fields))
    for field, value in fields:
        heard = watch(field)
        field.set_value(value)  # type: ignore[arg-type]  # the list mixes kinds
        assert field.value() == value
        field.set_value(None)
        assert field.value() is None
        field.set_value(value)  # type: ignore[arg-type]  # as above
        leave(field)
        assert heard == []


def test_names_are_kept_as_typed(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = JaLineEdit(theme)
    show(field)
    for name in ("髙﨑", "塚神", "葛󠄀城", "𠮷野𣘺", "Ｏ’Ｂｒｉｅｎ", "か\u3099"):
        field.setFocus()
        field.editor.clear()
        play(field.editor, [("", f"　{name} ")])
        leave(field)
        assert field.value() == name
        assert field.editor.text() == name


def test_too_long_is_told_and_kept(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = JaLineEdit(theme, max_chars=5)
    show(field)
    counts: list[str] = []
    field.counter_changed.connect(counts.append)
    field.setFocus()
    play(field.editor, [("", "見本の太郎さん")])
    leave(field)
    assert field.value() == "見本の太郎さん"
    assert "2文字短く" in field.error()
    assert counts[-1] == "7 / 5"


@pytest.mark.parametrize("typed", ["ヤマダ", "ﾔﾏﾀﾞ", "やまだ"])
def test_kana_comes_into_one_script_after_the_commit(qtbot: QtBot, theme: Theme, show: Show, typed: str) -> None:
    field = KanaLineEdit(theme)
    show(field)
    field.setFocus()
    play(field.editor, [(typed, ""), ("", typed)])
    assert field.value() == "やまだ"
    qtbot.waitUntil(lambda: field.editor.text() == "やまだ")
    assert field.error() == ""


def test_kana_is_not_touched_under_a_new_composition(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = KanaLineEdit(theme)
    show(field)
    field.setFocus()
    play(field.editor, [("ヤマ", ""), ("だ", "ヤマ")])
    assert field.editor.text() == "ヤマ"
    play(field.editor, [("", "だ")])
    qtbot.waitUntil(lambda: field.editor.text() == "やまだ")


def test_kanji_in_a_reading_is_an_error_and_stays(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = KanaLineEdit(theme)
    show(field)
    field.setFocus()
    play(field.editor, [("", "山だ")])
    leave(field)
    assert field.value() == "山だ"
    assert "「山」" in field.error()
    field.setFocus()
    field.editor.selectAll()
    play(field.editor, [("", "やまだ")])
    assert field.error() == "", "a mended field is forgiven at once"


def test_katakana_where_a_form_asks_for_it(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = KanaLineEdit(theme, katakana=True)
    show(field)
    field.setFocus()
    play(field.editor, [("", "すみす")])
    assert field.value() == "スミス"


@pytest.mark.parametrize("make", ["code", "number", "date", "password"])
def test_ime_is_off_where_only_codes_go(qtbot: QtBot, theme: Theme, show: Show, make: str) -> None:
    field = {
        "code": lambda: CodeLineEdit(theme, Code.PHONE),
        "number": lambda: NumberEdit(theme),
        "date": lambda: WarekiDateEdit(theme, today=TODAY),
        "password": lambda: PasswordEdit(theme),
    }[make]()
    names = JaLineEdit(theme)
    show(field, names)
    query = Qt.InputMethodQuery.ImEnabled
    assert field.editor.inputMethodQuery(query) is False
    assert names.editor.inputMethodQuery(query) is True
    if isinstance(field, PasswordEdit):
        field.eye.setChecked(True)
        assert field.editor.inputMethodQuery(query) is False, "also while the characters are shown"


def test_memo_keeps_lines_and_tab_leaves_it(qtbot: QtBot, theme: Theme, show: Show) -> None:
    memo, other = JaTextEdit(theme, max_chars=10), JaLineEdit(theme)
    show(memo, other)
    memo.setFocus()
    play(memo.editor, [("", "一行目")])
    press(memo.editor, Qt.Key.Key_Return)
    play(memo.editor, [("", "二行目です")])
    assert memo.value() == "一行目\n二行目です"
    press(memo.editor, Qt.Key.Key_Tab)
    assert other.editor.hasFocus()
    memo.setFocus()
    play(memo.editor, [("", "と、長い")])
    leave(memo)
    assert "短く" in memo.error()


def test_enter_goes_on_and_shift_enter_back(qtbot: QtBot, theme: Theme, show: Show) -> None:
    first, second = JaLineEdit(theme), KanaLineEdit(theme)
    sex = RadioInput(theme, (("f", "女性"), ("m", "男性")))
    last = NumberEdit(theme)
    helper = tool_button(theme, "calendar", "選ぶ")
    ground = show(first, second, helper, sex, last)
    order = [first.editor, second.editor, sex.radios["f"], last.editor]
    first.setFocus()
    for expected in order[1:]:
        focused = ground.focusWidget()
        assert focused is not None
        press(focused, Qt.Key.Key_Return)
        assert ground.focusWidget() is expected
    for expected in reversed(order[:-1]):
        focused = ground.focusWidget()
        assert focused is not None
        press(focused, Qt.Key.Key_Enter, Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        assert ground.focusWidget() is expected


def test_enter_in_a_field_presses_no_button(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field, pressed = JaLineEdit(theme), []
    finish = button(theme, "完了する", kind="primary")
    finish.clicked.connect(lambda: pressed.append("finished"))
    ground = show(field, finish)
    field.setFocus()
    press(field.editor, Qt.Key.Key_Return)
    assert (pressed, ground.focusWidget()) == ([], finish)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, autorep=True)
    QApplication.sendEvent(finish, held)
    assert pressed == [], "a finger resting on Enter finishes nothing"
    press(finish, Qt.Key.Key_Return)
    assert pressed == ["finished"]


def test_button_and_shortcut_commit_the_composition_first(
    qtbot: QtBot, theme: Theme, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No IME runs offscreen: its commit is played when Qt's input method would be told to commit."""
    field = JaLineEdit(theme)
    commits: list[str] = []

    def commit() -> None:
        commits.append(f"やまだ{len(commits) + 1}")
        play(field.editor, [("", commits[-1])])

    monkeypatch.setattr("nakodo_desktop.ui.widgets.buttons.commit_ime", commit)
    monkeypatch.setattr("nakodo_desktop.ui.widgets.ime.commit_ime", commit)
    save = button(theme, "保存する")
    save.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    ground = show(field, save)
    field.setFocus()
    saved: list[object] = []
    save.clicked.connect(lambda: saved.append(field.value()))
    add_shortcut(ground, "Ctrl+S", lambda: saved.append(field.value()))
    play(field.editor, [("やまだ", "")])
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    qtbot.keyClick(field.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert saved == ["やまだ1", "やまだ1やまだ2"]


def test_wheel_passes_over_lists_and_memos(qtbot: QtBot, theme: Theme, show: Show) -> None:
    combo = ComboInput(theme, [(str(i), f"{i}番") for i in range(9)])
    memo, other = JaTextEdit(theme), JaLineEdit(theme)
    combo.set_value("3")
    show(other, combo, memo)
    other.setFocus()
    assert turn_wheel(combo.combo) is False
    assert turn_wheel(memo.editor.viewport()) is False
    assert combo.value() == "3"


def test_undo_is_per_field(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = KanaLineEdit(theme)
    show(field)
    field.setFocus()
    play(field.editor, [("", "ヤマダ")])
    leave(field)
    assert field.editor.text() == "やまだ"
    field.editor.undo()
    assert field.editor.text() == "ヤマダ", "a conversion can be looked behind"


def test_search_waits_for_a_rest_and_answers_enter_at_once(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = SearchEdit(theme, "氏名で検索")
    show(field)
    field.setFocus()
    found: list[str] = []
    field.searched.connect(found.append)
    with qtbot.waitSignal(field.searched):
        play(field.editor, imekit.YAMADA)
    press(field.editor, Qt.Key.Key_Return)
    press(field.editor, Qt.Key.Key_Escape)
    assert found == ["山田", "山田", ""]
    assert field.editor.text() == ""


def _menu_paste(field: FieldInput) -> None:
    editor = field.parts[0]
    assert isinstance(editor, LineEditor)
    menu = editor.context_menu()
    next(action for action in menu.actions() if action.objectName() == "edit-paste").trigger()
    menu.deleteLater()


def _key_paste(field: FieldInput) -> None:
    QTest.keyClick(field.parts[0], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def _drop(field: FieldInput) -> None:
    data = QMimeData()
    data.setText(QApplication.clipboard().text())
    copy = Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(2, 2), copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    editor = field.parts[0]
    assert isinstance(editor, LineEditor)
    editor.dropEvent(event)


@pytest.mark.parametrize("bring", [_key_paste, _menu_paste, _drop])
@pytest.mark.parametrize(
    ("copied", "wanted"),
    [
        ("東京都世田谷区\r\n架空町1-1\n", "東京都世田谷区 架空町1-1"),
        ("架空町1-1\tお試しハイツ", "架空町1-1 お試しハイツ"),
        ("\n架空町　1-1", "架空町　1-1"),
        ("髙﨑 𠮷子", "髙﨑 𠮷子"),
    ],
)
def test_what_is_pasted_into_one_line_stays_on_one_line(
    theme: Theme, show: Show, bring: Callable[[FieldInput], None], copied: str, wanted: str
) -> None:
    """A break that nobody sees would be refused at the end of the interview, and nobody would know why."""
    field = JaLineEdit(theme)
    show(field)
    field.setFocus()
    QApplication.clipboard().setText(copied)
    heard = watch(field)
    bring(field)
    assert field.value() == wanted
    assert heard[:1] == ["changed"]


def test_a_reading_of_two_lines_is_a_reading(theme: Theme, show: Show) -> None:
    field = KanaLineEdit(theme)
    show(field)
    field.setFocus()
    QApplication.clipboard().setText("ミホン\nハナコ")
    _key_paste(field)
    leave(field)
    assert (field.value(), field.error()) == ("みほん はなこ", "")
