"""What a site rule made of a fact, in words a matchmaker can read in the preview."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    KEPT = "そのまま"
    REPLACED = "置き換え"  # by something that tells nothing of the fact: the pseudonym
    GENERALISED = "ぼかし"
    REMOVED = "掲載しない"
    BLOCKED = "要確認"  # nothing leaves until a person decides


@dataclass(frozen=True, kw_only=True)
class RuleResult:
    """One item after its rule. `value` is "" when it is removed or blocked."""

    outcome: Outcome
    value: str
    reason: str  # Japanese: kept because …, generalised from … to …, removed because …
    hint: str = ""  # Japanese: what could be made coarser; never blocks
