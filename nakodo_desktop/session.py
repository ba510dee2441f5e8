"""What exists only while the vault is open: the vault and the verbs that use it. Lock destroys it."""

from __future__ import annotations

from dataclasses import dataclass

from nakodo_desktop.domain.municipality import Municipalities
from nakodo_desktop.reference.municipalities import load
from nakodo_desktop.services.clock import Clock, utc_now
from nakodo_desktop.services.declarations import Declarations
from nakodo_desktop.services.deliveries import Deliveries
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.interviews import Interviews
from nakodo_desktop.services.members import Members
from nakodo_desktop.services.offices import Offices
from nakodo_desktop.services.own_cities import OwnCities
from nakodo_desktop.services.papers import Papers
from nakodo_desktop.services.provisions import Provisions
from nakodo_desktop.services.safety import Safety, safety_of
from nakodo_desktop.services.unlocking import Opened, open_vault
from nakodo_desktop.vault.vault import Vault


@dataclass(frozen=True)
class Session:
    """Never handed to a widget: each gets the one service it uses."""

    vault: Vault
    places: Municipalities
    offices: Offices
    members: Members
    interviews: Interviews
    declarations: Declarations
    exports: Exports
    papers: Papers
    provisions: Provisions
    deliveries: Deliveries
    own_cities: OwnCities
    safety: Safety
    clock: Clock

    def close(self, *, reason: str = "close") -> None:
        self.vault.close(reason=reason)


def open_session(opened: Opened, *, now: Clock = utc_now) -> Session:
    """Raises the vault's errors, and UserError when a table or rule file is missing."""
    places = load()
    vault = open_vault(opened, now=now)
    return Session(
        vault,
        places,
        Offices(vault),
        Members(vault, places, now=now),
        Interviews(vault, places, now=now),
        Declarations(vault, places, now=now),
        Exports(vault, places, now=now),
        Papers(vault, places, now=now),
        Provisions(vault, now=now),
        Deliveries(vault),
        OwnCities(vault, places, now=now),
        safety_of(vault, now=now),
        now,
    )
