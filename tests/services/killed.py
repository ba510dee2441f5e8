"""Kills a process at its n-th write in the middle of a deed, and once right after the deed, and looks at what is left.

Run as a program of its own:

    python -m tests.services.killed FOLDER

Prints JSON: for each deed and each write at which a child was killed, the state found then and whether all is whole.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from nakodo_desktop.vault.audit_reading import verify_chain
from nakodo_desktop.vault.secret_keys import AUDIT, secret_key
from tests.officekit import Building, BuildingTemplate, make_building
from tests.services.deeds import DEEDS, Deed
from tests.vault.sqlite_disk import watched_disk
from tests.vaultkit import make_template

_DONE = signal.SIGTERM  # ends a process as suddenly, and tells the two apart


@dataclass(frozen=True)
class Found:
    """What a newcomer to the office finds after a crash."""

    state: str
    is_log_whole: bool
    integrity: str


def main() -> None:
    base = Path(sys.argv[1])
    template = make_building(make_template(base / "vault"), base / "building")
    sys.stdout.write(json.dumps({name: _interrupt(deed, template, base / name) for name, deed in DEEDS.items()}))


def _interrupt(deed: Deed, template: BuildingTemplate, base: Path) -> list[dict[str, object]]:
    prepared = template.copy(base / "prepared")
    deed.prepare(prepared.enter())
    prepared.leave()
    results = []
    for write in range(1, 10_000, deed.stride):
        building = _copy_of(prepared, template, base / f"killed-{write}")
        was_in_time = _is_killed_at(write, building, deed)
        results.append(vars(_find(building, deed)))
        shutil.rmtree(building.folder)
        if not was_in_time:
            break
    return results


def _copy_of(prepared: Building, template: BuildingTemplate, folder: Path) -> Building:
    shutil.copytree(prepared.folder, folder)
    building = Building(folder, template.slots, template.vault.keys.master_key)
    building.clock.at = prepared.clock.at
    return building


def _is_killed_at(write: int, building: Building, deed: Deed) -> bool:
    """False when the deed was over before it wrote so much: then it was killed after it had said so."""
    child = os.fork()
    if child == 0:
        with watched_disk() as disk:
            desk = building.enter()
            first = disk.writes + write

            def kill(number: int) -> None:
                if number == first:
                    os.kill(os.getpid(), signal.SIGKILL)

            disk.on_write = kill
            deed.do(desk)
            os.kill(os.getpid(), _DONE)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) or os.WTERMSIG(status) not in (signal.SIGKILL, _DONE):
        raise RuntimeError(f"the child ended otherwise: {status}")
    return os.WTERMSIG(status) == signal.SIGKILL


def _find(building: Building, deed: Deed) -> Found:
    desk = building.enter()
    db = desk.vault.read()
    whole = verify_chain(db, secret_key(db, AUDIT)).broken_at is None
    integrity = ",".join(str(row[0]) for row in db.execute("PRAGMA integrity_check"))
    found = Found(deed.state(desk), whole, integrity)
    building.leave()
    return found


if __name__ == "__main__":
    main()
