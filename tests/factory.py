"""Synthetic people anyone can see are synthetic, and the office that keeps them, made by the real services."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from nakodo_desktop.domain.declaration import Declaration, DeclarationId, Signing
from nakodo_desktop.domain.interview import STEPS
from nakodo_desktop.domain.interview_record import Interview
from nakodo_desktop.domain.member import InterviewId, MemberId
from nakodo_desktop.domain.municipality import Municipalities
from nakodo_desktop.domain.office import Office, Recipient
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.reference import municipalities
from nakodo_desktop.services.clock import office_day
from nakodo_desktop.services.declarations import Declarations, draw
from nakodo_desktop.services.interviews import Finished, Interviews
from nakodo_desktop.services.members import Members
from nakodo_desktop.services.offices import Offices
from nakodo_desktop.services.photo_intake import SafePhoto
from nakodo_desktop.vault.vault import Vault
from tests.picturekit import encoded, figure

NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # in Japan
TODAY = office_day(NOON)

_EVERY_ANSWER: dict[str, Value] = {
    "purpose_shown": True,
    "purpose_shown_on": TODAY,
    "consent_provide": "given",
    "consent_contact_exchange": "given",
    "consent_declaration_use": "given",
    "consent_collect_religion": "given",
    "consent_disclose_religion": "given",
    "consent_collect_disability": "given",
    "consent_disclose_disability": "given",
    "consent_collect_health": "given",
    "consent_method": "paper",
    "consented_on": TODAY,
    "identity_document": "driving_licence",
    "identity_seen_on": TODAY,
    "identity_mode": "in_person",
    "identity_name_matches": True,
    "identity_birth_matches": True,
    "identity_photo_matches": True,
    "identity_returned": True,
    "family_name": "見本",
    "given_name": "太郎",
    "family_kana": "みほん",
    "given_kana": "たろう",
    "birth_date": date(1987, 3, 14),
    "sex": "male",
    "postal_code": "154-0017",
    "phone": "090-0000-0000",
    "municipality": "13112",
    "address_line": "架空町1丁目2番3号 お試しハイツ405号室",
    "email": "taro@example.jp",
    "origin_prefecture": "20",
    "contact_note": "平日の19時以降にお電話ください。\n留守番電話には入れないでください。",
    "employment_type": "self_employed",
    "employer_name": "見本架空商店",
    "occupation": "文房具の販売",
    "industry": "self_employed",
    "job_type": "licensed",
    "annual_income_man_yen": 480,
    "income_proof_seen": True,
    "income_proof_kind": "tax_return",
    "income_proof_seen_on": TODAY,
    "income_proof_seen_by": "見本 所長",
    "license_seen": False,
    "license_kind": "tax_accountant",
    "license_seen_on": TODAY,
    "license_seen_by": "架空 仲子",
    "education_level": "junior_college",
    "education_on_site": "high_school",
    "school_name": "見本架空短期大学",
    "qualifications": "簿記2級",
    "skills": "お菓子づくり",
    "marital_history": "divorced",
    "marriage_count": 1,
    "children": "apart",
    "children_count": 1,
    "single_status_proof": "both",
    "official_certificate_seen_on": TODAY,
    "family_members": ("father/alive", "mother/deceased", "younger_sister/alive"),
    "lives_with": "alone",
    "birth_order": "first_son",
    "cohabit_wish": "discuss",
    "height_cm": 172,
    "weight_kg": 68,
    "hobbies": "けん玉と散歩",
    "unwanted_words": "茶道教室みほん、お試し駅",
    "drinking": "sometimes",
    "smoking": "never",
    "relocation": "within_prefecture",
    "view_home": "庭のある家",
    "view_dual_income": "both",
    "view_children": "discuss",
    "view_housework": "半分ずつ",
    "view_money": "毎月少しずつ貯める",
    "self_pr": "のんびりした性格です。",
    "agent_pr": "お話をよく聞く方です。",
    "new_religion_flag": "no",
    "religion_note": "特にありません",
    "disability_flag": "declined",
    "health_note": "good",
    "wish_age": ("prefer", "同世代"),
    "wish_area": ("any", ""),
    "wish_height": ("any", ""),
    "wish_education": ("any", ""),
    "wish_marital_history": ("any", ""),
    "wish_children": ("must", "子どもと仲よくできる方"),
    "wish_smoking": ("must", "吸わない方"),
    "wish_religion": ("any", ""),
    "wish_cohabitation": ("prefer", "別居"),
    "referral_source": "acquaintance",
    "motive": "serious",
    "search_history": "first",
    "other_agency": "no",
    "photo_upper": "見本の写真",
    "photo_full": "見本の写真",
    "pseudonym": "かえで",
    "show_birth_month_day": False,
    "show_school_name": False,
    "interview_note": "落ち着いて話される。\n次回は希望条件を伺う。",
}


def answers(**changes: Value) -> dict[str, Value]:
    """Every question answered, each asked one required or not; a change to None leaves it unanswered."""
    return {key: value for key, value in (_EVERY_ANSWER | changes).items() if value is not None}


def office(**changes: object) -> Office:
    made = Office(
        code="MIHON",
        name="見本結婚相談所",
        representative="見本 所長",
        postal_code="154-0017",
        address="見本県架空市お試し町1丁目1番1号",
        phone="03-0000-0000",
        recipient=Recipient(
            code="KYOKAI", name="見本協会", address="見本県架空市お試し町9丁目", representative="架空 会長"
        ),
        lawyer_name="見本 法子",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names the attributes it changes


@functools.cache
def photo(*, red: int = 0) -> SafePhoto:
    """A drawn figure as the decoder would hand it over; another `red` is another picture."""
    picture = figure(60, 80)
    picture.putpixel((0, 0), (red, 0, 0))
    jpeg = encoded(picture)
    return SafePhoto(
        jpeg=jpeg,
        thumbnail=encoded(figure(30, 40)),
        width_px=60,
        height_px=80,
        sha256=hashlib.sha256(jpeg).hexdigest(),
    )


@dataclass(frozen=True)
class Desk:
    """One person at the keyboard: an open vault and the verbs, all on one clock."""

    vault: Vault
    places: Municipalities
    offices: Offices
    members: Members
    interviews: Interviews
    declarations: Declarations


def desk(vault: Vault, now: Callable[[], datetime]) -> Desk:
    places = municipalities.load()
    return Desk(
        vault,
        places,
        Offices(vault),
        Members(vault, places, now=now),
        Interviews(vault, places, now=now),
        Declarations(vault, places, now=now),
    )


def save(at: Desk, interview_id: InterviewId, said: Answers) -> Interview:
    """The draft as it stands when the review is reached."""
    found = at.interviews.load(interview_id)
    at.interviews.save_draft(
        interview_id, version=found.version, step="finish", visited=[step.key for step in STEPS], answers=said
    )
    return at.interviews.load(interview_id)


def draft(at: Desk, **changes: Value) -> Interview:
    """An interview that lacks nothing, photos and all, not finished yet."""
    started = at.interviews.start()
    said = answers(**changes)
    for kind in ("photo_upper", "photo_full"):
        if kind in said:
            said[kind] = at.interviews.put_photo(started.id, kind, photo())
            at.interviews.sign_off_photo(said[kind])
    return save(at, started.id, said)


def member(at: Desk, *, publish: bool = True, **changes: Value) -> MemberId:
    """Somebody who went through a whole interview."""
    outcome = at.interviews.finish(draft(at, **changes).id, publish=publish)
    assert isinstance(outcome, Finished), outcome
    return outcome.member_id


def sheet(at: Desk, member_id: MemberId) -> Declaration:
    """A declaration drawn and kept, not printed."""
    facts = at.declarations.prepare(member_id)
    return at.declarations.keep(facts, draw(facts))


def signing(**changes: object) -> Signing:
    made = Signing(signed_on=TODAY, place="当所 面談室", method="in_person", identity_document="driving_licence")
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names the attributes it changes


def signed(at: Desk, member_id: MemberId, **changes: object) -> Declaration:
    """A declaration printed and signed."""
    kept = sheet(at, member_id)
    at.declarations.record_output(kept.id, "printer")
    outcome = at.declarations.sign(DeclarationId(kept.id), signing(**changes))
    assert isinstance(outcome, Declaration), outcome
    return outcome
