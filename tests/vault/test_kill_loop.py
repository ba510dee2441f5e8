"""T01, T07: what was acknowledged is there after the process was killed at a random moment."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.source_tree import ROOT


@pytest.mark.parametrize(
    ("number", "rounds"), [(signal.SIGKILL, 200), (signal.SIGTERM, 30)], ids=["T01_killed", "T07_asked_to_end"]
)
def test_every_acknowledged_row_survives(fast_folder: Path, number: signal.Signals, rounds: int) -> None:
    command = [sys.executable, "-m", "tests.vault.kill_loop", str(fast_folder), str(rounds), str(int(number))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert len(results) == rounds
    assert max(result["promised"] for result in results) > rounds, "hardly anything was written"
    for result in results:
        assert result["promised"] <= result["found"] <= result["promised"] + 1
        assert result["entries"] == result["found"], "a row without its audit entry, or the other way round"
        assert (result["broken_at"], result["integrity"]) == (None, ["ok"])
