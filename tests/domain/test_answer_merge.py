"""What two sides answered at once: the untouched follows, the typed stays, the same is no news."""

from __future__ import annotations

from nakodo_desktop.domain.answer_merge import merge


def test_what_was_not_touched_here_follows_the_other_side() -> None:
    found = merge({"a": 1, "b": 2}, mine={"a": 1, "b": 2}, theirs={"a": 5, "b": 2})
    assert (found.taken, found.kept) == ({"a": 5}, {})


def test_what_was_typed_here_stays_and_the_other_answer_is_told() -> None:
    found = merge({"a": 1}, mine={"a": 7}, theirs={"a": 5})
    assert (found.taken, found.kept) == ({}, {"a": 5})


def test_an_answer_taken_away_there_is_taken_away_here() -> None:
    assert merge({"a": 1}, mine={"a": 1}, theirs={}).taken == {"a": None}


def test_an_answer_given_on_both_sides_alike_is_no_news() -> None:
    found = merge({}, mine={"a": 5, "b": 1}, theirs={"a": 5})
    assert (found.taken, found.kept) == ({}, {})


def test_the_field_under_the_hands_stays() -> None:
    found = merge({"a": 1, "b": 1}, mine={"a": 1, "b": 1}, theirs={"a": 5, "b": 5}, at_hand="a")
    assert (found.taken, found.former, found.kept) == ({"b": 5}, {"b": 1}, {"a": 5})
