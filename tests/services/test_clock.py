"""The office's day is the one on its wall, not the one in Greenwich."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from nakodo_desktop.services.clock import office_day, utc_now


def test_now_knows_its_offset() -> None:
    assert utc_now().utcoffset() == timedelta()


if sys.platform != "win32":  # there the zone is the machine's, not the process's

    @pytest.fixture
    def in_japan(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        with monkeypatch.context() as there:
            there.setenv("TZ", "Asia/Tokyo")
            time.tzset()
            yield
        time.tzset()

    @pytest.mark.usefixtures("in_japan")
    @pytest.mark.parametrize(
        ("moment", "day"),
        [
            (datetime(2026, 11, 22, 14, 59, 59, tzinfo=UTC), date(2026, 11, 22)),
            (datetime(2026, 11, 22, 15, 0, tzinfo=UTC), date(2026, 11, 23)),
            (datetime(2026, 11, 23, 23, 0, tzinfo=timezone(timedelta(hours=-8))), date(2026, 11, 24)),
        ],
    )
    def test_a_day_begins_at_midnight_in_the_office(moment: datetime, day: date) -> None:
        assert office_day(moment) == day
