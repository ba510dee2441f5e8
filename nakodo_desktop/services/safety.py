"""The services behind the safety page, made together for one open vault."""

from __future__ import annotations

from dataclasses import dataclass

from nakodo_desktop.services.audit_log import AuditLog
from nakodo_desktop.services.clock import Clock
from nakodo_desktop.services.erasing import Erasing
from nakodo_desktop.services.erasure_notice import ErasureNotices
from nakodo_desktop.services.people import People
from nakodo_desktop.services.recovery_sheets import RecoverySheets
from nakodo_desktop.services.restoring import Restoring
from nakodo_desktop.services.safekeeping import Safekeeping
from nakodo_desktop.vault.vault import Vault


@dataclass(frozen=True)
class Safety:
    people: People
    sheets: RecoverySheets
    keeping: Safekeeping
    restoring: Restoring
    log: AuditLog
    erasing: Erasing
    erasure_notices: ErasureNotices


def safety_of(vault: Vault, *, now: Clock) -> Safety:
    return Safety(
        People(vault, now=now),
        RecoverySheets(vault, now=now),
        Safekeeping(vault, now=now),
        Restoring(vault, now=now),
        AuditLog(vault),
        Erasing(vault, now=now),
        ErasureNotices(vault),
    )
