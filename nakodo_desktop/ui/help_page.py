"""Help without a network: the guide's chapters and the keys, from files that come with the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QTextBrowser, QWidget

from nakodo_desktop.errors import ProgramDamaged
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import PushButton, button
from nakodo_desktop.ui.widgets.frames import Card, column, row
from nakodo_desktop.ui.widgets.labels import PlainLabel

_LIST_PX = 240


class HelpPage(QWidget):
    """One Markdown file a chapter, named `NN-title.md`; the first line is its title."""

    def __init__(self, theme: Theme, guide: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.text = QTextBrowser()
        self.text.setAccessibleName("ヘルプの本文")
        self.text.setOpenLinks(False)
        self.text.setFont(theme.font(14))
        self._group = QButtonGroup(self)
        chapters = sorted(guide.glob("[0-9]*.md"))
        if not chapters:
            raise ProgramDamaged(guide.name)
        rows = column(theme, self, gap=14)
        rows.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(14))
        rows.addWidget(PlainLabel("ヘルプ", "h1"))
        body = row(theme, gap=16)
        contents = Card(theme, margin=8, gap=2)
        contents.setFixedWidth(theme.px(_LIST_PX))
        self._buttons: dict[str, PushButton] = {}
        for chapter in chapters:
            contents.rows.addWidget(self._entry(chapter))
        contents.rows.addStretch()
        page = Card(theme, margin=20)
        page.rows.addWidget(self.text)
        body.addWidget(contents)
        body.addWidget(page, 1)
        rows.addLayout(body, 1)
        self.show_chapter(chapters[0].stem)

    def show_chapter(self, stem: str) -> None:
        """Open a chapter by its file name without ending."""
        entry = self._buttons[stem]
        entry.setChecked(True)
        entry.click()

    def _entry(self, chapter: Path) -> PushButton:
        words = chapter.read_text(encoding="utf-8")
        title = words.partition("\n")[0].lstrip("# ").strip()
        entry = button(self._theme, title, kind="step")
        entry.setCheckable(True)
        entry.setMinimumHeight(self._theme.px(36))
        entry.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        entry.clicked.connect(lambda: self.text.setMarkdown(words))
        self._group.addButton(entry)
        self._buttons[chapter.stem] = entry
        return entry
