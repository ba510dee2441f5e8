"""What was shown, seen and agreed to."""

from __future__ import annotations

from datetime import date

import pytest

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.fields import Store
from nakodo_desktop.vault import consents
from nakodo_desktop.vault.connection import IntegrityError
from nakodo_desktop.vault.vault import Vault
from tests import factory
from tests.factory import TODAY
from tests.vault.recordkit import LATER, NOW, a_member, written

NEXT_DAY = date(2026, 11, 24)


def record(vault: Vault, member_id: consents.MemberId, **changes: consents.Value) -> None:
    written(
        vault,
        lambda db: consents.record_consents(
            db, member_id, factory.answers(**changes), text_version="2026-11-01", staff_id=vault.staff.id, now=NOW
        ),
    )


def test_the_notice_and_the_check_come_back_as_they_went(vault: Vault) -> None:
    member_id, answers, staff_id = a_member(vault), factory.answers(identity_photo_matches=False), vault.staff.id
    assert consents.load_notice(vault.read(), member_id) == consents.load_identity(vault.read(), member_id) == {}

    def write(db: consents.Connection) -> None:
        consents.save_notice(db, member_id, answers, text_version="2026-11-01", staff_id=staff_id)
        consents.record_identity(db, member_id, answers, staff_id=staff_id, now=NOW)

    written(vault, write)
    notice, identity = (
        {key: answers[key] for key in catalog.columns(store)} for store in (Store.NOTICE, Store.IDENTITY)
    )
    assert consents.load_notice(vault.read(), member_id) == notice
    assert consents.load_identity(vault.read(), member_id) == identity


def test_each_check_is_a_row_and_the_newest_counts(vault: Vault) -> None:
    member_id, staff_id = a_member(vault), vault.staff.id
    for document, now in (("passport", NOW), ("residence_card", LATER)):
        answers = factory.answers(identity_document=document)
        written(vault, lambda db: consents.record_identity(db, member_id, answers, staff_id=staff_id, now=now))  # noqa: B023
    assert consents.load_identity(vault.read(), member_id)["identity_document"] == "residence_card"
    rows = vault.read().execute("SELECT count(*) FROM identity_check").fetchone()
    assert rows is not None
    assert rows[0] == 2


def test_every_answered_scope_is_one_row(vault: Vault) -> None:
    member_id = a_member(vault)
    record(vault, member_id, consent_provide="refused", consent_collect_health=None)
    found = consents.load_consents(vault.read(), member_id)
    assert [c.scope for c in found] == [s for s in catalog.CONSENT_SCOPES if s != "consent_collect_health"]
    assert [c.answer for c in found] == ["refused", *["given"] * 6]
    assert {(c.text_version, c.method, c.consented_on, c.staff_name, c.withdrawn_on) for c in found} == {
        ("2026-11-01", "paper", TODAY, vault.staff.name, None)
    }


def test_a_consent_is_withdrawn_by_whom_it_belongs_to_and_once(vault: Vault) -> None:
    member_id, other, staff_id = a_member(vault), a_member(vault, 2), vault.staff.id
    record(vault, member_id, consent_contact_exchange="refused")
    given, refused = (c.id for c in consents.load_consents(vault.read(), member_id)[:2])

    def withdraw(who: consents.MemberId, consent_id: int) -> bool:
        return written(vault, lambda db: consents.withdraw(db, who, consent_id, day=NEXT_DAY, staff_id=staff_id))

    assert not withdraw(other, given)
    assert not withdraw(member_id, refused)
    assert withdraw(member_id, given)
    assert not withdraw(member_id, given)
    found = consents.load_consents(vault.read(), member_id)
    assert [c.withdrawn_on for c in found[:2]] == [NEXT_DAY, None]
    assert [c.holds for c in found[:3]] == [False, False, True]


@pytest.mark.parametrize(("key", "value"), [("consent_provide", "maybe"), ("consent_method", "telephone")])
def test_an_answer_that_is_none_does_not_get_in(vault: Vault, key: str, value: str) -> None:
    member_id = a_member(vault)
    with pytest.raises(IntegrityError):
        record(vault, member_id, **{key: value})
    assert consents.load_consents(vault.read(), member_id) == ()
