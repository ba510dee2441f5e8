"""Facts in titled groups on as many pages as they need: the member's copy, and what is handed to a lawyer."""

from __future__ import annotations

from dataclasses import dataclass

from nakodo_desktop.printing.flow import Sheet, Strip, compose, heading, paragraph, space
from nakodo_desktop.printing.table import Pair, rows

DISCLAIMER = "本ソフトは準備支援であり、適法性を保証しません"


@dataclass(frozen=True)
class RecordGroup:
    """One titled table. A group without pairs is left out."""

    title: str
    pairs: tuple[Pair, ...]
    note: str = ""  # beside the title


@dataclass(frozen=True, kw_only=True)
class RecordSheet:
    """A whole record in words; who draws it knows nothing of where they come from."""

    title: str
    asides: tuple[str, ...]  # at the upper right: whose, when, by whom
    lead: str
    groups: tuple[RecordGroup, ...]


def render_record_sheet(record: RecordSheet) -> bytes:
    """A4 pages with page numbers. Raises: NotPrintable, naming the field."""
    strips: list[Strip] = [paragraph(record.lead, field=record.title)]
    for group in record.groups:
        if group.pairs:
            strips += [heading(group.title, note=group.note), *rows(group.pairs), space(2)]
    return compose(Sheet(title=record.title, asides=record.asides, foot=f"{record.title}　{DISCLAIMER}"), strips)
