"""Keeps what is in this process's memory from being written down by the system, as far as it lets us."""

from __future__ import annotations

import sys

_PR_SET_DUMPABLE = 4


def forbid_dumps() -> None:
    """No core file, and (Linux) no look into our memory by other programs of this person. Exec resets the latter."""
    if sys.platform == "win32":
        return  # error reporting there is the office's own setting; the manual says so
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
