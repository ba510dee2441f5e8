"""A picture of the signed sheet: only of a signed one, only as pixels, gone with the member."""

from __future__ import annotations

import pytest

from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import NotPermitted, UserError
from nakodo_desktop.services.photo_intake import decode_photo
from tests import factory
from tests.factory import Desk
from tests.officekit import Building, acts_of, everything, table
from tests.picturekit import encoded, figure


def test_a_scan_is_kept_shown_replaced_and_removed(desk: Desk) -> None:
    sheet = factory.signed(desk, factory.member(desk))
    scans = desk.declarations.scans
    assert scans.taken_in_at(sheet.id) is None
    for red in (1, 2):
        scans.keep(sheet.id, factory.photo(red=red))
        assert scans.show(sheet.id) == factory.photo(red=red).jpeg
    assert scans.taken_in_at(sheet.id) is not None
    assert len(table(desk, "signed_scan")) == 1
    scans.remove(sheet.id)
    assert scans.taken_in_at(sheet.id) is None
    with pytest.raises(LookupError):
        scans.show(sheet.id)
    scans.remove(sheet.id)
    kept, seen, removed = "declaration.scan", "declaration.scan_view", "declaration.scan_remove"
    assert acts_of(desk)[-5:] == [kept, seen, kept, seen, removed]


def test_what_comes_in_went_through_the_decoder(desk: Desk) -> None:
    sheet = factory.signed(desk, factory.member(desk))
    picture = decode_photo(encoded(figure(1240, 1754), "PNG"))
    desk.declarations.scans.keep(sheet.id, picture)
    assert desk.declarations.scans.show(sheet.id).startswith(b"\xff\xd8")


def test_an_unsigned_sheet_has_no_scan(desk: Desk) -> None:
    sheet = factory.sheet(desk, factory.member(desk))
    before = everything(desk)
    with pytest.raises(UserError, match="署名を記録していない"):
        desk.declarations.scans.keep(sheet.id, factory.photo())
    assert everything(desk) == before


def test_a_suspected_sheet_keeps_its_scan(desk: Desk) -> None:
    sheet = factory.signed(desk, factory.member(desk))
    desk.declarations.suspicions.suspect(sheet.id, "見本の理由")
    desk.declarations.scans.keep(sheet.id, factory.photo())
    assert desk.declarations.scans.taken_in_at(sheet.id) is not None


def test_a_scan_goes_with_the_member(desk: Desk) -> None:
    draft = factory.draft(desk)
    member_id = desk.interviews.register(draft.id)
    assert isinstance(member_id, int)
    desk.declarations.scans.keep(factory.signed(desk, member_id).id, factory.photo())
    desk.interviews.abandon(draft.id)
    assert table(desk, "signed_scan") == []


def test_a_clerk_neither_keeps_nor_sees_a_scan(building: Building) -> None:
    desk = building.enter()
    sheet = factory.signed(desk, factory.member(desk))
    desk.declarations.scans.keep(sheet.id, factory.photo())
    scans = building.enter(Role.CLERK).declarations.scans
    for deed in (
        lambda: scans.keep(sheet.id, factory.photo()),
        lambda: scans.show(sheet.id),
        lambda: scans.remove(sheet.id),
    ):
        with pytest.raises(NotPermitted):
            deed()
