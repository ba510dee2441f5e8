"""T74: two successive batches side by side."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from nakodo_desktop.domain.site_item import SiteProfile, Span
from nakodo_desktop.export.bundle import Bundle, Previous, build_bundle, photo_name
from nakodo_desktop.export.difference import (
    Change,
    Difference,
    changes_between,
    difference,
    difference_json,
    difference_lines,
)
from nakodo_desktop.export.findings import Reason
from nakodo_desktop.export.report import Shown
from nakodo_desktop.export.verify import verify_bundle
from tests.bundlekit import KNOWN, OTHER_KEY, SIGNING_KEY, batch, figure, made, site_profile

A, B, C, D = (site_profile(number) for number in range(4))
SECOND_KEY = bytes(31) + b"2"


def renamed(profile: SiteProfile) -> SiteProfile:
    """The same person in the next batch: the photos have other names."""
    names = (photo_name(profile.site_id, place=place, batch_key=SECOND_KEY) for place in range(2))
    return replace(profile, photos=tuple(names))


def second_bundle(first: Bundle, rows: list[SiteProfile], *, removals: tuple[str, ...], new_face: str = "") -> Bundle:
    """The next batch: each keeps the pictures of the first one, but `new_face` (a site id) has new ones."""
    rows = [renamed(row) for row in rows]
    owners = {name: (row, place) for row in rows for place, name in enumerate(row.photos)}
    photos = {
        name: figure(200 + place) if row.site_id == new_face else _first_photo(row, place)
        for name, (row, place) in owners.items()
    }
    previous = Previous(seq=1, manifest_sha256=first.manifest_sha256)
    return build_bundle(
        batch(seq=2, batch_id="f" * 26, previous=previous, removals=removals),
        rows,
        photos=photos,
        signing_key=SIGNING_KEY,
    )


def _first_photo(row: SiteProfile, place: int) -> bytes:
    names = sorted(name for profile in (A, B, C) for name in profile.photos)
    original = photo_name(row.site_id, place=place, batch_key=bytes(reversed(range(32))))
    return figure(names.index(original)) if original in names else figure(100 + place)


def compared(folder: Path, old: Bundle, new: Bundle) -> Difference:
    reports = []
    for name, bundle in (("old.zip", old), ("new.zip", new)):
        (folder / name).write_bytes(bundle.to_bytes())
        expected = replace(KNOWN, last_seq=None, issuer_key=None)
        reports.append(verify_bundle(folder / name, expected=expected))
    return difference(*reports)


def test_T74_joined_left_changed_and_unchanged_are_told_apart(tmp_path: Path):
    first = made([A, B, C])
    taller = replace(B, height_cm=Span.exact(199), skills="")
    result = compared(tmp_path, first, second_bundle(first, [A, taller, D], removals=(C.site_id,)))
    assert result.is_ok
    assert result.changes is not None
    assert result.changes.joined == (D.site_id,)
    assert result.changes.left == (C.site_id,)
    assert result.changes.changed == (Change(B.site_id, ("身長（cm）", "特技")),)
    assert result.changes.unchanged == (A.site_id,)


def test_T74_new_photo_is_a_change_and_a_new_photo_name_is_none(tmp_path: Path):
    first = made([A, B, C])
    result = compared(tmp_path, first, second_bundle(first, [A, B, C], removals=(), new_face=B.site_id))
    assert result.changes is not None
    assert result.changes.changed == (Change(B.site_id, ("写真",)),)
    assert result.changes.unchanged == tuple(sorted((A.site_id, C.site_id)))


def test_removals_that_do_not_agree_with_the_profiles_are_told(tmp_path: Path):
    first = made([A, B, C])
    result = compared(tmp_path, first, second_bundle(first, [A, B], removals=()))
    assert [finding.reason for finding in result.findings] == [Reason.REMOVALS_DIFFER]
    assert not result.is_ok


def test_a_chain_that_names_another_first_batch_is_told(tmp_path: Path):
    other_first = made([A, B, C], rules_version="another")
    result = compared(tmp_path, made([A, B, C]), second_bundle(other_first, [A, B, C], removals=()))
    assert [finding.reason for finding in result.findings] == [Reason.CHAIN_BROKEN]


def test_files_in_the_wrong_order_or_of_another_office_are_told(tmp_path: Path):
    first = made([A, B, C])
    second = second_bundle(first, [A, B, C], removals=())
    assert [f.reason for f in compared(tmp_path, second, first).findings] == [Reason.NOT_NEWER]
    foreign = made([A, B, C], key=OTHER_KEY)
    assert Reason.OTHER_ISSUER in [f.reason for f in compared(tmp_path, foreign, second).findings]


def test_nothing_is_compared_with_a_bundle_that_is_refused(tmp_path: Path):
    first = made([A])
    (tmp_path / "old.zip").write_bytes(first.to_bytes())
    (tmp_path / "new.zip").write_bytes(first.to_bytes()[:-1])
    result = difference(*(verify_bundle(tmp_path / name, expected=KNOWN) for name in ("old.zip", "new.zip")))
    assert result.changes is None
    assert not result.is_ok
    assert "比べていません" in difference_lines(result)[-1]


def test_words_and_json_name_ids_and_items_and_no_value(tmp_path: Path):
    first = made([A, B, C])
    result = compared(tmp_path, first, second_bundle(first, [A, replace(B, skills="手品"), D], removals=(C.site_id,)))
    lines = difference_lines(result)
    assert lines[0] == "新しく掲載 1名、取り下げ 1名、変更 1名、変わらず 1名"
    assert f"  △ {B.site_id}: 特技" in lines
    told = json.loads(difference_json(result))
    assert told["ok"] is True
    assert told["changes"]["changed"] == [{"site_id": B.site_id, "items": ["特技"]}]
    assert "手品" not in "".join(lines) + difference_json(result)


def test_office_can_compare_before_anything_is_written():
    before = [Shown(profile=row, photo_sha256=("a" * 64,)) for row in (A, B)]
    after = [Shown(profile=renamed(row), photo_sha256=("a" * 64,)) for row in (B, C)]
    changes = changes_between(before, after)
    assert (changes.joined, changes.left, changes.unchanged) == ((C.site_id,), (A.site_id,), (B.site_id,))
