"""What is still to be looked at, in one list for rail, foot and review: answers missing or not able to stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nakodo_desktop.domain import catalog, interview
from nakodo_desktop.domain.interview import Missing
from nakodo_desktop.domain.values import Problem


@dataclass(frozen=True)
class Flaw:
    """One field to go to. `message` is "" when it is merely not answered yet."""

    step: str
    field_key: str
    label: str
    message: str = ""


def flaws(missing: Iterable[Missing], problems: Iterable[Problem]) -> tuple[Flaw, ...]:
    """In the order of the interview."""
    found = [Flaw(lack.step, lack.field_key, lack.label) for lack in missing]
    found += [
        Flaw(interview.STEP_OF_FIELD[problem.field_key], problem.field_key, _label(problem), problem.message)
        for problem in problems
    ]
    return tuple(sorted(found, key=lambda flaw: _ORDER[flaw.field_key]))


def of_step(step: str, every: Iterable[Flaw]) -> tuple[Flaw, ...]:
    return tuple(flaw for flaw in every if flaw.step == step)


def _label(problem: Problem) -> str:
    return catalog.FIELDS[problem.field_key].label


_ORDER = {key: place for place, key in enumerate(catalog.FIELDS)}
