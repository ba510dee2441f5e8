"""The second lock on the door: finds in a text that leaves what must not be read out of it, and says what to do.

It knows nothing of site rules; it looks at the characters alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from nakodo_desktop.domain.leak_affiliations import find_affiliations
from nakodo_desktop.domain.leak_contacts import find_contacts
from nakodo_desktop.domain.leak_context import Verdict, is_whole_word, judge_name
from nakodo_desktop.domain.leak_dates import find_birth_date
from nakodo_desktop.domain.leak_finding import Finding, LeakKind, finding, joined, without_overlaps
from nakodo_desktop.domain.leak_fold import Folded, views
from nakodo_desktop.domain.leak_latin import find_latin
from nakodo_desktop.domain.leak_numbers import find_identity_numbers, find_phones, find_postal_codes, find_street
from nakodo_desktop.domain.leak_others import NOBODY_ELSE, OthersIndex
from nakodo_desktop.domain.leak_own import OwnFacts, OwnIndex, index_own
from nakodo_desktop.domain.leak_words import RARE_TITLES

__all__ = ["Finding", "LeakKind", "OwnFacts", "OwnIndex", "index_own", "scan"]


def scan(
    text: str, own: OwnIndex, *, others: OthersIndex = NOBODY_ELSE, titles_stand_out: bool = False
) -> tuple[Finding, ...]:
    """Find every leak, in reading order, at positions in `text` as it was given.

    `titles_stand_out`: the member lives outside the large cities, where 医師 or 住職 may be one person.
    """
    return _scan_closely(text, own, others=others, titles_stand_out=titles_stand_out)


def _scan_closely(text: str, own: OwnIndex, *, others: OthersIndex, titles_stand_out: bool) -> tuple[Finding, ...]:
    seen = views(text)
    plain, squeezed = seen.plain, seen.squeezed
    found = [
        *_own_words(squeezed, own),
        *find_latin(plain, own.latin),
        *find_phones(plain, own.phones),
        *find_postal_codes(plain, own.postal_code),
        *find_street(plain, own.address.numbers, town=own.address.town),
        *find_identity_numbers(plain),
        *find_contacts(plain),
        *find_affiliations(plain),
        *others.find(plain, squeezed),
    ]
    if own.birth_date is not None:
        found += find_birth_date(plain, squeezed, own.birth_date)
    if titles_stand_out:
        found += _rare_titles(squeezed)
    return joined(without_overlaps(found), text)


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
            verdict = judge_name(squeezed, begin, begin + len(one.text), partners=one.partners)
            if verdict is not Verdict.NOBODY:
                span = squeezed.span(begin, begin + len(one.text))
                yield finding(one.kind, span, original, blocks=verdict is Verdict.NAME)


def _rare_titles(squeezed: Folded) -> Iterator[Finding]:
    for title in RARE_TITLES:
        for begin in _places(title, squeezed.text):
            span = squeezed.span(begin, begin + len(title))
            yield finding(LeakKind.RARE_TITLE, span, squeezed.original, blocks=False)


def _places(needle: str, haystack: str) -> Iterator[int]:
    at = haystack.find(needle)
    while at >= 0:
        yield at
        at = haystack.find(needle, at + 1)
