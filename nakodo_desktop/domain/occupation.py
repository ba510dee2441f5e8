"""What a member does for a living, as coarse as the site may show it; callers need not know the dictionary.

Only words of the dictionary and labels of the list ever come out: what a member said is read, never passed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from nakodo_desktop.domain.catalog import INDUSTRIES
from nakodo_desktop.domain.municipality import AreaClass, Designation, Kind, Municipality
from nakodo_desktop.domain.rule_result import Outcome, RuleResult
from nakodo_desktop.domain.search_keys import search_key

INDUSTRY_LABELS: dict[str, str] = dict(INDUSTRIES)
_GROUP_MEMBERS: dict[str, tuple[str, ...]] = {
    "公務・教育・福祉": ("national_government", "local_government", "education", "care"),
    "製造・建設": ("manufacturing", "construction"),
    "商業・飲食": ("trade", "hospitality"),
    "金融・不動産": ("finance", "real_estate"),
    "情報・専門": ("information", "professional"),
    "運輸・インフラ": ("transport", "utilities"),
    "農林漁業": ("agriculture",),
    "サービス・その他": ("lifestyle", "compound", "other_services", "self_employed", "other"),
}
GROUPS: dict[str, str] = {industry: group for group, members in _GROUP_MEMBERS.items() for industry in members}

# Estimated breakeven populations are near or above those of small cities (domain handbook 7.4).
_SCARCE_IN_A_SMALL_CITY = frozenset({"national_government", "local_government", "education", "information"})
_SCARCE_BELOW_THE_LARGEST = "compound"
_NOTHING_SAID = ""


class Precision(IntEnum):
    """How exactly work may be shown; the smaller number is the coarser one."""

    GROUP = 1
    INDUSTRY = 2
    WORD = 3


@dataclass(frozen=True)
class OccupationWords:
    """The dictionary: words with their industry, words of every industry, titles that give a person away."""

    version: str
    industry_of: Mapping[str, str]  # word → key of INDUSTRY_LABELS, as written in the dictionary
    in_any_industry: frozenset[str]
    rare_titles: frozenset[str]  # few hold them in a small place
    public_titles: frozenset[str]  # the public knows who holds them, anywhere

    def prepare(self) -> None:
        """Fold the words now: the first text that is looked up need not wait for it."""
        _ = self._keys

    def find(self, text: str) -> str | None:
        """The word of the dictionary that tells most about a text: the longest, of equal ones the last; or None."""
        said = search_key(text)
        found = [(len(key), said.rfind(key), word) for key, word in self._keys if key in said]
        return max(found)[2] if found else None

    def rare_title(self, text: str) -> str | None:
        return _title_in(text, self.rare_titles | self.public_titles)

    def public_title(self, text: str) -> str | None:
        return _title_in(text, self.public_titles)

    @cached_property
    def _keys(self) -> tuple[tuple[str, str], ...]:
        return tuple((search_key(word), word) for word in (*self.industry_of, *sorted(self.in_any_industry)))


def finest_allowed(area_class: AreaClass, *, office_limit: Precision) -> Precision:
    """A word only in large cities; elsewhere the industry, or the group when the office wants it coarser."""
    return Precision.WORD if area_class is AreaClass.LARGE else min(Precision.INDUSTRY, office_limit)


def generalise(
    occupation: str,
    industry: str,
    *,
    words: OccupationWords,
    area_class: AreaClass,
    precision: Precision,
) -> RuleResult:
    """Turn what the member said and the chosen industry into the site's 業界・業種.

    A word that the dictionary lacks blocks outside large cities until a person has looked at it: it may be the name of
    the one workplace of its kind. `precision` beyond what the class allows is cut back here, whoever asks.
    """
    label = INDUSTRY_LABELS[industry]
    precision = min(precision, finest_allowed(area_class, office_limit=Precision.INDUSTRY))
    said = occupation.strip()
    word = words.find(said) if said else None
    if said and word is None and area_class is not AreaClass.LARGE:
        return _unknown(said)
    listed = words.industry_of.get(word) if word is not None else None
    doubt = _doubt(word, listed, industry=industry)
    if precision is Precision.GROUP:
        group = GROUPS[industry]
        reason = f"より粗い区分にするため、「{said or label}」を「{group}」にしました。"
        return RuleResult(outcome=Outcome.GENERALISED, value=group, reason=reason, hint=doubt)
    is_public = words.public_title(said) is not None
    if precision is Precision.WORD and word is not None and listed == industry and not is_public:
        reason = f"大都市にお住まいのため、辞書の言葉「{word}」を添えました。勤務先の名前は出ません。"
        return RuleResult(outcome=Outcome.GENERALISED, value=f"{label}（{word}）", reason=reason)
    if not said:
        return RuleResult(outcome=Outcome.KEPT, value=label, reason="選ばれた業種をそのまま出します。", hint=doubt)
    reason = f"勤務先が分からないよう、「{said}」を「{label}」にしました。"
    return RuleResult(outcome=Outcome.GENERALISED, value=label, reason=reason, hint=doubt)


def coarser_hint(industry: str, *, municipality: Municipality | None, area_class: AreaClass) -> str:
    """Say when an industry has few people in such a place, so that the group would hide the member better; or ""."""
    is_largest = municipality is not None and (
        municipality.designation is Designation.DESIGNATED or municipality.kind is Kind.SPECIAL_WARD
    )
    if industry == _SCARCE_BELOW_THE_LARGEST and not is_largest:
        return f"「{INDUSTRY_LABELS[industry]}」は勤務先が限られます。「{GROUPS[industry]}」にすることをお勧めします。"
    if industry in _SCARCE_IN_A_SMALL_CITY and area_class is not AreaClass.LARGE:
        return f"より粗い区分にできます（「{GROUPS[industry]}」）。"
    return _NOTHING_SAID


def rare_title_hint(occupation: str, *, words: OccupationWords, area_class: AreaClass) -> str:
    """Warn of a title that few people hold, where the place is small; or ""."""
    title = words.rare_title(occupation) if area_class is not AreaClass.LARGE else None
    if title is None:
        return _NOTHING_SAID
    return f"「{title}」は地域に少ない肩書です。趣味や資格の文に出ていないかご確認ください。"


def _title_in(text: str, titles: frozenset[str]) -> str | None:
    said = search_key(text)
    return next((title for title in sorted(titles) if search_key(title) in said), None)


def _unknown(said: str) -> RuleResult:
    return RuleResult(
        outcome=Outcome.BLOCKED,
        value="",
        reason=f"「{said}」は職業の辞書にない言葉です。小さな市や町村では、勤務先が分かる言葉かもしれません。"
        "「お仕事の内容」を一般的な言葉に直すか、空欄にしてください（業種だけを出します）。",
    )


def _doubt(word: str | None, listed: str | None, *, industry: str) -> str:
    if listed is None or listed == industry:
        return _NOTHING_SAID
    return (
        f"辞書では「{word}」は「{INDUSTRY_LABELS[listed]}」です。"
        f"選ばれた「{INDUSTRY_LABELS[industry]}」でよいかご確認ください。"
    )
