"""The office itself: what is printed on documents and whom profiles go to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """The one association this vault may export to (個情法29条, 規則20条1項2号②: name, address, representative).

    `code` is what the association calls itself inside a signature; "" until somebody entered it.
    """

    code: str
    name: str
    address: str
    representative: str

    @property
    def is_complete(self) -> bool:
        """Whether somebody entered all that a provision record must hold; only then may anything leave."""
        return all(text.strip() for text in (self.code, self.name, self.address, self.representative))


@dataclass(frozen=True, kw_only=True)
class Office:
    """Settings of the office; one row of the vault."""

    code: str  # short ASCII, part of bundle file names
    name: str
    representative: str
    postal_code: str
    address: str
    phone: str
    recipient: Recipient
    lawyer_name: str = ""
    redeclare_months: int = 3
    is_demo: bool = False
    bands_measures: bool = False
    small_city_area: Literal["city", "prefecture"] = "city"
    small_city_occupation: Literal["industry", "group"] = "industry"
    declined_on_site: Literal["block", "show"] = "block"  # 「回答しない」
