"""What was given to whom: a batch, its entries, and the record the law asks for.

個情法29条, 規則20条1項2号: consent was obtained; recipient's name, address, representative; the person; the items.
規則21条: kept three years from the last provision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from nakodo_desktop.domain.office import Recipient


class Change(Enum):
    """What a batch does to a member's listing."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        return {Change.NEW: "新規", Change.CHANGED: "変更", Change.UNCHANGED: "変更なし", Change.REMOVED: "取下げ"}[
            self
        ]


@dataclass(frozen=True, kw_only=True)
class BatchRecord:
    """One bundle that left."""

    seq: int
    name: str  # the bundle's file name
    day: date
    rule_version: str
    recipient: Recipient
    profile_count: int
    removal_count: int
    manifest_sha256: str
    staff_name: str
    created_at: datetime
    approved_by: str = ""  # the second person's name; "" when the office wanted none


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Who is on the site since which batch; `content_sha256` tells a changed profile from an unchanged one."""

    member_uid: str
    site_id: str
    content_sha256: str
    seq: int
    day: date
    since: date


@dataclass(frozen=True, kw_only=True)
class Provision:
    """One immutable record: this person's items went to this recipient on this day."""

    member_uid: str
    person: str
    provided_on: date
    recipient: Recipient
    items: tuple[str, ...]  # keys of the site's items
    consent_text_version: str
    consented_on: date
    rule_version: str
    bundle_sha256: str
    retain_until: date
    pseudonym: str = ""  # as the site showed it; "" in records of earlier releases


@dataclass(frozen=True)
class Removal:
    """A batch told the recipient to show this person no longer."""

    day: date
    recipient_name: str
