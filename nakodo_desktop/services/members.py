"""Members: the list, one record as the role may see it, corrections, status, consents. Every look is logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.answers import describe
from nakodo_desktop.domain.consent import Consent, standing
from nakodo_desktop.domain.fields import Field, Privacy, Store
from nakodo_desktop.domain.interview import is_answered, without_unasked
from nakodo_desktop.domain.interview_record import Interview
from nakodo_desktop.domain.member import CHANGES, Member, MemberId, MemberRow, MemberStatus, PhotoId, ProfileChange
from nakodo_desktop.domain.member_query import Group, MemberQuery
from nakodo_desktop.domain.municipality import Municipalities
from nakodo_desktop.domain.photo import PhotoInfo
from nakodo_desktop.domain.profile import check
from nakodo_desktop.domain.provision import Provision
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.domain.values import Answers, Problem, Value
from nakodo_desktop.errors import SavedElsewhere
from nakodo_desktop.services.clock import Clock, office_day, utc_now
from nakodo_desktop.services.form_drafts import FormDrafts
from nakodo_desktop.services.form_drafts import Kind as FormKind
from nakodo_desktop.services.member_writing import WIDE, WIDE_KEYS, carry_into_drafts, correct_member, load_answers
from nakodo_desktop.services.resigning import asked_before
from nakodo_desktop.services.rights import require, visible
from nakodo_desktop.services.shown_ids import note_ids
from nakodo_desktop.vault import batches, consents, form_drafts, interviews, members, photos, profiles
from nakodo_desktop.vault.vault import Transaction, Vault


class Members:
    """Reading is quick enough for the GUI thread; each record shown leaves a line in the audit log."""

    def __init__(self, vault: Vault, places: Municipalities, *, now: Clock = utc_now) -> None:
        self._vault = vault
        self._places = places
        self._now = now
        self.drafts = FormDrafts(vault)

    @property
    def today(self) -> date:
        return office_day(self._now())

    def may(self, right: Right) -> bool:
        """Whether the person at the desk has it, to hide what would be refused."""
        return self._vault.staff.may(right)

    def select(self, query: MemberQuery) -> list[MemberId]:
        """All ids the query finds, in list order."""
        return members.select_ids(self._vault.read(), query, today=self.today)

    def rows(self, ids: Sequence[MemberId]) -> list[MemberRow]:
        """List rows for a page of ids."""
        return members.rows(self._vault.read(), ids)

    def counts(self) -> Mapping[Group, int]:
        return members.counts(self._vault.read(), today=self.today)

    def note_listed(self, ids: Sequence[MemberId]) -> None:
        """Which members a list showed; the caller removes what it already reported in this session."""
        with self._vault.transaction() as tx:
            note_ids(tx, "list.view", members.uids(tx.db, ids))

    def view(self, member_id: MemberId, *, screen: str) -> Member:
        """The record, without what the role may not see. Raises LookupError when it is gone."""
        with self._vault.transaction() as tx:
            member = self._load(member_id)
            tx.audit("member.view", subject=member.uid, detail={"screen": screen})
        return member

    def correct(self, member_id: MemberId, answers: Answers, *, version: int) -> tuple[Problem, ...]:
        """Change the given keys; others stay, but for those that are no longer asked.

        Problems mean that nothing was saved. Raises SavedElsewhere.
        """
        require(self._vault.staff, Right.EDIT_MEMBER)
        problems = check(answers, today=self.today, knows_municipality=self._places.knows)
        problems += tuple(
            Problem(key, "この項目は、会員情報の変更では直せません。")
            for key in answers
            if key in catalog.FIELDS and key not in WIDE_KEYS
        )
        if problems:
            return problems
        with self._vault.transaction() as tx:
            on_record = load_answers(tx.db, member_id)
            merged = without_unasked(on_record | dict(answers))
            problems = _correction_problems(answers, merged)
            if not problems:
                correct_member(
                    tx,
                    member_id,
                    merged,
                    places=self._places,
                    staff=self._vault.staff,
                    version=version,
                    interviewed=False,
                    on_record=on_record,
                )
                changed = {key: merged.get(key) for key in answers if merged.get(key) != on_record.get(key)}
                carry_into_drafts(tx, member_id, changed, before=on_record)
        return problems

    def change_status(self, member_id: MemberId, status: MemberStatus, *, version: int) -> None:
        """Raises ValueError for a change the office does not know, SavedElsewhere when somebody was quicker."""
        require(self._vault.staff, Right.EDIT_MEMBER)
        with self._vault.transaction() as tx:
            kernel = members.kernel(tx.db, member_id)
            if kernel is None:
                raise LookupError("no such member")
            if status not in CHANGES[kernel.row.status]:
                raise ValueError(f"{kernel.row.status.value} → {status.value}")
            if not members.update_status(tx.db, member_id, status, version=version, now=tx.now):
                raise SavedElsewhere()
            tx.audit("member.status", subject=kernel.uid, detail={"to": status.value})

    def signature_asked(self, member_id: MemberId, to: MemberStatus) -> str:
        """What the change of status asks for of the 独身誓約書, in words; "" for nothing."""
        return asked_before(self._vault.read(), member_id, to, today=self.today)

    def consents(self, member_id: MemberId) -> tuple[Consent, ...]:
        """Oldest first, withdrawn ones too."""
        return consents.load_consents(self._vault.read(), member_id)

    def identity_seen_by(self, member_id: MemberId) -> str:
        """Who saw the identity document last; "" when nobody did."""
        return consents.identity_seen_by(self._vault.read(), member_id)

    def withdraw_consent(self, member_id: MemberId, consent_id: int) -> None:
        """Holds from this moment: the next batch is built without what it covered.

        Without the consent to ask there is none to show either, and what was answered is not kept.
        """
        require(self._vault.staff, Right.EDIT_MEMBER)
        with self._vault.transaction() as tx:
            holding = [c for c in standing(consents.load_consents(tx.db, member_id)).values() if c.holds]
            named = next((c for c in holding if c.id == consent_id), None)
            if named is None:
                raise SavedElsewhere()
            ended = [c for c in holding if c is named or _depends(c.scope, named.scope)]
            for one in ended:
                consents.withdraw(tx.db, member_id, one.id, day=office_day(tx.now), staff_id=self._vault.staff.id)
                tx.audit("consent.withdraw", subject=self._load(member_id).uid, detail={"consent": one.id})
            self._drop_unasked(tx, member_id)
            form_drafts.forget_for_all(tx.db, FormKind.SECTION.of(member_id, catalog.SPECIAL_CARE.key))
            refused, given = ({one.scope: answer for one in ended} for answer in ("refused", "given"))
            carry_into_drafts(tx, member_id, refused, before=given)

    def history(self, member_id: MemberId) -> tuple[ProfileChange, ...]:
        """What changed, newest first; facts that the role may not see are left out."""
        found = profiles.changes(self._vault.read(), member_id)
        fields = catalog.FIELDS
        return tuple(c for c in found if c.field_key in fields and self._may_see(fields[c.field_key]))

    def interviews(self, member_id: MemberId) -> tuple[Interview, ...]:
        """Newest first, with the answers that the role may see."""
        found = interviews.of_member(self._vault.read(), member_id)
        return tuple(replace(i, answers=visible(self._vault.staff, i.answers)) for i in found)

    def provisions(self, member_id: MemberId) -> tuple[Provision, ...]:
        """What of the member was given to whom, newest first."""
        return batches.provisions_of(self._vault.read(), self._load(member_id).uid)

    def photos(self, member_id: MemberId) -> tuple[PhotoInfo, ...]:
        return photos.of_member(self._vault.read(), member_id)

    def photo_thumbnail(self, photo_id: PhotoId) -> bytes:
        found = photos.thumbnail(self._vault.read(), photo_id)
        if found is None:
            raise LookupError("no such photo")
        return found

    def photo_in_full(self, member_id: MemberId, photo_id: PhotoId) -> bytes:
        """As large as the vault has it; the look is logged. Raises LookupError when the photo is not this member's."""
        if photo_id not in {photo.id for photo in self.photos(member_id)}:
            raise LookupError("no such photo of this member")
        with self._vault.transaction() as tx:
            found = photos.jpeg(tx.db, photo_id)
            assert found is not None
            tx.audit("photo.view", subject=self._load(member_id).uid, detail={"photo": photo_id})
        return found

    def unmask(self, member_id: MemberId, field_key: str) -> str:
        """A fact that is masked until it is asked for; the asking is logged."""
        with self._vault.transaction() as tx:
            member = self._load(member_id)
            tx.audit("field.unmask", subject=member.uid, detail={"field": field_key})
        return self.words(field_key, member.answers.get(field_key))

    def words(self, field_key: str, value: Value) -> str:
        """An answer in words; "" when not answered."""
        return describe(catalog.FIELDS[field_key], value, self._places.display_name)

    def _load(self, member_id: MemberId) -> Member:
        db = self._vault.read()
        kernel = members.kernel(db, member_id)
        if kernel is None:
            raise LookupError("no such member")
        may_see_care = self._vault.staff.may(Right.SEE_SPECIAL_CARE)
        answers = load_answers(db, member_id, WIDE if may_see_care else (Store.PROFILE,))
        row = kernel.row
        return Member(
            id=row.id,
            uid=kernel.uid,
            number=row.number,
            status=row.status,
            legal_name=row.legal_name,
            kana=row.kana,
            residence=row.residence,
            joined_on=kernel.joined_on,
            last_interview_on=row.last_interview_on,
            version=kernel.version,
            answers=visible(self._vault.staff, answers),
        )

    def _drop_unasked(self, tx: Transaction, member_id: MemberId) -> None:
        on_record = load_answers(tx.db, member_id)
        kept = without_unasked(on_record)
        if any(on_record.get(key) != kept.get(key) for key in WIDE_KEYS):
            correct_member(
                tx, member_id, kept, places=self._places, staff=self._vault.staff, interviewed=False, keep_history=False
            )

    def _may_see(self, field: Field) -> bool:
        return field.sees.includes(self._vault.staff.role)


def _depends(scope: str, on: str) -> bool:
    asked = catalog.FIELDS[scope].asked
    return asked is not None and asked.key == on


def _correction_problems(answers: Answers, merged: Answers) -> tuple[Problem, ...]:
    """`merged`: what would be on record."""
    fields = [catalog.FIELDS[key] for key in answers]
    empty = tuple(
        Problem(field.key, "空にできない項目です。入力してください。")
        for field in fields
        if field.is_required(merged) and not is_answered(field, merged)
    )
    without_consent = tuple(
        Problem(field.key, "お聞きする同意をいただいていないため、記録できません。")
        for field in fields
        if field.privacy is Privacy.SPECIAL_CARE and answers[field.key] is not None and field.key not in merged
    )
    return empty + without_consent
