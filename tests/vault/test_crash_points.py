"""T06: whenever the program ends, the next start finds the old or the new state, and the paper code always opens."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.source_tree import ROOT

_BOTH = ["old", "colleague"]


def _states(operation: str, folder: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.vault.crash_points", operation, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    states: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(states) >= 15, "hardly anything was interrupted"
    return states


def _assert_whole(states: list[dict[str, Any]]) -> None:
    for state in states:
        assert (state["clerks"], state["chain_broken_at"], state["findings"]) == (5, None, [])
        assert [name for name in state["files"] if name.endswith((".tmp", "-wal", "-shm"))] == []
        assert len([name for name in state["files"] if name.endswith(".db")]) == 1


def test_T06_create_leaves_nothing_or_a_vault(fast_folder: Path) -> None:
    states = _states("create", fast_folder)
    assert {state["state"] for state in states} == {"nothing", "vault"}
    assert all(state["can_be_created"] for state in states if state["state"] == "nothing")
    assert all(state["opens"] == ["old"] and state["findings"] == [] for state in states if state["state"] == "vault")


def test_T06_adding_a_person_is_done_or_not(fast_folder: Path) -> None:
    states = _states("add_person", fast_folder)
    _assert_whole(states)
    assert {(state["people"].get("架空 新人"), state["slots"]) for state in states} == {(None, 3), (True, 4)}


def test_T06_one_passphrase_opens_at_every_moment_of_its_change(fast_folder: Path) -> None:
    states = _states("change_passphrase", fast_folder)
    _assert_whole(states)
    assert {tuple(state["opens"]) for state in states} == {("old", "colleague"), ("new", "colleague")}
    assert all(
        {"slot.changed", "slot.change_completed"} & set(state["acts"]) for state in states if "new" in state["opens"]
    )


def test_T06_a_person_is_disabled_or_not(fast_folder: Path) -> None:
    states = _states("disable_person", fast_folder)
    _assert_whole(states)
    assert all(state["people"]["架空 同僚"] == ("colleague" in state["opens"]) for state in states)
    assert {"colleague" in state["opens"] for state in states} == {True, False}


def test_T06_a_person_is_removed_and_the_keys_rotated_or_nothing_happened(fast_folder: Path) -> None:
    states = _states("remove_person", fast_folder)
    _assert_whole(states)
    outcomes = {(state["generation"], tuple(state["opens"]), "slot.removed" in state["acts"]) for state in states}
    assert outcomes == {(1, ("old", "colleague"), False), (2, ("old",), True)}


def test_T06_rotation_needs_nobodys_passphrase_and_loses_nobody(fast_folder: Path) -> None:
    states = _states("rotate", fast_folder)
    _assert_whole(states)
    assert {state["generation"] for state in states} == {1, 2}
    assert all(state["opens"] == _BOTH for state in states)


def test_T06_restore_brings_all_back_or_changes_nothing(fast_folder: Path) -> None:
    states = _states("restore", fast_folder)
    _assert_whole(states)
    assert {(state["generation"], "vault.restored" in state["acts"]) for state in states} == {(1, False), (2, True)}
    assert all(state["opens"] == _BOTH for state in states)


def test_T06_restore_over_a_broken_vault_can_be_done_again_and_keeps_the_broken_file(fast_folder: Path) -> None:
    states = _states("restore_over", fast_folder)
    _assert_whole(states)  # where it was still damaged: after the next try
    assert {state["state"] for state in states} == {"damaged", "vault"}
    assert all(state["kept"] and state["opens"] == _BOTH for state in states)


def test_T06_the_next_release_migrates_in_the_end(fast_folder: Path) -> None:
    states = _states("migrate", fast_folder)
    _assert_whole(states)
    assert all("vault.migrated" in state["acts"] and state["opens"] == _BOTH for state in states)
    assert {state["generation"] for state in states} == {2, 3}  # a number that was begun is not used again


def test_T06_a_backup_is_whole_or_not_there(fast_folder: Path) -> None:
    states = _states("backup", fast_folder)
    _assert_whole(states)
    assert {state["backups"] for state in states} == {1, 2}


def test_T06_somebody_is_erased_with_all_that_hangs_on_them_or_not_at_all(fast_folder: Path) -> None:
    states = _states("erase", fast_folder)
    _assert_whole(states)
    outcomes = {(tuple(state["member"]), tuple(state["erasures"]), state["outside"]) for state in states}
    before, done = ((1, 1), (), 0), ((0, 0), ("purged",), 1)
    pending = {((0, 0), ("pending",), outside) for outside in (0, 1)}  # deleted; the pages or the copy outside not yet
    assert outcomes == {before, done} | pending
    assert all(state["purged_next"] for state in states), "the next start can finish it"
