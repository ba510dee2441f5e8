"""F1: what this screen is for, without leaving it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from nakodo_desktop.ui.alerts import open_dialog
from nakodo_desktop.ui.help_text import CHAPTER_OF, HelpText, load_chapters
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog

_WIDTH_PX, _HEIGHT_PX = 720, 420


def explain(parent: QWidget, theme: Theme, *, guide: Path, about: str) -> AppDialog:
    """Open the chapter about a place (a key of CHAPTER_OF) over the window; an open dialog stays as it is."""
    already = open_dialog(parent)
    if already is not None:
        already.activateWindow()
        return already
    chapters = {chapter.stem: chapter for chapter in load_chapters(guide)}
    dialog = AppDialog(
        theme,
        "この画面の使い方",
        icon="circle-question-mark",
        width_px=_WIDTH_PX,
        parent=parent.window(),
    )
    text = HelpText(theme)
    text.show_chapter(chapters[CHAPTER_OF[about]])
    text.chapter_wanted.connect(lambda stem: text.show_chapter(chapters[stem]) if stem in chapters else None)
    dialog.add_elastic(text, _HEIGHT_PX)
    dialog.add_button("閉じる", kind="primary")
    text.setFocus()
    dialog.open()
    return dialog
