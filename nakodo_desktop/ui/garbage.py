"""After importing this nobody waits for the garbage collector: it looks through everything when the operator rests.

A look at all that a large office has on the screen takes a tenth of a second, on whichever thread it happens, and the
window stands still meanwhile. The young are looked at as always; they are few.
"""

from __future__ import annotations

import gc

_NEVER = 1_000_000_000


def collect_only_at_rest() -> None:
    """Whole collections happen in `collect_at_rest` alone from now on."""
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)
    gc.freeze()  # what the start made stays; the collector need not visit it again
    gc.enable()


def collect_at_rest() -> None:
    gc.collect()
