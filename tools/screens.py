"""Renew the pictures of the windows: run the demo in a folder that is thrown away and keep what it photographed."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path, help="the folder of the pictures, emptied of older ones")
    target: Path = parser.parse_args().target
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "nakodo_desktop", "demo", folder], check=True, timeout=600)
        pictures = sorted(Path(folder).rglob("*.png"))
        if not pictures:
            raise SystemExit("The demo left no pictures.")
        target.mkdir(parents=True, exist_ok=True)
        for old in target.glob("*.png"):
            old.unlink()
        for picture in pictures:
            shutil.copy(picture, target / picture.name)
    print(f"{len(pictures)} pictures in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
