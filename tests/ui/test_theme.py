"""The look: readable in both themes, every character drawn, Qt's own texts Japanese, nothing missing silently."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit

from nakodo_desktop import paths
from nakodo_desktop.errors import NotWritable, ProgramDamaged
from nakodo_desktop.ui import icons
from nakodo_desktop.ui import theme as theme_module
from nakodo_desktop.ui.theme import Theme, install, style_sheet
from nakodo_desktop.ui.tokens import DARK, LIGHT, TextSize, Token, contrast

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def test_known_contrasts() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@BOTH
def test_borders_focus_rings_and_placeholders_are_visible(tokens: dict[Token, str]) -> None:
    for line in ("line2", "accent", "bad"):
        for ground in ("bg", "surface", "sunken"):
            assert contrast(tokens[line], tokens[ground]) >= 3, (line, ground)
    assert contrast(tokens["faint"], tokens["surface"]) >= 3.1


def test_both_themes_name_the_same_tokens() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_every_character_of_a_rare_name_has_a_glyph(theme: Theme) -> None:
    metrics = QFontMetrics(theme.font(14))
    assert [c for c in "𠮷髙﨑塚神𣘺濵邉齋ゔヶ㊞〒①" if not metrics.inFontUcs4(ord(c))] == []


def test_japanese_and_latin_come_from_the_bundled_face(theme: Theme) -> None:
    from PySide6.QtGui import QFontInfo

    assert QFontInfo(theme.font(14)).family() == "BIZ UDPGothic"
    assert QFontInfo(theme.font(14, bold=True)).bold()


def test_cancel_reads_in_japanese(theme: Theme, qtbot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == "キャンセル"


def test_sizes_follow_the_text_size(qapp: QApplication) -> None:
    factors = [Theme(dark=False, text_size=size).px(100) for size in TextSize]
    assert factors == [100, 115, 130]
    large = style_sheet(Theme(dark=False, text_size=TextSize.EXTRA))
    assert "font-size: 29px" in large  # h1: 22 x 1.3
    assert "1px solid" in large
    assert "font-size: 13px" not in large


def test_style_sheet_leaves_no_gap_and_parses(qapp: QApplication, theme: Theme, qtbot) -> None:
    sheet = style_sheet(Theme(dark=True, text_size=TextSize.STANDARD))
    assert "$" not in sheet
    for url in re.findall(r'url\("([^"]+)"\)', sheet):
        assert Path(url).is_file()
        assert paths.cache_dir() in Path(url).parents
    widget = QLineEdit()
    qtbot.addWidget(widget)
    widget.setStyleSheet(sheet)  # Qt warns on a sheet it cannot parse, and a warning fails the test
    widget.show()


def test_install_twice_loads_fonts_and_translation_once(qapp: QApplication, theme: Theme) -> None:
    from PySide6.QtCore import QTranslator

    before = len(qapp.findChildren(QTranslator))
    again = install(qapp, dark=False, text_size=TextSize.STANDARD)
    assert len(qapp.findChildren(QTranslator)) == before == 1
    assert again == theme


def test_icons_are_drawn_in_the_token_colour_at_the_device_ratio(qapp: QApplication) -> None:
    sharp = Theme(dark=False, text_size=TextSize.STANDARD, dpr=1.5)
    pixmap = sharp.pixmap("heart", "bad", 20)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (30, 1.5)
    image: QImage = pixmap.toImage()
    inks = {
        image.pixelColor(x, y).name() for x in range(30) for y in range(30) if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {"#b3261e"}


def test_every_shipped_icon_draws(qapp: QApplication, theme: Theme) -> None:
    names = sorted(path.stem for path in icons.ICONS.glob("*.svg"))
    assert len(names) >= 60
    for name in names:
        assert not theme.pixmap(name).isNull()
    assert (icons.ICONS / "LICENSE-Lucide.txt").is_file()


def test_missing_icon_stops_with_a_sentence(theme: Theme) -> None:
    with pytest.raises(ProgramDamaged) as stopped:
        theme.pixmap("no-such-icon")
    assert "no-such-icon" in stopped.value.message
    assert stopped.value.advice


def test_missing_font_stops_with_a_sentence(
    qapp: QApplication, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "RESOURCES", tmp_path)
    qapp.setProperty("bundled_fonts_loaded", False)
    try:
        with pytest.raises(ProgramDamaged, match="BIZUDPGothic"):
            install(qapp, dark=False, text_size=TextSize.STANDARD)
    finally:
        qapp.setProperty("bundled_fonts_loaded", True)


def test_missing_style_sheet_stops_with_a_sentence(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme_module, "STYLE_SHEET", tmp_path / "style.qss")
    with pytest.raises(ProgramDamaged, match=r"style\.qss"):
        style_sheet(theme)


def test_cache_folder_that_cannot_be_written_is_named(
    qapp: QApplication, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setattr(paths, "cache_dir", lambda: blocked)
    with pytest.raises(NotWritable):
        style_sheet(theme)


def test_qt_does_not_lose_references(qapp: QApplication, qtbot) -> None:
    """PySide6 6.12.0 on CPython 3.11 drops one reference to None per void call and then aborts (docs/adr/0004)."""
    edit = QLineEdit()
    qtbot.addWidget(edit)
    before = sys.getrefcount(None)
    for _ in range(500):
        edit.setText("x")
    assert abs(sys.getrefcount(None) - before) < 50
