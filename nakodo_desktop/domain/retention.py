"""What is kept of a person until when and why, and what is due to be erased; callers need not know a period or its law.

Which fact belongs to which class is the catalogue's `retention` and nothing else; the periods are the rule file's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.dates import format_wareki
from nakodo_desktop.domain.fields import Retention, Store

RECORD_NAMES: Mapping[Retention, str] = {
    Retention.PHOTO: "写真",
    Retention.PROFILE: "面談の回答とメモ",
    Retention.CONTRACT: "契約の記録",
    Retention.PROVISION: "第三者提供の記録",
}
CONTENTS: Mapping[Retention, str] = {
    Retention.PHOTO: "上半身と全身の写真",
    Retention.PROFILE: "プロフィール・要配慮個人情報・希望条件・面談メモ・変更の履歴・書きかけの面談",
    Retention.CONTRACT: "氏名・連絡先・利用目的の説明・本人確認・同意・独身誓約書（スキャンを含む）",
    Retention.PROVISION: "いつ・どこへ・だれの・どの項目を渡したか",
}
ON_REQUEST = frozenset({Retention.PHOTO, Retention.PROFILE})  # what no duty keeps: 個情法35条5項・6項


class Reason(Enum):
    """Why something was erased; the ledger and the log know it by this code."""

    PERIOD = "period"  # its time was over
    REQUEST = "request"  # the person asked for it (個情法35条)


@dataclass(frozen=True, kw_only=True)
class Period:
    """How long a class is kept after `since`. Exactly one of `days` and `years` is not 0."""

    days: int
    years: int
    since: str  # 退会, 契約の終了 …
    basis: str

    def end(self, start: date) -> date:
        """Days: erased by then. Years: kept through this day."""
        return _years_later(start + timedelta(days=self.days), self.years)

    def due_on(self, start: date) -> date:
        """The first day on which it is to be erased."""
        return self.end(start) + timedelta(days=1 if self.years else 0)

    def last_start_due(self, today: date) -> date:
        """Whoever's clock started on this day or before is due today."""
        if not self.years:
            return today - timedelta(days=self.days)
        found = _years_later(today - timedelta(days=1), -self.years)
        while self.due_on(found + timedelta(days=1)) <= today:  # from a common year to 29 February
            found += timedelta(days=1)
        return found

    @property
    def words(self) -> str:
        return f"{self.since}から{f'{self.years}年' if self.years else f'{self.days}日'}"


Periods = Mapping[Retention, Period]


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What the office holds of one person, as far as the periods ask."""

    left_on: date | None  # 退会 or 成婚退会; None while a member
    held: frozenset[Retention]  # of which classes anything is there
    provisions_until: date | None = None  # the last day of the youngest record of provision
    is_on_hold: bool = False


@dataclass(frozen=True)
class Fate:
    """What becomes of one class of one person's records; `when` and `why` are the words for it."""

    retention: Retention
    due_on: date | None  # None: not known yet
    is_due: bool
    when: str
    why: str


def fates(holding: Holding, periods: Periods, today: date, *, requested: bool = False) -> tuple[Fate, ...]:
    """One for each class that is held. `requested`: the person asked for erasure, so what no duty keeps is due now."""
    return tuple(
        _fate(retention, holding, periods, today, requested=requested)
        for retention in Retention
        if retention in holding.held
    )


def due(told: Iterable[Fate]) -> tuple[Retention, ...]:
    """In the order of the classes."""
    return tuple(fate.retention for fate in told if fate.is_due)


def draft_due_on(saved_on: date, periods: Periods) -> date:
    """Until when an interview may stay half done: an applicant who does not come back left on that day (個情法22条)."""
    return periods[Retention.PROFILE].due_on(saved_on)


def keys_of(retention: Retention, store: Store) -> tuple[str, ...]:
    """The catalogue's keys of that class in that table."""
    return tuple(key for key in catalog.columns(store) if catalog.FIELDS[key].retention is retention)


def _fate(retention: Retention, holding: Holding, periods: Periods, today: date, *, requested: bool) -> Fate:
    due_on = _due_on(retention, holding, periods)
    if holding.is_on_hold:
        return Fate(retention, due_on, False, "保留中", "保留を解くまで、期限が来ても消去しません。")
    if requested and retention in ON_REQUEST and holding.left_on is not None:
        return Fate(retention, due_on, True, "いま消去できます", "ご本人の請求（個人情報保護法35条）")
    if due_on is None:
        return Fate(retention, None, False, "在会中", "退会すると期限が決まります。")
    period = periods[retention]
    return Fate(retention, due_on, due_on <= today, _when(due_on, period, today), f"{period.words}（{period.basis}）")


def _when(due_on: date, period: Period, today: date) -> str:
    if due_on <= today:
        return f"{format_wareki(due_on)}に期限"
    if period.days:
        return f"{format_wareki(due_on)}に消去"
    return f"{format_wareki(due_on - timedelta(days=1))}まで保存"


def _due_on(retention: Retention, holding: Holding, periods: Periods) -> date | None:
    if retention is Retention.PROVISION:
        until = holding.provisions_until
        return None if until is None else until + timedelta(days=1)
    if holding.left_on is None:
        return None
    if retention is Retention.CONTRACT:  # the record goes whole: never before what hangs on it
        return max(periods[part].due_on(holding.left_on) for part in (*ON_REQUEST, Retention.CONTRACT))
    return periods[retention].due_on(holding.left_on)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February: 民法143条2項, the last day of that month
        return day.replace(year=day.year + years, day=28)
