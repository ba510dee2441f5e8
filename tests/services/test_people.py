"""People come, change, forget, pause and leave; only the head decides, and nobody is left without a head."""

from __future__ import annotations

from pathlib import Path

import pytest

from nakodo_desktop.domain.staff import Role, Staff
from nakodo_desktop.errors import NotPermitted, WrongPassphrase
from nakodo_desktop.services.people import People
from nakodo_desktop.vault.backup import make_backup
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.unlock import OpenedKeys, unlock, unlock_with_recovery_code
from nakodo_desktop.vault.vault import Vault
from tests import factory
from tests.factory import Desk
from tests.officekit import Building, acts_of
from tests.vaultkit import CHEAPEST_KDF, TEST_OFFICE_KEY, TEST_PASSPHRASE, TEST_RECOVERY_CODE, Clock, pc_of

GOOD = "見本の よい 合言葉 です 十四"


def people_of(desk: Desk) -> People:
    return People(desk.vault, now=Clock(factory.NOON), kdf=CHEAPEST_KDF)


def opens(folder: Path, passphrase: str) -> OpenedKeys:
    return unlock(read_header(folder), passphrase, office_key=TEST_OFFICE_KEY)


def colleague(people: People, role: Role = Role.CLERK) -> Staff:
    return next(person.staff for person in people.listed() if person.staff.role is role)


def added(people: People, name: str = "お試し 新人", role: Role = Role.CLERK) -> Staff:
    person = people.new_person(name, role)
    assert isinstance(person, Staff)
    people.add(person, people.make_way_in(person, GOOD)())
    return person


def test_somebody_new_opens_the_vault_with_their_own_passphrase(building: Building) -> None:
    desk = building.enter()
    person = added(people_of(desk))
    assert person in [one.staff for one in people_of(desk).listed()]
    building.leave()
    assert opens(building.folder, GOOD).staff_id == person.id


@pytest.mark.parametrize("name", ["", "　", "見本 所長", "架空\u202e花子", "長" * 61])
def test_a_name_must_tell_people_apart(desk: Desk, name: str) -> None:
    refused = people_of(desk).new_person(name, Role.CLERK)
    assert isinstance(refused, tuple) and refused[0].field_key == "name"


def test_a_weak_passphrase_makes_no_way_in(desk: Desk) -> None:
    people = people_of(desk)
    person = colleague(people)
    for weak in ("12345678", person.name, "password password"):
        assert people.passphrase_trouble(weak, person) is not None
        with pytest.raises(ValueError, match="checked"):
            people.make_way_in(person, weak)


@pytest.mark.parametrize("role", [Role.MATCHMAKER, Role.CLERK])
def test_only_the_head_manages_people_whatever_the_window_shows(building: Building, role: Role) -> None:
    head = people_of(building.enter())
    person, slot = colleague(head), head.make_way_in(colleague(head), GOOD)()
    desk = building.enter(role)
    people = people_of(desk)
    assert not people.may_manage
    deeds = (
        people.listed,
        people.media,
        lambda: people.new_person("お試し 新人", Role.CLERK),
        lambda: people.make_way_in(person, GOOD),
        lambda: people.add(person, slot),
        lambda: people.give(person.id, slot),
        lambda: people.change(person),
        lambda: people.pause(person.id),
        lambda: people.remove(person.id),
    )
    for deed in deeds:
        with pytest.raises(NotPermitted):
            deed()
    assert acts_of(desk) == [], "nothing was written after the unlock"


def test_one_changes_ones_own_passphrase_by_the_old_one(building: Building) -> None:
    people = people_of(building.enter())
    with pytest.raises(WrongPassphrase):
        people.change_own("ちがう 合言葉 です", GOOD)()
    people.keep_own(people.change_own(TEST_PASSPHRASE, GOOD)())
    building.leave()
    assert opens(building.folder, GOOD)
    with pytest.raises(WrongPassphrase):
        opens(building.folder, TEST_PASSPHRASE)


def test_a_colleagues_passphrase_is_no_proof_of_being_oneself(building: Building) -> None:
    people = people_of(building.enter())
    changed = people.change_own("おためし 合言葉 clerk 14", GOOD)()
    with pytest.raises(WrongPassphrase):
        people.keep_own(changed)


def test_who_forgot_gets_a_new_one_and_who_paused_comes_back(building: Building) -> None:
    people = people_of(building.enter())
    person = colleague(people)
    people.pause(person.id)
    assert [one.is_active for one in people.listed() if one.staff == person] == [False]
    with pytest.raises(WrongPassphrase):
        opens(building.folder, "おためし 合言葉 clerk 14")
    people.give(person.id, people.make_way_in(person, GOOD)())
    building.leave()
    assert opens(building.folder, GOOD).staff_id == person.id


def test_the_office_keeps_a_head(building: Building) -> None:
    people = people_of(building.enter())
    head = colleague(people, Role.HEAD)
    for deed in (
        lambda: people.pause(head.id),
        lambda: people.remove(head.id),
        lambda: people.change(Staff(head.id, head.name, Role.CLERK)),
    ):
        with pytest.raises(NotPermitted):
            deed()


def test_a_role_and_a_name_change(building: Building) -> None:
    people = people_of(building.enter())
    person = colleague(people)
    assert people.change(Staff(person.id, " 架空 事子 ", Role.MATCHMAKER)) == ()
    changed = next(one.staff for one in people.listed() if one.staff.id == person.id)
    assert (changed.name, changed.role) == ("架空 事子", Role.MATCHMAKER)
    assert people.change(Staff(person.id, "見本 所長", Role.CLERK))[0].field_key == "name"


def test_who_is_removed_opens_nothing_but_old_copies(building: Building, tmp_path: Path) -> None:
    desk = building.enter()
    people, leaver = people_of(desk), colleague(people_of(desk))
    with desk.vault.lent() as loan:
        backup = make_backup(loan, tmp_path / "stick", at=factory.NOON)
    people.remove(leaver.id).run()
    assert leaver not in [one.staff for one in people.listed()]
    assert [medium.folder for medium in people.media()] == [backup.folder]
    assert acts_of(desk)[-1] == "slot.removed"
    members = desk.vault.read().execute("SELECT count(*) AS n FROM staff").fetchone()
    assert members is not None and members["n"] == 3, "the log still names them"
    building.leave()
    with pytest.raises(WrongPassphrase):
        opens(building.folder, "おためし 合言葉 clerk 14")
    assert opens(backup.folder, "おためし 合言葉 clerk 14"), "which is why the media are listed"
    assert opens(building.folder, TEST_PASSPHRASE) and opens(building.folder, "おためし 合言葉 matchmaker 14")


def test_a_removal_that_fails_gives_the_vault_back(building: Building, monkeypatch: pytest.MonkeyPatch) -> None:
    people = people_of(building.enter())
    lent = people.remove(colleague(people).id)
    monkeypatch.setattr("nakodo_desktop.vault.rotation.rotate", _fail)
    with pytest.raises(NotPermitted):
        lent.run()
    assert len(people.listed()) == 3


def _fail(*_args: object, **_kwargs: object) -> None:
    raise NotPermitted("お試しの失敗", "")


def test_paper_gives_everybody_a_new_passphrase_but_has_none_itself(building: Building) -> None:
    from nakodo_desktop.vault.codes import parse_code

    code = parse_code(TEST_RECOVERY_CODE)
    assert isinstance(code, bytes)
    keys = unlock_with_recovery_code(read_header(building.folder), code)
    vault = Vault.open(building.folder, keys, now=building.clock, data_dir=pc_of(building.folder))
    try:
        people = People(vault, now=building.clock, kdf=CHEAPEST_KDF)
        with pytest.raises(NotPermitted):
            people.change_own(TEST_PASSPHRASE, GOOD)
        head = colleague(people, Role.HEAD)
        people.give(head.id, people.make_way_in(head, GOOD)())
        assert not any(one.is_me for one in people.listed())
    finally:
        vault.close()
    assert opens(building.folder, GOOD).staff_id == head.id
