"""After importing this nobody has to trust a bundle: it is read back as the association reads it, without a vault.

The order is the point: lengths and names before contents, the one possible layout before any meaning, the signature
before any claim, then recipient, files, profiles, and the place in the row of batches.
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from nakodo_desktop.domain.site_item import SiteProfile
from nakodo_desktop.export.bundle import (
    CSV_TWIN,
    MANIFEST,
    PHOTO_FOLDER,
    PROFILES,
    SIGNATURE,
    chain_findings,
    file_order,
    photo_findings,
    row_findings,
)
from nakodo_desktop.export.csv_twin import profiles_csv
from nakodo_desktop.export.findings import Finding, Reason
from nakodo_desktop.export.hashing import Hashes
from nakodo_desktop.export.report import Facts, Report, Shown
from nakodo_desktop.export.schema import Manifest, ProfilesFile, parse, site_profile_of
from nakodo_desktop.export.sealing import is_sealed, unseal
from nakodo_desktop.export.signing import fingerprint, names_key, signs_manifest
from nakodo_desktop.export.zip_format import MAX_BUNDLE_BYTES, Entry, read_contents, read_directory

_MAX_FILE_BYTES = 64 * 2**20
_HEAD_BYTES = 64


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What the reader knows beforehand. None means not known, and the report says that it was not checked."""

    today: date
    issuer_key: str | None = None  # the office's key in hex, or its fingerprint as heard over the telephone
    recipient_code: str | None = None
    last_seq: int | None = None  # of the batch taken in last; 0 before the first


def verify_bundle(path: Path, *, expected: Expected, secret_key: str | None = None) -> Report:
    """Check one bundle file. Everything wrong is listed, as far as it can be read safely.

    `secret_key`: the association's age key, for a sealed bundle.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if not is_sealed(file.read(_HEAD_BYTES)):
                return verify_stream(file, size=size, name=path.name, expected=expected)
            opened = _opened(file, size=size, secret_key=secret_key)
    except OSError:
        opened = Finding(Reason.UNREADABLE)
    if isinstance(opened, Finding):
        return Report(file_name=path.name, findings=(opened,))
    return verify_stream(io.BytesIO(opened), size=len(opened), name=path.name, expected=expected)


def _opened(file: BinaryIO, *, size: int, secret_key: str | None) -> bytes | Finding:
    if size > MAX_BUNDLE_BYTES + (MAX_BUNDLE_BYTES >> 10):  # age adds 16 bytes to each 64 KiB
        return Finding(Reason.TOO_LARGE)
    file.seek(0)
    return unseal(file.read(), secret_key=secret_key)


def verify_stream(file: BinaryIO, *, size: int, name: str, expected: Expected) -> Report:
    """Check an open bundle that lies in a file or in memory."""
    read = _read_files(file, size=size)
    if isinstance(read, list):
        return Report(file_name=name, findings=tuple(read))
    manifest = _signed_manifest(read, pin=expected.issuer_key)
    if isinstance(manifest, list):
        return Report(file_name=name, findings=tuple(manifest))
    rows, findings = _rows(read, manifest)
    findings = _addressee(manifest, expected) + _file_findings(read, manifest) + findings + _order(manifest, expected)
    return Report(
        file_name=name,
        findings=tuple(findings),
        notices=_notices(expected, key=bytes.fromhex(manifest.issuer.public_key)),
        facts=_facts(manifest, manifest_sha256=read.sha256[MANIFEST]),
        removals=manifest.removals,
        previous_manifest_sha256=manifest.previous.manifest_sha256 if manifest.previous else None,
        shown=() if findings else tuple(_shown(row, read) for row in rows),
    )


@dataclass(frozen=True)
class _Files:
    """The archive as read: small files whole, photos by length, hash and what is wrong with them."""

    small: dict[str, bytes]
    size: dict[str, int]
    sha256: dict[str, str]
    photo_troubles: list[Finding]


def _read_files(file: BinaryIO, *, size: int) -> _Files | list[Finding]:
    entries = read_directory(file, size=size)
    if isinstance(entries, list):
        return entries
    too_large = [Finding(Reason.TOO_LARGE, entry.name) for entry in entries if entry.size > _MAX_FILE_BYTES]
    if too_large:
        return too_large
    files = _Files({}, {}, {}, [])
    broken = []
    with Hashes() as hashes:
        for entry, data in read_contents(file, entries):
            if isinstance(data, Finding):
                broken.append(data)
                continue
            files.size[entry.name] = entry.size
            hashes.add(entry.name, data)
            if entry.name.startswith(PHOTO_FOLDER):
                files.photo_troubles.extend(photo_findings(entry.name, data))
            else:
                files.small[entry.name] = data
        files.sha256.update(hashes.done())
    return broken or _unless_in_order(files, entries)


def _unless_in_order(files: _Files, entries: tuple[Entry, ...]) -> _Files | list[Finding]:
    names = [entry.name for entry in entries]
    return files if names == sorted(names, key=file_order) else [Finding(Reason.NOT_CANONICAL)]


def _signed_manifest(files: _Files, *, pin: str | None) -> Manifest | list[Finding]:
    """The manifest, once it is known who signed it."""
    if MANIFEST not in files.small:
        return [Finding(Reason.MANIFEST_MISSING)]
    if SIGNATURE not in files.small:
        return [Finding(Reason.SIGNATURE_MISSING)]
    manifest = parse(Manifest, files.small[MANIFEST], reason=Reason.MANIFEST_MALFORMED)
    if isinstance(manifest, list):
        return manifest
    key = bytes.fromhex(manifest.issuer.public_key)
    if not signs_manifest(files.small[SIGNATURE], files.small[MANIFEST], public_key=key):
        return [Finding(Reason.BAD_SIGNATURE)]
    if pin is not None and not names_key(pin, key):
        return [Finding(Reason.WRONG_SIGNER, f"指紋 {fingerprint(key)}")]
    return manifest


def _addressee(manifest: Manifest, expected: Expected) -> list[Finding]:
    if expected.recipient_code in (None, manifest.to.code):
        return []
    return [Finding(Reason.OTHER_RECIPIENT, f"宛先 {manifest.to.code}")]


def _file_findings(files: _Files, manifest: Manifest) -> list[Finding]:
    """The files against the signed list: none more, none fewer, none changed."""
    present = files.sha256.keys() - {MANIFEST, SIGNATURE}
    findings = [Finding(Reason.EXTRA_FILE, name) for name in sorted(present - manifest.files.keys())]
    for name in sorted((manifest.files.keys() | {PROFILES, CSV_TWIN}) - present):
        findings.append(Finding(Reason.MISSING_PHOTO if name.startswith(PHOTO_FOLDER) else Reason.MISSING_FILE, name))
    photo_hashes = {digest for name, (_, digest) in manifest.files.items() if name.startswith(PHOTO_FOLDER)}
    for name in sorted(present & manifest.files.keys()):
        digest = files.sha256[name]
        if manifest.files[name] == (files.size[name], digest):
            continue
        if name.startswith(PHOTO_FOLDER):
            reason = Reason.SWAPPED_PHOTOS if digest in photo_hashes else Reason.EDITED_PHOTO
        else:
            reason = Reason.EDITED_PROFILES if name == PROFILES else Reason.EDITED_FILE
        findings.append(Finding(reason, name))
    return findings + files.photo_troubles


def _rows(files: _Files, manifest: Manifest) -> tuple[list[SiteProfile], list[Finding]]:
    """The profiles, and what is wrong with them; neither is told of a file that is missing."""
    if PROFILES not in files.small:
        return [], []
    parsed = parse(ProfilesFile, files.small[PROFILES], reason=Reason.PROFILE_MALFORMED)
    if isinstance(parsed, list):
        return [], parsed
    rows = [site_profile_of(row) for row in parsed.profiles]
    findings = row_findings(rows, removals=manifest.removals)
    if len(rows) != manifest.count:
        findings.append(Finding(Reason.COUNT_DIFFERS, f"目録 {manifest.count}名、プロフィール {len(rows)}件"))
    if parsed.batch != manifest.batch:
        findings.append(Finding(Reason.PROFILE_MALFORMED, "batch: 目録と違う回のものです"))
    if CSV_TWIN in files.small and files.small[CSV_TWIN] != profiles_csv(rows):
        findings.append(Finding(Reason.CSV_DIFFERS))
    named = {name for row in rows for name in row.photos}
    photos = {name for name in files.sha256 if name.startswith(PHOTO_FOLDER)}
    listed = {name for name in manifest.files if name.startswith(PHOTO_FOLDER)}
    findings += [Finding(Reason.MISSING_PHOTO, name) for name in sorted(named - photos - listed)]
    findings += [Finding(Reason.PHOTO_UNUSED, name) for name in sorted((photos & listed) - named)]
    return rows, findings


def _order(manifest: Manifest, expected: Expected) -> list[Finding]:
    """The place of this batch in the row of batches and in time."""
    findings = chain_findings(manifest)
    if expected.last_seq is not None and manifest.seq <= expected.last_seq:
        findings.append(Finding(Reason.REPLAYED, f"第{manifest.seq}回、受け取り済みは第{expected.last_seq}回まで"))
    if expected.last_seq is not None and manifest.seq > expected.last_seq + 1:
        findings.append(Finding(Reason.SEQ_GAP, f"第{manifest.seq}回、受け取り済みは第{expected.last_seq}回まで"))
    if manifest.day > expected.today:
        findings.append(Finding(Reason.FUTURE_DAY, manifest.day.isoformat()))
    return findings


def _notices(expected: Expected, *, key: bytes) -> tuple[str, ...]:
    notices = []
    if expected.issuer_key is None:
        notices.append(f"署名した人は確かめていません。指紋 {fingerprint(key)} を相談所に電話で確かめてください。")
    if expected.recipient_code is None:
        notices.append("宛先が自分の協会かどうかは確かめていません。")
    if expected.last_seq is None:
        notices.append("前に受け取った回との前後は確かめていません。")
    return tuple(notices)


def _facts(manifest: Manifest, *, manifest_sha256: str) -> Facts:
    return Facts(
        issuer_code=manifest.issuer.code,
        issuer_name=manifest.issuer.name,
        issuer_key=manifest.issuer.public_key,
        fingerprint=fingerprint(bytes.fromhex(manifest.issuer.public_key)),
        recipient_code=manifest.to.code,
        recipient_name=manifest.to.name,
        batch=manifest.batch,
        seq=manifest.seq,
        day=manifest.day.isoformat(),
        count=manifest.count,
        photo_count=sum(name.startswith(PHOTO_FOLDER) for name in manifest.files),
        removal_count=len(manifest.removals),
        previous_seq=manifest.previous.seq if manifest.previous else None,
        rules=manifest.rules,
        manifest_sha256=manifest_sha256,
    )


def _shown(profile: SiteProfile, files: _Files) -> Shown:
    return Shown(profile=profile, photo_sha256=tuple(files.sha256[name] for name in profile.photos))
