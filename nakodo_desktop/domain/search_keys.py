"""Keys under which a name is found however it was written; never shown and never stored as the name itself."""

from __future__ import annotations

import re
import unicodedata

from nakodo_desktop.domain.kana import to_hiragana
from nakodo_desktop.domain.kanji_variants import COMMON_FORM

_FOLD_KANA = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖぢづゐゑ", "あいうえおつやゆよわかけじずいえ")
_LATIN_ACCENTS = re.compile("[\u0300-\u036f]")
_REPEATED = re.compile(r"(.)[々〻ゝヽ]")
_REPEATED_VOICED = re.compile(r"([\u3041-\u3096])ゞ")
_VOICED_MARK = "\u3099"


def search_key(text: str) -> str:
    """Fold width, script, case, kanji variants, repeats and small kana; drop spaces, marks and variation selectors.

    高橋 finds 髙橋, さいとう finds サイトウ, 佐佐木 finds 佐々木, 龍ケ崎 finds 竜ヶ﨑. Empty for a text of marks alone.
    """
    # Latin accents come apart under NFKD and are dropped; NFKC then puts the kana together again.
    bare = unicodedata.normalize("NFKC", _LATIN_ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
    common = _unrepeat(to_hiragana(bare.translate(COMMON_FORM)))
    kept = "".join(char for char in common if char.isalnum() or char == "ー")
    return kept.casefold().translate(_FOLD_KANA)


def digits_key(text: str) -> str:
    """Keep the digits alone, of any width: finds 090-1234-5678 under ０９０１２３４."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char in "0123456789")


def _unrepeat(text: str) -> str:
    voiced = _REPEATED_VOICED.sub(
        lambda pair: pair.group(1) + unicodedata.normalize("NFC", pair.group(1) + _VOICED_MARK)[0], text
    )
    return _REPEATED.sub(r"\1\1", voiced)
