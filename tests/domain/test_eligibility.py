"""The gate before the site: every condition of the handbook, each named, none hiding another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.declaration import Standing
from nakodo_desktop.domain.eligibility import ExportFacts, Place, ReasonCode, admit
from nakodo_desktop.domain.interview import STEP
from nakodo_desktop.domain.member import MemberStatus
from nakodo_desktop.domain.site_profile import build
from tests.domain.sitekit import ALL_CONSENTS, answers, context

ADMITTED = ExportFacts(
    status=MemberStatus.OMIAI,
    declaration=Standing.VALID,
    purpose_shown=True,
    consents=ALL_CONSENTS,
    has_upper_photo=True,
    photos_checked=True,
    draft=build(answers(), context()),
)


def codes(facts: ExportFacts) -> list[ReasonCode]:
    return [reason.code for reason in admit(facts).reasons]


def test_a_member_with_everything_is_admitted():
    assert admit(ADMITTED).is_admitted


@pytest.mark.parametrize("status", MemberStatus)
def test_only_omiai_and_pre_courtship_are_listed(status: MemberStatus):
    listed = status in (MemberStatus.OMIAI, MemberStatus.PRE_COURTSHIP)
    assert admit(replace(ADMITTED, status=status)).is_admitted is listed


@pytest.mark.parametrize("standing", Standing)
def test_only_a_signed_declaration_in_its_time_counts(standing: Standing):
    signed = standing in (Standing.VALID, Standing.DUE)
    assert admit(replace(ADMITTED, declaration=standing)).is_admitted is signed


@pytest.mark.parametrize("scope", ["consent_provide", "consent_disclose_religion", "consent_disclose_disability"])
def test_each_missing_consent_is_named_once(scope: str):
    held = ALL_CONSENTS - {scope}
    facts = replace(ADMITTED, consents=held, draft=build(answers(), context(consents=held)))
    assert [(reason.code, reason.field_key) for reason in admit(facts).reasons] == [(ReasonCode.CONSENT, scope)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"purpose_shown": False}, ReasonCode.PURPOSE),
        ({"photos_checked": False}, ReasonCode.PHOTO_CHECK),
        ({"restriction": "利用停止の請求"}, ReasonCode.RESTRICTION),
    ],
)
def test_each_condition_stops_alone(change: dict[str, object], code: ReasonCode):
    assert codes(replace(ADMITTED, **change)) == [code]  # type: ignore[arg-type]  # by name


def test_a_missing_photo_is_told_once():
    facts = replace(ADMITTED, has_upper_photo=False, draft=build(answers(), context(photos=())))
    assert codes(facts) == [ReasonCode.PHOTO]


def test_what_a_site_rule_blocks_is_linked_to_its_step():
    facts = replace(ADMITTED, draft=build(answers(pseudonym="はなの"), context()))
    reason = admit(facts).reasons[0]
    assert (reason.code, reason.place, reason.step, reason.field_key) == (
        ReasonCode.CONTENT,
        Place.STEP,
        "preview",
        "pseudonym",
    )


def test_no_reason_hides_another_and_each_leads_somewhere():
    facts = ExportFacts(
        status=MemberStatus.PRE_PUBLISH,
        declaration=Standing.NONE,
        purpose_shown=False,
        consents=frozenset(),
        has_upper_photo=False,
        photos_checked=False,
        draft=build({}, context(consents=frozenset(), photos=(), municipality=None)),
        restriction="開示の請求",
    )
    reasons = admit(facts).reasons
    assert {reason.code for reason in reasons} == set(ReasonCode) - {ReasonCode.PHOTO_CHECK}
    assert len({(reason.code, reason.words) for reason in reasons}) == len(reasons)
    for reason in reasons:
        assert reason.words.endswith("。")
        assert (reason.place is Place.STEP) == (reason.step in STEP)
        assert reason.field_key in catalog.FIELDS or not reason.field_key
