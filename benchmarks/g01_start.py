"""G1, G2: the unlock window stands painted almost as soon as an empty Qt window would, in little more memory."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.common import Row, Skipped, WrongAnswer, alternate, ratio
from benchmarks.first_paint import PAINTED
from benchmarks.synth import office

ROUNDS = 15
COLOURS_OF_A_SCREEN = 8  # a blank window shows one


def measure() -> Iterator[Row | Skipped]:
    with display() as shown, office(members=1) as vault:
        if shown is None:
            yield Skipped("G1", "unlock window painted / bare QMainWindow", "no display, and no Xvfb to make one")
            return
        home = vault.parent
        place_as_default(vault, home)
        usage: dict[str, list[dict[str, float]]] = {"bare": [], "ours": []}
        surroundings = environment(home) | shown
        sides = {side: partial(start, side, surroundings, usage) for side in ("ours", "bare")}
        samples = alternate(sides, rounds=ROUNDS)
    if min(used["colours"] for used in usage["ours"]) < COLOURS_OF_A_SCREEN:
        raise WrongAnswer("the unlock window was not painted")
    yield Row("G1", "unlock window painted / bare QMainWindow", ratio(samples, "ours", "bare"), 1.5, "x", samples)
    if "cpu_s" in usage["ours"][0]:
        yield Row("G2", "processor time until then / bare", of_both(usage, "cpu_s"), 1.7, "x", {})
        yield Row("G2", "peak memory until then / bare", of_both(usage, "peak_rss_kib"), 1.6, "x", {})


@contextmanager
def display() -> Iterator[dict[str, str] | None]:
    """The screen that is there, or a virtual X one. Not Qt's offscreen platform: a floor without a window system
    is one that no program has.
    """
    xvfb = shutil.which("Xvfb")
    if sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        yield {}
    elif xvfb is None:
        yield None
    else:
        command = [xvfb, "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
            assert server.stdout is not None
            number = server.stdout.readline().strip()
            yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
            server.terminate()


def place_as_default(vault: Path, home: Path) -> None:
    """Where a program with this home folder looks for its vault."""
    probe = "from nakodo_desktop.paths import default_vault_dir; print(default_vault_dir())"
    found = subprocess.run(
        [sys.executable, "-c", probe], env=environment(home), capture_output=True, text=True, check=True
    )
    target = Path(found.stdout.strip())
    target.parent.mkdir(parents=True)
    vault.rename(target)


def start(side: str, surroundings: dict[str, str], usage: Mapping[str, list[dict[str, float]]]) -> float:
    begin = perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.first_paint", side], env=surroundings, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    first = child.stdout.readline().strip()
    seconds = perf_counter() - begin
    rest = child.stdout.read()
    if first != PAINTED or child.wait() != 0:
        raise WrongAnswer(f"{side}: {first or 'ended before a window was painted'}")
    report = json.loads(rest)
    usage[side].append({name: value for name, value in report.items() if name != "modules"})
    return seconds


def of_both(usage: Mapping[str, list[dict[str, float]]], what: str) -> float:
    ours, bare = (statistics.median(sample[what] for sample in usage[side]) for side in ("ours", "bare"))
    return ours / bare


def environment(home: Path) -> dict[str, str]:
    """A home folder of its own, and modules compiled once (the warm-up does it), as an installed program has them."""
    folders = (
        "HOME",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "LOCALAPPDATA",
        "APPDATA",
    )
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(home / "compiled")}
    return os.environ | {name: str(home) for name in folders} | compiled
