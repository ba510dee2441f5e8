"""Failed attempts to get in: how long to wait after them, and how the next person who gets in learns of them.

They lie in plaintext beside the database, since nobody was there to encrypt them: times and slot ids, nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nakodo_desktop.vault import canonical, files

FAILURES_NAME = "unlock_failures.log"

_DELAYS_S = (0, 0, 1, 2, 5, 10, 30, 60)
_MAX_BYTES = 64 * 1024  # some 1,000 attempts; whoever writes more has made the point


@dataclass(frozen=True)
class FailedAttempt:
    at: datetime
    slot_id: str  # the slot that was tried first; '' = none was preferred


def delay_seconds(failures: int) -> int:
    """How long to wait before the next try. Never a lock-out: a colleague could use that to keep others away."""
    return _DELAYS_S[min(failures, len(_DELAYS_S) - 1)]


def record_failure(folder: Path, attempt: FailedAttempt) -> None:
    """Raises NotWritable, DiskFull."""
    line = canonical.encode([attempt.at.isoformat(timespec="seconds"), attempt.slot_id]) + b"\n"
    path = folder / FAILURES_NAME
    try:
        if path.exists() and path.stat().st_size > _MAX_BYTES:
            return
        with path.open("ab") as file:
            file.write(line)
    except OSError as exc:
        raise files.write_error(exc) from exc


def recorded_failures(folder: Path) -> tuple[FailedAttempt, ...]:
    """What is readable of the file; torn or foreign lines are left out."""
    try:
        lines = (folder / FAILURES_NAME).read_bytes()[: 2 * _MAX_BYTES].splitlines()
    except FileNotFoundError:
        return ()
    return tuple(attempt for line in lines if (attempt := _attempt(line)) is not None)


def forget_failures(folder: Path) -> None:
    """Once they are in the audit log."""
    files.remove(folder / FAILURES_NAME)


def _attempt(line: bytes) -> FailedAttempt | None:
    try:
        value = canonical.decode(line)
        if not isinstance(value, list) or len(value) != 2:
            return None
        at = datetime.fromisoformat(canonical.short_text(value[0]))
        return FailedAttempt(at, canonical.short_text(value[1])) if at.tzinfo is not None else None
    except ValueError:
        return None
