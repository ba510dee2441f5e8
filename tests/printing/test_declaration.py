"""The printed declaration says exactly what the record says, in the words of its version, on one page."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pypdf
import pytest
import segno

from nakodo_desktop.domain.declaration_facts import Copy
from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.printing.declaration import render_declaration, render_declarations, variants_printed_plain
from nakodo_desktop.printing.page import JOB_NAME
from nakodo_desktop.printing.template import fill, placeholders
from tests.printingkit import (
    OFFICE,
    declaration_facts,
    declaration_template,
    marks,
    overlaps,
    page_count,
    pixels,
    text_by_pdfium,
    text_by_pypdf,
    unbroken,
)

TEMPLATE = declaration_template()
LONG_NAME = "𠮷髙﨑𣘺" * 15
LONG_ADDRESS = "見本県架空市お試し町大字長い字" * 8
MM = 72 / 25.4


def render(**changes: object) -> bytes:
    return render_declaration(TEMPLATE, declaration_facts(**changes))


def words_of(pdf: bytes) -> str:
    return unbroken(text_by_pdfium(pdf))


# The fourteen points a declaration must have (forms/…/SOURCE.md), each with what must be found on the page.
POINTS = {
    "1 title, number, version, checksum": ("独身誓約書", "SD-20261123-0007", "2026-11-01版", TEMPLATE.sha256),
    "2 addressee": ("見本結婚相談所", "見本 所長", "見本県架空市お試し町1丁目1番1号"),
    "3 declarant": ("見本 太郎", "みほん たろう", "1987年3月14日", "昭和62年3月14日", "架空ハイツ405号室"),
    "4 single": (
        "日本国内および国外",
        "法律上の婚姻をしていません",
        "民法第732条",
        "内縁・事実婚",
        "婚約中",
        "終了しています",
    ),
    "5 nothing concealed": ("両立しない交際", "隠していません", "他人のために"),
    "6 registered facts": ("申告して登録した事実", "真実と相違ありません"),
    "7 duty to report": ("変更が生じたとき", "直ちに貴相談所へ報告し", "活動を止めます"),
    "8 certificate": ("独身証明書の提出に代える", "戸籍を調査しない", "合理的な疑い", "独身証明書を取得して提示"),
    "9 falsehood": ("活動を停止し", "退会", "損害", "民法第415条、第709条", "弁護士（顧問弁護士 見本 法子）"),
    "10 keeping, disclosure": ("5年間保管", "弁護士、裁判所", "交際相手が所属する結婚相談所", "第27条第1項"),
    "11 period": ("効力を有します", "署名日から3か月後", "真剣交際を始める時", "成婚により退会する前"),
    "12 signature": ("署名日", "署名場所", "方法", "対面", "オンライン対面", "署名（自署）", "印（任意）"),
    "13 witness": ("立会人（仲人）", "架空 仲子", "マイナンバーカード（表面のみ）", "目視", "その場で返却済"),
    "14 receipt": ("本書の控えを受け取りました", "受領日"),
}


@pytest.mark.parametrize("point", POINTS)
def test_point_of_substance_is_on_the_page(point: str):
    words = words_of(render())
    assert [expected for expected in POINTS[point] if expected not in words] == []


def test_no_fixed_sum_is_demanded():
    """消契法9条・10条: damages are left to the law, and the sheet says so."""
    words = words_of(render())
    assert "違約金または損害賠償の額をあらかじめ定めるものではなく" in words
    assert re.search(r"[0-9０-９,，]+\s*万?円", words) is None


def test_every_sentence_of_the_form_is_on_the_page():
    values = {"valid_months": "3", "lawyer": "弁護士（顧問弁護士 見本 法子）"}
    sentences = [TEMPLATE.lead, *(fill(clause.text, values) for clause in TEMPLATE.clauses)]
    words = words_of(render())
    assert [sentence for sentence in sentences if sentence not in words] == []


def test_the_program_promises_nothing():
    assert "本ソフトは準備支援であり、適法性を保証しません" in words_of(render())


def test_form_has_no_placeholder_without_a_value():
    assert placeholders(TEMPLATE) == {"valid_months", "lawyer", "lawyer_name"}


def test_office_without_a_lawyer_names_none():
    words = words_of(render(lawyer_name=None))
    assert "貴相談所が弁護士に対応を委任する" in words
    assert "顧問弁護士" not in words


def test_optional_clause_can_be_left_out_and_the_rest_is_renumbered():
    words = words_of(render(affirms_registered_facts=False))
    assert "申告して登録した事実" not in words
    assert "第7条" in words
    assert "第8条" not in words


def test_copies_differ_only_in_their_label():
    office, member = (text_by_pypdf(render(copy=copy)) for copy in Copy)
    assert office.replace("事務所控", "会員控") == member != office


NAMES = [
    "𠮷田 太郎", "髙橋 花子", "山﨑 一郎", "𣘺本 見本", "葛\U000e0100城 辻\U000e0100子", "渡邉 齋", "がく か\u3099く",
    "Juan Carlos María de la Cruz-O’Brien", "Müller Jean-Luc André", "見本 ㍻平成元年9月21日コーポ入身",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("read", [text_by_pypdf, text_by_pdfium])
def test_name_is_read_back_as_it_is_stored(read, name: str):
    assert name in read(render(legal_name=name))


HOSTILE = [
    '<img src="/etc/passwd"/>', "<img src=../../x.png>", "http://example.invalid/", "file:///etc/passwd", "data:,x",
    '<a href="http://example.invalid">x</a>', "<b>太郎", "a<b", "<onDraw name=x/>", "<!-- 太郎 -->", "<greek>a</greek>",
    "<seq/>", "<para fontSize=40>", "&amp;&#x41;&lt;", "{lawyer}{valid_months}", "%s%(x)d", "(\\) Tj ET Q", "=1+1",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_its_letters(text: str):
    pdf = render(legal_name=text, address=text, matchmaker=text)
    assert words_of(pdf).count(text) >= 3
    assert page_count(pdf) == 1
    assert b"/URI" not in pdf
    assert b"/Subtype /Image" not in pdf
    assert b"/Annot" not in pdf
    assert b"/JavaScript" not in pdf


def test_variant_the_face_lacks_is_told_and_one_it_has_is_not():
    facts = declaration_facts(legal_name="葛\U000e0100 見\U000e01ef本", matchmaker="辻\U000e0100")
    assert variants_printed_plain(facts) == ("見\U000e01ef",)


def test_invisible_characters_are_not_printed():
    assert "見本 太郎" in words_of(render(legal_name="見\u200b本 \u202e太\u2066郎\u0000"))


@pytest.mark.parametrize("text", ["見本 😀", "見本 \ue000", "見本 한나", "見本 \ud800"])
def test_character_without_a_glyph_stops_the_sheet(text: str):
    with pytest.raises(NotPrintable, match="「氏名」"):
        render(legal_name=text)


LONG = {
    "legal_name": LONG_NAME,
    "kana": "なが" * 30,
    "address": LONG_ADDRESS,
    "matchmaker": "架空" * 15,
    "lawyer_name": "長い事務所の名前 見本 法子",
    "identity_document": "在留カード・特別永住者証明書",
    "office": replace(OFFICE, name="見本" * 20, representative="所長" * 10, address=LONG_ADDRESS[:80]),
}


def test_very_long_facts_stay_whole():
    words = words_of(render(**LONG))
    assert LONG_NAME in words
    assert LONG_ADDRESS in words
    assert "架空" * 15 in words


@pytest.mark.parametrize("changes", [{}, LONG, {"affirms_registered_facts": False}, {"identity_document": ""}])
def test_nothing_overlaps(changes: dict[str, object]):
    assert overlaps(marks(render(**changes))) == []


@pytest.mark.parametrize("changes", [{}, LONG])
def test_punch_margin_and_paper_edges_are_left_free(changes: dict[str, object]):
    found = marks(render(**changes))
    assert min(mark.left for mark in found) >= 23.5 * MM
    assert max(mark.right for mark in found) <= (210 - 13) * MM
    assert min(mark.bottom for mark in found) >= 6 * MM
    assert max(mark.top for mark in found) <= (297 - 9) * MM


def test_body_text_is_at_least_nine_points():
    pdf = render()
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    sizes: dict[str, float] = {}

    def see(text, _cm, _tm, _font, size):
        for sentence in ("法律上の婚姻をしていません", "改めて署名します"):
            if sentence in text:
                sizes[sentence] = size

    reader.pages[0].extract_text(visitor_text=see)
    assert len(sizes) == 2
    assert min(sizes.values()) >= 9


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"legal_name": "長" * 90}, "氏名"),
        ({"kana": "ながい" * 60}, "ふりがな"),
        ({"address": "長" * 260}, "住所"),
        ({"matchmaker": "長" * 70}, "仲人"),
        ({"identity_document": "長" * 80}, "書類の種類"),
        ({"lawyer_name": "長" * 400}, "顧問弁護士"),
        ({"office": replace(OFFICE, name="長" * 120)}, "相談所名"),
        ({"office": replace(OFFICE, representative="長" * 120)}, "代表者"),
        ({"office": replace(OFFICE, address="長" * 300)}, "相談所の住所"),
        ({"document_number": "SD-" + "0" * 60}, "文書番号"),
        ({"address": "長" * 200_000}, "住所"),
    ],
)
def test_what_does_not_fit_is_named(changes: dict[str, object], field: str):
    with pytest.raises(NotPrintable) as refused:
        render(**changes)
    assert field in refused.value.message
    assert refused.value.advice


def test_same_facts_give_the_same_bytes():
    first = render()
    render(legal_name="架空 花子", lawyer_name=None)
    assert render() == first


def test_other_facts_give_other_bytes():
    assert render(document_number="SD-20261123-0008") != render()


def test_bytes_hold_no_date_author_or_program():
    pdf = render()
    assert dict(pypdf.PdfReader(io.BytesIO(pdf)).metadata) == {"/Title": JOB_NAME}
    assert b"CreationDate" not in pdf
    assert b"Metadata" not in pdf


def test_nothing_is_compressed_so_that_bytes_do_not_depend_on_zlib():
    assert b"/Filter" not in render()


def test_page_is_a4_with_its_number():
    page = pypdf.PdfReader(io.BytesIO(render())).pages[0]
    assert (round(page.mediabox.width / MM), round(page.mediabox.height / MM)) == (210, 297)
    assert "1 / 1" in page.extract_text()


def test_qr_holds_number_and_checksum_of_the_words_and_nothing_else():
    content = f"SD-20261123-0007 {TEMPLATE.sha256.upper()}"
    expected = segno.make(content, error="m", micro=False, boost_error=False, mask=2).matrix
    rows = pixels(render(), dpi=300)
    side, left, top = 17 / 25.4 * 300, 179 / 25.4 * 300, 11 / 25.4 * 300
    module = side / len(expected)
    seen = [
        [rows[int(top + (y + 0.5) * module)][int(left + (x + 0.5) * module)] < 128 for x in range(len(expected))]
        for y in range(len(expected))
    ]
    assert seen == [[bool(cell) for cell in row] for row in expected]


@pytest.mark.parametrize("changes", [{"text_version": "2027-04-01"}, {"text_sha256": "0" * 64}])
def test_words_of_another_version_are_refused(changes: dict[str, object]):
    with pytest.raises(NotPrintable, match="文面が記録と一致しません"):
        render(**changes)


def test_unknown_layout_is_refused():
    template = replace(TEMPLATE, layout=99)
    with pytest.raises(NotPrintable, match="割り付け"):
        render_declaration(template, declaration_facts())


def test_batch_holds_one_page_each_and_each_reads_like_its_own_file():
    names = [f"見本 {word}" for word in ("一郎", "二郎", "三郎")]
    facts = [declaration_facts(legal_name=name, document_number=f"SD-20261123-{n:04d}") for n, name in enumerate(names)]
    pages = pypdf.PdfReader(io.BytesIO(render_declarations([(TEMPLATE, each) for each in facts]))).pages
    assert [page.extract_text() for page in pages] == [
        text_by_pypdf(render_declaration(TEMPLATE, each)) for each in facts
    ]


def test_a_birth_date_before_the_eras_is_written_in_western_years():
    assert "1872年12月31日" in words_of(render(birth_date=date(1872, 12, 31)))
