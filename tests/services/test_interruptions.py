"""A full disk or a killed process in the middle of a deed: all is as before it, or as after it, never between."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import count

import pytest

from nakodo_desktop.errors import DiskFull
from tests.officekit import Building, everything
from tests.services.deeds import DEEDS
from tests.source_tree import ROOT
from tests.vault.sqlite_disk import watched_disk


@pytest.mark.parametrize("name", DEEDS)
def test_a_full_disk_says_so_at_every_write_and_nothing_is_half_saved(building: Building, name: str) -> None:
    deed = DEEDS[name]
    with watched_disk() as disk:
        desk = building.enter()
        deed.prepare(desk)
        before = everything(desk)
        for room in count():
            disk.full_after = disk.writes + room
            try:
                deed.do(desk)
            except DiskFull as refused:
                disk.full_after = None
                assert "空き容量" in refused.message + refused.advice
                assert everything(desk) == before
            else:
                break
        disk.full_after = None
        assert room > 1
        assert deed.state(desk) == "after"
        building.leave()


if sys.platform != "win32":  # a fork that dies at a chosen write

    @pytest.fixture(scope="module")
    def killed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, object]]]:
        """What was found after each kill, by deed."""
        program = [sys.executable, "-m", "tests.services.killed", str(tmp_path_factory.mktemp("killed"))]
        run = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        found: dict[str, list[dict[str, object]]] = json.loads(run.stdout)
        return found

    @pytest.mark.parametrize("name", DEEDS)
    def test_a_process_killed_in_a_deed_leaves_it_undone_or_done(
        killed: dict[str, list[dict[str, object]]], name: str
    ) -> None:
        found = killed[name]
        assert len(found) > 1
        assert [one for one in found if one["state"] not in ("before", "after")] == []
        assert {(one["is_log_whole"], one["integrity"]) for one in found} == {(True, "ok")}
        assert (found[0]["state"], found[-1]["state"]) == ("before", "after")
