"""The office's day: services take a clock, so that tests and the demo can choose it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], datetime]  # an aware moment


def utc_now() -> datetime:
    return datetime.now(UTC)


def office_day(moment: datetime) -> date:
    """The calendar day on the wall of this PC at that moment."""
    return moment.astimezone().date()


def office_time(moment: datetime) -> str:
    """Day and minute on the wall of this PC, in words."""
    from nakodo_desktop.domain.dates import format_wareki  # the unlock screen takes a clock, but reads no calendar

    return f"{format_wareki(office_day(moment))} {moment.astimezone():%H:%M}"
