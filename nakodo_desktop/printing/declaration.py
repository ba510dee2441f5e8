"""The single-status declaration as PDF bytes: the same words and facts give the same bytes on every PC."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from nakodo_desktop.domain.declaration_facts import DeclarationFacts
from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.printing.declaration_page import draw_layout_1
from nakodo_desktop.printing.fonts import FaceName, face
from nakodo_desktop.printing.page import Document, Page
from nakodo_desktop.printing.template import Template

# A layout that a signed sheet was printed with stays here for ever: the sheet must come out again unchanged.
_LAYOUTS: Mapping[int, Callable[[Page, Template, DeclarationFacts], None]] = {1: draw_layout_1}


def render_declaration(template: Template, facts: DeclarationFacts) -> bytes:
    """One sheet. Raises: NotPrintable for a missing glyph, a fact that does not fit, or the wrong version's words."""
    return render_declarations([(template, facts)])


def variants_printed_plain(facts: DeclarationFacts) -> tuple[str, ...]:
    """Characters of the sheet that print in their usual form because the face lacks the variant: for a hint."""
    told = (facts.legal_name, facts.address, facts.matchmaker)
    return tuple(variant for text in told for variant in face(FaceName.SERIF).plain_variants(text))


def render_declarations(sheets: Sequence[tuple[Template, DeclarationFacts]]) -> bytes:
    """Several sheets in one file, for batch printing or the office's and the member's copy together."""
    document = Document()
    for template, facts in sheets:
        if (facts.text_version, facts.text_sha256) != (template.version, template.sha256):
            raise NotPrintable(
                f"独身誓約書の文面が記録と一致しません（記録は{facts.text_version}版）。何も印刷していません。",
                "様式ファイルが書き換えられていないか、ご確認ください。プログラムを入れ直すと元に戻ります。",
            )
        if template.layout not in _LAYOUTS:
            raise NotPrintable(
                f"{template.name}の割り付け（{template.layout}）を、この版のプログラムは知りません。",
                "新しい版のプログラムで印刷してください。",
            )
        with document.page() as page:
            _LAYOUTS[template.layout](page, template, facts)
    return document.close()
