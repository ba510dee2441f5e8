"""A 独身証明書 that was seen in place of a declaration: how long it stands, and what it does not heal."""

from __future__ import annotations

from nakodo_desktop.domain.declaration import Standing
from nakodo_desktop.domain.eligibility import ReasonCode
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.services.exports import Exports
from tests import factory
from tests.officekit import Building


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
    assert seen() == ([(alone, "独身証明書の期限まで12日"), (both, "未作成")], False)
    building.wait(days=13)
    assert seen() == ([(alone, "未作成"), (both, "未作成")], True)
    assert ReasonCode.DECLARATION in {reason.code for reason in exports.candidate(both).reasons}


def test_a_certificate_does_not_heal_a_suspicion(building: Building) -> None:
    desk = building.enter()
    member_id = factory.member(desk, single_status_proof="official_certificate")
    desk.declarations.suspicions.suspect(factory.signed(desk, member_id).id, "見本の理由")
    assert [due.standing for due in desk.declarations.due()] == [Standing.SUSPECTED]
    candidate = Exports(desk.vault, desk.places, now=building.clock).candidate(member_id)
    assert ReasonCode.DECLARATION in {reason.code for reason in candidate.reasons}
