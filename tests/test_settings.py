"""Preferences of this PC: nothing personal, never half written, and a broken file is no reason to stay away."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import asdict, fields
from pathlib import Path

import pytest

from nakodo_desktop import settings
from nakodo_desktop.domain.catalog import FIELDS
from nakodo_desktop.settings import TEXT_SIZES, Settings
from nakodo_desktop.ui.tokens import TextSize

CHANGED = Settings(
    vault_dir="見本フォルダー/vault",
    office_name="見本結婚相談所",
    last_slot="a1b2",
    last_used_at="2026-11-23T12:00:00+09:00",
    dark=True,
    text_size="large",
    idle_minutes=12,
    backup_dirs=("控え", "もう一つの控え"),
    backup_daily=6,
    backup_weekly=3,
    backup_warn_days=10,
    export_dir="書き出し",
    window_geometry="AdnQywAD",
    member_columns="1:240",
)


def write(folder: Path, text: str) -> Path:
    path = folder / "settings.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_preferences_come_back_as_they_went(tmp_path: Path) -> None:
    assert all(getattr(CHANGED, field.name) != field.default for field in fields(Settings)), "the test misses one"
    settings.save(CHANGED, tmp_path / "new")
    assert settings.load(tmp_path / "new") == CHANGED
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["settings.json"]


def test_without_a_file_there_are_defaults_and_no_file_is_made(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == Settings()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"dark": true',
        "null",
        "[]",
        '"dark"',
        "7",
        '{"dark": 1}',
        '{"dark": []}',
        '{"idle_minutes": "5"}',
        '{"idle_minutes": true}',
        '{"idle_minutes": 5.5}',
        '{"vault_dir": ["a"]}',
        '{"vault_dir": null}',
        '{"backup_dirs": "a"}',
        '{"backup_dirs": [1]}',
        '{"text_size": "huge"}',
        "[" * 100_000,
        "\x00\x01",
    ],
    ids=lambda text: text[:24],
)
def test_a_broken_file_is_kept_aside_and_the_program_starts(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    assert settings.load(tmp_path) == Settings()
    assert not path.exists()
    assert path.with_suffix(".broken").read_text(encoding="utf-8") == text
    settings.save(CHANGED, tmp_path)
    assert settings.load(tmp_path) == CHANGED


def test_bytes_that_are_no_text_are_kept_aside(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_bytes(b'{"office_name": "\x8c\xa9"}')
    assert settings.load(tmp_path) == Settings()
    assert (tmp_path / "settings.broken").exists()


def test_a_folder_in_the_place_of_the_file_does_not_keep_anybody_out(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    assert settings.load(tmp_path) == Settings()


def test_a_preference_of_another_release_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, json.dumps(asdict(CHANGED) | {"colour_of_tomorrow": "blue"}))
    assert settings.load(tmp_path) == CHANGED
    write(tmp_path, '{"dark": true}')
    assert settings.load(tmp_path) == Settings(dark=True)


@pytest.mark.parametrize(("written", "read"), [(0, 1), (-5, 1), (1, 1), (30, 30), (31, 30), (10**9, 30)])
def test_the_idle_time_stays_within_the_handbooks_bounds(tmp_path: Path, written: int, read: int) -> None:
    write(tmp_path, json.dumps({"idle_minutes": written}))
    assert settings.load(tmp_path).idle_minutes == read


def test_a_full_disk_leaves_the_former_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.save(CHANGED, tmp_path)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        settings.save(Settings(), tmp_path)
    assert settings.load(tmp_path) == CHANGED
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_nothing_personal_has_a_place_here() -> None:
    """The allow-list: a new preference is argued about here. The office's name is on its door."""
    allowed = {"vault_dir", "office_name", "last_slot", "last_used_at", "dark", "text_size", "idle_minutes"}
    allowed |= {
        "backup_dirs",
        "backup_daily",
        "backup_weekly",
        "backup_warn_days",
        "export_dir",
        "window_geometry",
        "member_columns",
    }
    names = {field.name for field in fields(Settings)}
    assert names == allowed
    assert not names & set(FIELDS)


def test_the_sizes_are_the_windows_own() -> None:
    assert set(TEXT_SIZES) == {size.value for size in TextSize}
