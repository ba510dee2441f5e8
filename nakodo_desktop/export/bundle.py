"""After importing this nobody assembles what leaves the office by hand: profiles and photos in, one signed file out.

The same batch gives the same bytes, on any machine and on any day. docs/site-profile-format.md is the promise to the
association; `nakodo_desktop.export.verify` reads the file back as the association does.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from nakodo_desktop.domain.site_item import SiteProfile
from nakodo_desktop.domain.values import Trouble
from nakodo_desktop.errors import ExportRefused
from nakodo_desktop.export.canonical_json import Json, canonical_json
from nakodo_desktop.export.csv_twin import profiles_csv
from nakodo_desktop.export.findings import Finding, Reason
from nakodo_desktop.export.hashing import Hashes
from nakodo_desktop.export.plain_jpeg import plain_jpeg_size
from nakodo_desktop.export.schema import FORMAT_VERSION, KIND, Manifest, ProfilesFile, parse, profiles_json
from nakodo_desktop.export.signing import public_key_of, sign_manifest
from nakodo_desktop.export.zip_format import (
    MAX_BUNDLE_BYTES,
    MAX_ENTRIES,
    Entry,
    archive_chunks,
    archive_size,
    entry_of,
)

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
PROFILES = "profiles.json"
CSV_TWIN = "profiles.csv"
SHEET = "transcription_sheet.pdf"
PHOTO_FOLDER = "photos/"
MAX_PHOTO_BYTES = 4 * 2**20
MAX_PHOTO_SIDE_PX = 1200
_PHOTO_HEX_DIGITS = 26


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who gives or who receives: a short code that never changes, and the name people know."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Previous:
    """The batch before this one, as its provision record keeps it."""

    seq: int
    manifest_sha256: str


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What a bundle says about itself. Every batch is the whole set: who is not in it is no longer to be shown."""

    batch_id: str  # 26 hex digits, random
    seq: int  # 1, 2, 3 … per recipient
    day: date
    issuer: Party
    recipient: Party
    previous: Previous | None  # None means the first batch
    removals: tuple[str, ...]  # site ids shown in the previous batch and not in this one
    rules_version: str


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A signed bundle, laid out but not yet joined; photos are asked for only while its bytes are taken."""

    file_name: str
    manifest: bytes
    manifest_sha256: str  # names this batch for ever: the provision record and the next batch keep it
    size: int
    _entries: tuple[Entry, ...] = field(repr=False)
    _small: Mapping[str, bytes] = field(repr=False)
    _photos: Mapping[str, bytes] = field(repr=False)

    def chunks(self) -> Iterator[bytes]:
        return archive_chunks(self._entries, self._read)

    def to_bytes(self) -> bytes:
        return b"".join(self.chunks())

    def _read(self, name: str) -> bytes:
        return self._small[name] if name in self._small else self._photos[name]


def build_bundle(
    batch: Batch,
    profiles: Iterable[SiteProfile],
    *,
    photos: Mapping[str, bytes],
    signing_key: bytes,
    transcription_sheet: bytes | None = None,
) -> Bundle:
    """Lay out and sign one bundle. `photos` may read each from the vault when asked; it is asked twice for each.

    Raises: ExportRefused, when a profile has a shape, or a photo a content, that must not leave.
    """
    rows = sorted(profiles, key=lambda profile: profile.site_id)
    small = {PROFILES: profiles_json(rows, batch=batch.batch_id), CSV_TWIN: profiles_csv(rows)}
    if transcription_sheet is not None:
        small[SHEET] = transcription_sheet
    _refuse(_profile_findings(small[PROFILES]) + row_findings(rows, removals=batch.removals))

    small_entries = [entry_of(name, data) for name, data in small.items()]
    photo_entries = []
    findings = []
    with Hashes() as hashes:
        for name, data in small.items():
            hashes.add(name, data)
        for name in sorted(name for row in rows for name in row.photos):
            data = photos[name]
            hashes.add(name, data)
            findings += photo_findings(name, data)
            photo_entries.append(entry_of(name, data))
        sha256 = hashes.done()
    _refuse(findings)

    files: dict[str, Json] = {
        entry.name: [entry.size, sha256[entry.name]] for entry in (*small_entries, *photo_entries)
    }
    manifest = _manifest(batch, count=len(rows), files=files, public_key=public_key_of(signing_key))
    head = {MANIFEST: manifest, SIGNATURE: sign_manifest(manifest, signing_key=signing_key)}
    entries = (*(entry_of(name, data) for name, data in head.items()), *small_entries, *photo_entries)
    size = archive_size(entries)
    if size > MAX_BUNDLE_BYTES or len(entries) > MAX_ENTRIES:
        raise ExportRefused("一度に書き出せる大きさを超えています。", "選ぶ会員を減らしてください。")
    return Bundle(
        file_name=f"{batch.issuer.code}-{batch.seq:04d}-{batch.batch_id[:8]}.zip",
        manifest=manifest,
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
        size=size,
        _entries=entries,
        _small=head | small,
        _photos=photos,
    )


def photo_name(site_id: str, *, place: int, batch_key: bytes) -> str:
    """A file name that differs in every batch and tells neither the member nor the order of anything.

    `batch_key`: 32 random bytes of this batch, the same for all its photos.
    """
    digest = hmac.digest(batch_key, f"nakodo-photo-name-v1\0{site_id}\0{place}".encode(), hashlib.sha256)
    return f"{PHOTO_FOLDER}{digest.hex()[:_PHOTO_HEX_DIGITS]}.jpg"


def file_order(name: str) -> tuple[int, str]:
    """The place of a file in the archive."""
    fixed = (MANIFEST, SIGNATURE, PROFILES, CSV_TWIN, SHEET)
    return (fixed.index(name), "") if name in fixed else (len(fixed), name)


def row_findings(rows: list[SiteProfile], *, removals: Iterable[str]) -> list[Finding]:
    """What is wrong between rows that are each well-formed."""
    ids = [row.site_id for row in rows]
    names = [name for row in rows for name in row.photos]
    findings = []
    if ids != sorted(ids):
        findings.append(Finding(Reason.PROFILES_UNSORTED))
    if len(set(ids)) != len(ids):
        findings.append(Finding(Reason.PROFILES_DOUBLED))
    if len(set(names)) != len(names):
        findings.append(Finding(Reason.PHOTO_SHARED))
    findings += [Finding(Reason.REMOVAL_PRESENT, site_id) for site_id in sorted(set(ids) & set(removals))]
    for row in rows:
        for key, span in (("height_cm", row.height_cm), ("weight_kg", row.weight_kg)):
            if span.low > span.high:
                findings.append(Finding(Reason.PROFILE_MALFORMED, f"{row.site_id}・{key}: 上限と下限が逆です"))
    return findings


def photo_findings(name: str, data: bytes) -> list[Finding]:
    """What is wrong with one photo, told without an image library."""
    if len(data) > MAX_PHOTO_BYTES:
        return [Finding(Reason.TOO_LARGE, name)]
    size = plain_jpeg_size(data)
    if isinstance(size, Trouble):
        return [Finding(Reason.PHOTO_NOT_PLAIN, f"{name}: {size.message}")]
    if not 0 < max(size.width_px, size.height_px) <= MAX_PHOTO_SIDE_PX:
        return [Finding(Reason.TOO_LARGE, f"{name}: 一辺{MAX_PHOTO_SIDE_PX}画素まで")]
    return []


def _manifest(batch: Batch, *, count: int, files: dict[str, Json], public_key: bytes) -> bytes:
    previous = batch.previous
    manifest = canonical_json(
        {
            "v": FORMAT_VERSION,
            "kind": KIND,
            "issuer": {"code": batch.issuer.code, "name": batch.issuer.name, "public_key": public_key.hex()},
            "to": {"code": batch.recipient.code, "name": batch.recipient.name},
            "batch": batch.batch_id,
            "seq": batch.seq,
            "day": batch.day.isoformat(),
            "count": count,
            "previous": previous if previous is None else asdict(previous),
            "removals": sorted(batch.removals),
            "rules": batch.rules_version,
            "files": files,
        }
    )
    parsed = parse(Manifest, manifest, reason=Reason.MANIFEST_MALFORMED)
    _refuse(parsed if isinstance(parsed, list) else chain_findings(parsed))
    return manifest


def chain_findings(manifest: Manifest) -> list[Finding]:
    """A first batch follows nothing and removes nobody; a later one follows an earlier one."""
    previous_seq = manifest.previous.seq if manifest.previous else 0
    is_first = manifest.previous is None
    if previous_seq >= manifest.seq or is_first != (manifest.seq == 1) or (is_first and manifest.removals):
        return [Finding(Reason.FIRST_HAS_PREVIOUS)]
    return []


def _profile_findings(data: bytes) -> list[Finding]:
    parsed = parse(ProfilesFile, data, reason=Reason.PROFILE_MALFORMED)
    return parsed if isinstance(parsed, list) else []


def _refuse(findings: list[Finding]) -> None:
    if findings:
        raise ExportRefused(
            "書き出しを中止しました。出してはならない形のデータがあります。何も書き出していません。",
            "\n".join(finding.message for finding in findings),
        )
