"""After importing this nobody waits for SHA-256: it is taken on another core while the caller goes on to the next file.

Hashing lets go of the interpreter, and is a third of the work on a bundle.
"""

from __future__ import annotations

import hashlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

_MOST_BEHIND = 4  # files that are held in memory for it


class Hashes:
    """SHA-256 by name, in hex. Use it in a `with`; ask for `done` inside it."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="sha256")
        self._behind: deque[tuple[str, Future[str]]] = deque()
        self._found: dict[str, str] = {}

    def __enter__(self) -> Hashes:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._pool.shutdown(cancel_futures=True)

    def add(self, name: str, data: bytes) -> None:
        self._behind.append((name, self._pool.submit(_sha256, data)))
        if len(self._behind) > _MOST_BEHIND:
            self._take()

    def done(self) -> dict[str, str]:
        """Of every file that was added, in that order."""
        while self._behind:
            self._take()
        return self._found

    def _take(self) -> None:
        name, digest = self._behind.popleft()
        self._found[name] = digest.result()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
