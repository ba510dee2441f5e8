"""One synthetic member with every answer a site profile needs, and the context it is built in."""

from __future__ import annotations

from datetime import date
from typing import Any

from nakodo_desktop.domain.municipality import AreaClass, Designation, Kind, Municipality
from nakodo_desktop.domain.occupation import OccupationWords
from nakodo_desktop.domain.office import Office, Recipient
from nakodo_desktop.domain.pseudonym import LegalName
from nakodo_desktop.domain.site_context import SiteContext
from nakodo_desktop.domain.values import Value

SITE_ID = "0123456789abcdef0123456789"
ALL_CONSENTS = frozenset(
    {
        "consent_provide",
        "consent_collect_religion",
        "consent_disclose_religion",
        "consent_collect_disability",
        "consent_disclose_disability",
    }
)
BIG_CITY = Municipality(
    code="27100",
    prefecture="大阪府",
    name="大阪市",
    kind=Kind.CITY,
    designation=Designation.DESIGNATED,
    area_class=AreaClass.LARGE,
)
SMALL_CITY = Municipality(
    code="99901",
    prefecture="見本県",
    name="架空市",
    kind=Kind.CITY,
    designation=Designation.NONE,
    area_class=AreaClass.SMALL_CITY,
)
TOWN = Municipality(
    code="99902",
    prefecture="見本県",
    name="架空郡例示町",
    kind=Kind.TOWN,
    designation=Designation.NONE,
    area_class=AreaClass.TOWN_VILLAGE,
)
WORDS = OccupationWords(
    version="test",
    industry_of={"図書館": "education", "消防署": "local_government", "機械設計": "manufacturing"},
    in_any_industry=frozenset({"事務"}),
    rare_titles=frozenset({"住職"}),
    public_titles=frozenset({"局アナ"}),
)
OFFICE = Office(
    code="MIHON",
    name="見本結婚相談所",
    representative="見本 所長",
    postal_code="100-0000",
    address="見本県架空市1-1",
    phone="03-0000-0000",
    recipient=Recipient(code="assoc", name="見本協会", address="見本県", representative="架空 会長"),
)


def answers(**changes: Value) -> dict[str, Value]:
    """見本 花子, 架空 as everything about her."""
    given: dict[str, Value] = {
        "family_name": "見本",
        "given_name": "花子",
        "family_kana": "みほん",
        "given_kana": "はなこ",
        "pseudonym": "そらの",
        "sex": "female",
        "height_cm": 158,
        "weight_kg": 51,
        "new_religion_flag": "no",
        "disability_flag": "no",
        "municipality": "27100",
        "industry": "education",
        "occupation": "図書館の司書",
        "employment_type": "regular",
        "birth_date": date(1990, 12, 24),
        "education_level": "university",
        "school_name": "架空女子大学",
        "hobbies": "散歩と読書",
        "qualifications": "普通自動車免許",
        "skills": "編み物",
        "family_members": ("father/alive", "mother/deceased", "younger_brother/alive"),
    }
    return given | changes


def context(**changes: Any) -> SiteContext:
    """Everything agreed to, a big city, nothing found in the texts."""
    given: dict[str, Any] = {
        "site_id": SITE_ID,
        "consents": ALL_CONSENTS,
        "municipality": BIG_CITY,
        "area_class": AreaClass.LARGE,
        "words": WORDS,
        "office": OFFICE,
        "legal_name": LegalName(family_name="見本", given_name="花子", family_kana="みほん", given_kana="はなこ"),
        "scan": lambda text: (),
        "photos": ("photos/a.jpg",),
    }
    return SiteContext(**(given | changes))
