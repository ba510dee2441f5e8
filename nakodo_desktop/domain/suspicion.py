"""A suspicion that a declaration is false: who, why, and what the sheet is again once it is lifted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from nakodo_desktop.domain.declaration import Declaration, DeclarationId, DeclarationState


@dataclass(frozen=True, kw_only=True)
class Suspicion:
    """Recorded with a reason; lifted with a reason, or still standing."""

    reason: str
    staff_name: str  # "" when nobody knows any more
    suspected_at: datetime
    lifted_because: str
    lifted_by: str
    lifted_at: datetime | None

    @property
    def holds(self) -> bool:
        return self.lifted_at is None


def cleared(suspected: Declaration, all_sheets: Iterable[Declaration]) -> tuple[DeclarationState, DeclarationId | None]:
    """(its state without the suspicion, the sheet that has superseded it): what was signed meanwhile still counts."""
    signed = [d for d in all_sheets if d.id != suspected.id and d.state is DeclarationState.SIGNED]
    later = [d for d in signed if d.id > suspected.id or _day(d) >= _day(suspected)]
    if later:
        return DeclarationState.SUPERSEDED, max(later, key=lambda d: d.id).id
    if suspected.signed_on is not None:
        return DeclarationState.SIGNED, None
    return (DeclarationState.DRAFT if suspected.printed_at is None else DeclarationState.PRINTED), None


def _day(sheet: Declaration) -> date:
    """A sheet without a signature is superseded by any newer sheet, never by an older one."""
    return sheet.signed_on or date.max
