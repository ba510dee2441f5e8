"""The blind and the second set: hard names in members' own writing, each measured before a rule was mended for it.

Since their misses were mended they are held out no longer; docs/leak-scan.md keeps the first shots.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from nakodo_desktop.domain.leak_others import OthersIndex
from nakodo_desktop.domain.leak_scan import Finding, LeakKind, OwnFacts, index_own, scan, scan_closely
from tests.domain.leak_cases.blind import BLIND, SECOND, BlindCase
from tests.domain.leak_cases.blind_people import BLIND_PEOPLE
from tests.domain.leak_cases.score import SAME, everybody
from tests.domain.leak_cases.second_people import SECOND_PEOPLE

LEAST_RECALL = 0.99
LEAST_POINTED_AT = 0.99
MOST_FALSE_ALARMS = 0.02
PEOPLE = BLIND_PEOPLE | SECOND_PEOPLE
SETS = {"blind": BLIND, "second": SECOND}
OWN = {person: index_own(facts) for person, facts in PEOPLE.items()}


def everybody_but(person: str, people: dict[str, OwnFacts]) -> OthersIndex:
    return everybody(
        (one.family_name, one.given_name, one.family_kana, one.given_kana, one.employer)
        for key, one in people.items()
        if key != person
    )


OTHERS = {person: everybody_but(person, BLIND_PEOPLE) for person in BLIND_PEOPLE} | {
    person: everybody_but(person, SECOND_PEOPLE) for person in SECOND_PEOPLE
}


def findings(cases: tuple[BlindCase, ...]) -> Iterator[tuple[BlindCase, tuple[Finding, ...]]]:
    for case in cases:
        yield case, scan(case.text, OWN[case.person], others=OTHERS[case.person])


def is_of_its_kind(one: Finding, case: BlindCase) -> bool:
    return one.kind in SAME.get(case.leak, {LeakKind(case.leak)})


def touches(one: Finding, case: BlindCase) -> bool:
    begin = case.text.index(case.at)
    return one.start < begin + len(case.at) and begin < one.end


def asks_about_the_own_day(one: Finding) -> bool:
    """The member's own month and day may leave only if the member wants it: the operator is asked, not stopped."""
    return one.kind is LeakKind.BIRTH_DATE and not one.blocks


def test_the_sets_are_large_and_name_the_characters_that_give_a_leak_away():
    leaks = [case for case in (*BLIND, *SECOND) if case.leak]
    assert sum(bool(case.leak) for case in BLIND) >= 300
    assert sum(not case.leak for case in BLIND) >= 120
    assert len({(case.person, case.text) for case in (*BLIND, *SECOND)}) == len(BLIND) + len(SECOND)
    assert [case for case in leaks if case.at not in case.text] == []


@pytest.mark.parametrize("name", SETS)
def test_leaks_are_found_where_they_stand(name: str, capsys: pytest.CaptureFixture[str]):
    leaks = [(case, found) for case, found in findings(SETS[name]) if case.leak]
    missed = [case for case, found in leaks if not any(is_of_its_kind(one, case) for one in found)]
    strayed = [case for case, found in leaks if not any(touches(one, case) for one in found)]
    recall, pointed_at = 1 - len(missed) / len(leaks), 1 - len(strayed) / len(leaks)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{name + ', since mended':<24} recall {recall:.3f} ({len(leaks) - len(missed)}/{len(leaks)})   "
            f"pointed at {pointed_at:.3f}"
        )
    assert recall >= LEAST_RECALL, missed
    assert pointed_at >= LEAST_POINTED_AT, strayed


def test_innocent_texts_are_left_alone(capsys: pytest.CaptureFixture[str]):
    innocents = [(case, found) for case, found in findings((*BLIND, *SECOND)) if not case.leak]
    cried = [(case, found) for case, found in innocents if not all(map(asks_about_the_own_day, found))]
    asked = [case for case, found in innocents if found and all(map(asks_about_the_own_day, found))]
    with capsys.disabled():
        sys.stdout.write(
            f"\n{'blind and second':<24} false alarms {len(cried) / len(innocents):.3f} ({len(cried)}/{len(innocents)})"
            f"   asked about the own day {len(asked)}"
        )
    assert len(cried) <= MOST_FALSE_ALARMS * len(innocents), cried


@pytest.mark.parametrize("name", SETS)
def test_the_look_at_the_shadow_changes_no_finding(name: str):
    for case, found in findings(SETS[name]):
        assert found == scan_closely(case.text, OWN[case.person], others=OTHERS[case.person]), case.text
