"""What a batch would change on the site, member by member, and what the change itself would give away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nakodo_desktop.domain.provision import Change, Listing
from nakodo_desktop.domain.site_item import SITE_LABELS, SiteProfile, shown_values

SMALL_BATCH = 20
FEW_CHANGES = 5  # so few joiners or leavers are found by laying two batches side by side


@dataclass(frozen=True)
class Prepared:
    """A member admitted to the batch."""

    member_uid: str
    site_id: str
    content_sha256: str


@dataclass(frozen=True)
class BatchChanges:
    """Everybody of the old and the new batch, each in exactly one place, in the order of site ids."""

    new: tuple[Prepared, ...]
    changed: tuple[Prepared, ...]
    unchanged: tuple[Prepared, ...]
    removed: tuple[Listing, ...]

    @property
    def count(self) -> int:
        """How many profiles the batch shows."""
        return len(self.new) + len(self.changed) + len(self.unchanged)

    @property
    def is_nothing_new(self) -> bool:
        return not (self.new or self.changed or self.removed)

    def change_of(self, member_uid: str) -> Change | None:
        """What the batch does to one member; None for one it does not touch."""
        for change, members in (
            (Change.NEW, self.new),
            (Change.CHANGED, self.changed),
            (Change.UNCHANGED, self.unchanged),
            (Change.REMOVED, self.removed),
        ):
            if any(member.member_uid == member_uid for member in members):
                return change
        return None


def compare(listed: Iterable[Listing], prepared: Iterable[Prepared]) -> BatchChanges:
    """Lay the batch to come over the one that is on the site now. Whoever is not prepared is removed."""
    before = {listing.member_uid: listing for listing in listed}
    now = sorted(prepared, key=lambda member: member.site_id)
    gone = sorted(before.keys() - {member.member_uid for member in now})
    known = [member for member in now if member.member_uid in before]
    same = {
        member.member_uid
        for member in known
        if (before[member.member_uid].site_id, before[member.member_uid].content_sha256)
        == (member.site_id, member.content_sha256)
    }
    return BatchChanges(
        new=tuple(member for member in now if member.member_uid not in before),
        changed=tuple(member for member in known if member.member_uid not in same),
        unchanged=tuple(member for member in known if member.member_uid in same),
        removed=tuple(sorted((before[uid] for uid in gone), key=lambda listing: listing.site_id)),
    )


def content_sha256(profile: SiteProfile, photo_sha256s: Sequence[str]) -> str:
    """A fingerprint of what a reader sees. File names of photos differ in every batch and do not count."""
    shown = {key: text for key, text in shown_values(profile).items() if key != "photos"}
    shown["photos"] = "\n".join(photo_sha256s)
    ordered = [[key, shown[key]] for key in SITE_LABELS]
    return hashlib.sha256(json.dumps(ordered, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def cautions(changes: BatchChanges, *, is_first: bool) -> tuple[str, ...]:
    """What the operator must know before sending; each is one sentence or two."""
    found = []
    if changes.count < SMALL_BATCH:
        found.append(
            f"掲載は{changes.count}人です。{SMALL_BATCH}人未満では、項目の組み合わせだけでご本人が見分けられやすくなります。"
        )
    joined, left = len(changes.new), len(changes.removed)
    if not is_first and 0 < joined + left < FEW_CHANGES:
        told = "・".join(f"{words}{count}人" for words, count in (("新規", joined), ("取下げ", left)) if count)
        found.append(
            f"前回からの出入りは、{told}です。"
            "前回と見比べると、誰が入り、誰がいなくなったかがそのまま分かります。"
            f"急がないときは、{FEW_CHANGES}人以上まとめて送ると分かりにくくなります。"
        )
    return tuple(found)
