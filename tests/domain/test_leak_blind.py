"""The blind set: hard names in members' own writing, gathered before any rule was measured against it."""

from __future__ import annotations

from tests.domain.leak_cases.blind import BLIND


def test_the_blind_set_is_large_and_names_the_characters_that_give_a_leak_away() -> None:
    leaks = [case for case in BLIND if case.leak]
    assert len(leaks) >= 300
    assert len(BLIND) - len(leaks) >= 120
    assert len({(case.person, case.text) for case in BLIND}) == len(BLIND)
    assert [case for case in leaks if case.at not in case.text] == []
