"""The only place that shows an error or asks a question; there is never more than one dialog over a window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from nakodo_desktop.errors import UserError, error_code
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.ime import commit_ime

_BUG_TITLE = "予期しないエラーが起きました"
_BUG_TEXT = "いまの操作は取り消されました。それまでに保存された内容は、そのまま残っています。"
_BUG_ADVICE = "もう一度お試しください。続くときは、次のコードをお知らせください。"


def show_error(
    parent: QWidget, theme: Theme, error: BaseException, *, save_log: Callable[[], None] | None = None
) -> AppDialog:
    """Tell what happened and what to do now. When a dialog is open already, it is told there.

    A UserError is shown in its own words, a bug by its code alone: its message may hold a member's values.
    """
    is_bug = not isinstance(error, UserError)
    code = f"コード：{error_code(error)}"
    message, advice = (_BUG_TEXT, _BUG_ADVICE) if not isinstance(error, UserError) else (error.message, error.advice)
    already = open_dialog(parent)
    if already is not None:
        already.tell(f"{_BUG_TITLE}。{code}" if is_bug else message, advice)
        return already
    title = _BUG_TITLE if is_bug else "できませんでした"
    dialog = AppDialog(theme, title, icon="circle-alert", tone="bad", parent=parent.window())
    dialog.add_text(message)
    if advice:
        dialog.add_text(advice)
    if is_bug:
        dialog.add_code(code)
        if save_log is not None:
            dialog.add_button("ログを保存", save_log, icon="save", closes=False)
    dialog.add_button("閉じる", kind="primary").setFocus()
    dialog.open()
    return dialog


def confirm(
    parent: QWidget,
    theme: Theme,
    *,
    title: str,
    text: str,
    yes_verb: str,
    on_yes: Callable[[], None],
    no_verb: str = "やめる",
    on_no: Callable[[], None] | None = None,
    destructive: bool = False,
) -> AppDialog:
    """Ask before a deed; the buttons are verbs. What cannot be undone has the safe answer under the cursor.

    While another dialog is open nothing is asked and nothing happens; the open one is returned.
    """
    commit_ime()
    already = open_dialog(parent)
    if already is not None:
        already.activateWindow()
        return already
    icon = "triangle-alert" if destructive else "circle-question-mark"
    dialog = AppDialog(theme, title, icon=icon, tone="bad" if destructive else "info", parent=parent.window())
    dialog.add_text(text)
    yes = dialog.add_button(yes_verb, on_yes, kind="danger" if destructive else "primary")
    no = dialog.add_button(no_verb)
    if on_no is not None:
        dialog.rejected.connect(on_no)
    (no if destructive else yes).setFocus()
    dialog.open()
    return dialog


def open_dialog(parent: QWidget) -> AppDialog | None:
    """The dialog that is open over the window of `parent` (or is that window), if any."""
    window = parent.window()
    if isinstance(window, AppDialog) and window.isVisible():
        return window
    return next((dialog for dialog in window.findChildren(AppDialog) if dialog.isVisible()), None)
