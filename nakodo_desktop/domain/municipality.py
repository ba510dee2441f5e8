"""Where a member lives, as coarse as the site may show it; callers need not know which city is large by law.

The class stops a stranger from finding "the only fireman of a town". It hides nobody from acquaintances, and a photo
undoes it: the preview says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Literal

from nakodo_desktop.domain.rule_result import Outcome, RuleResult
from nakodo_desktop.domain.search_keys import search_key
from nakodo_desktop.domain.staff import StaffId
from nakodo_desktop.domain.values import Trouble

TOKYO_WARDS = "東京23区"


class Kind(Enum):
    CITY = "市"
    TOWN = "町"
    VILLAGE = "村"
    SPECIAL_WARD = "特別区"
    WARD = "区"  # of a 政令指定都市: an address needs it, the site never shows it


class Designation(Enum):
    """What the law says of a city; each presupposes the population in brackets at the time of designation."""

    NONE = ""
    DESIGNATED = "政令指定都市"  # 地方自治法252条の19 (500,000)
    CORE = "中核市"  # 地方自治法252条の22 (200,000)
    FORMER_SPECIAL = "施行時特例市"  # 平成26年法律42号附則3条, formerly 特例市 (200,000)


class AreaClass(Enum):
    LARGE = "大都市"
    SMALL_CITY = "市"
    TOWN_VILLAGE = "町村"


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """One row of the table; the name is as addresses write it, with 郡 or the city of a ward."""

    code: str  # five digits, JIS X 0402
    prefecture: str
    name: str
    kind: Kind
    designation: Designation
    area_class: AreaClass

    @property
    def city_name(self) -> str:
        """The name without a ward: 札幌市 for 札幌市中央区."""
        return self.name[: self.name.index("市") + 1] if self.kind is Kind.WARD else self.name

    @property
    def full_name(self) -> str:
        return self.prefecture + self.name


@dataclass(frozen=True, kw_only=True)
class AreaOverride:
    """The office's own judgement on one 市. Raising its class needs words; every export names what was raised."""

    code: str
    area_class: AreaClass
    reason: str
    staff_id: StaffId
    marked_on: date


@dataclass(frozen=True)
class Municipalities:
    """The whole table, in the order of the codes."""

    rows: tuple[Municipality, ...]

    def get(self, code: str) -> Municipality | None:
        return self._by_code.get(code)

    def knows(self, code: str) -> bool:
        return code in self._by_code

    def display_name(self, code: str) -> str:
        """The full name, or the code itself when the table does not know it (a place that was merged since)."""
        found = self.get(code)
        return code if found is None else found.full_name

    def in_prefecture(self, prefecture: str) -> tuple[Municipality, ...]:
        """Every municipality of 「神奈川県」; empty for a name that is no prefecture."""
        return tuple(row for row in self.rows if row.prefecture == prefecture)

    def find(self, text: str) -> tuple[Municipality, ...]:
        """Those whose full name holds the text, however it is written; those that begin with it first."""
        key = search_key(text)
        if not key:
            return ()
        found = [(row, name) for row, name in self._names if key in name]
        return tuple(row for row, _ in sorted(found, key=lambda pair: not _begins(pair[0], key)))

    @cached_property
    def _by_code(self) -> dict[str, Municipality]:
        return {row.code: row for row in self.rows}

    @cached_property
    def _names(self) -> tuple[tuple[Municipality, str], ...]:
        return tuple((row, search_key(row.full_name)) for row in self.rows)


def area_class_by_law(kind: Kind, designation: Designation) -> AreaClass:
    """東京23区 have no population test; the association shows them as one unit and so do we."""
    if designation is not Designation.NONE or kind in (Kind.SPECIAL_WARD, Kind.WARD):
        return AreaClass.LARGE
    return AreaClass.SMALL_CITY if kind is Kind.CITY else AreaClass.TOWN_VILLAGE


def area_class_of(municipality: Municipality | None, overrides: Mapping[str, AreaOverride]) -> AreaClass:
    """The class that counts for this office; a code that is not in the table is treated as a village."""
    if municipality is None:
        return AreaClass.TOWN_VILLAGE
    override = overrides.get(municipality.code)
    return municipality.area_class if override is None else override.area_class


def override_trouble(override: AreaOverride, municipality: Municipality | None) -> Trouble | None:
    """Say why the office may not reclass a municipality this way; a 市 may move between 大都市 and 市 only."""
    if municipality is None or municipality.kind is not Kind.CITY or override.area_class is AreaClass.TOWN_VILLAGE:
        return Trouble("区分を変えられるのは市だけです（大都市または市）。")
    if override.area_class is AreaClass.LARGE and not override.reason.strip():
        return Trouble("大都市として扱う理由を入力してください。書き出しの記録に残ります。")
    return None


def area_label(
    municipality: Municipality | None,
    *,
    area_class: AreaClass,
    small_city_area: Literal["city", "prefecture"],
) -> RuleResult:
    """Show the place as the site may: 都道府県 and 市, 東京23区 as one, towns and villages as 郡部."""
    if municipality is None:
        return RuleResult(
            outcome=Outcome.BLOCKED, value="", reason="市区町村が一覧にありません。お住まいを選び直してください。"
        )
    label, why = _label_and_why(municipality, area_class, is_city_shown=small_city_area == "city")
    if label == municipality.full_name:
        return RuleResult(outcome=Outcome.KEPT, value=label, reason=f"{why}、市まで出します。")
    reason = f"{why}、「{municipality.full_name}」を「{label}」にしました。"
    return RuleResult(outcome=Outcome.GENERALISED, value=label, reason=reason)


def _label_and_why(municipality: Municipality, area_class: AreaClass, *, is_city_shown: bool) -> tuple[str, str]:
    prefecture, city = municipality.prefecture, municipality.prefecture + municipality.city_name
    if municipality.kind is Kind.SPECIAL_WARD:
        return TOKYO_WARDS, "特別区は1つにまとめるため"
    if municipality.kind is Kind.WARD:
        return city, f"{municipality.designation.value}の区は出さないため"
    if area_class is AreaClass.TOWN_VILLAGE:
        return f"{prefecture}郡部", "町村は人数が少ないため"
    if area_class is AreaClass.LARGE:
        return city, f"{municipality.designation.value or '事務所が大都市と定めた市'}のため"
    if is_city_shown:
        return city, "事務所の設定により（お仕事は業種まで）"
    return f"{prefecture}市部", "事務所の設定で市を出さないため"


def _begins(municipality: Municipality, key: str) -> bool:
    return search_key(municipality.name).startswith(key) or search_key(municipality.full_name).startswith(key)
