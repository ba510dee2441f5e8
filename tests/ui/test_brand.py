"""The mark looks the same on the screen, in the task bar and in the icon file of the frozen program."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from nakodo_desktop import paths
from nakodo_desktop.ui.brand import ICON_SIDES_PX, BrandMark, app_icon
from nakodo_desktop.ui.theme import Theme
from tests.ui.conftest import Show
from tools.build_icon import icon_bytes


@pytest.mark.usefixtures("theme")
def test_the_icon_file_is_what_the_program_draws() -> None:
    drawn = Image.open(io.BytesIO(icon_bytes()))
    kept = Image.open(io.BytesIO((paths.RESOURCES / "app.ico").read_bytes()))
    assert drawn.info["sizes"] == kept.info["sizes"] == {(side, side) for side in ICON_SIDES_PX}
    for side in kept.info["sizes"]:
        drawn.size = kept.size = side
        difference = ImageChops.difference(drawn.convert("RGBA"), kept.convert("RGBA"))
        assert max(ImageStat.Stat(difference).mean) < 2, "run tools/build_icon.py"


@pytest.mark.usefixtures("theme")
def test_the_window_icon_has_a_picture_for_each_size() -> None:
    assert [size.width() for size in app_icon().availableSizes()] == [32, 64]


def test_the_mark_is_the_accent_with_a_heart(theme: Theme, show: Show) -> None:
    mark = BrandMark(theme, 44)
    show(mark)
    picture = mark.grab().toImage()
    side = range(picture.width())
    colours = [picture.pixelColor(x, y) for x in side for y in side]
    assert theme.color("accent") in colours
    assert any(min(colour.red(), colour.green(), colour.blue()) > 240 for colour in colours), "the heart's line"
