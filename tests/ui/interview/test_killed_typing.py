"""Whoever types is killed at a random moment: the interview resumes, and at most two seconds of typing are lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from nakodo_desktop.ui.interview.drafts import AUTOSAVE_MS
from tests.source_tree import ROOT

_SECONDS = 12  # ten minutes of it: python -m tests.ui.interview.killed_typing FOLDER 600
_SLACK_S = 0.4  # a timer of a loaded machine, and the save itself


def test_at_most_two_seconds_of_typing_are_lost(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.ui.interview.killed_typing", str(tmp_path), str(_SECONDS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    lives = json.loads(done.stdout)
    assert len(lives) >= 2
    assert lives[-1]["committed"] > 4 * len(lives), "hardly anything was typed"
    for before, life in zip([None, *lives], lives, strict=False):
        assert life["shown_again"] == (0 if before is None else before["found"]), "saved, not shown"
        assert life["is_prefix"], "a word is broken or out of its place"
        assert life["lost_s"] <= AUTOSAVE_MS / 1000 + _SLACK_S, life
        assert life["is_log_whole"]
