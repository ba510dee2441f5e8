"""Measure two sides in turn and say how the row reads; a goal needs to know nothing else about timing.

Sides alternate (A B A B …) after a warm-up, so that a busy minute falls on both. Argue with ratios, never with the
milliseconds of another machine.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter

ROUNDS = 7

Samples = Mapping[str, list[float]]


@dataclass(frozen=True)
class Row:
    """One measured goal: `measured` must not exceed `limit`. Samples in seconds unless their name says otherwise."""

    goal: str
    what: str
    measured: float
    limit: float
    unit: str  # "x" for a ratio, "ms"
    samples: Samples

    @property
    def passed(self) -> bool:
        return self.measured <= self.limit


@dataclass(frozen=True)
class Skipped:
    """What could not be measured here, and why. Never counts as reached."""

    goal: str
    what: str
    why: str


class WrongAnswer(Exception):
    """A side did something else than it should: then its time means nothing."""


def alternate(sides: Mapping[str, Callable[[], float]], *, rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Seconds of each side, `rounds` of them, after one warm-up that is thrown away."""
    samples: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(rounds + 1):
        for name, side in sides.items():
            seconds = side()
            if turn > 0:
                samples[name].append(seconds)
    return samples


def seconds_of(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def ratio(samples: Samples, side: str, floor: str) -> float:
    """Median over the rounds of one side by the other: each round's two samples met the same weather."""
    return statistics.median(a / b for a, b in zip(samples[side], samples[floor], strict=True))


def line(row: Row | Skipped) -> str:
    if isinstance(row, Skipped):
        return f"{row.goal:4} | {row.what:58} | {'':>9} | {'':>9} | skipped: {row.why}"
    verdict = "pass" if row.passed else "FAIL"
    spread = " · ".join(f"{name} {_spread(values)}" for name, values in row.samples.items())
    measured, limit = (f"{value:.2f} {row.unit}" for value in (row.measured, row.limit))
    return f"{row.goal:4} | {row.what:58} | {measured:>9} | {limit:>9} | {verdict}   ({spread})"


def _spread(values: list[float]) -> str:
    low, middle, high = (f"{value * 1000:.3g}" for value in (min(values), statistics.median(values), max(values)))
    return f"{middle} [{low}–{high}] ms n={len(values)}"
