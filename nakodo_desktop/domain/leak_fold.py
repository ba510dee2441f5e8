"""After this, text is compared as it is read: width, script, case, variants, marks and inserted symbols are gone.

Every folded character still knows which characters of the original it came from, so a finding can point at them.
Folding is for comparison alone; stored and shown text stays as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nakodo_desktop.domain.kanji_variants import COMMON_FORM

_KATAKANA = {code: chr(code - 0x60) for code in range(0x30A1, 0x30F7)}
_SMALL_AND_OLD = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖぢづゐゑ", "あいうえおつやゆよわかけじずいえ")
# Katakana first become hiragana, so their small and old forms need entries of their own.
_SAME: dict[int, str | int] = {
    **COMMON_FORM,
    **{code: hiragana.translate(_SMALL_AND_OLD) for code, hiragana in _KATAKANA.items()},
    **{code: chr(plain) for code, plain in _SMALL_AND_OLD.items()},
    **str.maketrans("ヷヸヹヺヽヾ〻", "わいえをゝゞ々"),  # the first four have no hiragana to become
    # Cyrillic and Greek letters that look Latin, as they are in lower case.
    **str.maketrans(
        "\u0430\u0432\u0435\u04bb\u0456\u0458\u043a\u043c\u043d\u043e\u0440\u0455\u0441\u0442\u0443\u0445"
        "\u03b1\u03b9\u03ba\u03bf\u03c1\u03c4\u03c5\u03c7",
        "abehijkmhopsctyxaikoptux",
    ),
}
# か゛ typed with a free-standing mark is が; NFKC alone would make a space of the mark.
_FREE_MARKS = {0x309B: "\u3099", 0x309C: "\u309a", 0xFF9E: "\u3099", 0xFF9F: "\u309a"}
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_JOINED = re.compile("[\u0300-\u036f\u3099-\u309c\uff9e\uff9f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_CLUSTER = re.compile(f"[\\s\\S]{_JOINED.pattern}*")
_REPEATS = "々ゝゞ"
_ALSO_KANJI = frozenset("々〇")


@dataclass(frozen=True)
class Folded:
    """Folded characters with the slice of the original each one came from."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    original: str

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """The slice of the original that holds the folded characters begin…end."""
        return self.starts[begin], self.ends[end - 1]

    def gap(self, index: int) -> str:
        """What the original has between the folded characters index-1 and index; "" at both ends of the text."""
        if not 0 < index < len(self.starts):
            return ""
        return self.original[self.ends[index - 1] : self.starts[index]]


@dataclass(frozen=True)
class Views:
    """One text in both foldings: `plain` keeps spaces and marks, `squeezed` has letters and digits alone."""

    plain: Folded
    squeezed: Folded


def views(text: str) -> Views:
    """Fold a text once for every detector."""
    clusters = _clusters(text)
    letters = list(map(_fold_cluster, clusters))
    if clusters is text and _is_one_to_one(letters):
        starts: Sequence[int] = range(len(text))
        ends: Sequence[int] = range(1, len(text) + 1)
    else:
        letters, starts, ends = _placed(clusters)
    kept = [i for i, char in enumerate(letters) if char.isalnum()]
    return Views(
        plain=Folded("".join(letters), starts, ends, text),
        squeezed=Folded("".join([letters[i] for i in kept]), [starts[i] for i in kept], [ends[i] for i in kept], text),
    )


def _is_one_to_one(letters: list[str]) -> bool:
    folded = "".join(letters)
    return len(folded) == len(letters) and "" not in letters and not any(mark in folded for mark in _REPEATS)


def _placed(clusters: Iterable[str]) -> tuple[list[str], list[int], list[int]]:
    """Letters with their places where one character gives several, or several give one."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last, place = "", 0  # the last Japanese letter, for 々
    for cluster in clusters:
        reach = place + len(cluster)
        for char in _fold_cluster(cluster):
            letter = _repeated(char, last) if char in _REPEATS and last else char
            if letter.isalnum():
                last = "" if letter.isascii() else letter
            letters.append(letter)
            starts.append(place)
            ends.append(reach)
        place = reach
    return letters, starts, ends


def fold(text: str) -> str:
    """The folded letters and digits of a text without positions: what a needle is made of."""
    letters = ""
    for char in "".join(map(_fold_cluster, _clusters(text))):
        if char.isalnum():
            is_repeat = char in _REPEATS and letters and not letters[-1].isascii()
            letters += _repeated(char, letters[-1]) if is_repeat else char
    return letters


def _repeated(mark: str, letter: str) -> str:
    """What an iteration mark stands for: す after す for ゝ, ず for ゞ."""
    return unicodedata.normalize("NFC", letter + "\u3099")[0] if mark == "ゞ" else letter


def _clusters(text: str) -> Iterable[str]:
    """Characters, each with the marks that belong to it."""
    return _CLUSTER.findall(text) if _JOINED.search(text) else text


def folded_words(listing: str) -> tuple[str, ...]:
    """The words of a listing parted by spaces, folded, each once."""
    return tuple(dict.fromkeys(fold(word) for word in listing.split()))


@lru_cache(maxsize=8192)
def _fold_cluster(cluster: str) -> str:
    bare = _SELECTORS.sub("", cluster).translate(_FREE_MARKS)
    if not bare.isascii():
        bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", bare))
        bare = unicodedata.normalize("NFKC", bare)
    return bare.lower().translate(_SAME)


def is_kanji(char: str) -> bool:
    """True for an ideograph; 〇 and 々 count, they stand inside names."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char in _ALSO_KANJI or char >= "\U00020000"


def is_katakana(char: str) -> bool:
    """True for katakana of either width, ー included."""
    return "\u30a1" <= char <= "\u30fc" or "\uff66" <= char <= "\uff9d"


def is_hiragana(char: str) -> bool:
    """True for hiragana letters; ー belongs to katakana here."""
    return "\u3041" <= char <= "\u3096"
