"""Until when a 独身証明書 that was seen stands in place of the declaration; gate and lists need not know the rule.

Only for a member of whom the office takes the certificate alone: who gives both is asked for the signature too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nakodo_desktop.domain.declaration import valid_until
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.reference import rules
from nakodo_desktop.vault import declarations
from nakodo_desktop.vault.connection import Connection

CERTIFICATE_ALONE = "official_certificate"


def certificate_until(answers: Answers, *, today: date) -> date | None:
    """Its last day, which may be over; None when no certificate stands for the declaration."""
    seen_on = answers.get("official_certificate_seen_on")
    if answers.get("single_status_proof") != CERTIFICATE_ALONE or not isinstance(seen_on, date):
        return None
    return valid_until(seen_on, months=rules.load().on(today).official_certificate_months)


def certificates_until(db: Connection, *, today: date) -> Mapping[MemberId, date]:
    """Of everybody without a signature that holds who showed one in place of it."""
    months = rules.load().on(today).official_certificate_months
    seen = declarations.certificates_seen(db, CERTIFICATE_ALONE, today=today)
    return {member_id: valid_until(seen_on, months=months) for member_id, seen_on in seen}
