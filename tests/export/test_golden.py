"""Bundles of this format version, kept for ever: still made byte for byte, still read.

After a change of the format that is meant: `python -m tests.export.test_golden`, and say in the commit why.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nakodo_desktop.domain.site_item import SiteProfile, Span
from nakodo_desktop.export.bundle import Bundle, Previous, build_bundle, photo_name
from nakodo_desktop.export.difference import difference
from nakodo_desktop.export.verify import verify_bundle
from tests.bundlekit import KNOWN, SIGNING_KEY, batch, files_in, photos_of, site_profile

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "export"
FIRST, SECOND = GOLDEN / "v1-first.zip", GOLDEN / "v1-second.zip"
SHEET = b"%PDF-1.4\n% a sheet drawn for tests\n%%EOF\n"


def first_profiles() -> list[SiteProfile]:
    return [site_profile(number) for number in range(3)]


def second_profiles() -> list[SiteProfile]:
    """One left, one joined with everything opted in, one changed."""
    joined = site_profile(
        3,
        birth_month_day="02-29",
        school_name="見本大学",
        hobbies="=1+1 のような式\n山歩き",
        new_religion="回答しない",
        disability="あり",
        family=(),
        height_cm=Span.band(171, width=5),
    )
    rows = [site_profile(0), site_profile(1, skills=""), joined]
    return [replace(row, photos=(photo_name(row.site_id, place=0, batch_key=bytes(32)),)) for row in rows]


def first(photos: dict[str, bytes]) -> Bundle:
    return build_bundle(batch(), first_profiles(), photos=photos, signing_key=SIGNING_KEY)


def second(photos: dict[str, bytes]) -> Bundle:
    previous = Previous(seq=1, manifest_sha256=verify_bundle(FIRST, expected=KNOWN).facts.manifest_sha256)
    next_batch = batch(
        seq=2, batch_id="fedcba9876543210fedcba9876", previous=previous, removals=(site_profile(2).site_id,)
    )
    return build_bundle(
        next_batch, second_profiles(), photos=photos, signing_key=SIGNING_KEY, transcription_sheet=SHEET
    )


@pytest.mark.parametrize(("path", "make"), [(FIRST, first), (SECOND, second)], ids=["first", "second"])
def test_bundle_is_made_byte_for_byte_as_ever(path: Path, make):
    files = files_in(path.read_bytes())  # its own photos: what a JPEG encoder writes is not our promise
    assert make(files).to_bytes() == path.read_bytes()


def test_kept_bundles_are_still_accepted_and_follow_each_other():
    old = verify_bundle(FIRST, expected=KNOWN)
    new = verify_bundle(SECOND, expected=replace(KNOWN, last_seq=1))
    assert old.findings == new.findings == ()
    compared = difference(old, new)
    assert compared.is_ok
    assert compared.changes is not None
    assert [len(ids) for ids in (compared.changes.joined, compared.changes.left)] == [1, 1]


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    FIRST.write_bytes(first(photos_of(first_profiles())).to_bytes())
    SECOND.write_bytes(second(photos_of(second_profiles())).to_bytes())
