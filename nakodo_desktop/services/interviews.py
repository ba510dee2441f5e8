"""Interviews: start, never lose a draft, register the person, finish or abandon."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from nakodo_desktop.domain import catalog, interview
from nakodo_desktop.domain.fields import Kind
from nakodo_desktop.domain.interview import Missing
from nakodo_desktop.domain.interview_record import Interview, InterviewKind, InterviewState
from nakodo_desktop.domain.member import InterviewId, MemberId, MemberStatus, PhotoId
from nakodo_desktop.domain.municipality import Municipalities
from nakodo_desktop.domain.photo import PhotoInfo
from nakodo_desktop.domain.profile import check
from nakodo_desktop.domain.retention import draft_due_on
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.domain.values import Answers, Problem, Value
from nakodo_desktop.errors import SavedElsewhere
from nakodo_desktop.reference import retention_rules
from nakodo_desktop.services.clock import Clock, office_day, utc_now
from nakodo_desktop.services.member_writing import (
    correct_member,
    insert_member,
    is_on_record,
    load_answers,
    record_papers,
)
from nakodo_desktop.services.photo_intake import SafePhoto
from nakodo_desktop.services.rights import require, visible
from nakodo_desktop.vault import interviews, members, photos
from nakodo_desktop.vault.vault import Transaction, Vault


@dataclass(frozen=True)
class Finished:
    member_id: MemberId


@dataclass(frozen=True)
class AnswerChange:
    """One fact: what is on record, and what was said."""

    field_key: str
    old: Value
    new: Value


@dataclass(frozen=True)
class NotFinished:
    """Why not: nothing was changed. `missing` has the step of each lacking answer, `problems` its key."""

    missing: tuple[Missing, ...]
    problems: tuple[Problem, ...]


class Interviews:
    """Every verb is one transaction and one line in the audit log."""

    def __init__(self, vault: Vault, places: Municipalities, *, now: Clock = utc_now) -> None:
        self._vault = vault
        self._places = places
        self._now = now

    def start(self) -> Interview:
        """A first visit. The running number it takes becomes the member's."""
        require(self._vault.staff, Right.INTERVIEW)
        today = office_day(self._now())
        answers: dict[str, Value] = {"purpose_shown_on": today, "consented_on": today, "identity_seen_on": today}
        with self._vault.transaction() as tx:
            new = interviews.start(
                tx.db,
                InterviewKind.INTAKE,
                step=interview.STEPS[0].key,
                answers=answers,
                staff_id=self._vault.staff.id,
                now=tx.now,
            )
            tx.audit("interview.start", subject=_subject(new))
        return self.load(new)

    def start_follow_up(self, member_id: MemberId) -> Interview:
        """A later visit of a member: opens with what is on record. A consent that changes is one of this day.

        One that is in progress is gone on with: two of one person would undo each other at their ends.
        """
        require(self._vault.staff, Right.INTERVIEW)
        for found in interviews.of_member(self._vault.read(), member_id):
            if found.state is InterviewState.IN_PROGRESS:
                return self._as_seen(found)
        with self._vault.transaction() as tx:
            kernel = members.kernel(tx.db, member_id)
            if kernel is None:
                raise LookupError("no such member")
            new = interviews.start(
                tx.db,
                InterviewKind.FOLLOW_UP,
                step="basics",
                answers=load_answers(tx.db, member_id) | {"consented_on": office_day(tx.now)},
                staff_id=self._vault.staff.id,
                now=tx.now,
                member_id=member_id,
                number=int(kernel.row.number[2:]),
            )
            tx.audit("interview.start", subject=kernel.uid, detail={"interview": new})
        return self.load(new)

    def in_progress(self) -> tuple[Interview, ...]:
        """Newest first, with the answers that the role may see."""
        return tuple(self._as_seen(found) for found in interviews.in_progress(self._vault.read()))

    def overdue(self) -> tuple[Interview, ...]:
        """First interviews nobody went on with for so long that they have to be finished or given up."""
        today = office_day(self._now())
        periods = retention_rules.load().on(today)
        return tuple(
            draft
            for draft in self.in_progress()
            if draft.kind is InterviewKind.INTAKE and draft_due_on(office_day(draft.saved_at), periods) <= today
        )

    def load(self, interview_id: InterviewId) -> Interview:
        """With the answers that the role may see."""
        return self._as_seen(self._load(interview_id))

    def save_draft(
        self,
        interview_id: InterviewId,
        *,
        version: int,
        step: str,
        visited: Collection[str],
        answers: Answers,
        publish: bool | None = None,
    ) -> tuple[int, datetime]:
        """Half an answer is still the member's answer: nothing is checked. → (new version, when it was saved).

        `publish`: the tick of the review; None leaves it as it was.

        Raises SavedElsewhere when another window saved this interview in between.
        """
        require(self._vault.staff, Right.INTERVIEW)
        with self._vault.transaction() as tx:
            saved = interviews.save(
                tx.db,
                interview_id,
                version=version,
                step=step,
                visited=visited,
                answers=answers,
                publish=publish,
                now=tx.now,
            )
            if not saved:
                raise SavedElsewhere()
            return version + 1, tx.now

    def put_photo(self, interview_id: InterviewId, kind: str, photo: SafePhoto) -> PhotoId:
        """Keep a decoded photo with the draft, in place of an earlier one of the same kind."""
        require(self._vault.staff, Right.INTERVIEW)
        self._open(interview_id)
        photo_id = PhotoId(secrets.token_hex(16))
        with self._vault.transaction() as tx:
            new = photos.NewPhoto(
                id=photo_id,
                kind=kind,
                jpeg=photo.jpeg,
                thumbnail=photo.thumbnail,
                width_px=photo.width_px,
                height_px=photo.height_px,
                sha256=photo.sha256,
            )
            photos.put(tx.db, new, interview_id=interview_id, member_id=None, staff_id=self._vault.staff.id, now=tx.now)
            tx.audit("photo.take_in", subject=_subject(interview_id), detail={"kind": kind})
        return photo_id

    def remove_photo(self, interview_id: InterviewId, photo_id: PhotoId) -> None:
        """Take one away at once: of the draft, or of the member's record when the person does not want it shown.

        Raises SavedElsewhere when it is none of theirs any more.
        """
        require(self._vault.staff, Right.INTERVIEW)
        self._open(interview_id)
        found = next((photo for photo in self.photos_of(interview_id) if photo.id == photo_id), None)
        if found is None:
            raise SavedElsewhere()
        with self._vault.transaction() as tx:
            photos.drop(tx.db, photo_id)
            tx.audit("photo.remove", subject=_subject(interview_id), detail={"kind": found.kind})

    def is_on_record(self, interview_id: InterviewId, photo_id: PhotoId) -> bool:
        """True for a photo that the member's record holds already, not only this interview."""
        return all(photo.id != photo_id for photo in photos.of_interview(self._vault.read(), interview_id))

    def sign_off_photo(self, photo_id: PhotoId) -> None:
        """The matchmaker looked for what gives a person away: see `domain.photo.CHECKLIST`."""
        require(self._vault.staff, Right.INTERVIEW)
        with self._vault.transaction() as tx:
            if not photos.sign_off(tx.db, photo_id, staff_id=self._vault.staff.id, now=tx.now):
                raise LookupError("no such photo")
            tx.audit("photo.sign_off", subject=f"photo:{photo_id}")

    def photos_of(self, interview_id: InterviewId) -> tuple[PhotoInfo, ...]:
        """Those of the draft; of a follow-up also the member's own."""
        db = self._vault.read()
        own = photos.of_interview(db, interview_id)
        member_id = self._load(interview_id).member_id
        if member_id is None:
            return own
        kinds = {photo.kind for photo in own}
        return own + tuple(photo for photo in photos.of_member(db, member_id) if photo.kind not in kinds)

    def photo_jpeg(self, photo_id: PhotoId) -> bytes:
        found = photos.jpeg(self._vault.read(), photo_id)
        if found is None:
            raise LookupError("no such photo")
        return found

    def problems(self, answers: Answers) -> tuple[Problem, ...]:
        """Answers that cannot stand; unanswered ones are `domain.interview.missing`."""
        return check(answers, today=office_day(self._now()), knows_municipality=self._places.knows)

    def changes(self, interview_id: InterviewId, answers: Answers) -> tuple[AnswerChange, ...]:
        """What its end would change of the member's record, in the order of the interview; nothing for a new person."""
        member_id = self._load(interview_id).member_id
        if member_id is None:
            return ()
        said = interview.without_unasked(answers)
        on_record = visible(self._vault.staff, load_answers(self._vault.read(), member_id))
        return tuple(
            AnswerChange(key, on_record.get(key), said.get(key))
            for key in _TELLING
            if _is_news(on_record.get(key), said.get(key))
        )

    def register(self, interview_id: InterviewId) -> MemberId | NotFinished:
        """Give the person a record as soon as a declaration needs one, and bring it up to what was said since.

        Needs name, reading, birth date, sex and address. A later interview of a member changes nothing before its end.
        """
        require(self._vault.staff, Right.INTERVIEW)
        draft = self._open(interview_id)
        answers = interview.without_unasked(draft.answers)
        refusal = self._refusal(answers, interview.missing("basics", answers))
        if refusal is not None:
            return refusal
        if draft.kind is InterviewKind.FOLLOW_UP and draft.member_id is not None:
            return draft.member_id
        if draft.member_id is not None and is_on_record(self._vault.read(), draft.member_id, answers):
            return draft.member_id
        with self._vault.transaction() as tx:
            member_id = self._write(tx, draft, answers)
            record_papers(tx, member_id, answers, staff=self._vault.staff)
            if draft.member_id is None:
                interviews.attach(tx.db, interview_id, member_id)
                tx.audit("interview.register", subject=_subject(interview_id), detail={"member": member_id})
        return member_id

    def finish(self, interview_id: InterviewId, *, publish: bool = False) -> Finished | NotFinished:
        """The final review: complete and free of problems, or nothing happens. `publish` makes it お見合い."""
        require(self._vault.staff, Right.INTERVIEW)
        draft = self._open(interview_id)
        answers = interview.without_unasked(self._with_photos(draft))
        refusal = self._refusal(answers, interview.all_missing(answers))
        if refusal is not None:
            return refusal
        with self._vault.transaction() as tx:
            member_id = self._write(tx, draft, answers)
            record_papers(tx, member_id, answers, staff=self._vault.staff)
            photos.give_to_member(tx.db, interview_id, member_id)
            interviews.close(tx.db, interview_id, InterviewState.FINISHED, member_id=member_id, now=tx.now)
            kernel = members.kernel(tx.db, member_id)
            assert kernel is not None
            tx.audit("interview.finish", subject=kernel.uid, detail={"interview": interview_id})
            if publish and kernel.row.status is MemberStatus.PRE_PUBLISH:
                members.update_status(tx.db, member_id, MemberStatus.OMIAI, version=kernel.version, now=tx.now)
                tx.audit("member.status", subject=kernel.uid, detail={"to": MemberStatus.OMIAI.value})
        return Finished(member_id)

    def abandon(self, interview_id: InterviewId) -> None:
        """The applicant did not join: answers and photos of the draft are gone, and the record it had made."""
        require(self._vault.staff, Right.INTERVIEW)
        draft = self._open(interview_id)
        with self._vault.transaction() as tx:
            photos.drop_of_interview(tx.db, interview_id)
            interviews.close(tx.db, interview_id, InterviewState.ABANDONED, member_id=None, now=tx.now)
            if draft.kind is InterviewKind.INTAKE and draft.member_id is not None:
                members.delete(tx.db, draft.member_id)
            tx.audit("interview.abandon", subject=_subject(interview_id))

    def _load(self, interview_id: InterviewId) -> Interview:
        found = interviews.load(self._vault.read(), interview_id)
        if found is None:
            raise LookupError("no such interview")
        return found

    def _open(self, interview_id: InterviewId) -> Interview:
        """Raises SavedElsewhere when it was finished or abandoned: a finished one is a member, nobody ends it again."""
        found = self._load(interview_id)
        if found.state is not InterviewState.IN_PROGRESS:
            raise SavedElsewhere()
        return found

    def _as_seen(self, found: Interview) -> Interview:
        return replace(found, answers=visible(self._vault.staff, found.answers))

    def _with_photos(self, draft: Interview) -> Answers:
        """The answers with the photos that are really there."""
        held: dict[str, Value] = {photo.kind: photo.id for photo in self.photos_of(draft.id)}
        return {key: value for key, value in draft.answers.items() if key not in photo_fields()} | held

    def _write(self, tx: Transaction, draft: Interview, answers: Answers) -> MemberId:
        if draft.member_id is None:
            return insert_member(tx, draft.number, answers, places=self._places)
        correct_member(
            tx,
            draft.member_id,
            answers,
            places=self._places,
            staff=self._vault.staff,
            keep_history=draft.kind is InterviewKind.FOLLOW_UP,
        )
        return draft.member_id

    def _refusal(self, answers: Answers, missing: tuple[Missing, ...]) -> NotFinished | None:
        problems = self.problems(answers)
        return NotFinished(missing, problems) if missing or problems else None


# Not the day and the method of the consents: they are of this visit, and count only with a consent that changes.
_TELLING = tuple(
    key
    for key, field in catalog.FIELDS.items()
    if field.kind is not Kind.PHOTO and key not in ("consent_method", "consented_on")
)


def _is_news(old: Value, new: Value) -> bool:
    """A box that was never touched and one that is not ticked say the same."""
    return old != new and not (old in (None, False) and new in (None, False))


def photo_fields() -> tuple[str, ...]:
    """Catalogue keys of the photos, upper body first."""
    return tuple(field.key for field in catalog.FIELDS.values() if field.kind is Kind.PHOTO)


def _subject(interview_id: InterviewId) -> str:
    return f"interview:{interview_id}"
