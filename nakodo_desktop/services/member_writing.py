"""Writing a member's answers: narrow row, wide tables and history together, always inside a caller's transaction."""

from __future__ import annotations

import json
import secrets
from datetime import date

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.answers import to_plain
from nakodo_desktop.domain.fields import Store
from nakodo_desktop.domain.member import MemberId, member_number
from nakodo_desktop.domain.municipality import Municipalities
from nakodo_desktop.domain.staff import Staff
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.errors import SavedElsewhere
from nakodo_desktop.reference.notice import load_notice
from nakodo_desktop.services.clock import office_day
from nakodo_desktop.vault import consents, members, photos, profiles
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.vault import Transaction

_WIDE = (Store.PROFILE, Store.SPECIAL_CARE)
_WIDE_KEYS = tuple(key for store in _WIDE for key in catalog.columns(store))


def insert_member(tx: Transaction, running: int, answers: Answers, *, places: Municipalities) -> MemberId:
    """A new member from answers that passed the checks; at least those of the step `basics`."""
    uid = secrets.token_hex(16)
    facts = _facts(answers, running, day=office_day(tx.now), places=places)
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
) -> None:
    """Write the answers over what is on record and, unless it is the first interview, keep old → new of each change.

    Raises SavedElsewhere when `version` is not the one on record any more.
    """
    kernel = members.kernel(tx.db, member_id)
    if kernel is None:
        raise LookupError("no such member")
    before = profiles.load(tx.db, member_id, _WIDE)
    day = office_day(tx.now) if interviewed else kernel.row.last_interview_on
    facts = _facts(answers, int(kernel.row.number[2:]), day=day, places=places)
    expected = kernel.version if version is None else version
    if not members.update_facts(tx.db, member_id, facts, version=expected, now=tx.now):
        raise SavedElsewhere()
    changed = [key for key in _WIDE_KEYS if _json(before.get(key)) != _json(answers.get(key))]
    for key in changed if keep_history else ():
        profiles.note_change(
            tx.db,
            member_id,
            key,
            old=_json(before.get(key)),
            new=_json(answers.get(key)),
            staff_id=staff.id,
            now=tx.now,
        )
    profiles.save(tx.db, member_id, answers)
    tx.audit("member.correct", subject=kernel.uid, detail={"fields": changed})


def record_papers(tx: Transaction, member_id: MemberId, answers: Answers, *, staff: Staff, is_first: bool) -> None:
    """Notice, identity check and consents: all at the first visit, only changed consents later."""
    version = load_notice().version
    asked = dict(answers)
    if is_first:
        consents.save_notice(tx.db, member_id, answers, text_version=version, staff_id=staff.id)
        record_identity(tx, member_id, answers, staff=staff)
    else:
        before = {c.scope: c.answer for c in consents.load_consents(tx.db, member_id) if c.withdrawn_on is None}
        asked = {k: v for k, v in answers.items() if k not in catalog.CONSENT_SCOPES or before.get(k) != v}
    consents.record_consents(tx.db, member_id, asked, text_version=version, staff_id=staff.id, now=tx.now)


def record_identity(tx: Transaction, member_id: MemberId, answers: Answers, *, staff: Staff) -> None:
    """Once for each check: a declaration made during the interview may have recorded it before the end."""
    check = {key: answers.get(key) for key in catalog.columns(Store.IDENTITY)}
    if consents.load_identity(tx.db, member_id) != check:
        consents.record_identity(tx.db, member_id, answers, staff_id=staff.id, now=tx.now)


def is_on_record(db: Connection, member_id: MemberId, answers: Answers) -> bool:
    """True when the member's tables say what the answers say."""
    before = profiles.load(db, member_id, _WIDE)
    return all(_json(before.get(key)) == _json(answers.get(key)) for key in _WIDE_KEYS)


def load_answers(db: Connection, member_id: MemberId) -> dict[str, Value]:
    """Everything on record about the member, by catalogue key, special-care facts included."""
    answers: dict[str, Value] = {}
    answers |= consents.load_notice(db, member_id) | consents.load_identity(db, member_id)
    for consent in consents.load_consents(db, member_id):
        answers[consent.scope] = "refused" if consent.withdrawn_on else consent.answer
        answers["consent_method"] = consent.method
        answers["consented_on"] = consent.consented_on
    answers |= profiles.load(db, member_id, _WIDE)
    answers |= {photo.kind: photo.id for photo in photos.of_member(db, member_id)}
    return answers


def _facts(answers: Answers, running: int, *, day: date, places: Municipalities) -> members.MemberFacts:
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
    )


def _json(value: Value) -> str | None:
    return None if value is None else json.dumps(to_plain(value), ensure_ascii=False)
