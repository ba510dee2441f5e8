"""Errors and questions: own words, plain text, one dialog at a time, the safe answer first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from nakodo_desktop.errors import DiskFull, error_code
from nakodo_desktop.ui.alerts import confirm, open_dialog, show_error
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from tests.ui.conftest import Show


def words(dialog: AppDialog) -> str:
    labels = [label for label in dialog.findChildren(QLabel) if label.isVisible()]
    return "\n".join(label.plain_text() if isinstance(label, WrappedLabel) else label.text() for label in labels)


def verbs(dialog: AppDialog) -> list[str]:
    return [made.accessibleName() for made in dialog.findChildren(QPushButton)]


def raised(error: Exception) -> Exception:
    with pytest.raises(type(error)) as caught:
        raise error
    return caught.value


def test_user_error_is_shown_in_its_own_words(theme: Theme, show: Show) -> None:
    ground = show(PlainLabel("会員"))
    dialog = show_error(ground, theme, DiskFull("<b>保存</b>できませんでした。", "空き容量をご確認ください。"))
    assert "<b>保存</b>できませんでした。\n空き容量をご確認ください。" in words(dialog)
    assert "コード" not in words(dialog)
    assert verbs(dialog) == ["閉じる"]
    dialog.close()


def test_bug_shows_a_code_and_never_its_message(qtbot: QtBot, theme: Theme, show: Show) -> None:
    ground = show(PlainLabel("会員"))
    bug, saved = raised(ValueError("漏洩検査太郎")), []
    dialog = show_error(ground, theme, bug, save_log=lambda: saved.append("log"))
    assert "漏洩検査太郎" not in words(dialog)
    assert f"コード：{error_code(bug)}" in words(dialog)
    assert "漏洩検査太郎" not in dialog.windowTitle()
    save = next(made for made in dialog.findChildren(QPushButton) if made.accessibleName() == "ログを保存")
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    assert saved == ["log"]
    assert dialog.isVisible(), "saving the log does not take the code away"
    dialog.close()


def test_there_is_never_a_second_dialog(theme: Theme, show: Show) -> None:
    ground = show(PlainLabel("会員"))
    asked = confirm(
        ground, theme, title="退会にしますか", text="元に戻せます。", yes_verb="退会にする", on_yes=lambda: None
    )
    again = confirm(ground, theme, title="消しますか", text="", yes_verb="消す", on_yes=lambda: None)
    told = show_error(ground, theme, DiskFull("保存できませんでした。", "空き容量をご確認ください。"))
    from_within = show_error(asked, theme, raised(ValueError("漏洩検査太郎")))
    assert asked is again is told is from_within
    assert "予期しないエラー" in words(asked)
    assert "漏洩検査太郎" not in words(asked)
    assert "退会にしますか" in words(asked), "the question is still there"
    asked.close()
    assert open_dialog(ground) is None


@pytest.mark.parametrize(("destructive", "focused"), [(True, "やめる"), (False, "退会にする")])
def test_safe_answer_has_the_focus(theme: Theme, show: Show, destructive: bool, focused: str) -> None:
    ground = show(PlainLabel("会員"))
    dialog = confirm(
        ground,
        theme,
        title="退会にしますか",
        text="サイトの掲載も取り下げます。",
        yes_verb="退会にする",
        on_yes=lambda: None,
        destructive=destructive,
    )
    focus = dialog.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == focused
    assert verbs(dialog) == ["退会にする", "やめる"]
    dialog.close()


def test_yes_acts_once_after_the_dialog_is_gone(qtbot: QtBot, theme: Theme, show: Show) -> None:
    ground = show(PlainLabel("会員"))
    seen: list[object] = []
    dialog = confirm(
        ground,
        theme,
        title="ロックしますか",
        text="",
        yes_verb="ロックする",
        on_yes=lambda: seen.append(open_dialog(ground)),
    )
    yes = dialog.findChildren(QPushButton)[0]
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert seen == [None], "the deed may open the next dialog"


def test_esc_and_no_do_nothing_but_say_so(qtbot: QtBot, theme: Theme, show: Show) -> None:
    ground = show(PlainLabel("会員"))
    heard: list[str] = []

    def ask() -> AppDialog:
        return confirm(
            ground,
            theme,
            title="消しますか",
            text="",
            yes_verb="消す",
            on_yes=lambda: heard.append("yes"),
            on_no=lambda: heard.append("no"),
            destructive=True,
        )

    qtbot.keyClick(ask(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: open_dialog(ground) is None)
    qtbot.mouseClick(ask().findChildren(QPushButton)[1], Qt.MouseButton.LeftButton)
    assert heard == ["no", "no"]


def test_dialog_dies_with_its_window(theme: Theme, show: Show) -> None:
    ground = show(PlainLabel("会員"))
    confirm(ground, theme, title="消しますか", text="見本 太郎さん", yes_verb="消す", on_yes=lambda: None)
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, AppDialog) and w.isVisible()]
    assert len(dialogs) == 1
    assert dialogs[0].parentWidget() is ground
    dialogs[0].close()
