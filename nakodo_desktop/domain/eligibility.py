"""Whether a member may be on the site today, with every reason against it and where to mend it.

All conditions must hold, and all are asked again when a batch is built: a consent withdrawn an hour ago counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from nakodo_desktop.domain.declaration import Standing
from nakodo_desktop.domain.interview import STEP_OF_FIELD
from nakodo_desktop.domain.member import MemberStatus
from nakodo_desktop.domain.site_profile import SiteDraft


class ReasonCode(Enum):
    """Stable names of the conditions; the words may change, these may not."""

    STATUS = "status"
    DECLARATION = "declaration"
    PURPOSE = "purpose"
    CONSENT = "consent"
    PHOTO = "photo"
    PHOTO_CHECK = "photo_check"
    RESTRICTION = "restriction"
    CONTENT = "content"  # a site rule or the leak scan


class Place(Enum):
    """Where in the program a reason is mended."""

    STATUS = "status"  # the member's page
    DECLARATION = "declaration"  # the documents of the member
    RIGHTS = "rights"  # the open request of the member
    STEP = "step"  # a step of the interview, see `Reason.step`
    EXPORT = "export"  # the export's own preview


@dataclass(frozen=True)
class Reason:
    """One thing that keeps a member off the site."""

    code: ReasonCode
    words: str  # Japanese, complete in itself
    place: Place
    step: str = ""  # key of interview.STEPS when `place` is STEP
    field_key: str = ""  # catalogue key to put the cursor in, when there is one


@dataclass(frozen=True)
class Admission:
    """Admitted, or every reason why not, in the order a matchmaker would mend them."""

    reasons: tuple[Reason, ...]

    @property
    def is_admitted(self) -> bool:
        return not self.reasons


@dataclass(frozen=True, kw_only=True)
class ExportFacts:
    """What the gate looks at. `draft` was built from today's answers and consents."""

    status: MemberStatus
    declaration: Standing
    purpose_shown: bool
    consents: frozenset[str]  # scopes that hold today
    has_upper_photo: bool
    photos_checked: bool  # the checklist is signed off for every photo that would leave
    draft: SiteDraft
    restriction: str = ""  # what an open request of the member restricts, in words; "" for none


_CONSENTS = (
    ("consent_provide", "協会サイトへの掲載の同意がありません。"),
    ("consent_disclose_religion", "新興宗教の有無をサイトに示す同意がありません。"),
    ("consent_disclose_disability", "障害の有無をサイトに示す同意がありません。"),
)
_NEEDS_CONSENT = {
    "new_religion_flag": "consent_disclose_religion",
    "disability_flag": "consent_disclose_disability",
}
_DECLARATIONS = {
    Standing.NONE: "独身誓約書がまだありません。作成して署名をいただいてください。",
    Standing.PRINTED: "独身誓約書に署名がありません。署名をいただき、記録してください。",
    Standing.OVERDUE: "独身誓約書の期限が切れています。新しい誓約書に署名をいただいてください。",
    Standing.SUSPECTED: "独身誓約書に虚偽の疑いがあります。確認が済むまで掲載できません。",
}


def admit(facts: ExportFacts) -> Admission:
    """Ask every condition (domain handbook 2.6); a failed one never hides the others."""
    reasons = [*_of_status(facts), *_of_documents(facts), *_of_consents(facts), *_of_photos(facts)]
    # The draft says the same once more of what is missing here.
    told = {reason.field_key for reason in reasons} | {
        fact for fact, scope in _NEEDS_CONSENT.items() if scope not in facts.consents
    }
    reasons += [
        Reason(ReasonCode.CONTENT, problem.message, *_where(problem.field_key))
        for problem in facts.draft.blockers
        if problem.field_key not in told
    ]
    return Admission(tuple(reasons))


def _of_status(facts: ExportFacts) -> list[Reason]:
    reasons = []
    if not facts.status.may_be_listed:
        words = f"会員の状態が「{facts.status.label}」です。掲載できるのは「お見合い」「仮交際」のときです。"
        reasons.append(Reason(ReasonCode.STATUS, words, Place.STATUS))
    if facts.restriction:
        words = f"ご本人の請求により提供を止めています（{facts.restriction}）。"
        reasons.append(Reason(ReasonCode.RESTRICTION, words, Place.RIGHTS))
    return reasons


def _of_documents(facts: ExportFacts) -> list[Reason]:
    reasons = []
    words = _DECLARATIONS.get(facts.declaration)
    if words is not None:
        reasons.append(Reason(ReasonCode.DECLARATION, words, Place.DECLARATION))
    if not facts.purpose_shown:
        words = "利用目的の説明が記録されていません。"
        reasons.append(Reason(ReasonCode.PURPOSE, words, Place.STEP, "purposes", "purpose_shown"))
    return reasons


def _of_consents(facts: ExportFacts) -> list[Reason]:
    return [
        Reason(ReasonCode.CONSENT, words, Place.STEP, "consents", scope)
        for scope, words in _CONSENTS
        if scope not in facts.consents
    ]


def _of_photos(facts: ExportFacts) -> list[Reason]:
    if not facts.has_upper_photo:
        words = "上半身の写真がありません。写真は掲載に必須です。"
        return [Reason(ReasonCode.PHOTO, words, Place.STEP, "photo", "photo_upper")]
    if not facts.photos_checked:
        words = "写真の写り込みの確認が済んでいません。"
        return [Reason(ReasonCode.PHOTO_CHECK, words, Place.STEP, "photo", "photo_upper")]
    return []


def _where(field_key: str) -> tuple[Place, str, str]:
    step = STEP_OF_FIELD.get(field_key)
    return (Place.EXPORT, "", field_key) if step is None else (Place.STEP, step, field_key)
