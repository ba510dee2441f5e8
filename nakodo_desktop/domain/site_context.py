"""Everything besides the answers that decides how a member is shown on the site."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum

from nakodo_desktop.domain.leak_finding import Finding
from nakodo_desktop.domain.municipality import AreaClass, Municipality
from nakodo_desktop.domain.occupation import OccupationWords, Precision
from nakodo_desktop.domain.office import Office
from nakodo_desktop.domain.pseudonym import LegalName

SITE_RULES_VERSION = "2026-11"  # raise it when a rule of `site_rules` changes what leaves


class Coarsening(Enum):
    """What one member may ask for beyond the rules; always allowed, it only ever hides more."""

    BAND_MEASURES = "身長・体重を5刻みにする"
    HIDE_CITY = "市を出さず、県までにする"
    GROUP_INDUSTRY = "業種を大きな区分にする"


class Declined(Enum):
    """What the office does with the answer 「回答しない」 to a special-care question."""

    BLOCK = "block"  # until the office has decided
    SHOW = "show"


@dataclass(frozen=True, kw_only=True)
class SiteContext:
    """Facts about the member and the office at the moment of building; the caller looks them up anew each time."""

    site_id: str
    consents: frozenset[str]  # scopes that hold today, see domain.consent
    municipality: Municipality | None
    area_class: AreaClass
    words: OccupationWords
    office: Office
    legal_name: LegalName
    scan: Callable[[str], tuple[Finding, ...]]  # the leak scan with the member's own index
    pseudonyms_taken: Collection[str] = ()
    photos: tuple[str, ...] = ()  # file names inside the bundle, the upper body first
    declined: Declined = Declined.BLOCK
    coarser: frozenset[Coarsening] = frozenset()
    # (field key, the characters found) → why they may stay. Kept with the batch.
    accepted: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def precision(self) -> Precision:
        """How exactly work may be shown at most; the rules cut it back further by municipality."""
        if Coarsening.GROUP_INDUSTRY in self.coarser:
            return Precision.GROUP
        is_small = self.area_class is not AreaClass.LARGE
        if is_small and self.office.small_city_occupation == "group":
            return Precision.GROUP
        return Precision.INDUSTRY if is_small else Precision.WORD

    @property
    def rule_version(self) -> str:
        """Stamped on the export: which rules and which dictionary made it."""
        return f"{SITE_RULES_VERSION}/{self.words.version}/{self.area_class.name}"
