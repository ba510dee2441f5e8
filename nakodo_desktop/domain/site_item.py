"""After importing this nobody needs to ask what may leave: a fact without a place in `SiteProfile` cannot.

The association's form has twelve items, a photo and the sex. This type is that form and nothing more, so a rule that
would let a name, an address or an employer out has nowhere to put it.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

SEXES = ("男性", "女性")
DECLARED_FLAGS = ("なし", "あり", "回答しない")
EDUCATIONS = ("高卒", "専門卒", "大卒")
RELATIONS = ("父", "母", "兄", "姉", "弟", "妹")
LIVING_STATES = ("存命", "逝去")
SITE_ID_HEX_DIGITS = 26


@dataclass(frozen=True, kw_only=True)
class Span:
    """A measure as it is shown: exact when both ends are equal, else a band with both ends included."""

    low: int
    high: int

    @classmethod
    def exact(cls, value: int) -> Span:
        return cls(low=value, high=value)

    @classmethod
    def band(cls, value: int, *, width: int) -> Span:
        """The band of this width that holds the value; bands start at multiples of the width."""
        low = value - value % width
        return cls(low=low, high=low + width - 1)

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def label(self) -> str:
        return str(self.low) if self.is_exact else f"{self.low}～{self.high}"


@dataclass(frozen=True, kw_only=True)
class Relative:
    """One person of the family: who, and 存命 or 逝去. Age, place and work have no attribute."""

    relation: str  # one of RELATIONS
    state: str  # one of LIVING_STATES

    @property
    def label(self) -> str:
        return f"{self.relation}（{self.state}）"


@dataclass(frozen=True, kw_only=True)
class SiteProfile:
    """One 仮名プロフィール exactly as the association receives it. Rows of a batch are sorted by `site_id`.

    An empty text means the member gave nothing; None means the member did not opt in.
    """

    site_id: str  # see site_id_of
    pseudonym: str
    sex: str  # one of SEXES
    height_cm: Span
    weight_kg: Span
    new_religion: str  # one of DECLARED_FLAGS; 要配慮個人情報, only with the showing consent
    disability: str  # one of DECLARED_FLAGS; 要配慮個人情報, only with the showing consent
    area_label: str
    industry_label: str
    employment_type: str
    birth_year: int
    birth_month_day: str | None  # "MM-DD", only by the member's own opt-in
    education: str  # one of EDUCATIONS
    school_name: str | None  # only by opt-in
    hobbies: str
    qualifications: str
    skills: str
    family: tuple[Relative, ...]
    photos: tuple[str, ...]  # file names inside the bundle, the upper body first


# The words of the form, in its order: columns of the CSV, rows of the 転記シート and of the preview.
SITE_LABELS: dict[str, str] = {
    "site_id": "掲載ID",
    "pseudonym": "名前（仮名）",
    "sex": "性別",
    "height_cm": "身長（cm）",
    "weight_kg": "体重（kg）",
    "new_religion": "新興宗教の有無",
    "disability": "障害の有無",
    "area_label": "住所",
    "industry_label": "業界・業種",
    "employment_type": "雇用形態",
    "birth_year": "生年",
    "birth_month_day": "誕生日（月日）",
    "education": "学歴",
    "school_name": "学校名",
    "hobbies": "趣味",
    "qualifications": "資格",
    "skills": "特技",
    "family": "家族構成",
    "photos": "写真",
}


def shown_values(profile: SiteProfile) -> dict[str, str]:
    """Every item by key in the form's order, as a reader sees it; what was not given is an empty text."""
    values = {key: _shown(getattr(profile, key)) for key in SITE_LABELS}
    if profile.birth_month_day is not None:
        month, day = profile.birth_month_day.split("-")
        values["birth_month_day"] = f"{int(month)}月{int(day)}日"
    return values


def site_id_of(member_id: str, *, association_key: bytes) -> str:
    """A name for the member that only this office can trace back, and that no other association shares."""
    digest = hmac.digest(association_key, b"nakodo-site-id-v1\0" + member_id.encode(), hashlib.sha256)
    return digest.hex()[:SITE_ID_HEX_DIGITS]


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case Span() | Relative():
            return value.label
        case tuple():
            return "、".join(_shown(part) for part in value)
        case _:
            return str(value)
