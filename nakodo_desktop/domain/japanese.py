"""The one door to Japanese input: whoever imports this need not know eras, widths, kana or kanji variants.

Every reader takes what an operator typed and answers the value or a `Trouble` that says what to do.
"""

from __future__ import annotations

from nakodo_desktop.domain.contact import parse_email, parse_phone, parse_postal_code
from nakodo_desktop.domain.dates import age_on, format_seireki, format_wareki, parse_date
from nakodo_desktop.domain.kana import kana_trouble, to_hiragana, to_katakana
from nakodo_desktop.domain.numbers import parse_int
from nakodo_desktop.domain.search_keys import digits_key, search_key

__all__ = [
    "age_on",
    "digits_key",
    "format_seireki",
    "format_wareki",
    "kana_trouble",
    "parse_date",
    "parse_email",
    "parse_int",
    "parse_phone",
    "parse_postal_code",
    "search_key",
    "to_hiragana",
    "to_katakana",
]
