"""After this, romaji is compared by sound: Hepburn, Kunrei, passport and typing spellings share one skeleton."""

from __future__ import annotations

import re
from functools import lru_cache

# Folded hiragana (see leak_fold) in Kunrei-like spelling; わ行 を is written o, as a reader hears it.
_ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "s": "さしすせそ",
    "t": "たちつてと",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "m": "まみむめも",
    "r": "らりるれろ",
    "g": "がぎぐげご",
    "z": "ざじずぜぞ",
    "d": "だぢづでど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}
_SOUND = {kana: row + vowel for row, line in _ROWS.items() for kana, vowel in zip(line, "aiueo", strict=True)}
_SOUND |= {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n", "ゔ": "bu", "ぢ": "zi", "づ": "zu"}
_SMALL_Y = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo"}
_SMALL_VOWEL = {"ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}

# Longer spellings first; each line is one sound. Source: ローマ字のつづり方 (内閣告示), 旅券法施行規則のヘボン式.
_SPELLINGS = (
    (r"[ct]ch", "tty"),
    (r"sch|sh", "sy"),
    (r"ch|cy", "ty"),
    (r"ts|dz", "Z"),  # つ and づ meet below
    (r"j|zy|dy", "zy"),
    (r"ph|f", "h"),
    (r"l", "r"),
    (r"v", "b"),
    (r"q|c(?=[aouk])", "k"),
    (r"([szt])yi", r"\1i"),  # shi → syi → si
    (r"Zu", "tu"),
    (r"Z", "z"),
    (r"du", "zu"),
    (r"di", "zi"),
    (r"wo", "o"),
    (r"m(?=[bpm])", "n"),
    (r"h(?![aiueoy])", ""),  # Ohno, Satoh: h that only lengthens
    (r"(?<=[szt])yy", "y"),
)
_LONG = re.compile(r"o[ou]+|uu+|aa+|ii+|ee+")
_DOUBLED = re.compile(r"([kstpcgzdbn])\1")
_COMPILED = tuple((re.compile(pattern), sound) for pattern, sound in _SPELLINGS)


@lru_cache(maxsize=8192)
def skeleton(letters: str) -> str:
    """The sound of lower-case romaji letters without accents: shinichirou, sinitiro and shin'ichiroh are one."""
    text = letters
    for pattern, sound in _COMPILED:
        text = pattern.sub(sound, text)
    return _DOUBLED.sub(r"\1", _LONG.sub(lambda long: long.group()[0], text))


def kana_skeleton(hiragana: str) -> str:
    """The skeleton of a reading in hiragana with its small kana; "" when it is not all kana."""
    letters = ""
    for char in hiragana:
        if char in _SMALL_Y:
            letters = letters[:-1] + _SMALL_Y[char] if letters.endswith("i") else letters + _SMALL_Y[char]
        elif char in _SMALL_VOWEL:
            letters = letters[:-1] + _SMALL_VOWEL[char] if letters else _SMALL_VOWEL[char]
        elif char in "っー":
            continue  # doubled consonants and long vowels are folded away on both sides
        elif char in _SOUND:
            letters += _SOUND[char]
        else:
            return ""
    return skeleton(letters)
