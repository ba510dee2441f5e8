"""What lies in the folder was read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nakodo_desktop.errors import ExportRefused
from nakodo_desktop.export.bundle import build_bundle
from nakodo_desktop.export.delivery import write_bundle
from nakodo_desktop.export.verify import verify_bundle
from tests.bundlekit import KNOWN, SIGNING_KEY, TODAY, batch, figure, made, photos_of, site_profiles


def test_bundle_in_the_folder_is_accepted_by_the_association(tmp_path: Path):
    bundle = made()
    seen: list[int] = []
    path = write_bundle(tmp_path, bundle, today=TODAY, on_progress=seen.append)
    assert path.name == bundle.file_name
    assert verify_bundle(path, expected=KNOWN).is_ok
    assert seen == sorted(seen)
    assert seen[-1] == bundle.size == path.stat().st_size


def test_photo_that_changed_between_signing_and_writing_leaves_no_file(tmp_path: Path):
    rows = site_profiles()
    photos = photos_of(rows)
    bundle = build_bundle(batch(), rows, photos=photos, signing_key=SIGNING_KEY)
    photos[rows[0].photos[0]] = figure(99)
    with pytest.raises(ExportRefused, match="読み返したところ"):
        write_bundle(tmp_path, bundle, today=TODAY)
    assert list(tmp_path.iterdir()) == []


def test_clock_set_back_is_noticed_before_anything_is_handed_over(tmp_path: Path):
    with pytest.raises(ExportRefused) as refused:
        write_bundle(tmp_path, made(day=date(2027, 1, 1)), today=TODAY)
    assert "日付が未来" in refused.value.advice
    assert list(tmp_path.iterdir()) == []


def test_another_good_bundle_in_its_place_is_noticed(tmp_path: Path):
    bundle, other = made(), made(rules_version="another")
    with pytest.raises(ExportRefused):
        write_bundle(tmp_path, replace(bundle, manifest_sha256=other.manifest_sha256), today=TODAY)
