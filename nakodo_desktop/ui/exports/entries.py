"""How a candidate stands in the batch to come, in words and a colour; and the groups the list is filtered by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from nakodo_desktop.domain.catalog import FIELDS
from nakodo_desktop.domain.eligibility import Reason, ReasonCode
from nakodo_desktop.domain.japanese import format_wareki
from nakodo_desktop.domain.provision import Change, Listing
from nakodo_desktop.services.export_candidates import Candidate
from nakodo_desktop.ui.tokens import Tone

CHANGE_TONES: Mapping[Change, Tone] = {
    Change.NEW: "ok",
    Change.CHANGED: "info",
    Change.UNCHANGED: "mute",
    Change.REMOVED: "bad",
}


_CODES = {
    ReasonCode.STATUS: "会員の状態",
    ReasonCode.DECLARATION: "独身誓約書",
    ReasonCode.PURPOSE: "利用目的の説明",
    ReasonCode.CONSENT: "同意",
    ReasonCode.PHOTO: "写真",
    ReasonCode.PHOTO_CHECK: "写真の確認",
    ReasonCode.RESTRICTION: "ご本人の請求",
    ReasonCode.CONTENT: "掲載内容",
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
            return reason_words(candidate.reasons[0]) + (f"ほか{more}件" if more else "")
        profile = candidate.draft.profile
        pseudonym = "" if profile is None else profile.pseudonym
        listing = candidate.listing
        since = "" if listing is None else f"{listing.since.month}月{listing.since.day}日から"
        return "　".join(part for part in (candidate.row.number, pseudonym, since) if part)

    @property
    def removal(self) -> str:
        """Who is taken off and why, for the review."""
        candidate = self.candidate
        codes = dict.fromkeys(_CODES[reason.code] for reason in candidate.reasons)
        return f"{candidate.row.legal_name}（{'・'.join(codes) or '選択から外しました'}）"


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


def reason_words(reason: Reason) -> str:
    """Complete in itself: what a rule says about an item does not name the item."""
    is_of_item = reason.code is ReasonCode.CONTENT and reason.field_key in FIELDS
    return f"{FIELDS[reason.field_key].label}：{reason.words}" if is_of_item else reason.words


def since_words(listing: Listing | None) -> str:
    """「令和8年11月3日から掲載中」; "" for somebody the site does not show."""
    return "" if listing is None else f"{format_wareki(listing.since)}から掲載中"


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
