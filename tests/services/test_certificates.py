"""A 独身証明書 that was seen in place of a declaration: how long it stands, and what it does not heal."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

from nakodo_desktop.domain.declaration import DeclarationState, Standing
from nakodo_desktop.domain.eligibility import ReasonCode
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.member_query import Group, MemberQuery
from nakodo_desktop.domain.single_proof import single_proof
from nakodo_desktop.domain.values import Value
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.site_waiting import site_counter
from nakodo_desktop.vault import members
from nakodo_desktop.vault.members import MemberFacts
from tests import factory
from tests.officekit import Building

FACTS = MemberFacts(
    number="M-0001",
    legal_name="見本 太郎",
    kana="みほん たろう",
    sex="male",
    birth_date=date(1987, 3, 14),
    residence="東京都世田谷区",
    phone="090-0000-0000",
    last_interview_on=date(2026, 11, 23),
)


def test_a_certificate_alone_stands_in_place_of_the_declaration_for_three_months(building: Building) -> None:
    desk = building.enter()
    alone = factory.member(desk, single_status_proof="official_certificate")
    both = factory.member(desk, single_status_proof="both")
    exports = Exports(desk.vault, desk.places, now=building.clock)

    def seen() -> tuple[list[tuple[MemberId, str]], bool]:
        told = [(due.row.id, due.words(desk.declarations.today)) for due in desk.declarations.due()]
        reasons = {reason.code for reason in exports.candidate(alone).reasons}
        return told, ReasonCode.DECLARATION in reasons

    assert seen() == ([(both, "未作成")], False)
    building.wait(days=80)  # to 2027-02-11; it ends on the 23rd
    assert seen() == ([(alone, "証明書 あと12日"), (both, "未作成")], False)
    building.wait(days=13)
    assert seen() == ([(alone, "証明書の期限切れ"), (both, "未作成")], True)
    assert ReasonCode.DECLARATION in {reason.code for reason in exports.candidate(both).reasons}


def test_a_certificate_does_not_heal_a_suspicion(building: Building) -> None:
    desk = building.enter()
    member_id = factory.member(desk, single_status_proof="official_certificate")
    desk.declarations.suspicions.suspect(factory.signed(desk, member_id).id, "見本の理由")
    assert [due.standing for due in desk.declarations.due()] == [Standing.SUSPECTED]
    candidate = Exports(desk.vault, desk.places, now=building.clock).candidate(member_id)
    assert ReasonCode.DECLARATION in {reason.code for reason in candidate.reasons}


def test_list_filter_count_and_site_say_what_the_gate_says(building: Building) -> None:
    desk = building.enter()
    alone = factory.member(desk, single_status_proof="official_certificate")
    count_site = site_counter(desk.vault, building.clock)

    def told() -> tuple[str, list[MemberId], int, int]:
        row = desk.members.rows([alone])[0]
        without = desk.members.select(MemberQuery(group=Group.PAPERS))
        return row.proof(desk.members.today).words, without, desk.members.counts()[Group.PAPERS], count_site().fresh

    assert told() == ("証明書あり", [], 0, 1)
    building.wait(days=93)
    assert told() == ("証明書の期限切れ", [alone], 1, 0)


def test_a_correction_of_the_proof_is_in_the_list_at_once(building: Building) -> None:
    desk = building.enter()
    member_id = factory.member(desk, single_status_proof="signed_declaration", official_certificate_seen_on=None)

    def correct(**answers: Value) -> str:
        version = desk.members.view(member_id, screen="record").version
        assert desk.members.correct(member_id, answers, version=version) == ()
        return desk.members.rows([member_id])[0].proof(desk.members.today).words

    seen = desk.members.today
    assert correct(single_status_proof="official_certificate", official_certificate_seen_on=seen) == "証明書あり"
    assert correct(single_status_proof="signed_declaration", official_certificate_seen_on=None) == "未作成"


def test_the_filter_knows_of_every_standing_what_the_proof_knows(building: Building) -> None:
    """The list asks in SQL what the gate asks in Python: here they are held against each other."""
    desk = building.enter()
    today = desk.members.today
    days = (None, *(today + timedelta(days=left) for left in (-1, 0, 14, 15)))
    member_ids: dict[MemberId, bool] = {}
    for state, until, certificate in itertools.product((None, *DeclarationState), days, days):
        if (until is not None) != (state in (DeclarationState.SIGNED, DeclarationState.EXPIRED)) and until is not None:
            continue  # only a signature has a last day
        facts = replace(FACTS, number=f"M-{len(member_ids) + 1:04d}", certificate_until=certificate)
        with desk.vault.transaction() as tx:
            new = members.insert(tx.db, facts, uid=f"uid-{facts.number}", joined_on=today, now=tx.now)
            members.note_declaration(tx.db, new, state, until=until, now=tx.now)
        proof = single_proof(state, until, certificate, today=today)
        member_ids[new] = proof.standing in (Standing.VALID, Standing.DUE)
    without = set(desk.members.select(MemberQuery(group=Group.PAPERS)))
    assert {member_id for member_id, is_proved in member_ids.items() if not is_proved} == without
