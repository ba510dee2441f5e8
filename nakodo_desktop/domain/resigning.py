"""Signatures that an occasion asks for, however fresh the last one is: when 真剣交際 begins, and before 成婚."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nakodo_desktop.domain.japanese import format_wareki
from nakodo_desktop.domain.member import MemberStatus

AT_SERIOUS = "真剣交際の再署名"


@dataclass(frozen=True)
class Signatures:
    """What is known of one member: since when the status holds, and the day of the signature that holds."""

    status: MemberStatus
    status_since: date | None
    signed_on: date | None

    @property
    def is_asked(self) -> bool:
        """In 真剣交際 without a signature since it began."""
        return self.status is MemberStatus.SERIOUS and not self._is_signed_from(self.status_since)

    def asked_before(self, to: MemberStatus, *, today: date) -> str:
        """What to ask for when the status is changed; "" for nothing. It reminds, it forbids nothing."""
        last = "まだ署名がありません" if self.signed_on is None else f"最後の署名は{format_wareki(self.signed_on)}"
        if to is MemberStatus.SERIOUS and not self._is_signed_from(today):
            return f"真剣交際を始めるときの、独身誓約書の再署名をお願いしてください（{last}）。"
        if to is MemberStatus.MARRIED_OUT and not self._is_signed_after_it_began():
            return f"成婚の前の、独身誓約書の再署名がまだ記録されていません（{last}）。"
        return ""

    def _is_signed_from(self, day: date | None) -> bool:
        return self.signed_on is not None and (day is None or self.signed_on >= day)

    def _is_signed_after_it_began(self) -> bool:
        """The signature of the day on which 真剣交際 began is that day's, not the one before 成婚."""
        return self.signed_on is not None and self.status_since is not None and self.signed_on > self.status_since
