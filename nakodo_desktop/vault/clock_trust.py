"""Whether the clock may decide about erasing: since somebody last looked at the date, did it ever leap?

The log tells: two entries in a row that lie more than two days apart, or the later one earlier. A weekend is such a
leap, too; it costs the head one look at the date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.rows import one

MOST = timedelta(hours=48)
BACKWARDS = timedelta(minutes=10)  # clocks are set right by some minutes without anybody noticing
CONFIRM = "clock.confirm"

SINCE = "SELECT coalesce(max(seq), 1) FROM audit WHERE act = 'clock.confirm'"
LEAPS = """SELECT earlier, at FROM
    (SELECT at, lag(at) OVER (ORDER BY seq) AS earlier FROM audit WHERE seq >= :since)
    WHERE (julianday(at) - julianday(earlier)) NOT BETWEEN :least AND :most
    ORDER BY abs(julianday(at) - julianday(earlier)) DESC LIMIT 1"""
LAST = "SELECT at FROM audit ORDER BY seq DESC LIMIT 1"


@dataclass(frozen=True)
class Leap:
    """The clock stood at `before`, and at the next look at `after`."""

    before: datetime
    after: datetime

    @property
    def size(self) -> timedelta:
        return abs(self.after - self.before)


def last_entry_at(db: Connection) -> datetime:
    """When the log was last written to, by its own clock."""
    return datetime.fromisoformat(one(db, LAST)[0])


def leap(db: Connection, *, seen: datetime | None, now: datetime) -> Leap | None:
    """The largest leap nobody has looked at; None when the clock may be trusted. `seen`: what this PC remembers."""
    found = []
    bounds = {"least": -BACKWARDS / timedelta(days=1), "most": MOST / timedelta(days=1)}
    row = db.execute(LEAPS, {"since": one(db, SINCE)[0], **bounds}).fetchone()
    if row is not None:
        found.append(Leap(datetime.fromisoformat(row["earlier"]), datetime.fromisoformat(row["at"])))
    last = last_entry_at(db)
    found += [Leap(moment, now) for moment in (last, seen) if moment is not None and _is_leap(moment, now)]
    return max(found, key=lambda one: one.size, default=None)


def _is_leap(before: datetime, after: datetime) -> bool:
    return not -BACKWARDS <= after - before <= MOST
