"""Readings in one script: callers need not know half-width kana, combining marks or which kana have no twin."""

from __future__ import annotations

import re
import unicodedata

import jaconv

from nakodo_desktop.domain.values import Trouble

_MARKED = re.compile("[\u3041-\u30ff][\u3099\u309a]")  # か + combining ゛, as macOS pastes it
_MARKS = "ー・ゝゞヽヾ 　"


def to_hiragana(text: str) -> str:
    """Turn katakana of either width into hiragana; ー and ・ and everything that is not kana stay."""
    hiragana: str = jaconv.kata2hira(_full_width(text))
    return hiragana


def to_katakana(text: str) -> str:
    """Turn hiragana and half-width katakana into full-width katakana; everything that is not kana stays."""
    katakana: str = jaconv.hira2kata(_full_width(text))
    return katakana


def kana_trouble(text: str) -> Trouble | None:
    """Say what keeps this from being a reading; None for kana of either script with ー, ・ and spaces."""
    letters = [char for char in to_hiragana(text) if char not in _MARKS]
    for char in letters:
        if not is_hiragana(char):
            return Trouble(f"ふりがなに使えない文字「{_shown(char)}」があります。ひらがなで入力してください。")
    if not letters:
        return Trouble("ふりがなを入力してください。")
    if text.lstrip()[0] in "ーｰ":
        return Trouble("ふりがなの最初に「ー」は使えません。")
    return None


def is_hiragana(char: str) -> bool:
    """True for ぁ to ゖ; marks and ー are not letters."""
    return "\u3041" <= char <= "\u3096"


def _full_width(text: str) -> str:
    wide: str = jaconv.h2z(text, kana=True, ascii=False, digit=False)
    return _MARKED.sub(lambda pair: unicodedata.normalize("NFC", pair.group()), wide)


def _shown(char: str) -> str:
    return char if char.isprintable() else f"U+{ord(char):04X}"
