"""One member before a batch: admitted or with every reason against, what the site would show, what would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from nakodo_desktop.domain.batch_changes import Prepared, compare, content_sha256
from nakodo_desktop.domain.consent import Consent
from nakodo_desktop.domain.consent import standing as standing_consents
from nakodo_desktop.domain.eligibility import ExportFacts, Reason, admit
from nakodo_desktop.domain.member import MemberId, MemberRow
from nakodo_desktop.domain.photo import PhotoInfo
from nakodo_desktop.domain.provision import Change, Listing
from nakodo_desktop.domain.site_context import Coarsening
from nakodo_desktop.domain.site_profile import SiteDraft
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.services.member_writing import load_answers
from nakodo_desktop.services.site_drafts import PREVIEW_PHOTO, SiteDrafts
from nakodo_desktop.vault import coarsenings, consents, members, photos
from nakodo_desktop.vault.connection import Connection


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What an admission rests on. When any of it is different later, the member must be judged anew."""

    row: MemberRow  # with status and declaration
    uid: str
    version: int  # of the record
    consents: tuple[Consent, ...]  # the newest answer of each scope
    photos: tuple[PhotoInfo, ...]
    coarser: frozenset[Coarsening]

    @property
    def holding(self) -> frozenset[str]:
        """Scopes of consent that hold."""
        return frozenset(consent.scope for consent in self.consents if consent.holds)

    @property
    def provision(self) -> Consent:
        """The consent that lets the member onto the site."""
        return next(consent for consent in self.consents if consent.scope == "consent_provide")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One member before a batch. `reasons` empty means admitted."""

    grounds: Grounds
    answers: Answers = field(repr=False)
    draft: SiteDraft = field(repr=False)
    reasons: tuple[Reason, ...]
    listing: Listing | None  # on the site now, since when
    accepted: Mapping[tuple[str, str], str] = field(repr=False)  # (field, characters found) → why they may stay

    @property
    def row(self) -> MemberRow:
        return self.grounds.row

    @property
    def uid(self) -> str:
        return self.grounds.uid

    @property
    def photos(self) -> tuple[PhotoInfo, ...]:
        return self.grounds.photos

    @property
    def is_admitted(self) -> bool:
        return not self.reasons

    @cached_property
    def prepared(self) -> Prepared | None:
        """What the batch would take; None for nothing."""
        profile = self.draft.profile
        if profile is None or not self.is_admitted:
            return None
        return Prepared(self.uid, profile.site_id, content_sha256(profile, [photo.sha256 for photo in self.photos]))

    def change(self, *, chosen: bool) -> Change | None:
        """What a batch with or without this member does to the site; None when the site never hears of it."""
        before = () if self.listing is None else (self.listing,)
        prepared = self.prepared if chosen else None
        return compare(before, () if prepared is None else (prepared,)).change_of(self.uid)


def read_grounds(db: Connection, member_id: MemberId) -> Grounds | None:
    """None when the record is gone."""
    kernel = members.kernel(db, member_id)
    if kernel is None:
        return None
    return Grounds(
        row=kernel.row,
        uid=kernel.uid,
        version=kernel.version,
        consents=tuple(standing_consents(consents.load_consents(db, member_id)).values()),
        photos=photos.of_member(db, member_id),
        coarser=coarsenings.of_member(db, member_id),
    )


def judge(db: Connection, grounds: Grounds, drafts: SiteDrafts, *, listing: Listing | None, today: date) -> Candidate:
    """Build the profile and ask every condition."""
    row, answers = grounds.row, load_answers(db, grounds.row.id)
    accepted = drafts.accepted(row.id, answers)
    draft = drafts.draft(
        answers,
        member_id=row.id,
        uid=grounds.uid,
        photos=tuple(PREVIEW_PHOTO for _ in grounds.photos),
        holding=grounds.holding,
        coarser=grounds.coarser,
        accepted=accepted,
    )
    facts = ExportFacts(
        status=row.status,
        declaration=row.proof(today).standing,
        purpose_shown=answers.get("purpose_shown") is True,
        consents=grounds.holding,
        has_upper_photo=any(photo.kind == "photo_upper" for photo in grounds.photos),
        photos_checked=all(photo.is_checked for photo in grounds.photos),
        draft=draft,
    )
    return Candidate(
        grounds=grounds,
        answers=answers,
        draft=draft,
        reasons=admit(facts).reasons,
        listing=listing,
        accepted=accepted,
    )
