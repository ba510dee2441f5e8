"""Text becomes exactly its glyphs, or the document stops and names the character."""

from __future__ import annotations

from pathlib import Path

import pytest

from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.paths import RESOURCES
from nakodo_desktop.printing.fonts import Face, FaceName, clusters, face

SERIF = face(FaceName.SERIF)


def outline(text: str) -> int:
    (glyph,) = SERIF.glyphs(text, "氏名")
    return glyph.outline


@pytest.mark.parametrize("character", list("𠮷髙﨑𣘺邊齋〒①々〆ヶéñüŒЖ"))
@pytest.mark.parametrize("name", list(FaceName))
def test_characters_of_japanese_names_are_drawn(name: FaceName, character: str):
    (glyph,) = face(name).glyphs(character, "氏名")
    assert glyph.outline > 0
    assert glyph.text == character


@pytest.mark.parametrize("base", list("葛辻祇榊"))
def test_variation_selector_chooses_another_outline(base: str):
    assert outline(f"{base}\U000e0100") != outline(base) or outline(f"{base}\U000e0101") != outline(base)


def test_selector_stays_in_the_text_of_the_cluster():
    assert [glyph.text for glyph in SERIF.glyphs("葛\U000e0100城", "氏名")] == ["葛\U000e0100", "城"]


def test_unknown_selector_prints_the_usual_form_and_is_told():
    assert outline("見\U000e01ef") == outline("見")
    assert SERIF.plain_variants("見\U000e01ef本葛\U000e0100") == ("見\U000e01ef",)


def test_decomposed_letter_is_drawn_composed_but_kept_decomposed():
    (glyph,) = SERIF.glyphs("か\u3099", "氏名")
    assert glyph.outline == outline("が")
    assert glyph.text == "か\u3099"


def test_two_characters_of_one_shape_keep_their_own_text():
    assert [glyph.text for glyph in SERIF.glyphs("入⼊", "氏名")] == ["入", "⼊"]


def test_clusters_put_marks_to_their_character():
    assert clusters("e\u0301か\u3099葛\U000e0100𠮷") == ["e\u0301", "か\u3099", "葛\U000e0100", "𠮷"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("見本 한나", "「한」（U+D55C）"),
        ("見本😀", "「😀」（U+1F600）"),
        ("見本\ue000", "（U+E000）"),
        ("見本\ud842", "（U+D842）"),
        ("あ\u309a", "「あ\u309a」（U+3042 U+309A）"),
    ],
)
def test_missing_glyph_stops_with_field_character_and_code_point(text: str, named: str):
    with pytest.raises(NotPrintable) as refused:
        SERIF.glyphs(text, "氏名")
    assert "「氏名」" in refused.value.message
    assert named in refused.value.message
    assert "何も印刷していません" in refused.value.message
    refused.value.message.encode("utf-8")  # a lone surrogate could not be shown


def test_missing_font_file_stops(tmp_path: Path):
    with pytest.raises(NotPrintable, match=r"Absent\.ttf"):
        Face(tmp_path / "Absent.ttf")


@pytest.mark.parametrize("keep_bytes", [0, 3, 200, 4000])
def test_damaged_font_file_stops(tmp_path: Path, keep_bytes: int):
    whole = (RESOURCES / "fonts" / "NotoSerifJP-Regular.ttf").read_bytes()
    damaged = tmp_path / "Damaged.ttf"
    damaged.write_bytes(whole[:keep_bytes])
    with pytest.raises(NotPrintable, match=r"Damaged\.ttf"):
        Face(damaged)


def test_face_is_read_once_per_process():
    assert face(FaceName.SERIF) is face(FaceName.SERIF)
