"""Sheets of visibly made-up people, and eyes that read a PDF as a stranger's program would."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import pypdf
import pypdfium2

from nakodo_desktop.domain.declaration_facts import Copy, DeclarationFacts, DeclarationOffice
from nakodo_desktop.printing.consent_sheet import ConsentSheet
from nakodo_desktop.printing.template import DECLARATION, Template, read_template

VERSION = "2026-11-01"
OFFICE = DeclarationOffice(
    name="見本結婚相談所",
    representative="見本 所長",
    postal_code="000-0000",
    address="見本県架空市お試し町1丁目1番1号",
    phone="000-0000-0000",
)


def declaration_template() -> Template:
    return read_template(DECLARATION, version=VERSION)


def declaration_facts(**changes: object) -> DeclarationFacts:
    template = declaration_template()
    facts = DeclarationFacts(
        document_number="SD-20261123-0007",
        text_version=template.version,
        text_sha256=template.sha256,
        office=OFFICE,
        lawyer_name="見本 法子",
        legal_name="見本 太郎",
        kana="みほん たろう",
        birth_date=date(1987, 3, 14),
        address="見本県架空市お試し町2丁目3番4号 架空ハイツ405号室",
        valid_months=3,
        matchmaker="架空 仲子",
        identity_document="マイナンバーカード（表面のみ）",
        issued_on=date(2026, 11, 23),
        copy=Copy.OFFICE,
    )
    return replace(facts, **changes)  # type: ignore[arg-type]  # a test names the fields it changes


def consent_sheet(**changes: object) -> ConsentSheet:
    sheet = ConsentSheet(
        office_name="見本結婚相談所",
        representative="見本 所長",
        phone="000-0000-0000",
        recipient_name="見本協会",
        purposes=("お相手をご紹介するため", "ご連絡のため"),
        legal_name="見本 太郎",
        staff_name="架空 仲子",
    )
    return replace(sheet, **changes)  # type: ignore[arg-type]  # a test names the fields it changes


@dataclass(frozen=True)
class Mark:
    """One character on the page: its ink box in points from the lower left corner."""

    character: str
    left: float
    bottom: float
    right: float
    top: float


def text_by_pypdf(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def text_by_pdfium(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return "\n".join(texts).replace("\r\n", "\n")


def unbroken(text: str) -> str:
    """Without the places where a line ended."""
    return text.replace("\n", "")


def page_count(pdf: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def marks(pdf: bytes, *, page: int = 0) -> list[Mark]:
    """Every character with ink, in the order it was drawn."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[page].get_textpage()
    found = []
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if character.strip():
            found.append(Mark(character, *text.get_charbox(index)))
    document.close()
    return found


def lines_on(pdf: bytes, *, page: int = 0) -> list[tuple[float, float, str]]:
    """(x, y, text) of each run of text as pdfium groups it, in points from the lower left corner."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[page].get_textpage()
    found = []
    for index in range(text.count_rects()):
        box = text.get_rect(index)
        found.append((round(box[0], 1), round(box[1], 1), text.get_text_bounded(*box).strip()))
    document.close()
    return found


def overlaps(found: list[Mark]) -> list[tuple[str, str]]:
    """Pairs of characters whose ink crosses by more than a hair."""
    by_row = sorted(found, key=lambda mark: mark.left)
    crossing = []
    for at, mark in enumerate(by_row):
        for other in by_row[at + 1 :]:
            if other.left > mark.right - 0.6:
                break
            if min(mark.top, other.top) - max(mark.bottom, other.bottom) > 0.6:
                crossing.append((mark.character, other.character))
    return crossing


def pixels(pdf: bytes, *, dpi: int = 72, page: int = 0) -> list[bytes]:
    """The page as rows of grey bytes, 0 is black."""
    document = pypdfium2.PdfDocument(pdf)
    bitmap = document[page].render(scale=dpi / 72, grayscale=True)
    data = bytes(bitmap.buffer)
    starts = range(0, bitmap.stride * bitmap.height + 1, bitmap.stride)
    rows = [data[start : start + bitmap.width] for start, _ in pairwise(starts)]
    document.close()
    return rows
