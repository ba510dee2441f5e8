"""Consents as they stand: the newest answer for each scope, unless it was withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Consent:
    """One recorded answer. `scope` is a catalogue key of the section `consents`."""

    id: int
    scope: str
    answer: str  # "given" | "refused"
    text_version: str
    method: str
    consented_on: date
    staff_name: str
    withdrawn_on: date | None

    @property
    def holds(self) -> bool:
        return self.answer == "given" and self.withdrawn_on is None


def standing(consents: Iterable[Consent]) -> Mapping[str, Consent]:
    """The newest answer of each scope."""
    newest: dict[str, Consent] = {}
    for consent in sorted(consents, key=lambda c: c.id):
        newest[consent.scope] = consent
    return newest


def holds(consents: Iterable[Consent], scope: str) -> bool:
    """True while the newest answer is a yes that was not withdrawn."""
    consent = standing(consents).get(scope)
    return consent is not None and consent.holds
