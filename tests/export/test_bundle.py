"""What leaves the office: the same batch, the same bytes, and nothing in them but what the form holds."""

from __future__ import annotations

import io
import json
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path

import pytest

from nakodo_desktop.domain.catalog import FIELDS, SITE_FIELDS
from nakodo_desktop.domain.site_item import SITE_LABELS, SiteProfile, Span, site_id_of
from nakodo_desktop.errors import ExportRefused
from nakodo_desktop.export.bundle import Previous, build_bundle, photo_name
from nakodo_desktop.export.schema import ProfileRow
from tests.bundlekit import (
    BATCH_KEY,
    SIGNING_KEY,
    batch,
    codes,
    figure,
    files_in,
    made,
    photos_of,
    site_profile,
    site_profiles,
)

FORBIDDEN = {
    *("family_name", "given_name", "family_kana", "given_kana", "birth_date", "postal_code", "phone", "municipality"),
    *("address_line", "email", "origin_prefecture", "employer_name", "occupation", "annual_income_man_yen"),
    *("health_note", "religion_note", "interview_note", "marital_history", "self_pr", "agent_pr"),
    *("member_id", "number", "staff_id"),
}


def test_site_profile_has_a_place_for_the_form_and_for_nothing_else():
    keys = {field.name for field in fields(SiteProfile)}
    assert keys == set(SITE_LABELS) == set(ProfileRow.model_fields)
    assert keys.isdisjoint(FORBIDDEN)


def test_every_item_of_the_form_has_its_place():
    renamed = {
        "new_religion_flag": "new_religion",
        "disability_flag": "disability",
        "municipality": "area_label",
        "industry": "industry_label",
        "birth_date": "birth_year",
        "education_level": "education",
        "family_members": "family",
        "photo_upper": "photos",
    }
    items = {renamed.get(key, key) for key in SITE_FIELDS}
    assert set(SITE_LABELS) - items == {"site_id", "birth_month_day", "school_name"}
    assert items <= set(SITE_LABELS)


def test_bundle_names_no_catalogue_field_that_stays():
    names = {name for row in json.loads(files_in(made().to_bytes())["profiles.json"])["profiles"] for name in row}
    staying = set(FIELDS) - set(SITE_FIELDS) - {"school_name"}
    assert names.isdisjoint(staying)


def test_T71_same_input_gives_the_same_bytes_in_another_process():
    script = (
        "import hashlib; from tests.bundlekit import made; print(hashlib.sha256(made().to_bytes()).hexdigest(), end='')"
    )
    root = Path(__file__).resolve().parents[2]
    digests = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=root, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
    assert made().to_bytes() == made().to_bytes()


def test_T72_order_of_the_members_leaves_no_trace():
    members = site_profiles(6)
    shuffled = random.Random(7).sample(members, len(members))
    assert shuffled != members
    assert made(shuffled).to_bytes() == made(members).to_bytes()


def test_T72_rows_and_photos_are_sorted_by_names_that_follow_no_member_number():
    members = site_profiles(6)
    by_number = [member.site_id for member in members]
    data = made(members).to_bytes()
    listed = [row["site_id"] for row in json.loads(files_in(data)["profiles.json"])["profiles"]]
    photos = [name for name in files_in(data) if name.startswith("photos/")]
    assert listed == sorted(by_number) != by_number
    assert photos == sorted(photos)
    owner = {name: member.site_id for member in members for name in member.photos}
    assert [owner[name] for name in photos] != sorted(owner[name] for name in photos)


def test_site_id_cannot_be_linked_between_associations():
    ours, theirs = (site_id_of("member-1", association_key=bytes([key]) * 32) for key in (1, 2))
    assert ours != theirs
    assert re.fullmatch(r"[0-9a-f]{26}", ours)
    assert ours == site_id_of("member-1", association_key=bytes([1]) * 32)


def test_photo_names_differ_in_every_batch():
    site_id = site_profile(1).site_id
    assert photo_name(site_id, place=0, batch_key=BATCH_KEY) != photo_name(site_id, place=0, batch_key=bytes(32))
    assert photo_name(site_id, place=0, batch_key=BATCH_KEY) != photo_name(site_id, place=1, batch_key=BATCH_KEY)


def test_file_name_tells_the_office_and_the_batch_only():
    assert (
        made(seq=12, previous=Previous(seq=11, manifest_sha256="0" * 64)).file_name == "OTAMESHI-01-0012-01234567.zip"
    )


def test_other_programs_open_it():
    bundle = made()
    data = bundle.to_bytes()
    assert bundle.size == len(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for info in archive.infolist():
            assert (info.compress_type, info.date_time) == (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0))
            assert (info.external_attr >> 16, info.extra, info.comment) == (0o100644, b"", b"")
        assert archive.namelist()[:4] == ["manifest.json", "manifest.sig", "profiles.json", "profiles.csv"]


def test_transcription_sheet_goes_along_when_it_is_given(tmp_path: Path):
    rows = site_profiles()
    bundle = build_bundle(
        batch(), rows, photos=photos_of(rows), signing_key=SIGNING_KEY, transcription_sheet=b"%PDF-1.4 sheet"
    )
    assert files_in(bundle.to_bytes())["transcription_sheet.pdf"] == b"%PDF-1.4 sheet"
    assert codes(bundle.to_bytes(), tmp_path) == []


def test_batch_that_only_takes_people_off(tmp_path: Path):
    gone = tuple(sorted(profile.site_id for profile in site_profiles(2)))
    last = made([], seq=2, previous=Previous(seq=1, manifest_sha256="a" * 64), removals=gone)
    assert json.loads(last.manifest)["removals"] == list(gone)
    assert set(codes(last.to_bytes(), tmp_path)) == {"seq_gap"}  # the reader has not had the first


class _Shelf(Mapping[str, bytes]):
    """Photos that are fetched one at a time, as from a vault."""

    def __init__(self, photos: Mapping[str, bytes]) -> None:
        self._photos = photos
        self.taken: list[str] = []

    def __getitem__(self, name: str) -> bytes:
        self.taken.append(name)
        return bytes(bytearray(self._photos[name]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._photos)

    def __len__(self) -> int:
        return len(self._photos)


def test_photos_are_fetched_only_when_their_turn_comes():
    rows = site_profiles(4)
    shelf = _Shelf(photos_of(rows))
    bundle = build_bundle(batch(), rows, photos=shelf, signing_key=SIGNING_KEY)
    assert shelf.taken == sorted(shelf)
    shelf.taken.clear()
    chunks = bundle.chunks()
    for _ in range(10):  # the four small files and the header of the first photo
        next(chunks)
    assert len(shelf.taken) <= 1
    assert bundle.to_bytes() == made(rows).to_bytes()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pseudonym": ""}, "pseudonym"),
        ({"pseudonym": "あお\u202eぞら"}, "pseudonym"),
        ({"hobbies": "釣り\u200b"}, "hobbies"),
        ({"hobbies": "釣り\x00"}, "hobbies"),
        ({"area_label": "埼玉県\n川口市"}, "area_label"),
        ({"skills": "\ue000"}, "skills"),
        ({"sex": "その他"}, "sex"),
        ({"education": "大学院"}, "education"),
        ({"disability": "手帳2級"}, "disability"),
        ({"birth_year": 63}, "birth_year"),
        ({"birth_month_day": "02-30"}, "birth_month_day"),
        ({"photos": ()}, "photos"),
        ({"height_cm": Span(low=170, high=165)}, "height_cm"),
        ({"qualifications": "長" * 2001}, "qualifications"),
    ],
)
def test_a_shape_that_must_not_leave_stops_the_export(change: dict[str, object], words: str):
    with pytest.raises(ExportRefused) as refused:
        made([site_profile(1, **change)])
    assert words in refused.value.advice
    assert not any(str(value) in refused.value.advice for value in change.values() if isinstance(value, str) and value)


def test_a_photo_with_more_than_a_picture_stops_the_export():
    rows = site_profiles(1)
    photos = photos_of(rows)
    name = rows[0].photos[0]
    for hidden in (b"Exif\0\0N35.6", b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"):
        segment = b"\xff\xe1" + (len(hidden) + 2).to_bytes(2, "big") + hidden
        dirty = photos | {name: photos[name][:20] + segment + photos[name][20:]}
        with pytest.raises(ExportRefused) as refused:
            build_bundle(batch(), rows, photos=dirty, signing_key=SIGNING_KEY)
        assert name in refused.value.advice


def test_a_photo_larger_than_the_format_promises_stops_the_export():
    rows = site_profiles(1)
    photos = photos_of(rows) | {rows[0].photos[0]: figure(1, width_px=1201, height_px=10)}
    with pytest.raises(ExportRefused) as refused:
        build_bundle(batch(), rows, photos=photos, signing_key=SIGNING_KEY)
    assert "1200" in refused.value.advice


@pytest.mark.parametrize("tail", [b"PK\5\6", b"\xff\xd9", b"trailing \xff\xd9", b"\xff\xfe\0\4ab\xff\xd9"])
def test_a_photo_with_something_behind_it_stops_the_export(tail: bytes):
    rows = site_profiles(1)
    photos = photos_of(rows)
    dirty = photos | {rows[0].photos[0]: photos[rows[0].photos[0]] + tail}
    with pytest.raises(ExportRefused):
        build_bundle(batch(), rows, photos=dirty, signing_key=SIGNING_KEY)


@pytest.mark.parametrize(
    "changes",
    [
        {"seq": 2},
        {"previous": Previous(seq=1, manifest_sha256="0" * 64)},
        {"seq": 2, "previous": Previous(seq=2, manifest_sha256="0" * 64)},
        {"removals": ("f" * 26,)},
    ],
)
def test_a_batch_out_of_its_row_is_not_made(changes: dict[str, object]):
    with pytest.raises(ExportRefused, match="書き出しを中止しました"):
        made(**changes)


def test_who_was_taken_off_cannot_be_shown():
    rows = site_profiles(2)
    previous = Previous(seq=1, manifest_sha256="0" * 64)
    with pytest.raises(ExportRefused):
        made(rows, seq=2, previous=previous, removals=(rows[0].site_id,))


def test_band_holds_the_value_and_starts_at_its_multiple():
    assert Span.band(172, width=5) == Span(low=170, high=174)
    assert Span.band(174, width=5).label == "170～174"
    assert Span.exact(172).label == "172"
    assert replace(Span.exact(172)).is_exact
