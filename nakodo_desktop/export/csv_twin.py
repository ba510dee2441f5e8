"""After importing this nobody worries what a spreadsheet makes of a member's words: it shows them and runs nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from nakodo_desktop.domain.site_item import SITE_LABELS, SiteProfile, shown_values

# A cell that begins so is a formula to some spreadsheet, quoted or not; the full-width ones to a Japanese one.
_STARTS_A_FORMULA = frozenset("=+-@\t\r\n\0＝＋－＠")
_BLANKS = " \u00a0\u3000"
_BOM = "\ufeff"  # without it Excel reads UTF-8 as CP932


def profiles_csv(profiles: Iterable[SiteProfile]) -> bytes:
    """The items in the form's order and words. RFC 4180, UTF-8 with BOM, every cell quoted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(SITE_LABELS.values())
    for profile in profiles:
        writer.writerow(safe_cell(text) for text in shown_values(profile).values())
    return (_BOM + out.getvalue()).encode()


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet could take it for a formula: "+81…" becomes "'+81…"."""
    return f"'{text}" if text.lstrip(_BLANKS)[:1] in _STARTS_A_FORMULA else text
