"""What became of a set of texts: how many leaks were found, how many innocent texts were taken for one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nakodo_desktop.domain.leak_others import MemberName, OthersIndex, index_others
from nakodo_desktop.domain.leak_scan import Finding, LeakKind, OwnFacts, index_own, scan
from tests.domain.leak_cases.case import Case

# A mail address is made of the name; to call it either is to have found it.
SAME = {"email": {LeakKind.EMAIL, LeakKind.NAME, LeakKind.NICKNAME}}


def everybody(names: Iterable[tuple[str, str, str, str, str]]) -> OthersIndex:
    return index_others(
        MemberName(family_name=family, given_name=given, family_kana=family_kana, given_kana=kana, employer=employer)
        for family, given, family_kana, kana, employer in names
    )


@dataclass(frozen=True)
class Score:
    """What became of one set of texts."""

    leaks: int
    found: int
    innocents: int
    alarms: int
    missed: list[Case]
    cried: list[tuple[str, tuple[Finding, ...]]]

    @property
    def recall(self) -> float:
        return self.found / self.leaks

    @property
    def false_alarms(self) -> float:
        return self.alarms / self.innocents

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.alarms)

    def line(self, name: str) -> str:
        return (
            f"{name:<24} recall {self.recall:.3f} ({self.found}/{self.leaks})   precision {self.precision:.3f}   "
            f"false alarms {self.false_alarms:.3f} ({self.alarms}/{self.innocents})"
        )


def score(texts: Iterable[Case], people: Mapping[str, OwnFacts], others: OthersIndex) -> Score:
    own = {person: index_own(facts) for person, facts in people.items()}
    missed: list[Case] = []
    cried: list[tuple[str, tuple[Finding, ...]]] = []
    counts: Counter[str] = Counter()
    for case in texts:
        found = scan(case.text, own[case.person], others=others)
        if case.leak:
            counts["leaks"] += 1
            wanted = SAME.get(case.leak, {LeakKind(case.leak)})
            if not any(one.kind in wanted for one in found):
                missed.append(case)
        else:
            counts["innocents"] += 1
            if found:
                cried.append((case.text, found))
    return Score(
        leaks=counts["leaks"],
        found=counts["leaks"] - len(missed),
        innocents=counts["innocents"],
        alarms=len(cried),
        missed=missed,
        cried=cried,
    )
