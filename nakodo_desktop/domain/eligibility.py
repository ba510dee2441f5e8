"""Who may be in a batch: every condition of the gate, each failure with its words and the way to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from nakodo_desktop.domain.declaration import Standing
from nakodo_desktop.domain.member import MemberStatus
from nakodo_desktop.domain.values import Problem


class Obstacle(Enum):
    """Why a member is left out; the value is where it can be mended."""

    STATUS = "status"
    NOTICE = "purposes"
    CONSENT = "consents"
    IDENTITY = "identity"
    DECLARATION = "declaration"
    PHOTO = "photo"
    PHOTO_CHECK = "photo_check"
    PROFILE = "profile"


@dataclass(frozen=True)
class Reason:
    """One obstacle in words; `field_key` when it is a single fact."""

    obstacle: Obstacle
    words: str
    field_key: str = ""


@dataclass(frozen=True, kw_only=True)
class ExportFacts:
    """What the gate looks at, as it stands at the moment of building."""

    status: MemberStatus
    purpose_shown: bool
    consents: frozenset[str]  # scopes that hold
    identity_seen_on: date | None
    declaration: Standing
    has_upper_photo: bool
    all_photos_checked: bool
    problems: tuple[Problem, ...]  # of the site profile


def reasons_against(facts: ExportFacts) -> tuple[Reason, ...]:
    """Empty means admitted. All obstacles are named, not only the first."""
    return tuple(_reasons(facts))


def _reasons(facts: ExportFacts) -> Iterable[Reason]:
    if not facts.status.may_be_listed:
        yield Reason(Obstacle.STATUS, f"状況が「{facts.status.label}」です（掲載できるのは「お見合い」「仮交際」）。")
    if not facts.purpose_shown:
        yield Reason(Obstacle.NOTICE, "利用目的を説明した記録がありません。")
    if "consent_provide" not in facts.consents:
        yield Reason(Obstacle.CONSENT, "協会サイトへの掲載の同意がありません。", "consent_provide")
    if facts.identity_seen_on is None:
        yield Reason(Obstacle.IDENTITY, "本人確認の記録がありません。")
    if facts.declaration in _DECLARATION_WORDS:
        yield Reason(Obstacle.DECLARATION, _DECLARATION_WORDS[facts.declaration])
    if not facts.has_upper_photo:
        yield Reason(Obstacle.PHOTO, "上半身の写真がありません。", "photo_upper")
    elif not facts.all_photos_checked:
        yield Reason(Obstacle.PHOTO_CHECK, "写真の写り込みをまだ確かめていません。", "photo_upper")
    for problem in facts.problems:
        if problem.field_key != "photo_upper":
            yield Reason(Obstacle.PROFILE, problem.message, problem.field_key)


_DECLARATION_WORDS = {
    Standing.NONE: "署名済みの独身誓約書がありません。",
    Standing.PRINTED: "独身誓約書が署名待ちです。",
    Standing.OVERDUE: "独身誓約書の期限が切れています。",
    Standing.SUSPECTED: "独身誓約書に虚偽の疑いがあります。",
}
