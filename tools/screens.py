"""Renew the pictures of the windows: walk through the made-up office once for each look and keep what was photographed.

The main screens are kept in light and dark, in 標準 and 特大; the others in light 標準.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
from pathlib import Path

from PIL import Image

from nakodo_desktop.demo.tour import SCREENS, run_tour
from nakodo_desktop.ui.tokens import TextSize

PLAIN = "light_standard"
LOOKS = {
    PLAIN: (False, TextSize.STANDARD),
    "light_extra": (False, TextSize.EXTRA),
    "dark_standard": (True, TextSize.STANDARD),
    "dark_extra": (True, TextSize.EXTRA),
}
MAIN = (
    "unlock",
    "home",
    "members",
    "record",
    "interview_04_basics",
    "interview_10_preview",
    "interview_11_declaration",
    "documents",
    "export_review",
)
_SHOWN = "お試し"
_COLOURS = 256  # a window has few; the file is a third of its size


def file_names() -> list[str]:
    """What the folder of the pictures holds, in order of name."""
    return sorted(f"{screen}_{look}.png" for look in LOOKS for screen in (SCREENS if look == PLAIN else MAIN))


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
        for name in file_names():
            screen, look = _parts(name)
            _shrink(Path(folder) / look / _SHOWN / "screens" / f"{screen}.png", target / name)
    size = sum(path.stat().st_size for path in target.glob("*.png"))
    print(f"{len(file_names())} pictures, {size / 2**20:.1f} MiB in {target}")
    return 0


def _walk(folder: Path, look: str) -> None:
    """In a process of its own: an application has one look from its first widget on."""
    walker = multiprocessing.get_context("spawn").Process(target=photograph, args=(folder, look))
    walker.start()
    walker.join()
    if walker.exitcode != 0:
        raise SystemExit(f"The tour in {look} ended with {walker.exitcode}.")


def photograph(folder: Path, look: str) -> None:
    dark, text_size = LOOKS[look]
    folder.mkdir()
    os.chdir(folder)
    for _ in run_tour(Path(_SHOWN), dark=dark, text_size=text_size):  # a window shows this path
        pass
    taken = {path.stem for path in Path(_SHOWN, "screens").glob("*.png")}
    if taken != set(SCREENS):
        raise SystemExit(f"The tour and its list differ: {sorted(taken ^ set(SCREENS))}")


def _parts(name: str) -> tuple[str, str]:
    look = next(look for look in LOOKS if name.endswith(f"_{look}.png"))
    return name.removesuffix(f"_{look}.png"), look


def _shrink(source: Path, target: Path) -> None:
    with Image.open(source) as picture:
        few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
        few.save(target, "PNG", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
