"""Run the demo in a folder that is thrown away, then check its bundle as the association would.

With `--program` the frozen program is tried the same way, and its self-check first.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, help="the frozen program; without it the checkout is tried")
    program: Path | None = parser.parse_args().program
    command = [str(program.resolve())] if program else [sys.executable, "-m", "nakodo_desktop"]
    with tempfile.TemporaryDirectory() as folder:
        run([*command, "self-check"])
        run([*command, "demo", folder])
        run([*command, "verify", str(the_bundle(Path(folder)))])
    return 0


def run(command: list[str]) -> None:
    subprocess.run(command, check=True, timeout=600)


def the_bundle(folder: Path) -> Path:
    bundles = sorted(folder.rglob("*.zip"))
    if len(bundles) != 1:
        raise SystemExit(f"The demo should leave one bundle, not {[path.name for path in bundles]}.")
    return bundles[0]


if __name__ == "__main__":
    sys.exit(main())
