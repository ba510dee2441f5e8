"""Run the demo in a folder that is thrown away, then check its bundle as the association would, and what was left.

With `--program` the frozen program is tried the same way, and its self-check first.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HOMES = (
    *("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"),
    *("LOCALAPPDATA", "APPDATA", "TMPDIR", "TEMP", "TMP"),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, help="the frozen program; without it the checkout is tried")
    program: Path | None = parser.parse_args().program
    command = [str(program.resolve())] if program else [sys.executable, "-m", "nakodo_desktop"]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        run([*command, "self-check"])
        run([*command, "demo", folder], home=Path(home))
        refuse_leftovers(Path(home))
        run([*command, "verify", str(the_bundle(Path(folder)))])
    return 0


def run(command: list[str], *, home: Path | None = None) -> None:
    mine = {} if home is None else dict.fromkeys(HOMES, str(home))
    subprocess.run(command, check=True, timeout=600, env=os.environ | mine)


def refuse_leftovers(home: Path) -> None:
    """A whole day of 34 people leaves icons and how far the log was seen, in ids: no vault, no temporary file."""
    files = [path for path in home.rglob("*") if path.is_file()]
    left = [path.name for path in files if path.parent.name != "icons" and path.name != "last-seen.json"]
    if left:
        raise SystemExit(f"The demo should leave nothing behind, but there is {left}.")


def the_bundle(folder: Path) -> Path:
    bundles = sorted(folder.rglob("*.zip"))
    if len(bundles) != 1:
        raise SystemExit(f"The demo should leave one bundle, not {[path.name for path in bundles]}.")
    return bundles[0]


if __name__ == "__main__":
    sys.exit(main())
