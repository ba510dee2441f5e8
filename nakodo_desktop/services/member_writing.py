"""Writing a member's answers: narrow row, wide tables and history together, always inside a caller's transaction."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from datetime import date

from nakodo_desktop.domain import catalog, consent, interview
from nakodo_desktop.domain.answers import to_plain
from nakodo_desktop.domain.fields import Store
from nakodo_desktop.domain.interview_record import InterviewState
from nakodo_desktop.domain.member import MemberId, MemberRow, member_number
from nakodo_desktop.domain.municipality import Municipalities
from nakodo_desktop.domain.staff import Staff
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.errors import SavedElsewhere
from nakodo_desktop.reference.notice import load_notice
from nakodo_desktop.services.certificates import certificate_until
from nakodo_desktop.services.clock import office_day
from nakodo_desktop.vault import consents, interviews, members, photos, profiles
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.vault import Transaction

WIDE = (Store.PROFILE, Store.SPECIAL_CARE)
_CARE_KEYS = catalog.columns(Store.SPECIAL_CARE)
WIDE_KEYS = tuple(key for store in WIDE for key in catalog.columns(store))  # what `correct_member` writes


def insert_member(tx: Transaction, running: int, answers: Answers, *, places: Municipalities) -> MemberId:
    """A new member from answers that passed the checks; at least those of the step `basics`."""
    uid = secrets.token_hex(16)
    facts = _facts(answers, running, day=office_day(tx.now), today=office_day(tx.now), places=places)
    member_id = members.insert(tx.db, facts, uid=uid, joined_on=office_day(tx.now), now=tx.now)
    profiles.save(tx.db, member_id, answers)
    tx.audit("member.create", subject=uid)
    return member_id


def correct_member(
    tx: Transaction,
    member_id: MemberId,
    answers: Answers,
    *,
    places: Municipalities,
    staff: Staff,
    version: int | None = None,
    interviewed: bool = True,
    keep_history: bool = True,
    on_record: Answers | None = None,
) -> None:
    """Write the answers over what is on record and, unless it is the first interview, keep old → new of each change.

    Of a special-care fact whose consent is gone no former value stays either. `answers` hold the consents, too.
    `on_record`: what the caller has read in this transaction, to spare the second reading.
    Raises SavedElsewhere when `version` is not the one on record any more.
    """
    kernel = members.kernel(tx.db, member_id)
    if kernel is None:
        raise LookupError("no such member")
    before = profiles.load(tx.db, member_id, WIDE) if on_record is None else on_record
    day = office_day(tx.now) if interviewed else kernel.row.last_interview_on
    facts = _facts(answers, int(kernel.row.number[2:]), day=day, today=office_day(tx.now), places=places)
    expected = kernel.version if version is None else version
    if not _write_facts(
        tx, kernel.row, facts, same_phone=before.get("phone") == answers.get("phone"), version=expected
    ):
        raise SavedElsewhere()
    changed = [key for key in WIDE_KEYS if to_plain(before.get(key)) != to_plain(answers.get(key))]
    refused = [key for key in _CARE_KEYS if not catalog.FIELDS[key].is_asked(answers)]
    profiles.forget_changes(tx.db, member_id, refused)
    for key in changed if keep_history else ():
        if key in refused:
            continue
        profiles.note_change(
            tx.db,
            member_id,
            key,
            old=_json(before.get(key)),
            new=_json(answers.get(key)),
            staff_id=staff.id,
            now=tx.now,
        )
    profiles.save_changed(tx.db, member_id, answers, changed)
    tx.audit("member.correct", subject=kernel.uid, detail={"fields": changed})


def record_papers(tx: Transaction, member_id: MemberId, answers: Answers, *, staff: Staff) -> None:
    """Notice, identity check and consents of finished steps: all at the first visit, later what was said anew."""
    version = load_notice().version
    notice, identity = (_only(catalog.columns(store), answers) for store in (Store.NOTICE, Store.IDENTITY))
    if not interview.missing("purposes", answers) and notice != consents.load_notice(tx.db, member_id):
        consents.save_notice(tx.db, member_id, answers, text_version=version, staff_id=staff.id)
    if not interview.missing("identity", answers) and identity != consents.load_identity(tx.db, member_id):
        consents.record_identity(tx.db, member_id, answers, staff_id=staff.id, now=tx.now)
    if not interview.missing("consents", answers):
        on_record = consent.standing(consents.load_consents(tx.db, member_id))
        before = {scope: "given" if found.holds else "refused" for scope, found in on_record.items()}
        said = {k: v for k, v in answers.items() if k not in catalog.CONSENT_SCOPES or before.get(k) != v}
        consents.record_consents(tx.db, member_id, said, text_version=version, staff_id=staff.id, now=tx.now)


def is_on_record(db: Connection, member_id: MemberId, answers: Answers) -> bool:
    """True when the member's tables say what the answers say; photos aside, they are on record by themselves."""
    on_record = load_answers(db, member_id)
    told = {*on_record, *answers} - set(catalog.columns(Store.PHOTO))
    return all(on_record.get(key) == answers.get(key) for key in told)


def carry_into_drafts(tx: Transaction, member_id: MemberId, changes: Answers, *, before: Answers) -> None:
    """What was set right on the record is set right in its open interviews: finishing one must not undo it.

    Only where an interview still says what was on record `before`: what was typed in it is never replaced.
    """
    for draft in interviews.of_member(tx.db, member_id):
        if draft.state is not InterviewState.IN_PROGRESS:
            continue
        untouched = {key: new for key, new in changes.items() if draft.answers.get(key) == before.get(key)}
        if untouched:
            interviews.save(
                tx.db,
                draft.id,
                version=draft.version,
                step=draft.step,
                visited=draft.visited,
                answers=interview.without_unasked({**draft.answers, **untouched}),
                now=tx.now,
            )


def load_answers(db: Connection, member_id: MemberId, stores: Iterable[Store] = WIDE) -> dict[str, Value]:
    """Everything on record about the member, by catalogue key, special-care facts included unless left out."""
    answers: dict[str, Value] = {}
    answers |= consents.load_notice(db, member_id) | consents.load_identity(db, member_id)
    for found in consents.load_consents(db, member_id):
        answers[found.scope] = "given" if found.holds else "refused"
        answers["consent_method"] = found.method
        answers["consented_on"] = found.consented_on
    answers |= profiles.load(db, member_id, stores)
    answers |= {photo.kind: photo.id for photo in photos.of_member(db, member_id)}
    return answers


def _write_facts(
    tx: Transaction, row: MemberRow, facts: members.MemberFacts, *, same_phone: bool, version: int
) -> bool:
    """False when somebody else saved first. What the row shows already is not written again: its indexes are large."""
    shown = (row.number, row.legal_name, row.kana, row.sex, row.birth_date, row.residence, row.certificate_until)
    wanted = (facts.number, facts.legal_name, facts.kana, facts.sex, facts.birth_date, facts.residence)
    if same_phone and shown == (*wanted, facts.certificate_until):
        day = facts.last_interview_on
        return members.update_none(tx.db, row.id, last_interview_on=day, version=version, now=tx.now)
    return members.update_facts(tx.db, row.id, facts, version=version, now=tx.now)


def _facts(answers: Answers, running: int, *, day: date, today: date, places: Municipalities) -> members.MemberFacts:
    """`day`: of the last interview."""
    sex, birth_date = str(answers["sex"]), answers["birth_date"]
    assert isinstance(birth_date, date)
    return members.MemberFacts(
        number=member_number(sex, running),
        legal_name=f"{answers['family_name']} {answers['given_name']}",
        kana=f"{answers['family_kana']} {answers['given_kana']}",
        sex=sex,
        birth_date=birth_date,
        residence=places.display_name(str(answers["municipality"])),
        phone=str(answers.get("phone") or ""),
        last_interview_on=day,
        certificate_until=certificate_until(answers, today=today),
    )


def _json(value: Value) -> str | None:
    return None if value is None else json.dumps(to_plain(value), ensure_ascii=False)


def _only(keys: Iterable[str], answers: Answers) -> dict[str, Value]:
    return {key: answers.get(key) for key in keys}
