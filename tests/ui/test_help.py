"""Help without a network: chapters, links between them, and facts for support that name nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from nakodo_desktop import __version__, paths
from nakodo_desktop.errors import ProgramDamaged
from nakodo_desktop.ui.help_page import HelpPage
from nakodo_desktop.ui.help_text import CHAPTER_OF, load_chapters
from nakodo_desktop.ui.theme import Theme


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> HelpPage:
    made = HelpPage(theme, paths.GUIDE)
    qtbot.addWidget(made)
    made.show()
    return made


def test_sentences_follow_each_other_without_a_gap_and_headings_stay_apart(tmp_path: Path) -> None:
    (tmp_path / "01-x.md").write_text("# 題\n\n## 見出し\n一つ目。\n二つ目。\n\n- 項目。\n  続き。\n", encoding="utf-8")
    (chapter,) = load_chapters(tmp_path)
    assert chapter.words == "# 題\n\n## 見出し\n一つ目。二つ目。\n\n- 項目。続き。\n"


def test_every_place_has_a_chapter() -> None:
    stems = {chapter.stem for chapter in load_chapters(paths.GUIDE)}
    assert set(CHAPTER_OF.values()) <= stems


@pytest.mark.parametrize("chapter", load_chapters(paths.GUIDE), ids=lambda chapter: chapter.stem)
def test_every_chapter_can_be_read(page: HelpPage, chapter) -> None:  # type: ignore[no-untyped-def]
    page.show_chapter(chapter.stem)
    shown = page.text.toPlainText()
    assert shown.startswith(chapter.title)
    assert "**" not in shown and "|---" not in shown, "no mark-up is left over"
    assert page._buttons[chapter.stem].property("current")


def test_a_link_to_a_chapter_opens_it_and_any_other_link_does_nothing(page: HelpPage) -> None:
    page.text.anchorClicked.emit(QUrl("07-backup.md"))
    assert page.text.toPlainText().startswith("バックアップ")
    for target in ("https://example.jp/07-backup.md", "99-nowhere.md", "file:///etc/passwd"):
        page.text.anchorClicked.emit(QUrl(target))
    assert page.text.toPlainText().startswith("バックアップ")


def test_the_text_grows_with_the_operator(page: HelpPage) -> None:
    sizes = {block.charFormat().font().pixelSize() for block in _headings(page)}
    assert len(sizes) >= 2, "headings differ from each other"


def _headings(page: HelpPage):  # type: ignore[no-untyped-def]
    block = page.text.document().begin()
    while block.isValid():
        fragments = block.begin()
        if block.blockFormat().headingLevel() and not fragments.atEnd():
            yield fragments.fragment()
        block = block.next()


def test_facts_for_support_hold_versions_and_nothing_of_the_office(page: HelpPage, tmp_path: Path) -> None:
    page.copy_facts.click()
    copied = QGuiApplication.clipboard().text()
    assert __version__ in copied and "Qt" in copied
    assert str(Path.home()) not in copied and not any(str(part) in copied for part in tmp_path.parts[1:])


def test_a_missing_guide_is_a_damaged_program(theme: Theme, tmp_path: Path) -> None:
    with pytest.raises(ProgramDamaged):
        HelpPage(theme, tmp_path)
