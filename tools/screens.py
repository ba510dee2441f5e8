"""Renew the pictures of the windows: walk through the made-up office once for each look and photograph every screen.

The pictures change only when a window does: the clock stands still, chance is always the same, the screen is pretended.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageColor

PLAIN = "light_standard"
_SHOWN = "お試し"
_BAR_PX = 38  # of the system, below the window
_SAME = 6  # of 255: closer to a colour of the theme it would only take its place
_NOW = datetime(2026, 11, 23, 1, 42, tzinfo=UTC)  # 10:42 in an office


@dataclass(frozen=True)
class Look:
    """`size`: of the window. The smallest a laptop of 1366×768 has at 125 %, and one with room."""

    dark: bool
    text_size: str
    size: tuple[int, int]
    more_colours: int  # of the picture, beside those of the theme; the file is a third of its size


LOOKS = {
    PLAIN: Look(False, "standard", (1280, 800), 40),
    "light_extra": Look(False, "extra", (1093, 576), 24),
    "dark_standard": Look(True, "standard", (1093, 576), 24),
    "dark_extra": Look(True, "extra", (1093, 576), 24),
}


def screens() -> list[str]:
    """Every screen of the program, by its name."""
    from nakodo_desktop.demo.tour import SCREENS
    from tools.album import CLOSE_UPS, WINDOWS

    return [*SCREENS, *WINDOWS, *CLOSE_UPS]


def file_names() -> list[str]:
    """What the folder of the pictures holds, in order of name."""
    return sorted(f"{screen}_{look}.png" for look in LOOKS for screen in screens())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path, help="the folder of the pictures, emptied of older ones")
    target: Path = parser.parse_args().target
    with tempfile.TemporaryDirectory() as folder:
        for look in LOOKS:
            _walk(Path(folder) / look, look)
        target.mkdir(parents=True, exist_ok=True)
        for old in target.glob("*.png"):
            old.unlink()
        for look in LOOKS:
            for screen in screens():
                source = Path(folder) / look / _SHOWN / "screens" / f"{screen}.png"
                _shrink(source, target / f"{screen}_{look}.png", LOOKS[look])
    size = sum(path.stat().st_size for path in target.glob("*.png"))
    print(f"{len(file_names())} pictures, {size / 2**20:.1f} MiB in {target}")
    return 0


def _walk(folder: Path, look: str) -> None:
    """In a process of its own: an application has one look from its first widget on."""
    walker = multiprocessing.get_context("spawn").Process(target=photograph, args=(folder, look))
    walker.start()
    walker.join()
    if walker.exitcode != 0:
        raise SystemExit(f"The walk in {look} ended with {walker.exitcode}.")


def photograph(folder: Path, look: str) -> None:
    folder.mkdir()
    os.chdir(folder)  # a window that shows a path shows one relative to here
    _stand_still(folder, LOOKS[look])
    from PySide6.QtWidgets import QApplication

    from nakodo_desktop.demo.camera import Camera
    from nakodo_desktop.demo.tour import run_tour
    from nakodo_desktop.ui.theme import install
    from nakodo_desktop.ui.tokens import TextSize
    from tools.album import photograph_album

    chosen, home = LOOKS[look], Path(_SHOWN)
    text_size = TextSize(chosen.text_size)
    app = QApplication(["nakodo-desktop"])
    for _ in run_tour(home, dark=chosen.dark, text_size=text_size, size=chosen.size, now=_now):
        pass
    camera = Camera(app, home / "screens", size=chosen.size)
    photograph_album(install(app, dark=chosen.dark, text_size=text_size), camera, home, now=_now)
    taken = {path.stem for path in (home / "screens").glob("*.png")}
    if taken != set(screens()):
        raise SystemExit(f"What was photographed and the list differ: {sorted(taken ^ set(screens()))}")


def _now() -> datetime:
    return _NOW


def _stand_still(folder: Path, look: Look) -> None:
    """The same place, moment, screen and dice for everybody. The office of these pictures holds nothing secret."""
    os.environ.update({"TZ": "Asia/Tokyo", "XDG_DATA_HOME": str(folder / "pc"), "XDG_CONFIG_HOME": str(folder / "pc")})
    time.tzset()
    width, height = look.size
    screen = {"name": "office", "x": 0, "y": 0, "width": width, "height": height + _BAR_PX}
    settings = folder / "screen.json"
    settings.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={settings}"
    dice = random.Random(7)
    os.urandom = dice.randbytes
    random._urandom = dice.randbytes  # type: ignore[attr-defined]  # what random.SystemRandom and secrets ask


def _distance(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _shrink(source: Path, target: Path, look: Look) -> None:
    """A palette with every colour of the theme in it: a red word is too small for the average to keep it red."""
    from nakodo_desktop.ui.tokens import DARK, LIGHT

    theme = [ImageColor.getrgb(colour) for colour in dict.fromkeys((DARK if look.dark else LIGHT).values())]
    with Image.open(source) as picture:
        pixels = picture.convert("RGB")
        parts = pixels.quantize(look.more_colours, dither=Image.Dither.NONE).getpalette() or []
        usual = [tuple(parts[at : at + 3]) for at in range(0, 3 * look.more_colours, 3)]
        others = [one for one in usual if all(_distance(one, known) > _SAME for known in theme)]
        palette = Image.new("P", (1, 1))
        palette.putpalette([part for colour in (*theme, *others) for part in colour])
        pixels.quantize(palette=palette, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
