"""The second lock on the door: finds in a text that leaves what must not be read out of it, and says what to do.

It knows nothing of site rules; it looks at the characters alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from nakodo_desktop.domain.leak_affiliations import find_affiliations
from nakodo_desktop.domain.leak_contacts import find_contacts
from nakodo_desktop.domain.leak_context import Verdict, full_name, is_whole_word, judge_name
from nakodo_desktop.domain.leak_dates import find_birth_date
from nakodo_desktop.domain.leak_finding import Finding, LeakKind, finding, joined, without_overlaps
from nakodo_desktop.domain.leak_fold import Folded, Views, fold, views
from nakodo_desktop.domain.leak_gate import ANYTHING, Sign, signs_in
from nakodo_desktop.domain.leak_latin import find_latin
from nakodo_desktop.domain.leak_numbers import (
    find_identity_numbers,
    find_phones,
    find_postal_codes,
    find_street,
    runs_in,
)
from nakodo_desktop.domain.leak_others import NOBODY_ELSE, OthersIndex
from nakodo_desktop.domain.leak_own import OwnFacts, OwnIndex, index_own
from nakodo_desktop.domain.leak_shadow import lean, shadow

__all__ = ["Finding", "LeakKind", "OwnFacts", "OwnIndex", "index_own", "scan", "scan_closely"]


def scan(
    text: str, own: OwnIndex, *, others: OthersIndex = NOBODY_ELSE, titles: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Find every leak, in reading order, at positions in `text` as it was given.

    `titles`: words that single a person out where the member lives, such as 住職 outside the large cities.
    """
    plain = lean(text)
    if plain is None:
        return scan_closely(text, own, others=others, titles=titles)
    dark = shadow(plain)
    signs = signs_in(plain, dark, (own.gate, own.latin))
    is_quiet = (
        not signs
        and (others is NOBODY_ELSE or not others.may_be_in(plain, dark))
        and not (titles and any(title in dark for title in _shadows(frozenset(titles))))
    )
    return () if is_quiet else scan_closely(text, own, others=others, titles=titles, signs=signs)


def scan_closely(
    text: str,
    own: OwnIndex,
    *,
    others: OthersIndex = NOBODY_ELSE,
    titles: Collection[str] = (),
    signs: Collection[Sign] = ANYTHING,
) -> tuple[Finding, ...]:
    """The exact search of `scan` with the detectors that the signs call for."""
    seen = views(text)
    found = [
        *_of_signs(seen, own, signs),
        *others.find(seen.plain, seen.squeezed),
        *_titles(seen.squeezed, titles),
    ]
    return joined(without_overlaps(found), text)


def _of_signs(seen: Views, own: OwnIndex, signs: Collection[Sign]) -> Iterator[Finding]:
    plain, squeezed = seen.plain, seen.squeezed
    if Sign.OWN in signs:
        yield from _own_words(squeezed, own)
    if Sign.LATIN in signs:
        yield from find_latin(plain, own.latin)
    if Sign.NUMBERS in signs:
        runs = runs_in(plain, squeezed)
        yield from find_phones(plain, runs, own.phones)
        yield from find_postal_codes(plain, runs, own.postal_code)
        yield from find_street(plain, own.address.numbers, town=own.address.town)
        yield from find_identity_numbers(plain)
    if own.birth_date is not None and (Sign.BIRTH_DATE in signs or own.birth_date.spoken in squeezed.text):
        yield from find_birth_date(plain, squeezed, own.birth_date)
    if Sign.CONTACTS in signs:
        yield from find_contacts(plain)
    if Sign.TIES in signs:
        yield from find_affiliations(plain)


def _own_words(squeezed: Folded, own: OwnIndex) -> Iterator[Finding]:
    original = squeezed.original
    for name, kind in own.sure:
        for begin in _places(name, squeezed.text):
            yield finding(kind, squeezed.span(begin, begin + len(name)), original)
    for name, kind in own.words:
        for begin in _places(name, squeezed.text):
            if is_whole_word(squeezed, begin, begin + len(name)):
                yield finding(kind, squeezed.span(begin, begin + len(name)), original)
    for one in own.names:
        for begin in _places(one.text, squeezed.text):
            end = begin + len(one.text)
            verdict = judge_name(
                squeezed, begin, end, partners=one.partners, is_doubtful=one.is_doubtful, is_given=one.is_given
            )
            if verdict is not Verdict.NOBODY:
                span = squeezed.span(*(full_name(squeezed, begin, end, partners=one.partners) or (begin, end)))
                yield finding(one.kind, span, original, blocks=verdict is Verdict.NAME)


def _titles(squeezed: Folded, titles: Collection[str]) -> Iterator[Finding]:
    for title in map(fold, titles):
        for begin in _places(title, squeezed.text):
            span = squeezed.span(begin, begin + len(title))
            yield finding(LeakKind.RARE_TITLE, span, squeezed.original, blocks=False)


@lru_cache(maxsize=4)
def _shadows(titles: frozenset[str]) -> tuple[str, ...]:
    return tuple(shadow(fold(title)) for title in titles)


def _places(needle: str, haystack: str) -> Iterator[int]:
    at = haystack.find(needle)
    while at >= 0:
        yield at
        at = haystack.find(needle, at + 1)
