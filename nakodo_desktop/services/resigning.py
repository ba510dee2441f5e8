"""Whom an occasion asks for a new signature; lists and dialogs need not know where the days come from."""

from __future__ import annotations

from datetime import date

from nakodo_desktop.domain.member import MemberId, MemberStatus
from nakodo_desktop.domain.resigning import Signatures
from nakodo_desktop.services.clock import office_day
from nakodo_desktop.vault import declarations
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.declarations import SignedWhen


def asked_in_serious(db: Connection) -> frozenset[MemberId]:
    """Who is in 真剣交際 without a signature since it began."""
    found = declarations.signatures_in(db, MemberStatus.SERIOUS)
    return frozenset(one.member_id for one in found if _signatures(one).is_asked)


def asked_before(db: Connection, member_id: MemberId, to: MemberStatus, *, today: date) -> str:
    """In words; "" when the change asks for no signature. Raises LookupError when the member is gone."""
    found = declarations.signatures(db, member_id)
    if found is None:
        raise LookupError("no such member")
    return _signatures(found).asked_before(to, today=today)


def _signatures(found: SignedWhen) -> Signatures:
    since = None if found.status_since is None else office_day(found.status_since)
    return Signatures(found.status, since, found.signed_on)
