"""Sheets and their states as rows; the service's tests tell their life."""

from __future__ import annotations

from datetime import date

import pytest

from nakodo_desktop.domain.declaration import Declaration, DeclarationId, DeclarationState, Signing
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.vault import declarations, suspicions
from nakodo_desktop.vault.connection import IntegrityError
from nakodo_desktop.vault.vault import Vault
from tests import factory
from tests.factory import TODAY
from tests.vault.recordkit import LATER, NOW, a_member, written

UNTIL = date(2027, 2, 23)
STATE = DeclarationState


def keep(vault: Vault, member_id: MemberId, number: str = "SD-20261123-0001") -> DeclarationId:
    return written(
        vault,
        lambda db: declarations.insert(
            db,
            member_id,
            number=number,
            form_version="2026-11-01",
            form_sha256="f" * 64,
            facts_json='{"legal_name": "見本 太郎"}',
            pdf_sha256="p" * 64,
            now=NOW,
        ),
    )


def sign(vault: Vault, declaration_id: DeclarationId, signing: Signing) -> bool:
    return written(
        vault,
        lambda db: declarations.mark_signed(db, declaration_id, signing, witness=vault.staff.id, valid_until=UNTIL),
    )


def load(vault: Vault, declaration_id: DeclarationId) -> Declaration:
    found = declarations.load(vault.read(), declaration_id)
    assert found is not None
    return found


def test_a_sheet_comes_back_as_it_went_through_its_states(vault: Vault) -> None:
    member_id = a_member(vault)
    kept = keep(vault, member_id)
    draft = Declaration(
        id=kept,
        number="SD-20261123-0001",
        member_id=member_id,
        state=STATE.DRAFT,
        form_version="2026-11-01",
        form_sha256="f" * 64,
        pdf_sha256="p" * 64,
        created_at=NOW,
        printed_at=None,
        signed_on=None,
        place=None,
        method=None,
        witness_name=None,
        valid_until=None,
        filed_at=None,
    )
    assert load(vault, kept) == draft
    assert declarations.facts(vault.read(), kept) == ("2026-11-01", '{"legal_name": "見本 太郎"}')
    assert not sign(vault, kept, factory.signing()), "a draft is not signed"
    written(vault, lambda db: declarations.mark_printed(db, kept, now=LATER))
    assert (load(vault, kept).state, load(vault, kept).printed_at) == (STATE.PRINTED, LATER)
    assert sign(vault, kept, factory.signing(filed_at="棚1"))
    signed = load(vault, kept)
    assert (signed.state, signed.signed_on, signed.valid_until) == (STATE.SIGNED, TODAY, UNTIL)
    assert (signed.place, signed.method, signed.witness_name, signed.filed_at) == (
        *("当所 面談室", "in_person"),
        *(vault.staff.name, "棚1"),
    )
    written(vault, lambda db: declarations.mark_printed(db, kept, now=LATER))
    assert load(vault, kept) == signed, "printed again it stays signed"


@pytest.mark.parametrize("column", ["signed_on", "place", "method", "witness_staff_id", "identity_document"])
def test_the_table_itself_holds_no_signature_without_its_facts(vault: Vault, column: str) -> None:
    kept = keep(vault, a_member(vault))
    written(vault, lambda db: declarations.mark_printed(db, kept, now=NOW))
    sign(vault, kept, factory.signing())
    with pytest.raises(IntegrityError):
        written(vault, lambda db: db.execute(f"UPDATE declaration SET {column} = NULL"))


def test_others_of_the_member_are_superseded_but_not_a_suspicion(vault: Vault) -> None:
    member_id, other = a_member(vault), a_member(vault, 2)
    ids = [keep(vault, member_id, f"SD-20261123-{n:04d}") for n in range(1, 4)]
    stranger = keep(vault, other, "SD-20261123-0009")
    written(vault, lambda db: suspicions.record(db, ids[0], "見本の理由", staff_id=vault.staff.id, now=NOW))
    written(vault, lambda db: declarations.supersede_others(db, member_id, ids[2]))
    states = {d.id: d.state for d in declarations.of_member(vault.read(), member_id)}
    assert states == {ids[2]: STATE.DRAFT, ids[1]: STATE.SUPERSEDED, ids[0]: STATE.FALSE_SUSPECTED}
    assert list(states) == [ids[2], ids[1], ids[0]]
    assert load(vault, stranger).state is STATE.DRAFT


def test_the_next_number_follows_the_highest_of_its_day(vault: Vault) -> None:
    member_id, day = a_member(vault), date(2026, 11, 23)
    assert declarations.next_number(vault.read(), day) == "SD-20261123-0001"
    for number in ("SD-20261123-0009", "SD-20261123-0010", "SD-20261124-0050", "SD-20261122-0051"):
        keep(vault, member_id, number)
    assert declarations.next_number(vault.read(), day) == "SD-20261123-0011"
    with pytest.raises(IntegrityError):
        keep(vault, member_id, "SD-20261123-0010")


def test_outputs_are_told_newest_first(vault: Vault) -> None:
    kept = keep(vault, a_member(vault))

    def log(db: declarations.Connection) -> None:
        declarations.log_printing(db, kept, "printer", copies=2, staff_id=vault.staff.id, now=NOW)
        declarations.log_printing(db, kept, "pdf", copies=1, staff_id=vault.staff.id, now=LATER)

    written(vault, log)
    told = [(p.output, p.copies, p.staff_name, p.printed_at) for p in declarations.printings(vault.read(), kept)]
    assert told == [("pdf", 1, vault.staff.name, LATER), ("printer", 2, vault.staff.name, NOW)]
    with pytest.raises(IntegrityError):
        written(
            vault,
            lambda db: declarations.log_printing(db, kept, "fax", copies=1, staff_id=vault.staff.id, now=NOW),
        )


def test_a_sheet_that_is_not_there_is_none(vault: Vault) -> None:
    assert declarations.load(vault.read(), DeclarationId(99)) is None
    assert declarations.facts(vault.read(), DeclarationId(99)) is None
