"""Two people answered at once: which newer answers may be taken over, and which were typed here and stay."""

from __future__ import annotations

from dataclasses import dataclass

from nakodo_desktop.domain.values import Answers, Value


@dataclass(frozen=True)
class AnswerMerge:
    """By catalogue key, in the words of the other side; None is an answer that was taken away there."""

    taken: dict[str, Value]  # nobody touched these here
    former: dict[str, Value]  # what the taken ones were
    kept: dict[str, Value]  # answered otherwise here, which stays


def merge(base: Answers, *, mine: Answers, theirs: Answers, at_hand: str = "") -> AnswerMerge:
    """`base`: what both began with. A key that both changed to the same answer is no news.

    `at_hand`: the field in which somebody is typing; it counts as touched, for half a word may stand there.
    """
    changed = [key for key in {**base, **theirs} if theirs.get(key) != base.get(key)]
    news = [key for key in changed if theirs.get(key) != mine.get(key)]
    untouched = [key for key in news if mine.get(key) == base.get(key) and key != at_hand]
    return AnswerMerge(
        taken={key: theirs.get(key) for key in untouched},
        former={key: mine.get(key) for key in untouched},
        kept={key: theirs.get(key) for key in news if key not in untouched},
    )
