"""The pictures in the handbook are those the tool makes: none is missing, none is left over from an older window."""

from __future__ import annotations

from tests.source_tree import ROOT
from tools.screens import LOOKS, MAIN, file_names

FOLDER = ROOT / "docs" / "screens"
MOST_BYTES = 8 * 2**20


def test_the_folder_holds_what_the_tool_makes() -> None:
    assert sorted(path.name for path in FOLDER.glob("*")) == file_names()
    assert len(set(file_names())) == len(file_names())


def test_every_main_screen_is_shown_in_every_look() -> None:
    assert {f"{screen}_{look}.png" for screen in MAIN for look in LOOKS} <= set(file_names())


def test_the_pictures_are_real_and_stay_small() -> None:
    sizes = [path.stat().st_size for path in FOLDER.glob("*.png")]
    assert min(sizes) > 5_000
    assert sum(sizes) < MOST_BYTES
