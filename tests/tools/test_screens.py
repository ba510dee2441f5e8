"""The pictures in the handbook are those the tool makes: none is missing, none is left over from an older window."""

from __future__ import annotations

from tests.source_tree import ROOT
from tools.screens import LOOKS, file_names, screens

FOLDER = ROOT / "docs" / "screens"
MOST_BYTES = 8 * 2**20


def test_the_folder_holds_what_the_tool_makes() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.png")) == file_names()
    assert len(set(file_names())) == len(file_names())


def test_every_screen_is_shown_light_and_dark_in_the_usual_and_the_largest_letters() -> None:
    assert {(look.dark, look.text_size) for look in LOOKS.values()} == {
        (dark, size) for dark in (False, True) for size in ("standard", "extra")
    }
    assert len(file_names()) == len(LOOKS) * len(screens())


def test_the_pictures_are_real_and_stay_small() -> None:
    sizes = [path.stat().st_size for path in FOLDER.glob("*.png")]
    assert min(sizes) > 1_500
    assert sum(sizes) < MOST_BYTES
