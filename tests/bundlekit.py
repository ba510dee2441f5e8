"""Visibly made-up profiles, photos and bundles, and the tools to tamper with a bundle as an attacker would."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from nakodo_desktop.domain.site_item import Relative, SiteProfile, Span, site_id_of
from nakodo_desktop.export.bundle import Batch, Bundle, Party, build_bundle, photo_name
from nakodo_desktop.export.canonical_json import canonical_json
from nakodo_desktop.export.signing import public_key_of, sign_manifest
from nakodo_desktop.export.verify import Expected, verify_bundle
from nakodo_desktop.export.zip_format import archive_chunks, entry_of

SIGNING_KEY = hashlib.sha256(b"a key for tests only").digest()
OTHER_KEY = hashlib.sha256(b"another key for tests only").digest()
ASSOCIATION_KEY = bytes(range(32))
BATCH_KEY = bytes(reversed(range(32)))
TODAY = date(2026, 11, 24)
KNOWN = Expected(today=TODAY, issuer_key=public_key_of(SIGNING_KEY).hex(), recipient_code="mihon-kyokai", last_seq=0)
NAMES = ("あおぞら", "こもれび", "さざなみ", "ゆうなぎ", "はつかぜ", "ほしぞら")


@functools.cache
def figure(seed: int, *, width_px: int = 48, height_px: int = 64) -> bytes:
    """A plain JPEG of a drawn figure: nobody's face."""
    image = Image.new("RGB", (width_px, height_px), (200, 210, 40 * seed % 256))
    draw = ImageDraw.Draw(image)
    draw.ellipse((width_px * 0.3, height_px * 0.1, width_px * 0.7, height_px * 0.45), fill=(240, 200, 170))
    draw.rectangle((width_px * 0.2, height_px * 0.5, width_px * 0.8, height_px), fill=(30 * seed % 256, 60, 120))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def site_profile(number: int, **changes: Any) -> SiteProfile:
    site_id = site_id_of(f"member-{number}", association_key=ASSOCIATION_KEY)
    return replace(
        SiteProfile(
            site_id=site_id,
            pseudonym=NAMES[number % len(NAMES)],
            sex="男性" if number % 2 else "女性",
            height_cm=Span.exact(158 + number),
            weight_kg=Span.band(52 + number, width=5),
            new_religion="なし",
            disability="なし",
            area_label="埼玉県川口市",
            industry_label="教育系サービス業",
            employment_type="正社員",
            birth_year=1988 + number,
            birth_month_day=None,
            education="大卒",
            school_name=None,
            hobbies="𠮷野家めぐりと葛󠄀餅づくり",
            qualifications="",
            skills="けん玉",
            family=(Relative(relation="父", state="存命"), Relative(relation="母", state="逝去")),
            photos=tuple(photo_name(site_id, place=place, batch_key=BATCH_KEY) for place in range(2)),
        ),
        **changes,
    )


def site_profiles(count: int = 3) -> list[SiteProfile]:
    return [site_profile(number) for number in range(count)]


def photos_of(profiles: list[SiteProfile]) -> dict[str, bytes]:
    names = [name for profile in profiles for name in profile.photos]
    return {name: figure(place) for place, name in enumerate(sorted(names))}


def batch(**changes: Any) -> Batch:
    return replace(
        Batch(
            batch_id="0123456789abcdef0123456789",
            seq=1,
            day=date(2026, 11, 23),
            issuer=Party(code="OTAMESHI-01", name="お試し相談所"),
            recipient=Party(code="mihon-kyokai", name="見本協会"),
            previous=None,
            removals=(),
            rules_version="2026-11-20",
        ),
        **changes,
    )


def made(profiles: list[SiteProfile] | None = None, *, key: bytes = SIGNING_KEY, **changes: Any) -> Bundle:
    rows = site_profiles() if profiles is None else profiles
    return build_bundle(batch(**changes), rows, photos=photos_of(rows), signing_key=key)


def files_in(data: bytes) -> dict[str, bytes]:
    """The files of a good bundle, by name, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    """A canonical archive of whatever files one likes."""
    pairs = list(files.items()) if isinstance(files, Mapping) else files
    contents = iter([data for _, data in pairs])
    return b"".join(archive_chunks(tuple(entry_of(name, data) for name, data in pairs), lambda _name: next(contents)))


def resigned(files: dict[str, bytes], *, key: bytes, change: Callable[[dict[str, Any]], None] | None = None) -> bytes:
    """What somebody holding `key` can make: hashes and signature of the manifest are right again."""
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {
        name: [len(data), hashlib.sha256(data).hexdigest()]
        for name, data in files.items()
        if not name.startswith("manifest.")
    }
    manifest["issuer"]["public_key"] = public_key_of(key).hex()
    if change is not None:
        change(manifest)
    text = canonical_json(manifest)
    return packed(files | {"manifest.json": text, "manifest.sig": sign_manifest(text, signing_key=key)})


def codes(data: bytes, folder: Path, *, expected: Expected = KNOWN) -> list[str]:
    """The reasons for which a bundle with these bytes is refused."""
    path = folder / "bundle.zip"
    path.write_bytes(data)
    return [finding.code for finding in verify_bundle(path, expected=expected).findings]
