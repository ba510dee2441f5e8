"""What the home page says of the site: how many wait for the next batch, for those who may make one."""

from __future__ import annotations

from collections.abc import Callable

from nakodo_desktop.domain.staff import Right
from nakodo_desktop.services.clock import Clock, office_day
from nakodo_desktop.vault import site_waiting
from nakodo_desktop.vault.site_waiting import SiteWaiting
from nakodo_desktop.vault.vault import Vault

__all__ = ["NOTHING", "SiteWaiting", "site_counter"]

NOTHING = SiteWaiting(0, 0, 0)


def site_counter(vault: Vault, now: Clock) -> Callable[[], SiteWaiting]:
    """To be asked at each look; others than exporters are told of nothing."""

    def count() -> SiteWaiting:
        if not vault.staff.may(Right.EXPORT):
            return NOTHING
        return site_waiting.site_waiting(vault.read(), today=office_day(now()))

    return count
