"""What the member list can be asked for; the list, the vault and the tests speak of nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Group(Enum):
    """The filter chips."""

    ALL = "すべて"
    ACTIVE = "活動中"
    PAPERS = "書類に不備"
    PRE_PUBLISH = "公開前"
    LEFT = "休会・退会"


class SortBy(Enum):
    """The columns that can be sorted by; ties follow the reading."""

    KANA = "kana"
    NUMBER = "number"
    AGE = "age"
    RESIDENCE = "residence"
    STATUS = "status"
    DECLARATION = "declaration"
    LAST_INTERVIEW = "last_interview"


@dataclass(frozen=True)
class MemberQuery:
    """`text` as typed: terms separated by spaces must all be found in name, reading, number or phone."""

    text: str = ""
    group: Group = Group.ALL
    sort_by: SortBy = SortBy.NUMBER
    descending: bool = True
