"""What is embedded draws what was asked, and a stranger's program reads it back."""

from __future__ import annotations

import io
import struct

import pypdf
import pytest

from nakodo_desktop.printing.embedded_font import embedded
from nakodo_desktop.printing.fonts import FaceName, clusters
from nakodo_desktop.printing.page import Document
from nakodo_desktop.printing.text import Style
from tests.printingkit import pixels, text_by_pdfium, text_by_pypdf

# The 2,965 characters of JIS level 1, which every Japanese PC can type.
JIS = bytes(
    byte for row in range(0x30, 0x50) for cell in range(0x21, 0x7F) for byte in (row | 0x80, cell | 0x80)
).decode("euc_jp", errors="ignore")
LINES = ("𠮷髙﨑𣘺", "葛\U000e0100 辻\U000e0100", "か\u3099く e\u0301", "入⼊身⾝平成㍻", "Ünïcödé – ’ “quotes”")


def one_line(text: str, *, face: FaceName = FaceName.SERIF) -> bytes:
    document = Document()
    with document.page() as page:
        page.text(text, Style(size=12, face=face), x=24, y=20, width=160, field="見本")
    return document.close()


def fonts_of(pdf: bytes) -> list[pypdf.generic.DictionaryObject]:
    resources = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]
    return [font.get_object() for font in resources["/Font"].values()]


@pytest.mark.parametrize("text", LINES)
@pytest.mark.parametrize("read", [text_by_pypdf, text_by_pdfium])
def test_extracted_text_is_the_text_put_in(read, text: str):
    assert text in read(one_line(text))


def test_hundreds_of_characters_come_back():  # more than one byte can number, several blocks of a text map
    many = JIS[:600]
    assert text_by_pypdf(one_line(many)).replace("\n", "").strip() == many


def test_every_font_is_embedded_and_none_is_a_pdf_viewers_own():
    fonts = fonts_of(one_line("見本"))
    assert [font["/Subtype"] for font in fonts] == ["/Type0"]
    descriptor = fonts[0]["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    assert len(descriptor["/FontFile2"].get_data()) > 500


def test_only_the_used_outlines_are_embedded():
    (font,) = fonts_of(one_line("見本見本"))
    data = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontFile2"].get_data()
    tables = {data[at : at + 4]: struct.unpack_from(">II", data, at + 8) for at in range(12, 12 + 16 * 6, 16)}
    offset, _ = tables[b"maxp"]
    assert struct.unpack_from(">H", data, offset + 4) == (3,)  # .notdef, 見, 本


def test_font_file_checks_out():
    (font,) = fonts_of(one_line("見本 太郎"))
    data = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontFile2"].get_data()
    padded = data + bytes(-len(data) % 4)
    assert sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF == 0xB1B0AFBA


@pytest.mark.parametrize(
    ("one", "other"), [("𠮷", "吉"), ("髙", "高"), ("﨑", "崎"), ("葛\U000e0100", "葛"), ("辻\U000e0100", "辻")]
)
def test_variant_characters_look_different_on_paper(one: str, other: str):
    assert pixels(one_line(one), dpi=150) != pixels(one_line(other), dpi=150)


def test_decomposed_letter_looks_like_the_composed_one():
    assert pixels(one_line("か\u3099"), dpi=150) == pixels(one_line("が"), dpi=150)


def test_two_open_documents_do_not_mix():
    first, second = Document(), Document()
    with first.page() as a, second.page() as b:
        a.text("一二三", Style(size=12), x=24, y=20, width=100, field="見本")
        b.text("四五", Style(size=12), x=24, y=20, width=100, field="見本")
        a.text("六", Style(size=12), x=24, y=40, width=100, field="見本")
    assert text_by_pypdf(first.close()).split() == ["一二三", "六"]
    assert text_by_pypdf(second.close()).split() == ["四五"]


def test_finished_documents_are_forgotten():
    font = embedded(FaceName.SERIF)
    before = len(font._used)  # an error another test still holds may hold its document
    for _ in range(3):
        one_line("見本")
    assert len(font._used) <= before


def test_font_is_registered_once_per_process():
    assert embedded(FaceName.SERIF) is embedded(FaceName.SERIF)


def test_clusters_of_the_kit_are_what_the_font_numbers():
    document = Document()
    font = embedded(FaceName.SERIF)
    glyphs = font.face.glyphs("葛\U000e0100葛", "見本")
    assert [glyph.text for glyph in glyphs] == clusters("葛\U000e0100葛")
    assert font.encode(glyphs, document._canvas._doc) == "00010002"
