"""Every verb of every service, by every role: whoever lacks the right is refused before anything is looked at.

The verbs are found, not listed: a new one has to be given a right, or a place in the list of what everybody may.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from nakodo_desktop import paths
from nakodo_desktop.domain.staff import PAPER_RIGHTS, Right, Role
from nakodo_desktop.errors import NotPermitted
from nakodo_desktop.services.people import People
from nakodo_desktop.services.unlocking import Opened
from nakodo_desktop.session import Session, open_session
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.slots import SlotKind
from nakodo_desktop.vault.unlock import OpenedKeys, unlock
from tests.officekit import Building
from tests.vaultkit import CHEAPEST_KDF, TEST_OFFICE_KEY, pc_of

PAPER = "paper"

# What everybody who gets in may do: look (as far as the record shows them), ask what is possible, tell the log what
# they saw or printed; back up into the head's places, check, change one's own passphrase, keep one's own drafts.
EVERYBODY = {
    "Approvals.ask",
    "Approvals.is_needed",
    "Approvals.note_failed",
    "Approvals.people",
    "Declarations.check_redrawn",
    "Declarations.due",
    "Declarations.load",
    "Declarations.of_member",
    "Declarations.printings",
    "Declarations.row_of",
    "Declarations.sheet_of",
    "Deliveries.has_password",
    "Deliveries.load",
    "Erasing.count_due",
    "Erasing.leap",
    "ErasureNotices.record_output",
    "Exports.history",
    "Exports.index_job",
    "Exports.keep_index",
    "Exports.listed",
    "Exports.note_listed",
    "Exports.note_shown",
    "Exports.office",
    "Exports.preview",
    "Exports.propose_pseudonym",
    "Exports.reasons",
    "Exports.settle",
    "Exports.thumbnail_of",
    "Exports.unsettled",
    "Exports.words",
    "FormDrafts.forget",
    "FormDrafts.keep",
    "FormDrafts.load",
    "FormDrafts.waiting",
    "Interviews.changes",
    "Interviews.in_progress",
    "Interviews.is_on_record",
    "Interviews.load",
    "Interviews.overdue",
    "Interviews.photo_jpeg",
    "Interviews.photos_of",
    "Interviews.problems",
    "Members.consents",
    "Members.counts",
    "Members.history",
    "Members.identity_seen_by",
    "Members.interviews",
    "Members.may",
    "Members.note_listed",
    "Members.photo_in_full",
    "Members.photo_thumbnail",
    "Members.photos",
    "Members.provisions",
    "Members.rows",
    "Members.select",
    "Members.signature_asked",
    "Members.unmask",
    "Members.view",
    "Members.words",
    "Offices.is_set_up",
    "Offices.load",
    "Offices.may_change_recipient",
    "OwnCities.marked",
    "OwnCities.name_of",
    "Papers.blank_interview",
    "Papers.consents",
    "Papers.record_output",
    "People.change_own",
    "People.keep_own",
    "People.passphrase_trouble",
    "People.renew",
    "People.renewal",
    "Provisions.answer",
    "Provisions.given",
    "Restoring.loss",
    "Safekeeping.back_up",
    "Safekeeping.backup_ahead_at",
    "Safekeeping.days_since_backup",
    "Safekeeping.examine",
    "Safekeeping.last_backup_at",
    "Safekeeping.rescue",
    "Safekeeping.synced_by",
    "Safekeeping.watch",
    "SignedScans.taken_in_at",
    "Suspicions.record_output",
}


class _Anything:
    """Stands for an argument: a verb that looks at it before it asks for the right fails the test."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} was looked at before the right was asked")


def _services(owner: object) -> Iterator[object]:
    for part, value in vars(owner).items():
        if type(value).__module__.startswith("nakodo_desktop.services") and not part.startswith("_"):
            yield value
            yield from _services(value)


def _verbs(session: Session) -> dict[str, Callable[..., object]]:
    return {
        f"{type(service).__name__}.{verb}": getattr(service, verb)
        for service in _services(session)
        for verb, found in inspect.getmembers(type(service), inspect.isfunction)
        if not verb.startswith("_")
    }


def _call(verb: Callable[..., object]) -> object:
    asked = inspect.signature(verb).parameters.values()
    needed = [one for one in asked if one.default is one.empty and one.kind is not one.VAR_KEYWORD]
    return verb(
        *(_Anything() for one in needed if one.kind is one.POSITIONAL_OR_KEYWORD),
        **{one.name: _Anything() for one in needed if one.kind is one.KEYWORD_ONLY},
    )


@contextmanager
def _sessions(building: Building, monkeypatch: pytest.MonkeyPatch, who: str) -> Iterator[Session]:
    monkeypatch.setattr(paths, "data_dir", lambda: pc_of(building.folder))
    keys, state = building.keys(), read_header(building.folder)
    paper = next(slot.id for slot in state.header.slots if slot.kind is SlotKind.RECOVERY)
    slot = paper if who == PAPER else building.keys(Role(who)).slot_id
    session = open_session(Opened(building.folder, OpenedKeys(state, slot, keys.master_key)), now=building.clock)
    try:
        yield session
    finally:
        session.vault.abandon()


def _right_asked(verb: Callable[..., object]) -> Right:
    """For want of which right the verb is refused. Anything else that comes of the call is a failure."""
    with pytest.raises(NotPermitted) as refused:
        _call(verb)
    assert refused.value.advice
    (right,) = (right for right in Right if f"「{right.value}」" in refused.value.message)
    return right


def test_every_verb_is_refused_to_whoever_lacks_its_right(building: Building, monkeypatch: pytest.MonkeyPatch) -> None:
    with _sessions(building, monkeypatch, Role.CLERK.value) as session:
        verbs = _verbs(session)
        assert set(verbs) >= EVERYBODY
        asked = {name: _right_asked(verb) for name, verb in verbs.items() if name not in EVERYBODY}
    assert set(asked.values()) == set(Right) - {Right.SEE_NOTES}, "of each right there is a verb; notes are a field"
    for who in (Role.MATCHMAKER.value, PAPER):
        with _sessions(building, monkeypatch, who) as session:
            for name, verb in _verbs(session).items():
                if name in asked and not session.vault.staff.may(asked[name]):
                    assert _right_asked(verb) is asked[name], name


def test_the_paper_gives_a_head_a_new_passphrase_and_records_nothing(
    building: Building, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _sessions(building, monkeypatch, PAPER) as session:
        assert {Right.MANAGE_PEOPLE, Right.MANAGE_KEYS, Right.RESTORE} == PAPER_RIGHTS
        people = People(session.vault, kdf=CHEAPEST_KDF)
        head = next(one.staff for one in people.listed() if one.staff.role is Role.HEAD)
        people.give(head.id, people.make_way_in(head, "おもいだした 合言葉 みほん 19")())
        with pytest.raises(NotPermitted, match="復旧コードで開いている間は") as refused:
            session.interviews.start()
        assert "新しいパスワードを渡し" in refused.value.advice
        with pytest.raises(NotPermitted):
            people.change_own("おもいだした 合言葉 みほん 19", "べつの 合言葉 みほん 20")
        session.offices.drafts.keep("office", {"name": "見本"})
        assert session.offices.drafts.waiting() == (), "nobody could find it again"
    keys = unlock(read_header(building.folder), "おもいだした 合言葉 みほん 19", office_key=TEST_OFFICE_KEY)
    assert keys.staff_id == head.id
