"""Until when a 独身証明書 that was seen stands in place of the declaration; who writes the row need not know the rule.

Only for a member of whom the office takes the certificate alone: who gives both is asked for the signature too.
"""

from __future__ import annotations

from datetime import date

from nakodo_desktop.domain.declaration import valid_until
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.reference import rules

CERTIFICATE_ALONE = "official_certificate"


def certificate_until(answers: Answers, *, today: date) -> date | None:
    """Its last day by the rule of `today`, which may be over; None when none stands for the declaration."""
    seen_on = answers.get("official_certificate_seen_on")
    if answers.get("single_status_proof") != CERTIFICATE_ALONE or not isinstance(seen_on, date):
        return None
    return valid_until(seen_on, months=rules.load().on(today).official_certificate_months)
