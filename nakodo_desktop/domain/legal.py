"""The numbers of law and practice that hold on one day; no rule carries such a number as a literal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class LegalNumbers:
    """Every number in force on a day; `basis` says in Japanese, by the same names, where each one comes from."""

    adult_age_years: int
    redeclare_interval_months: int
    redeclare_remind_days: tuple[int, ...]
    official_certificate_months: int
    rights_request_days: int
    crowd_at_least: int
    small_batch_below: int
    basis: Mapping[str, str]
