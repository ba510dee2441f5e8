"""The 同意書: every consent in its own box with its own signature; nothing is ticked beforehand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.printing.flow import Sheet, Strip, compose, heading, paragraph, space
from nakodo_desktop.printing.fonts import FaceName
from nakodo_desktop.printing.page import FRAME, GREY, HAIRLINE, LEFT, LINE, MM, RIGHT, WIDTH, Page
from nakodo_desktop.printing.template import Clause, Template, fill
from nakodo_desktop.printing.text import P, Style
from nakodo_desktop.printing.text import words as set_words

_HEADING = Style(size=9.5, face=FaceName.SANS)
_BODY = Style(size=9, align="justify", leading=1.42)
_PURPOSE = Style(size=9, leading=1.42)
_TICK = Style(size=9)
_SMALL = Style(size=8, face=FaceName.SANS, color=GREY)
_NAME = Style(size=13, min_size=8, max_lines=2, leading=1.2)
_STAFF = Style(size=11, min_size=7, max_lines=2, leading=1.2)
_LAYOUT = 1
_ANSWER_HEIGHT = 7.8


@dataclass(frozen=True, kw_only=True)
class ConsentSheet:
    """What is filled in. Without a name the sheet is a blank one, to be written by hand."""

    office_name: str
    representative: str
    phone: str
    recipient_name: str  # the association the profiles go to
    purposes: tuple[str, ...]
    legal_name: str = ""
    staff_name: str = ""


def render_consent_sheet(template: Template, facts: ConsentSheet) -> bytes:
    """One sheet for the office, or print it twice. Raises: NotPrintable."""
    if template.layout != _LAYOUT:
        raise NotPrintable(
            f"{template.name}の割り付け（{template.layout}）を、この版のプログラムは知りません。",
            "新しい版のプログラムで印刷してください。",
        )
    words = template.words
    values = {
        "recipient": facts.recipient_name,
        "office_name": facts.office_name,
        "representative": facts.representative,
        "phone": facts.phone,
    }
    purposes = [
        paragraph(f"{number}．{purpose}", field=words["purposes"], style=_PURPOSE, before=0.7, after=0.2)
        for number, purpose in enumerate(facts.purposes, start=1)
    ]
    strips = [
        paragraph(fill(words["addressee"], values), field="相談所名", style=replace(_BODY, size=11), before=0, after=1),
        heading(words["purposes"], note=words["basis"]),
        *purposes,
        _explained(template),
        paragraph(template.lead, field=template.title, style=_BODY),
        *(_consent(number, clause, template, values) for number, clause in enumerate(template.clauses, start=1)),
        space(2.5),
        _signatures(template, facts),
        paragraph(fill(words["withdrawal"], values), field="電話", style=_SMALL, before=1.6),
    ]
    sheet = Sheet(
        title=template.title,
        asides=(f"{template.version}版",),
        foot=f"{template.name}　SHA-256 {template.sha256}\n{words['disclaimer']}",
    )
    return compose(sheet, strips)


def _explained(template: Template) -> Strip:
    """Shown before anything is taken in writing (個情法21条2項): the member ticks and signs that it was."""
    words = template.words

    def draw(page: Page, y: float) -> None:
        page.tick(words["explained"], _TICK, x=LEFT, y=y, height=_ANSWER_HEIGHT)
        _signature_line(page, words["signature"], y=y)

    return Strip(_ANSWER_HEIGHT + 1, draw)


def _consent(number: int, clause: Clause, template: Template, values: dict[str, str]) -> Strip:
    title = set_words(f"{number}．{clause.heading}", _HEADING, width=(WIDTH - 6) * MM)
    text = P(fill(clause.text, values), _BODY, width=(WIDTH - 6) * MM, field=clause.heading)
    text_height = text.height / MM
    height = 2 + 4.4 + text_height + 0.8 + _ANSWER_HEIGHT

    def draw(page: Page, y: float) -> None:
        page.block(title, x=LEFT + 3, y=y + 1.8)
        page.block(text, x=LEFT + 3, y=y + 6.4)
        top = y + 7.2 + text_height
        after = page.tick(template.words["given"], _TICK, x=LEFT + 3, y=top, height=_ANSWER_HEIGHT)
        page.tick(template.words["refused"], _TICK, x=after + 8, y=top, height=_ANSWER_HEIGHT)
        _signature_line(page, template.words["signature"], y=top)
        page.box(LEFT, y, width=WIDTH, height=height, weight=LINE)

    return Strip(height, draw)


def _signature_line(page: Page, label: str, *, y: float) -> None:
    page.block_centred(set_words(label, _SMALL, width=14 * MM), x=LEFT + 74, y=y, height=_ANSWER_HEIGHT)
    page.rule(LEFT + 83, y + _ANSWER_HEIGHT - 1.4, to_x=RIGHT - 4, weight=LINE)


def _signatures(template: Template, facts: ConsentSheet) -> Strip:
    words = template.words
    name = P(facts.legal_name, _NAME, width=46 * MM, field=words["member"])
    staff = P(facts.staff_name, _STAFF, width=46 * MM, field=words["explainer"])
    day, row, label_width = 8.0, 12.0, 24.0
    height = day + 2 * row

    def draw(page: Page, y: float) -> None:
        page.label_cell(words["consented_on"], x=LEFT, y=y, width=label_width, height=day)
        x = LEFT + label_width + 3
        for word, room in ((words["western_year"], 8.0), (words["year"], 22.0), (words["month"], 12.0)):
            indent = 0.0 if word == words["western_year"] else room - 4
            page.block_centred(set_words(word, _TICK, width=20 * MM), x=x + indent, y=y, height=day)
            x += room
        page.block_centred(set_words(words["day"], _TICK, width=20 * MM), x=x + 8, y=y, height=day)
        page.label_cell(words["method"], x=RIGHT - 62, y=y, width=16, height=day)
        after = page.tick(words["in_person"], _TICK, x=RIGHT - 43, y=y, height=day)
        page.tick(words["online"], _TICK, x=after + 3, y=y, height=day)
        for number, (label, block) in enumerate(((words["signer"], name), (words["explainer"], staff))):
            top = y + day + number * row
            page.label_cell(label, x=LEFT, y=top, width=label_width, height=row)
            page.block_centred(block, x=LEFT + label_width + 3, y=top, height=row)
            page.rule(LEFT, top, to_x=RIGHT, weight=HAIRLINE)
            page.block_centred(
                set_words(words["signature"], _SMALL, width=14 * MM), x=LEFT + label_width + 54, y=top, height=row
            )
            page.rule(LEFT + label_width + 63, top + row - 2.4, to_x=RIGHT - 4, weight=LINE)
        page.box(LEFT, y, width=WIDTH, height=height, weight=FRAME)

    return Strip(height, draw)
