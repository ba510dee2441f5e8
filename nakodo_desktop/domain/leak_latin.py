"""After this, names in Latin letters are found whatever the spelling, the order, the case and the marks between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nakodo_desktop.domain.leak_finding import Finding, LeakKind, finding
from nakodo_desktop.domain.leak_fold import Folded
from nakodo_desktop.domain.leak_romaji import skeleton
from nakodo_desktop.domain.leak_words import ORDINARY_LATIN

_TOKEN = re.compile("[a-z]+")
_BETWEEN = re.compile(r"[\W_]{0,4}")
_PROSE = re.compile(r"[,!?、。！？]\s")  # Oh, no! is not Ohno
_CALLED = re.compile("(?:san|kun|chan|tyan|sama|sensei|jp)$")
_MOST_LETTERS = 40
_SURE_LETTERS = 7  # a skeleton this long is the name even inside a longer word
_FEWEST_LETTERS = 3
_SHORT_LETTERS = 4  # so few letters are a name in pieces only when each stands alone: K e n


@dataclass(frozen=True)
class LatinNames:
    """Skeletons (see leak_romaji) of the names of one person."""

    sure: tuple[tuple[str, LeakKind], ...]  # wherever the letters stand
    words: Mapping[str, LeakKind]  # as a word of their own


def latin_names(words: Mapping[str, LeakKind], *, whole: Mapping[str, LeakKind]) -> LatinNames:
    """Sort skeletons by how much they need around them. `whole`: family and given name together."""
    sure = {name: kind for name, kind in whole.items() if len(name) >= 5}
    sure = {name: kind for name, kind in words.items() if len(name) >= _SURE_LETTERS} | sure
    alone = {name: kind for name, kind in words.items() if len(name) >= _FEWEST_LETTERS and name not in _ORDINARY}
    return LatinNames(tuple(sure.items()), alone)


def find_latin(plain: Folded, names: LatinNames) -> Iterator[Finding]:
    """Find the names in letters of any spelling: Taro, T a r o, YAMAMOTO_Taro."""
    for begin, end, kind in _rows(plain.text, names):
        yield finding(kind, plain.span(begin, end), plain.original)


def holds_latin(lean_text: str, names: LatinNames) -> bool:
    """Whether `find_latin` would find anything in a text of plain lower-case letters."""
    return next(_rows(lean_text, names), None) is not None


def _rows(text: str, names: LatinNames) -> Iterator[tuple[int, int, LeakKind]]:
    """Look at every row of letter groups that may be one name."""
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    for i, (begin, _) in enumerate(tokens):
        letters, reach, pieces = "", begin, 0
        for start, end in tokens[i:]:
            if pieces and not _BETWEEN.fullmatch(text, reach, start):
                break
            letters += text[start:end]
            reach, pieces = end, pieces + 1
            if len(letters) > _MOST_LETTERS and pieces > 1:
                break
            sound = skeleton(letters)
            kind = _sure(sound, names)
            if kind is None and not _PROSE.search(text, begin, end):
                kind = names.words.get(sound) or names.words.get(_CALLED.sub("", sound))
                if len(sound) <= _SHORT_LETTERS and 1 < pieces < len(letters):
                    kind = None
            if kind is not None:
                yield begin, end, kind
                break


def _sure(sound: str, names: LatinNames) -> LeakKind | None:
    return next((kind for name, kind in names.sure if name in sound), None)


_ORDINARY = frozenset(skeleton(word) for word in ORDINARY_LATIN)
