"""How much of what is hidden the scan finds, and how often it cries wolf; the figures are printed at every run."""

from __future__ import annotations

import sys

import pytest

from nakodo_desktop.domain.leak_scan import LeakKind, index_own, scan, scan_closely
from tests.domain.leak_cases import hand_written, ordinary
from tests.domain.leak_cases.blind_people import BLIND_PEOPLE
from tests.domain.leak_cases.case import Case
from tests.domain.leak_cases.generated import innocents, leaks
from tests.domain.leak_cases.held_out import HELD_OUT_OTHERS, HELD_OUT_PEOPLE, cases
from tests.domain.leak_cases.people import OTHERS, PEOPLE
from tests.domain.leak_cases.score import everybody, score

LEAST_RECALL = 0.99
MOST_FALSE_ALARMS = 0.02

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
    texts = [Case(person, text) for text in ordinary() for person in (*PEOPLE, *HELD_OUT_PEOPLE, *BLIND_PEOPLE)]
    result = score(texts, PEOPLE | HELD_OUT_PEOPLE | BLIND_PEOPLE, everybody((*OTHERS, *HELD_OUT_OTHERS)))
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
