"""How a candidate stands in the batch to come, in words and a colour; and the groups the list is filtered by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from nakodo_desktop.domain.provision import Change, Listing
from nakodo_desktop.services.export_candidates import Candidate
from nakodo_desktop.ui.tokens import Tone

CHANGE_TONES: Mapping[Change, Tone] = {
    Change.NEW: "ok",
    Change.CHANGED: "info",
    Change.UNCHANGED: "mute",
    Change.REMOVED: "bad",
}


@dataclass(frozen=True)
class Entry:
    """A line of the list."""

    candidate: Candidate
    is_chosen: bool

    @cached_property
    def change(self) -> Change | None:
        return self.candidate.change(chosen=self.is_chosen)

    @property
    def state(self) -> tuple[str, Tone]:
        change = self.change
        if change is not None:
            return change.label, CHANGE_TONES[change]
        return ("出さない", "mute") if self.candidate.is_admitted else ("掲載不可", "warn")

    @property
    def detail(self) -> str:
        """The second line: what keeps the member off, or since when the site shows the profile."""
        candidate = self.candidate
        if not candidate.is_admitted:
            more = len(candidate.reasons) - 1
            return candidate.reasons[0].words + (f"ほか{more}件" if more else "")
        since = since_words(candidate.listing)
        return f"{candidate.row.number}　{since}" if since else candidate.row.number


class Group(Enum):
    """The chips above the list."""

    ALL = "すべて"
    ADMITTED = "掲載できる"
    MOVING = "新規・変更"
    REMOVED = "取下げ"
    LEFT_OUT = "掲載できない"

    def has(self, entry: Entry) -> bool:
        match self:
            case Group.ALL:
                return True
            case Group.ADMITTED:
                return entry.candidate.is_admitted
            case Group.MOVING:
                return entry.change in (Change.NEW, Change.CHANGED)
            case Group.REMOVED:
                return entry.change is Change.REMOVED
            case Group.LEFT_OUT:
                return not entry.candidate.is_admitted


def since_words(listing: Listing | None) -> str:
    """「11月3日から掲載中」; "" for somebody the site does not show."""
    return "" if listing is None else f"{listing.since.month}月{listing.since.day}日から掲載中"


def group_counts(entries: Iterable[Entry]) -> dict[str, int]:
    known = list(entries)
    return {group.name: sum(group.has(entry) for entry in known) for group in Group}


def change_counts(entries: Iterable[Entry], *, without_record: int) -> dict[Change, int]:
    """`without_record`: people on the site whose record is gone; they are taken off."""
    counts = dict.fromkeys(Change, 0)
    for entry in entries:
        if (change := entry.change) is not None:
            counts[change] += 1
    counts[Change.REMOVED] += without_record
    return counts
