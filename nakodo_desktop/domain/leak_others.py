"""After this, the names of everybody else in the office are searched at once, not one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from nakodo_desktop.domain.leak_context import is_addressed, is_whole_word
from nakodo_desktop.domain.leak_finding import Finding, LeakKind, finding
from nakodo_desktop.domain.leak_fold import Folded, fold, folded_words
from nakodo_desktop.domain.leak_latin import STRETCH, LatinNames, find_latin, holds_latin
from nakodo_desktop.domain.leak_organisations import employer_names
from nakodo_desktop.domain.leak_others_gate import OthersGate, gate_for_others
from nakodo_desktop.domain.leak_own import latin_forms, name_forms
from nakodo_desktop.domain.leak_romaji import skeleton

_KEY = 2  # needles are looked up by their first two characters
_SURE_CHARS = 3
_SURE_EMPLOYER_CHARS = 4
# 神様, 王様 and 奥さん are nobody's surname.
_EVERYBODY = frozenset(folded_words("神 王 奥 仏 姫 皆 客 主 殿 孫 嫁 婿 兄 姉 父 母 旦那 星 月 猫 犬"))


@dataclass(frozen=True, kw_only=True)
class MemberName:
    """What another member's name and work are called."""

    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    employer: str = ""


@dataclass(frozen=True)
class OthersIndex:
    """Everybody's names, folded, by their first two characters; one index serves the whole office."""

    by_beginning: Mapping[str, tuple[tuple[str, LeakKind], ...]] = field(repr=False)
    single_kanji: frozenset[str] = field(repr=False)  # surnames of one character
    latin: LatinNames = field(repr=False)
    gate: OthersGate = field(repr=False)

    def may_be_in(self, lean_text: str, dark: str) -> bool:
        """False only when `find` would find nothing in a text; see `leak_shadow` for its two forms."""
        return self.gate.lets_through(dark) or (
            bool(self.latin.words) and any(holds_latin(stretch, self.latin) for stretch in STRETCH.findall(lean_text))
        )

    def find(self, plain: Folded, squeezed: Folded) -> Iterator[Finding]:
        """Find other members' names, employers, and surnames that somebody is addressed by."""
        text = squeezed.text
        for begin in range(len(text) if self.by_beginning or self.single_kanji else 0):
            for needle, kind in self.by_beginning.get(text[begin : begin + _KEY], ()):
                if text.startswith(needle, begin):
                    yield from _judge(squeezed, begin, needle=needle, kind=kind)
            if text[begin] in self.single_kanji:
                yield from _judge(squeezed, begin, needle=text[begin], kind=LeakKind.OTHER_SURNAME)
        if self.latin.words:
            yield from find_latin(plain, self.latin)


NOBODY_ELSE = OthersIndex({}, frozenset(), LatinNames((), {}), gate_for_others(()))


def index_others(names: Iterable[MemberName]) -> OthersIndex:
    """Prepare the names once for all texts of a batch. A member's own name among them does no harm."""
    needles: dict[str, LeakKind] = {}
    latin: dict[str, LeakKind] = {}
    for name in names:
        for surname in (fold(name.family_name), fold(name.family_kana)):
            if surname and surname not in _EVERYBODY:
                needles.setdefault(surname, LeakKind.OTHER_SURNAME)
        for employer in employer_names(name.employer):
            needles[employer] = LeakKind.OTHER_EMPLOYER
        families, givens = name_forms(name.family_name, name.family_kana), name_forms(name.given_name, name.given_kana)
        for one, other in product(families, givens):
            needles[one + other] = needles[other + one] = LeakKind.OTHER_MEMBER
        for family, given in product(latin_forms(name.family_kana), latin_forms(name.given_kana)):
            latin.update(dict.fromkeys((skeleton(family + given), skeleton(given + family)), LeakKind.OTHER_MEMBER))
    by_beginning: dict[str, tuple[tuple[str, LeakKind], ...]] = {}
    for needle, kind in needles.items():
        if len(needle) >= _KEY:
            by_beginning[needle[:_KEY]] = (*by_beginning.get(needle[:_KEY], ()), (needle, kind))
    single = frozenset(needle for needle in needles if len(needle) == 1)
    return OthersIndex(by_beginning, single, LatinNames((), latin), gate_for_others(needles.items()))


def _judge(squeezed: Folded, begin: int, *, needle: str, kind: LeakKind) -> Iterator[Finding]:
    end = begin + len(needle)
    if kind is LeakKind.OTHER_SURNAME:
        if is_addressed(squeezed, begin, end):
            yield finding(kind, squeezed.span(begin, end), squeezed.original, blocks=False)
    elif kind is LeakKind.OTHER_MEMBER:
        if len(needle) >= _SURE_CHARS or is_whole_word(squeezed, begin, end):
            yield finding(kind, squeezed.span(begin, end), squeezed.original)
    elif len(needle) >= _SURE_EMPLOYER_CHARS or is_whole_word(squeezed, begin, end):
        yield finding(kind, squeezed.span(begin, end), squeezed.original, blocks=len(needle) >= _SURE_EMPLOYER_CHARS)
