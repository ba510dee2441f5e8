"""T70: what an attacker, a bad stick or a mistake can do to a bundle; each is refused for its own reason."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nakodo_desktop.errors import ExportRefused
from nakodo_desktop.export.bundle import Party, Previous, build_bundle
from tests.bundlekit import (
    KNOWN,
    OTHER_KEY,
    SIGNING_KEY,
    batch,
    codes,
    figure,
    files_in,
    made,
    packed,
    photos_of,
    resigned,
    site_profile,
    site_profiles,
)


@pytest.fixture(scope="module")
def good() -> bytes:
    return made().to_bytes()


@pytest.fixture(scope="module")
def files(good: bytes) -> dict[str, bytes]:
    return files_in(good)


def photo_names(files: dict[str, bytes]) -> list[str]:
    return [name for name in files if name.startswith("photos/")]


def test_T70_the_untouched_bundle_is_accepted(good: bytes, tmp_path: Path):
    assert codes(good, tmp_path) == []


def test_T70_bundle_addressed_to_another_association(tmp_path: Path):
    other = made(recipient=Party(code="betsu-kyokai", name="別の見本協会")).to_bytes()
    assert codes(other, tmp_path) == ["other_recipient"]


def test_T70_forwarded_by_changing_the_address(files: dict[str, bytes], tmp_path: Path):
    manifest = files["manifest.json"].replace(b"mihon-kyokai", b"betsu-kyokai")
    assert codes(packed(files | {"manifest.json": manifest}), tmp_path) == ["bad_signature"]


def test_T70_flipped_bit_in_a_photo(good: bytes, files: dict[str, bytes], tmp_path: Path):
    at = good.index(files[photo_names(files)[0]]) + 300
    assert codes(_flipped(good, at * 8), tmp_path) == ["damaged"]


def test_T70_no_single_bit_can_flip_unnoticed(good: bytes, tmp_path: Path):
    step = 61 * 8 + 1  # every bit position of a byte comes up; all headers are hit
    assert all(codes(_flipped(good, bit), tmp_path) for bit in range(0, len(good) * 8, step))


def test_T70_every_bit_of_the_first_header_and_of_the_end_counts(good: bytes, tmp_path: Path):
    bits = [*range(43 * 8), *range((len(good) - 22) * 8, len(good) * 8)]
    assert [bit for bit in bits if not codes(_flipped(good, bit), tmp_path)] == []


def test_T70_truncation(good: bytes, tmp_path: Path):
    for length in (len(good) - 1, len(good) - 22, len(good) // 2, 100):
        assert codes(good[:length], tmp_path) == ["truncated"]


def test_T70_wrong_signer(files: dict[str, bytes], tmp_path: Path):
    assert codes(resigned(files, key=OTHER_KEY), tmp_path) == ["wrong_signer"]


def test_T70_signed_by_another_key_under_our_name(files: dict[str, bytes], tmp_path: Path):
    ours = files["manifest.json"]
    forged = files_in(resigned(files, key=OTHER_KEY))["manifest.sig"]
    assert codes(packed(files | {"manifest.json": ours, "manifest.sig": forged}), tmp_path) == ["bad_signature"]


@pytest.mark.parametrize("last_seq", [1, 2, 40])
def test_T70_replayed_batch(good: bytes, tmp_path: Path, last_seq: int):
    assert codes(good, tmp_path, expected=replace(KNOWN, last_seq=last_seq)) == ["replayed_seq"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../photos/a.jpg", "parent_path"),
        ("photos/../../a.jpg", "parent_path"),
        ("C:/photos/a.jpg", "drive_path"),
        ("c:a.jpg", "drive_path"),
        ("C:\\photos\\a.jpg", "drive_path"),
        ("photos\\a.jpg", "backslash_path"),
        ("..\\a.jpg", "backslash_path"),
        ("/etc/a.jpg", "absolute_path"),
        ("photos/A.JPG", "foreign_name"),
        ("photos/a b.jpg", "foreign_name"),
        ("photos/a\nb.jpg", "foreign_name"),
    ],
)
def test_T70_name_that_lands_elsewhere(files: dict[str, bytes], tmp_path: Path, name: str, code: str):
    assert codes(packed(files | {name: figure(1)}), tmp_path) == [code]


def test_T70_path_is_refused_even_when_the_office_signed_it(files: dict[str, bytes], tmp_path: Path):
    assert codes(resigned(files | {"../a.jpg": figure(1)}, key=SIGNING_KEY), tmp_path) == ["parent_path"]


def test_T70_extra_file(files: dict[str, bytes], tmp_path: Path):
    assert codes(packed(files | {"photos/" + "f" * 26 + ".jpg": figure(1)}), tmp_path) == ["extra_file"]


def test_T70_missing_photo(files: dict[str, bytes], tmp_path: Path):
    gone = photo_names(files)[1]
    assert codes(packed({name: data for name, data in files.items() if name != gone}), tmp_path) == ["missing_photo"]


def test_T70_swapped_photos(files: dict[str, bytes], tmp_path: Path):
    first, second = photo_names(files)[:2]
    swapped = files | {first: files[second], second: files[first]}
    assert codes(packed(swapped), tmp_path) == ["swapped_photos", "swapped_photos"]


def test_T70_photo_replaced_by_a_stranger(files: dict[str, bytes], tmp_path: Path):
    assert codes(packed(files | {photo_names(files)[0]: figure(99)}), tmp_path) == ["edited_photo"]


def test_T70_edited_profile(files: dict[str, bytes], tmp_path: Path):
    edited = files["profiles.json"].replace("けん玉".encode(), "手品も".encode())
    assert codes(packed(files | {"profiles.json": edited}), tmp_path) == ["csv_differs", "edited_profiles"][::-1]


def test_T70_edited_csv(files: dict[str, bytes], tmp_path: Path):
    edited = files["profiles.csv"].replace("けん玉".encode(), "手品も".encode())
    assert codes(packed(files | {"profiles.csv": edited}), tmp_path) == ["edited_file", "csv_differs"]


@pytest.mark.parametrize("length", [1, 22, 5000])
def test_T70_trailing_bytes(good: bytes, tmp_path: Path, length: int):
    assert codes(good + b"\0" * length, tmp_path) == ["trailing_bytes"]


@pytest.mark.parametrize("length", [1, 22, 5000])
def test_T70_leading_bytes(good: bytes, tmp_path: Path, length: int):
    assert codes(b"M" * length + good, tmp_path) == ["leading_bytes"]


def test_T70_leading_bytes_with_offsets_mended(files: dict[str, bytes], tmp_path: Path):
    out = io.BytesIO(b"#!/bin/sh\n")
    out.seek(0, io.SEEK_END)
    with zipfile.ZipFile(out, "a") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    assert set(codes(out.getvalue(), tmp_path)) == {"leading_bytes"}


def test_T70_duplicate_names(files: dict[str, bytes], tmp_path: Path):
    doubled = [*files.items(), ("profiles.json", b"{}")]
    assert codes(packed(doubled), tmp_path) == ["duplicate_name"]


def test_T70_duplicate_names_that_differ_in_case_only(files: dict[str, bytes], tmp_path: Path):
    assert codes(packed([*files.items(), ("PROFILES.JSON", b"{}")]), tmp_path) == ["foreign_name"]


def test_T70_compressed_bomb(files: dict[str, bytes], tmp_path: Path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
        archive.writestr("photos/" + "e" * 26 + ".jpg", b"\0" * 50_000_000)
    assert len(out.getvalue()) < 100_000
    assert set(codes(out.getvalue(), tmp_path)) == {"compressed_entry"}


def test_T70_the_same_files_packed_by_another_program(files: dict[str, bytes], tmp_path: Path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    assert codes(out.getvalue(), tmp_path) == ["not_canonical"]


def test_T70_files_in_another_order(files: dict[str, bytes], tmp_path: Path):
    assert codes(packed(dict(reversed(files.items()))), tmp_path) == ["not_canonical"]


def test_T70_gap_between_batches(tmp_path: Path):
    third = made(seq=3, previous=Previous(seq=2, manifest_sha256="0" * 64)).to_bytes()
    assert codes(third, tmp_path, expected=replace(KNOWN, last_seq=1)) == ["seq_gap"]
    assert codes(third, tmp_path, expected=replace(KNOWN, last_seq=2)) == []


def test_T70_day_in_the_future(tmp_path: Path):
    tomorrow = made(day=date(2026, 11, 25)).to_bytes()
    assert codes(tomorrow, tmp_path) == ["future_day"]
    assert codes(made(day=KNOWN.today).to_bytes(), tmp_path) == []


def test_T70_not_a_bundle_at_all(tmp_path: Path):
    for data in (b"", b"PK", b"%PDF-1.7\n" * 100, figure(1)):
        assert codes(data, tmp_path) == ["not_a_bundle"]


@pytest.mark.parametrize(
    ("name", "code"), [("manifest.json", "manifest_missing"), ("manifest.sig", "signature_missing")]
)
def test_T70_without_signature_or_manifest(files: dict[str, bytes], tmp_path: Path, name: str, code: str):
    assert codes(packed({n: d for n, d in files.items() if n != name}), tmp_path) == [code]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"seq":1', b'"seq":1,"seq":2'),
        (b'"seq":1', b'"seq": 1'),
        (b'"seq":1', b'"seq":true'),
        (b'"seq":1', b'"seq":1.0'),
        (b'"v":1', b'"v":2'),
        (b'"removals":[]', b'"removals":[],"z":1'),
        (b'"profiles.json"', b'"../profiles.json"'),
    ],
)
def test_T70_manifest_that_two_readers_read_differently(
    files: dict[str, bytes], tmp_path: Path, old: bytes, new: bytes
):
    assert old in files["manifest.json"]
    manifest = files["manifest.json"].replace(old, new)
    assert set(codes(packed(files | {"manifest.json": manifest}), tmp_path)) == {"manifest_malformed"}


def test_photo_of_nobody_and_photo_of_two_are_refused_though_signed(files: dict[str, bytes], tmp_path: Path):
    stray = "photos/" + "f" * 26 + ".jpg"
    with_stray = dict(sorted((files | {stray: figure(7)}).items(), key=lambda item: item[0].startswith("photos/")))
    assert codes(resigned(with_stray, key=SIGNING_KEY), tmp_path) == ["photo_unused"]


def test_a_photo_with_a_place_in_it_is_refused_though_signed(files: dict[str, bytes], tmp_path: Path):
    name = photo_names(files)[0]
    with_comment = files[name][:20] + b"\xff\xfe\x00\x06GPS!" + files[name][20:]
    assert codes(resigned(files | {name: with_comment}, key=SIGNING_KEY), tmp_path) == ["photo_not_plain"]


def test_all_that_is_wrong_is_told_at_once(files: dict[str, bytes], tmp_path: Path):
    first, second = photo_names(files)[:2]
    worse = {n: d for n, d in files.items() if n != second} | {
        first: figure(99),
        "photos/" + "f" * 26 + ".jpg": figure(1),
    }
    expected = replace(KNOWN, recipient_code="betsu-kyokai", last_seq=5)
    assert codes(packed(worse), tmp_path, expected=expected) == [
        "other_recipient",
        "extra_file",
        "missing_photo",
        "edited_photo",
        "replayed_seq",
    ]


def test_a_bundle_made_from_doubled_people_is_never_written():
    twice = [site_profile(1), site_profile(1)]
    with pytest.raises(ExportRefused, match="書き出しを中止しました"):
        build_bundle(batch(), twice, photos=photos_of(site_profiles(2)), signing_key=SIGNING_KEY)


def _flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
