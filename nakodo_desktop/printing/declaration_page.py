"""Layout 1 of the single-status declaration: one A4 page. Its measures are frozen; another look is another layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nakodo_desktop.domain.declaration_facts import DeclarationFacts
from nakodo_desktop.domain.japanese import format_seireki, format_wareki
from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.printing.fonts import FaceName
from nakodo_desktop.printing.page import FRAME, GREY, HAIRLINE, LEFT, LINE, MM, RIGHT, WIDTH, Page
from nakodo_desktop.printing.template import Clause, Template, fill
from nakodo_desktop.printing.text import Block, P, Style
from nakodo_desktop.printing.text import words as set_words

_SANS = FaceName.SANS
_TITLE = Style(size=20, tracking=7, align="center")
_COPY = Style(size=9, face=_SANS, align="center", tracking=1)
_META = Style(size=7.5, face=_SANS, min_size=6, max_lines=1, align="right")
_OFFICE = Style(size=12.5, min_size=8, max_lines=2, leading=1.25)
_REPRESENTATIVE = Style(size=10.5, min_size=8, max_lines=2, leading=1.25)
_OFFICE_ADDRESS = Style(size=8, min_size=6.5, max_lines=2, leading=1.3, color=GREY)
_NAME = Style(size=15, min_size=8, max_lines=2, leading=1.18)
_KANA = Style(size=7.5, min_size=6, max_lines=2, leading=1.15)
_BIRTH = Style(size=9, min_size=7, max_lines=2, leading=1.4)
_ADDRESS = Style(size=10.5, min_size=7.5, max_lines=3, leading=1.22)
_BODY = Style(size=9, align="justify", leading=1.4)
_HEADING = Style(size=8, face=_SANS, leading=1.5, min_size=7, max_lines=2)
_SMALL = Style(size=8, leading=1.35, min_size=7, max_lines=2)
_TICK = Style(size=8)
_WITNESS = Style(size=11, min_size=7.5, max_lines=2, leading=1.2)
_SEAL = Style(size=7, face=_SANS, align="center", color=GREY)
_FOOT = Style(size=6.25, face=_SANS, min_size=5, max_lines=1, color=GREY)

_LABEL_WIDTH = 22.0
_NUMBER_WIDTH, _HEADING_WIDTH = 10.0, 26.5
_CLAUSES_END = 208.0
_LEAST_GAP, _MOST_GAP = 0.6, 2.4  # between clauses


def draw_layout_1(page: Page, template: Template, facts: DeclarationFacts) -> None:
    """Draw the whole page. Raises: NotPrintable when a fact does not fit its place or has no glyph."""
    words = template.words
    _head(page, template, facts)
    _addressee(page, words, facts)
    below = _declarant(page, words, facts, y=46.5)
    _clauses(page, template, facts, y=below + 3.2)
    _signature(page, words, y=210.2)
    _witness(page, words, facts, y=241.4)
    _receipt(page, words, y=273.2)
    _foot(page, template, facts, y=282.6)
    page.punch_mark()


def _head(page: Page, template: Template, facts: DeclarationFacts) -> None:
    words = template.words
    page.box(LEFT, 11, width=23, height=6.4, weight=LINE)
    page.centred(facts.copy.value, _COPY, x=LEFT, y=11, width=23, height=6.4, field=words["document_number"])
    page.words(template.title, _TITLE, x=LEFT, y=14.5, width=WIDTH)
    lines = (
        (words["document_number"], facts.document_number),
        (words["text_version"], f"{template.version}版"),
        (words["issued_on"], format_seireki(facts.issued_on)),
    )
    for number, (label, value) in enumerate(lines):
        page.text(f"{label} {value}", _META, x=RIGHT - 66, y=11.2 + number * 4.1, width=46, field=label)
    # Number and checksum of the words only: whoever photographs the sheet learns nothing about the person.
    page.qr(f"{facts.document_number} {template.sha256.upper()}", x=RIGHT - 17, y=11, side=17)


def _addressee(page: Page, words: Mapping[str, str], facts: DeclarationFacts) -> None:
    office = facts.office
    y = page.text(office.name, _OFFICE, x=LEFT, y=25.5, width=125, field="相談所名")
    addressee = f"{words['representative']}　{office.representative}　{words['representative_suffix']}"
    y = page.text(addressee, _REPRESENTATIVE, x=LEFT, y=y + 1.6, width=125, field="代表者")
    where = f"〒{office.postal_code}　{office.address}　電話 {office.phone}"
    y = page.text(where, _OFFICE_ADDRESS, x=LEFT, y=y + 1.8, width=WIDTH, field="相談所の住所")
    if y > 45.5:
        raise _too_much("相談所名・代表者・相談所の住所")


def _declarant(page: Page, words: Mapping[str, str], facts: DeclarationFacts, *, y: float) -> float:
    birth_x = RIGHT - 53
    first, second = 14.0, 10.5
    page.label_cell(words["legal_name"], x=LEFT, y=y, width=_LABEL_WIDTH, height=first)
    width = birth_x - LEFT - _LABEL_WIDTH - 6
    x = LEFT + _LABEL_WIDTH + 3
    kana = P(facts.kana, _KANA, width=width * MM, field=words["kana"])
    name = P(facts.legal_name, _NAME, width=width * MM, field=words["legal_name"])
    together = (kana.height + name.height) / MM + 1.1
    if together > first - 1:
        raise _too_much(f"{words['legal_name']}・{words['kana']}")
    below = page.block(kana, x=x, y=y + (first - together) / 2)
    page.block(name, x=x, y=below + 1.1)
    page.label_cell(words["birth_date"], x=birth_x, y=y, width=18, height=first)
    born = f"{format_seireki(facts.birth_date)}\n{format_wareki(facts.birth_date)}"
    page.centred(born, _BIRTH, x=birth_x + 21, y=y, width=31, height=first, field=words["birth_date"])
    page.label_cell(words["address"], x=LEFT, y=y + first, width=_LABEL_WIDTH, height=second)
    page.centred(facts.address, _ADDRESS, x=x, y=y + first, width=RIGHT - x - 3, height=second, field=words["address"])
    page.rule(LEFT, y + first, to_x=RIGHT, weight=HAIRLINE)
    page.box(LEFT, y, width=WIDTH, height=first + second, weight=FRAME)
    return y + first + second


def _clauses(page: Page, template: Template, facts: DeclarationFacts, *, y: float) -> None:
    """Lead and articles, spread evenly over the room they have."""
    values = {"valid_months": str(facts.valid_months), "lawyer": _lawyer(template, facts)}
    lead = set_words(template.lead, _BODY, width=WIDTH * MM)
    articles = [c for c in template.clauses if facts.affirms_registered_facts or not c.optional]
    set_articles = [_article(clause, values) for clause in articles]
    used = lead.height + sum(text.height for _, text in set_articles)
    gap = (_CLAUSES_END - y - used / MM) / len(articles)
    if gap < _LEAST_GAP:
        raise _too_much("顧問弁護士")
    gap = min(gap, _MOST_GAP)
    y = page.block(lead, x=LEFT, y=y) + gap
    for number, (heading, text) in enumerate(set_articles, start=1):
        page.words(f"第{number}条", _HEADING, x=LEFT, y=y + 0.1, width=_NUMBER_WIDTH)
        page.block(heading, x=LEFT + _NUMBER_WIDTH, y=y + 0.1)
        y = page.block(text, x=LEFT + _NUMBER_WIDTH + _HEADING_WIDTH + 1.5, y=y) + gap


def _article(clause: Clause, values: Mapping[str, str]) -> tuple[Block, Block]:
    width = WIDTH - _NUMBER_WIDTH - _HEADING_WIDTH - 1.5
    heading = set_words(clause.heading, _HEADING, width=_HEADING_WIDTH * MM)
    return heading, set_words(fill(clause.text, values), _BODY, width=width * MM)


def _lawyer(template: Template, facts: DeclarationFacts) -> str:
    if facts.lawyer_name is None:
        return template.words["no_lawyer"]
    return fill(template.words["lawyer"], {"lawyer_name": facts.lawyer_name})


def _signature(page: Page, words: Mapping[str, str], *, y: float) -> None:
    page.words(words["signature_lead"], _SMALL, x=LEFT, y=y, width=WIDTH)
    top, first, second = y + 4.6, 8.4, 16.6
    page.label_cell(words["signed_on"], x=LEFT, y=top, width=_LABEL_WIDTH, height=first)
    x = LEFT + _LABEL_WIDTH + 2
    parts = ((words["western_year"], 7.5), (words["year"], 14.5), (words["month"], 9.5), (words["day"], 9.5))
    for word, room in parts:
        indent = 0.0 if word == words["western_year"] else room - 4
        page.centred(word, _TICK, x=x + indent, y=top, width=8, height=first, field=words["signed_on"])
        x += room
    place_x = x + 2
    page.label_cell(words["place"], x=place_x, y=top, width=16, height=first)
    method_x = RIGHT - 55
    page.label_cell(words["method"], x=method_x, y=top, width=12, height=first)
    after = page.tick(words["in_person"], _TICK, x=method_x + 14, y=top, height=first)
    page.tick(words["online"], _TICK, x=after + 3, y=top, height=first)
    page.label_cell(words["signature"], x=LEFT, y=top + first, width=_LABEL_WIDTH, height=second)
    page.rule(LEFT + _LABEL_WIDTH + 4, top + first + second - 3.6, to_x=RIGHT - 30, weight=LINE)
    page.seal(RIGHT - 15, top + first + second / 2, diameter=13)
    seal = set_words(words["seal"], _SEAL, width=13 * MM)
    page.block_centred(seal, x=RIGHT - 21.5, y=top + first, height=second)
    page.rule(LEFT, top + first, to_x=RIGHT, weight=HAIRLINE)
    page.box(LEFT, top, width=WIDTH, height=first + second, weight=FRAME)


def _witness(page: Page, words: Mapping[str, str], facts: DeclarationFacts, *, y: float) -> None:
    page.words(words["witness"], _HEADING, x=LEFT, y=y, width=30)
    page.words(words["witness_statement"], _SMALL, x=LEFT + 27, y=y, width=WIDTH - 27)
    top, first, second = y + 4.6, 9.0, 13.0
    page.label_cell(words["identity_document"], x=LEFT, y=top, width=_LABEL_WIDTH, height=first)
    x = LEFT + _LABEL_WIDTH + 2
    kind = replace(_SMALL, size=9, min_size=6.5)
    page.centred(facts.identity_document, kind, x=x, y=top, width=43, height=first, field=words["identity_document"])
    x += 45
    for word in (words["seen_with_eyes"], words["matched"], words["returned"]):
        x = page.tick(word, replace(_TICK, size=7.5), x=x, y=top, height=first) + 2.6
    page.label_cell(words["witness_name"], x=LEFT, y=top + first, width=_LABEL_WIDTH, height=second)
    page.centred(
        facts.matchmaker, _WITNESS, x=LEFT + _LABEL_WIDTH + 2, y=top + first, width=46, height=second, field="仲人"
    )
    sign_x = LEFT + _LABEL_WIDTH + 50
    page.label_cell(words["witness_signature"], x=sign_x, y=top + first, width=14, height=second)
    page.rule(sign_x + 17, top + first + second - 3, to_x=RIGHT - 4, weight=LINE)
    page.rule(LEFT, top + first, to_x=RIGHT, weight=HAIRLINE)
    page.box(LEFT, top, width=WIDTH, height=first + second, weight=FRAME)
    note = replace(_FOOT, align="right")
    page.words(words["identity_note"], note, x=LEFT, y=top + first + second + 0.9, width=WIDTH)


def _receipt(page: Page, words: Mapping[str, str], *, y: float) -> None:
    height = 7.0
    page.tick(words["receipt"], replace(_TICK, size=8.5), x=LEFT, y=y, height=height)
    page.centred(words["received_on"], _TICK, x=LEFT + 68, y=y, width=20, height=height, field=words["receipt"])
    page.centred(words["month"], _TICK, x=LEFT + 89, y=y, width=6, height=height, field=words["receipt"])
    page.centred(words["day"], _TICK, x=LEFT + 100, y=y, width=6, height=height, field=words["receipt"])
    page.centred(words["receipt_initial"], _TICK, x=LEFT + 110, y=y, width=20, height=height, field=words["receipt"])
    page.rule(LEFT + 122, y + height - 1, to_x=RIGHT - 4, weight=LINE)


def _foot(page: Page, template: Template, facts: DeclarationFacts, *, y: float) -> None:
    page.rule(LEFT, y, to_x=RIGHT, weight=HAIRLINE)
    words = template.words
    reference = f"{words['document_number']} {facts.document_number}　{template.name}　SHA-256 {template.sha256}"
    page.text(reference, _FOOT, x=LEFT, y=y + 1.4, width=WIDTH - 14, field=words["document_number"])
    page.text("1 / 1", replace(_FOOT, size=7.5, align="right"), x=RIGHT - 14, y=y + 1.2, width=14, field="1 / 1")
    page.words(words["disclaimer"], _FOOT, x=LEFT, y=y + 4.4, width=WIDTH)


def _too_much(field: str) -> NotPrintable:
    return NotPrintable(
        f"「{field}」が長すぎて欄に入りません。何も印刷していません。",
        f"「{field}」を短くしてから、もう一度お試しください。",
    )
