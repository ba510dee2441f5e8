"""What an erasure would do, as plain data: people with their fates, the dry run, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from nakodo_desktop.domain.fields import Retention
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.retention import Fate, Periods, Reason, due, fates
from nakodo_desktop.vault.backup_shelf import Medium
from nakodo_desktop.vault.clock_trust import Leap
from nakodo_desktop.vault.erasing import Held, Hold


@dataclass(frozen=True)
class Person:
    """Somebody who left (or asked), and what becomes of each class of their records."""

    id: MemberId | None  # None: only records of provision are left
    uid: str
    number: str
    name: str
    left_on: date | None
    fates: tuple[Fate, ...]
    hold: Hold | None
    is_listed: bool  # as far as this office gave it, the site still shows the person

    @property
    def due(self) -> tuple[Retention, ...]:
        return due(self.fates)

    @property
    def next_day(self) -> date | None:
        """The first day on which something is to go."""
        return min((fate.due_on for fate in self.fates if fate.due_on is not None), default=None)


@dataclass(frozen=True)
class Line:
    """What would go of one person."""

    uid: str
    number: str
    name: str
    records: tuple[Retention, ...]


@dataclass(frozen=True)
class Plan:
    """The dry run: exactly what an erasure would erase on that day."""

    reason: Reason
    day: date
    lines: tuple[Line, ...]

    @property
    def counts(self) -> Mapping[Retention, int]:
        """People by class."""
        return Counter(record for line in self.lines for record in line.records)


@dataclass(frozen=True)
class Report:
    """What was erased. `is_purged`: the pages are overwritten, too; else `finish` has to be asked again."""

    plan: Plan
    is_purged: bool
    media: tuple[Medium, ...]  # backups that still hold it

    @property
    def sentence(self) -> str:
        """For the member."""
        days = max(((medium.expires_on - self.plan.day).days for medium in self.media), default=0)
        gone = f"バックアップからは最長{days}日で消えます。" if days > 0 else "消去前のバックアップは残しません。"
        return f"{gone}復元した場合は自動的に再度消去されます。"


def person_of(held: Held, periods: Periods, today: date, *, requested: bool = False, is_listed: bool = False) -> Person:
    return Person(
        id=held.id,
        uid=held.uid,
        number=held.number,
        name=held.legal_name,
        left_on=held.holding.left_on,
        fates=fates(held.holding, periods, today, requested=requested),
        hold=held.hold,
        is_listed=is_listed,
    )


def line_of(person: Person) -> Line:
    return Line(person.uid, person.number, person.name, person.due)


def leap_words(leap: Leap) -> str:
    """What the clock did, in words."""
    hours = round(leap.size.total_seconds() / 3600)
    size = f"{hours // 24}日" if hours >= 72 else f"{hours}時間"
    before, after = _when(leap.before), _when(leap.after)
    if leap.after < leap.before:
        return f"パソコンの時計が、{before}のあとで{after}に戻っています。"
    return f"{before}の次の操作が{after}で、{size}あいています。"


def _when(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
