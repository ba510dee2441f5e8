"""Nobody who works meets a whole collection."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from nakodo_desktop.ui.garbage import collect_at_rest, collect_only_at_rest


@pytest.fixture
def whole() -> Iterator[list[int]]:
    """One entry for each collection of everything; afterwards the collector is as it was."""
    threshold, found = gc.get_threshold(), list[int]()

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "stop" and info["generation"] == 2:
            found.append(1)

    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)
    gc.set_threshold(*threshold)
    gc.unfreeze()


def test_work_meets_no_whole_collection_until_the_rest(whole: list[int]):
    collect_only_at_rest()
    held = [[number] for number in range(400_000)]
    assert whole == []
    collect_at_rest()
    assert len(whole) == 1
    assert len(held) == 400_000


def test_collector_of_python_would_have_met_it(whole: list[int]):
    held = [[number] for number in range(400_000)]
    assert whole
    assert len(held) == 400_000
