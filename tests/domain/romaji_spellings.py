"""How people spell one kana name in Latin letters, written out by the books and not by sound: an oracle for the scan.

Hepburn (old and new), passport (旅券法施行規則), Kunrei and Nihon-shiki (昭和29年内閣告示1号, tables 1 and 2), and what
keyboards type; long vowels written, doubled, marked, lengthened with h or left out.
"""

from __future__ import annotations

from itertools import product

_KUNREI_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
    "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}  # fmt: skip
_KUNREI = {kana: c + v for c, line in _KUNREI_ROWS.items() for kana, v in zip(line, "aiueo", strict=True)}
_KUNREI |= {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ぢ": "zi", "づ": "zu"}
_HEPBURN = {"し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu"}
_NIHON = {"ぢ": "di", "づ": "du"}
_SMALL = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
_HEPBURN_YOON = {"し": "sh", "ち": "ch", "じ": "j", "ぢ": "j"}
_LONG = {"ou": ("ou", "oo", "oh", "o", "ô", "ō"), "oo": ("oo", "oh", "o", "ô", "ō"), "uu": ("uu", "u", "û", "ū")}


def readings(kana: str) -> frozenset[str]:
    """Every spelling of one name in hiragana, lower case: おおの gives oono, ohno, ono, ōno …"""
    return frozenset(
        spelt
        for table in (_KUNREI | _HEPBURN, _KUNREI, _KUNREI | _NIHON)
        for nasal in ("n", "m", "n'")
        for spelt in _lengthened(_spell(kana, table, nasal=nasal))
    )


def spellings(kana_family: str, kana_given: str) -> frozenset[str]:
    """Every spelling of the whole name, in either order, letters alone."""
    pairs = product(readings(kana_family), readings(kana_given))
    return frozenset(whole for family, given in pairs for whole in (family + given, given + family))


def _spell(kana: str, table: dict[str, str], *, nasal: str) -> str:
    out = ""
    doubled = False
    for index, char in enumerate(kana):
        following = kana[index + 1 : index + 2]
        if char == "っ":
            doubled = True
            continue
        if char == "ん":
            out += _nasal(table.get(following, ""), nasal)
            continue
        if char in _SMALL:
            continue
        syllable = _with_small(char, following, table)
        if doubled:
            syllable = ("t" if syllable.startswith("ch") else syllable[0]) + syllable
        out, doubled = out + syllable, False
    return out


def _with_small(char: str, following: str, table: dict[str, str]) -> str:
    if following not in _SMALL:
        return table[char]
    if table is not _KUNREI and table[char] in ("shi", "chi", "ji"):
        return _HEPBURN_YOON[char] + _SMALL[following]
    return table[char][:-1] + "y" + _SMALL[following]


def _nasal(following: str, nasal: str) -> str:
    if nasal == "m":
        return "m" if following[:1] in ("b", "m", "p") else "n"
    if nasal == "n'":
        return "n'" if following[:1] in ("a", "i", "u", "e", "o", "y") else "n"
    return "n"


def _lengthened(spelt: str) -> frozenset[str]:
    for index in range(len(spelt) - 1):
        ways = _LONG.get(spelt[index : index + 2])
        if ways:
            tails = _lengthened(spelt[index + 2 :])
            return frozenset(spelt[:index] + way + tail for way in ways for tail in tails)
    return frozenset((spelt,))
