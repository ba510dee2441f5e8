"""How much of what is hidden the scan finds, and how often it cries wolf; the figures are printed at every run."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pytest

from nakodo_desktop.domain.leak_others import MemberName, OthersIndex, index_others
from nakodo_desktop.domain.leak_scan import Finding, LeakKind, OwnFacts, index_own, scan, scan_closely
from tests.domain.leak_cases import hand_written, ordinary
from tests.domain.leak_cases.case import Case
from tests.domain.leak_cases.generated import innocents, leaks
from tests.domain.leak_cases.held_out import HELD_OUT_OTHERS, HELD_OUT_PEOPLE, cases
from tests.domain.leak_cases.people import OTHERS, PEOPLE

LEAST_RECALL = 0.99
MOST_FALSE_ALARMS = 0.02
OF_OTHERS = {"other_member", "other_surname", "other_employer"}
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


SETS = {
    "development, generated": ([*leaks(), *innocents()], PEOPLE, OTHERS),
    "development, by hand": (hand_written("hand_written.toml"), PEOPLE, OTHERS),
    "held out": (cases(), HELD_OUT_PEOPLE, HELD_OUT_OTHERS),
    "held out, other dice": (cases(seed=4_2), HELD_OUT_PEOPLE, HELD_OUT_OTHERS),
}


@pytest.mark.parametrize("name", SETS)
def test_leaks_are_found_and_innocent_texts_left_alone(name: str, capsys: pytest.CaptureFixture[str]):
    texts, people, names = SETS[name]
    result = score(texts, people, everybody(names))
    with capsys.disabled():
        sys.stdout.write("\n" + result.line(name))
    assert result.recall >= LEAST_RECALL, [(case.how, case.text) for case in result.missed]
    assert result.false_alarms <= MOST_FALSE_ALARMS, result.cried


def test_ordinary_texts_give_nobody_away(capsys: pytest.CaptureFixture[str]):
    texts = [Case(person, text) for text in ordinary() for person in (*PEOPLE, *HELD_OUT_PEOPLE)]
    result = score(texts, PEOPLE | HELD_OUT_PEOPLE, everybody((*OTHERS, *HELD_OUT_OTHERS)))
    with capsys.disabled():
        sys.stdout.write(
            f"\n{'ordinary × everybody':<24} alarms {result.false_alarms:.4f} ({result.alarms}/{result.innocents})"
        )
    assert result.false_alarms <= MOST_FALSE_ALARMS, result.cried


def test_the_sets_are_as_large_and_as_mixed_as_promised():
    texts = [case for cases_, _, _ in list(SETS.values())[:3] for case in cases_]
    assert len({case.text for case in texts}) >= 1_000
    assert sum(not case.leak for case in texts) >= 250
    hidden = {case.leak for case in texts if case.leak}
    assert hidden >= {kind.value for kind in LeakKind} - {"rare_title"}
    assert len({case.how for case in texts if case.leak}) >= 60


@pytest.mark.parametrize("name", SETS)
def test_the_look_at_the_shadow_changes_no_finding(name: str):
    texts, people, names = SETS[name]
    others = everybody(names)
    own = {person: index_own(facts) for person, facts in people.items()}
    for case in texts:
        quick = scan(case.text, own[case.person], others=others)
        assert quick == scan_closely(case.text, own[case.person], others=others), case.text


@pytest.mark.parametrize("name", SETS)
def test_findings_point_at_their_characters_in_reading_order(name: str):
    texts, people, names = SETS[name]
    others = everybody(names)
    own = {person: index_own(facts) for person, facts in people.items()}
    for case in texts:
        found = scan(case.text, own[case.person], others=others)
        reach = 0
        for one in found:
            assert reach <= one.start < one.end <= len(case.text)
            assert one.shown == case.text[one.start : one.end]
            assert one.message.endswith("。")
            assert one.suggestion.endswith("。")
            reach = one.end


def test_own_facts_block_except_a_surname_that_is_a_place():
    own = {person: index_own(facts) for person, facts in PEOPLE.items()}
    soft = [
        (case.text, one.kind)
        for case in leaks()
        for one in scan(case.text, own[case.person])
        if not one.blocks and one.kind is not LeakKind.BIRTH_DATE
    ]
    assert soft == []
