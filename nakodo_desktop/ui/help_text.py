"""The guide's chapters as pages to read: Markdown from our own files, set with room between the lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrame,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from nakodo_desktop.errors import ProgramDamaged
from nakodo_desktop.ui.theme import Theme

# The chapter that explains a place of the workspace (or a screen before it).
CHAPTER_OF = {
    "unlock": "02-unlock-and-lock",
    "set_up": "01-first-steps",
    "home": "11-home",
    "members": "03-members",
    "record": "03-members",
    "interviews": "04-interview",
    "interview": "04-interview",
    "documents": "05-declaration",
    "export": "06-site-export",
    "settings": "10-safety",
    "audit": "10-safety",
    "erasure": "09-erasure",
    "help": "08-troubles",
}
_LINE_PERCENT = 160
_HEADINGS_PX = {1: 22, 2: 16, 3: 14}


@dataclass(frozen=True)
class Chapter:
    """One Markdown file, named `NN-title.md`; its first line is the title."""

    stem: str
    title: str
    words: str


def load_chapters(guide: Path) -> tuple[Chapter, ...]:
    """In reading order. Raises ProgramDamaged when the guide is not there."""
    found = tuple(_read(path) for path in sorted(guide.glob("[0-9]*.md")))
    if not found:
        raise ProgramDamaged(guide.name)
    return found


def _read(path: Path) -> Chapter:
    words = path.read_text(encoding="utf-8")
    return Chapter(path.stem, words.partition("\n")[0].lstrip("# ").strip(), _without_gaps(words))


def _without_gaps(words: str) -> str:
    """Markdown makes a space of a line break within a paragraph; Japanese sentences have none between them."""
    return re.sub(r"(?m)^(?!#)(.*[^\x00-\x7F])\n *(?=[^\x00-\x7F])", r"\1", words)


class HelpText(QTextBrowser):
    """Shows one chapter; a link to another chapter is told by `chapter_wanted`, any other link does nothing."""

    chapter_wanted = Signal(str)  # a file name without ending

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName("ヘルプの本文")
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.font(14))
        self.document().setDocumentMargin(theme.px(4))
        self.anchorClicked.connect(self._on_link)

    def show_chapter(self, chapter: Chapter) -> None:
        self.setMarkdown(chapter.words)
        block = self.document().begin()
        while block.isValid():
            self._set_block(block)
            block = block.next()
        self._set_tables(self.document().rootFrame())
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _set_block(self, block: QTextBlock) -> None:
        cursor, theme = QTextCursor(block), self._theme
        level = block.blockFormat().headingLevel()
        spacing = QTextBlockFormat()
        spacing.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        in_table = cursor.currentTable() is not None
        spacing.setTopMargin(theme.px({0: 0, 1: 0}.get(level, 18)))
        spacing.setBottomMargin(0 if in_table else theme.px(6))
        cursor.mergeBlockFormat(spacing)
        if level:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            letters = QTextCharFormat()
            letters.setFont(theme.font(_HEADINGS_PX.get(level, 14), bold=True))
            cursor.setCharFormat(letters)  # not merged: Markdown's own size adjustment would come on top

    def _set_tables(self, frame: QTextFrame) -> None:
        for child in frame.childFrames():
            if isinstance(child, QTextTable):
                self._set_table(child)
            self._set_tables(child)

    def _set_table(self, table: QTextTable) -> None:
        form = table.format()
        form.setCellPadding(self._theme.px(6))
        form.setCellSpacing(0)
        form.setBorder(0)
        form.setBottomMargin(self._theme.px(10))
        table.setFormat(form)
        for row in range(table.rows()):
            for column in range(table.columns()):
                cell = table.cellAt(row, column)
                look = cell.format().toTableCellFormat()
                look.setBottomBorder(1)
                look.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                look.setBottomBorderBrush(self._theme.color("line"))
                if row == 0:
                    look.setBackground(self._theme.color("sunken"))
                cell.setFormat(look)

    def _on_link(self, target: QUrl) -> None:
        if target.isRelative() and target.path().endswith(".md"):
            self.chapter_wanted.emit(Path(target.path()).stem)
