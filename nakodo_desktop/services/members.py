"""Members: the list, one record as the role may see it, corrections, status, consents. Every look is logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.answers import describe
from nakodo_desktop.domain.consent import Consent
from nakodo_desktop.domain.fields import Field
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
from nakodo_desktop.services.member_writing import correct_member, load_answers
from nakodo_desktop.services.rights import require
from nakodo_desktop.vault import batches, consents, interviews, members, photos, profiles
from nakodo_desktop.vault.vault import Vault


class Members:
    """Reading is quick enough for the GUI thread; each record shown leaves a line in the audit log."""

    def __init__(self, vault: Vault, places: Municipalities, *, now: Clock = utc_now) -> None:
        self._vault = vault
        self._places = places
        self._now = now

    @property
    def today(self) -> date:
        return office_day(self._now())

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
            for start in range(0, len(ids), _IDS_PER_ENTRY):
                shown = ids[start : start + _IDS_PER_ENTRY]
                tx.audit("list.view", detail={"members": ",".join(str(i) for i in shown)})

    def view(self, member_id: MemberId, *, screen: str) -> Member:
        """The record, without what the role may not see. Raises LookupError when it is gone."""
        with self._vault.transaction() as tx:
            member = self._load(member_id)
            tx.audit("member.view", subject=member.uid, detail={"screen": screen})
        return member

    def correct(self, member_id: MemberId, answers: Answers, *, version: int) -> tuple[Problem, ...]:
        """Change the given keys; others stay. Problems mean that nothing was saved. Raises SavedElsewhere."""
        require(self._vault.staff, Right.EDIT_MEMBER)
        with self._vault.transaction() as tx:
            on_record = load_answers(tx.db, member_id)
            problems = check(answers, today=self.today, knows_municipality=self._places.knows)
            merged: dict[str, Value] = on_record | dict(answers)
            problems += tuple(
                Problem(key, "空にできない項目です。入力してください。")
                for key in answers
                if catalog.FIELDS[key].is_required(merged) and merged.get(key) in (None, "", ())
            )
            if not problems:
                correct_member(
                    tx,
                    member_id,
                    merged,
                    places=self._places,
                    staff=self._vault.staff,
                    version=version,
                    interviewed=False,
                )
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

    def consents(self, member_id: MemberId) -> tuple[Consent, ...]:
        """Oldest first, withdrawn ones too."""
        return consents.load_consents(self._vault.read(), member_id)

    def withdraw_consent(self, member_id: MemberId, consent_id: int) -> None:
        """Holds from this moment: the next batch is built without what it covered."""
        require(self._vault.staff, Right.EDIT_MEMBER)
        with self._vault.transaction() as tx:
            member = self._load(member_id)
            done = consents.withdraw(
                tx.db, member_id, consent_id, day=office_day(tx.now), staff_id=self._vault.staff.id
            )
            if not done:
                raise SavedElsewhere()
            tx.audit("consent.withdraw", subject=member.uid, detail={"consent": consent_id})

    def history(self, member_id: MemberId) -> tuple[ProfileChange, ...]:
        """What changed, newest first; facts that the role may not see are left out."""
        found = profiles.changes(self._vault.read(), member_id)
        return tuple(change for change in found if self._may_see(catalog.FIELDS[change.field_key]))

    def interviews(self, member_id: MemberId) -> tuple[Interview, ...]:
        """Newest first."""
        return interviews.of_member(self._vault.read(), member_id)

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
        answers = load_answers(db, member_id)
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
            answers={key: value for key, value in answers.items() if self._may_see(catalog.FIELDS[key])},
        )

    def _may_see(self, field: Field) -> bool:
        return field.sees.includes(self._vault.staff.role)


_IDS_PER_ENTRY = 500
