"""Help without a network: the guide's chapters, from files that come with the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QWidget

from nakodo_desktop.ui.help_text import Chapter, HelpText, load_chapters
from nakodo_desktop.ui.support_facts import support_facts
from nakodo_desktop.ui.theme import Theme, restyle
from nakodo_desktop.ui.widgets.buttons import PushButton, button
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, row
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.toast import show_toast

_LIST_PX = 220


class HelpPage(QWidget):
    """A list of chapters and the chosen one."""

    chapter_shown = Signal(str)

    def __init__(self, theme: Theme, guide: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.text = HelpText(theme)
        self._group = QButtonGroup(self)
        chapters = load_chapters(guide)
        self._chapters = {chapter.stem: chapter for chapter in chapters}
        self._buttons: dict[str, PushButton] = {}
        self.copy_facts = button(theme, "サポート用の情報をコピー", icon="copy")
        self._lay_out(chapters)
        self.text.chapter_wanted.connect(self.show_chapter)
        self.copy_facts.clicked.connect(self._copy_facts)
        self.show_chapter(chapters[0].stem)

    def show_chapter(self, stem: str) -> None:
        """Open a chapter by its file name without ending; an unknown one (an outdated link) does nothing."""
        if stem not in self._chapters:
            return
        for key, entry in self._buttons.items():
            entry.setProperty("current", key == stem)
            entry.setChecked(key == stem)
            restyle(entry)
        self.setFocusProxy(self._buttons[stem])
        self.text.show_chapter(self._chapters[stem])
        self.chapter_shown.emit(stem)

    def _copy_facts(self) -> None:
        QGuiApplication.clipboard().setText(support_facts(self._theme, self.screen()))
        show_toast(self, self._theme, "コピーしました。会員や事務所の情報は含まれていません。", icon="copy")

    def _entry(self, chapter: Chapter) -> PushButton:
        entry = PushButton()
        entry.setProperty("kind", "step")
        entry.setCheckable(True)
        entry.setAccessibleName(chapter.title)
        entry.setMinimumHeight(self._theme.px(40))
        inside = row(self._theme, entry)
        inside.setContentsMargins(self._theme.px(12), 0, self._theme.px(8), 0)
        inside.addWidget(PlainLabel(chapter.title))
        entry.clicked.connect(lambda: self.show_chapter(chapter.stem))
        self._group.addButton(entry)
        self._buttons[chapter.stem] = entry
        return entry

    def _lay_out(self, chapters: tuple[Chapter, ...]) -> None:
        theme = self._theme
        rows = column(theme, self, gap=14)
        rows.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(14))
        head = row(theme)
        head.addWidget(PlainLabel("ヘルプ", "h1"))
        head.addStretch(1)
        head.addWidget(self.copy_facts)
        rows.addLayout(head)
        body = row(theme, gap=16)
        contents = QWidget()
        entries = column(theme, contents, margin=8, gap=2)
        for chapter in chapters:
            entries.addWidget(self._entry(chapter))
        entries.addStretch()
        contents_card = Card(theme, margin=1, gap=0)
        contents_card.setFixedWidth(theme.px(_LIST_PX))
        contents_card.rows.addWidget(FormScroll(contents))
        page = Card(theme, margin=20)
        page.rows.addWidget(self.text)
        body.addWidget(contents_card)
        body.addWidget(page, 1)
        rows.addLayout(body, 1)
