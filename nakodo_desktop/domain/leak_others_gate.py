"""Whether a text may hold the name of anybody else in the office: one look at its shadow, however many they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from nakodo_desktop.domain.leak_finding import LeakKind
from nakodo_desktop.domain.leak_shadow import in_shadow, shadow
from nakodo_desktop.domain.leak_words import HONORIFICS

_LONGEST_BEGINNING = 4
_LONGEST_SURNAME = 8
_ADDRESSED = in_shadow("|".join(HONORIFICS))


@dataclass(frozen=True)
class _Beginnings:
    """Needles by their first few characters, and a pattern that finds where these may stand."""

    length: int
    pattern: re.Pattern[str]
    needles: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class OthersGate:
    """Shadows of everybody's names."""

    beginnings: tuple[_Beginnings, ...] = field(repr=False)
    surnames: frozenset[str] = field(repr=False)

    def lets_through(self, dark: str) -> bool:
        """False only when the exact search would find no name in a text with this shadow."""
        for group in self.beginnings:
            for place in group.pattern.finditer(dark):
                begin = place.start()
                for needle in group.needles.get(dark[begin : begin + group.length], ()):
                    if dark.startswith(needle, begin):
                        return True
        if self.surnames:
            for place in _ADDRESSED.finditer(dark):
                end = place.start()
                if any(
                    dark[end - length : end] in self.surnames for length in range(1, min(end, _LONGEST_SURNAME) + 1)
                ):
                    return True
        return False


def gate_for_others(needles: Iterable[tuple[str, LeakKind]]) -> OthersGate:
    """Group the folded needles; a surname counts only where somebody is addressed by it."""
    groups: dict[int, dict[str, tuple[str, ...]]] = {}
    surnames: set[str] = set()
    for needle, kind in needles:
        dark = shadow(needle)
        if kind is LeakKind.OTHER_SURNAME:
            surnames.add(dark)
            continue
        length = min(len(dark), _LONGEST_BEGINNING)
        group = groups.setdefault(length, {})
        group[dark[:length]] = (*group.get(dark[:length], ()), dark)
    return OthersGate(
        tuple(_Beginnings(length, _pattern(length, group), group) for length, group in sorted(groups.items())),
        frozenset(surnames),
    )


def _pattern(length: int, beginnings: Iterable[str]) -> re.Pattern[str]:
    """A class of every first character, then what may follow; overlapping places are all found."""
    places = list(zip(*beginnings, strict=True))
    classes = ["[" + "".join(sorted(set(map(re.escape, place)))) + "]" for place in places]
    return re.compile(classes[0] + ("(?=" + "".join(classes[1:]) + ")" if length > 1 else ""))
