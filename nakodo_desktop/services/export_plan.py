"""Exactly what would leave: plain data to look at and approve, and the two jobs that make a file of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from nakodo_desktop.domain.batch_changes import SMALL_BATCH, BatchChanges, cautions
from nakodo_desktop.domain.office import Office, Recipient
from nakodo_desktop.domain.provision import BatchRecord, Change, Listing
from nakodo_desktop.domain.site_item import SiteProfile
from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.export.bundle import Batch, Bundle, build_bundle, photo_name
from nakodo_desktop.export.signing import fingerprint, public_key_of
from nakodo_desktop.printing.transcription_sheet import TranscriptionSheet, render_transcription_sheet
from nakodo_desktop.services.delivery_jobs import Destination
from nakodo_desktop.services.export_candidates import Candidate


@dataclass(frozen=True)
class Line:
    """One member in a planned batch."""

    candidate: Candidate
    profile: SiteProfile
    change: Change


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The whole batch. `photos` and `signing_key` are here because a job never reads the vault."""

    batch: Batch
    lines: tuple[Line, ...]
    changes: BatchChanges
    office: Office
    photos: Mapping[str, bytes] = field(repr=False)
    signing_key: bytes = field(repr=False)
    former_recipient: Recipient | None = None  # as the batch before named it

    @property
    def profiles(self) -> tuple[SiteProfile, ...]:
        return tuple(line.profile for line in self.lines)

    @property
    def removed(self) -> tuple[Listing, ...]:
        """Whoever is on the site now and not in the batch."""
        return self.changes.removed

    @property
    def is_small(self) -> bool:
        return len(self.lines) < SMALL_BATCH

    @property
    def cautions(self) -> tuple[str, ...]:
        """What whoever approves must know, each complete in itself."""
        found = cautions(self.changes, is_first=self.batch.previous is None)
        former, now = self.former_recipient, self.office.recipient
        return found if former is None or former == now else (recipient_caution(former, now), *found)

    @property
    def key_fingerprint(self) -> str:
        """What the association compares over the telephone, in groups of four digits."""
        return fingerprint(public_key_of(self.signing_key))


@dataclass(frozen=True)
class Built:
    """A signed bundle, not written yet. `missing_sheet`: why the 転記シート is not in it; "" when it is."""

    bundle: Bundle
    missing_sheet: str = ""


@dataclass(frozen=True)
class Written:
    """A batch that reached its destination whole and counts."""

    there: Destination
    record: BatchRecord
    missing_sheet: str = ""

    @property
    def words(self) -> str:
        """Where it lies now, for people."""
        return f"{self.there.words}/{self.record.name}" if self.there.folder is None else str(self.path)

    @property
    def path(self) -> Path:
        """The file of a batch that went to a folder."""
        assert self.there.folder is not None
        return self.there.folder / self.record.name


def line_of(candidate: Candidate, change: Change, *, batch_key: bytes) -> Line:
    """The profile with file names for its photos that only this batch has."""
    drawn = candidate.draft.profile
    assert drawn is not None
    names = tuple(photo_name(drawn.site_id, place=place, batch_key=batch_key) for place in range(len(candidate.photos)))
    return Line(candidate, replace(drawn, photos=names), change)


def build(plan: Plan) -> Built:
    """A job. The same plan gives the same bytes. Raises ExportRefused."""
    sheet, missing = _sheet(plan)
    bundle = build_bundle(
        plan.batch,
        plan.profiles,
        photos=plan.photos,
        signing_key=plan.signing_key,
        transcription_sheet=sheet,
    )
    return Built(bundle, missing)


def recipient_caution(before: Recipient, now: Recipient) -> str:
    """A changed recipient is told loudly, however well founded the change was."""
    told = {
        "名前": (before.name, now.name),
        "所在地": (before.address, now.address),
        "代表者": (before.representative, now.representative),
    }
    changes = "、".join(f"{what}「{old}」→「{new}」" for what, (old, new) in told.items() if old != new)
    return f"協会の記録が、前回の書き出しから変わっています。{changes}。同じ協会であることを、電話で確かめてください。"


def _sheet(plan: Plan) -> tuple[bytes | None, str]:
    """The 転記シート is a convenience: a character the print faces lack must not keep the batch in the office."""
    sheet = TranscriptionSheet(
        office_name=plan.office.name,
        recipient_name=plan.office.recipient.name,
        seq=plan.batch.seq,
        batch_id=plan.batch.batch_id,
        day=plan.batch.day,
        profiles=tuple(sorted(plan.profiles, key=lambda profile: profile.site_id)),
        removals=plan.batch.removals,
    )
    try:
        return render_transcription_sheet(sheet), ""
    except NotPrintable as trouble:
        return None, trouble.message
