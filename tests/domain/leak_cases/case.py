"""One evaluation text and what it gives away."""

from __future__ import annotations

from dataclasses import dataclass


def words(listing: str) -> tuple[str, ...]:
    """A listing parted by spaces."""
    return tuple(listing.split())


@dataclass(frozen=True)
class Case:
    """`leak` is the kind of fact hidden in the text; "" for an innocent text."""

    person: str  # key of PEOPLE
    text: str
    leak: str = ""
    how: str = ""  # how it was hidden, for the report
