"""A sealed bundle opens with the association's key and with no other."""

from __future__ import annotations

from pathlib import Path

import pyrage
import pytest

from nakodo_desktop.errors import ExportRefused
from nakodo_desktop.export.bundle import build_bundle
from nakodo_desktop.export.delivery import write_sealed_bundle
from nakodo_desktop.export.sealing import key_trouble, seal
from nakodo_desktop.export.verify import verify_bundle
from tests.bundlekit import KNOWN, SIGNING_KEY, TODAY, batch, figure, made, photos_of, site_profiles

SECRET = pyrage.x25519.Identity.generate()
PUBLIC = str(SECRET.to_public())


def codes(path: Path, secret_key: str | None) -> list[str]:
    return [finding.code for finding in verify_bundle(path, expected=KNOWN, secret_key=secret_key).findings]


def test_association_opens_it_and_finds_the_bundle(tmp_path: Path):
    bundle = made()
    seen: list[int] = []
    path = write_sealed_bundle(tmp_path, bundle, association_key=PUBLIC, today=TODAY, on_progress=seen.append)
    assert path.name == bundle.file_name + ".age"
    assert list(tmp_path.iterdir()) == [path]
    assert seen[-1] == path.stat().st_size
    report = verify_bundle(path, expected=KNOWN, secret_key=f"{SECRET}\n")
    assert report.is_ok
    assert len(report.shown) == 3
    assert pyrage.decrypt(path.read_bytes(), [SECRET]) == bundle.to_bytes()


def test_nothing_of_it_can_be_read_without_the_key(tmp_path: Path):
    path = write_sealed_bundle(tmp_path, made(), association_key=PUBLIC, today=TODAY)
    data = path.read_bytes()
    for word in ("けん玉".encode(), b"manifest", b"mihon-kyokai", b"JFIF", b"OTAMESHI"):
        assert word not in data
    assert codes(path, None) == ["sealed"]


def test_T70_wrong_recipient_key(tmp_path: Path):
    path = write_sealed_bundle(tmp_path, made(), association_key=PUBLIC, today=TODAY)
    assert codes(path, str(pyrage.x25519.Identity.generate())) == ["wrong_recipient_key"]


def test_T70_sealed_to_us_by_a_stranger_is_still_a_strangers(tmp_path: Path):
    path = tmp_path / "forged.zip.age"
    path.write_bytes(seal(made(key=bytes(32)).to_bytes(), association_key=PUBLIC))
    assert codes(path, str(SECRET)) == ["wrong_signer"]


@pytest.mark.parametrize("keep", [-1, -17, 300, 180, 40])
def test_T70_sealed_bundle_cut_off(tmp_path: Path, keep: int):
    path = write_sealed_bundle(tmp_path, made(), association_key=PUBLIC, today=TODAY)
    path.write_bytes(path.read_bytes()[:keep])
    assert codes(path, str(SECRET)) == ["broken_seal"]


def test_T70_flipped_bit_in_a_sealed_bundle(tmp_path: Path):
    path = write_sealed_bundle(tmp_path, made(), association_key=PUBLIC, today=TODAY)
    data = path.read_bytes()
    for at in range(100, len(data), len(data) // 40):
        path.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        assert codes(path, str(SECRET)) in (["broken_seal"], ["wrong_recipient_key"])


def test_something_else_given_as_secret_key(tmp_path: Path):
    path = write_sealed_bundle(tmp_path, made(), association_key=PUBLIC, today=TODAY)
    report = verify_bundle(path, expected=KNOWN, secret_key=PUBLIC)
    assert [finding.where for finding in report.findings] == ["秘密鍵のファイルではありません"]


CUT_SHORT, ENDS_WRONG = PUBLIC[:-1], PUBLIC[:-1] + ("q" if PUBLIC[-1] != "q" else "p")


@pytest.mark.parametrize("typed", ["", "age1", CUT_SHORT, ENDS_WRONG, "鍵"], ids=["none", "head", "cut", "end", "word"])
def test_mistyped_key_stops_before_anything_is_written(tmp_path: Path, typed: str):
    assert key_trouble(typed) is not None
    assert key_trouble(PUBLIC) is None
    with pytest.raises(ExportRefused, match="封をする鍵"):
        write_sealed_bundle(tmp_path, made(), association_key=typed, today=TODAY)
    assert list(tmp_path.iterdir()) == []


def test_bundle_that_would_be_refused_is_not_sealed(tmp_path: Path):
    rows = site_profiles()
    photos = photos_of(rows)
    bundle = build_bundle(batch(), rows, photos=photos, signing_key=SIGNING_KEY)
    photos[rows[0].photos[0]] = figure(99)
    with pytest.raises(ExportRefused, match="読み返したところ"):
        write_sealed_bundle(tmp_path, bundle, association_key=PUBLIC, today=TODAY)
    assert list(tmp_path.iterdir()) == []
