"""Kills a process that writes, again and again, and counts what it had been promised. Run as a program of its own.

python -m tests.vault.kill_loop FOLDER ROUNDS SIGNAL
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

from nakodo_desktop.vault.audit_reading import verify_chain
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.secret_keys import AUDIT, secret_key
from nakodo_desktop.vault.unlock import OpenedKeys
from nakodo_desktop.vault.vault import Vault
from tests.vault.vault_content import add_clerk, clerks
from tests.vaultkit import Clock, make_template, pc_of

_ROUNDS_A_VAULT = 50  # everything written is read again after each kill: a log that only grows would take ever longer


def main() -> None:
    base, rounds, number = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    template = make_template(base / "template")
    dice = random.Random(20261123)
    results = []
    for done in range(rounds):
        if done % _ROUNDS_A_VAULT == 0:
            folder, keys = template.copy(base / f"vault-{done}")
            promised = 0
        promised = max(promised, _write_until_killed(folder, keys, begin=promised, dice=dice, number=number))
        vault = _open(folder, keys)
        db = vault.read()
        found = clerks(db)
        results.append(
            {
                "promised": promised,
                "found": found,
                "entries": len(db.execute("SELECT 1 FROM audit WHERE act = 'staff.add'").fetchall()),
                "broken_at": verify_chain(db, secret_key(db, AUDIT)).broken_at,
                "integrity": [row[0] for row in db.execute("PRAGMA integrity_check")],
            }
        )
        promised = found  # one more than acknowledged may have become durable
        vault.close()
    sys.stdout.write(json.dumps(results))


def _open(folder: Path, keys: OpenedKeys) -> Vault:
    return Vault.open(folder, replace(keys, state=read_header(folder)), now=Clock(), data_dir=pc_of(folder))


def _write_until_killed(folder: Path, keys: OpenedKeys, *, begin: int, dice: random.Random, number: int) -> int:
    """How many rows the child said were saved."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        vault = _open(folder, keys)
        os.write(writing, b"ready\n")
        for row in range(begin, begin + 100_000):
            add_clerk(vault, row)
            os.write(writing, b"%d\n" % (row + 1))
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        pipe.readline()
        time.sleep(dice.uniform(0.0, 0.008))
        os.kill(child, signal.Signals(number))
        os.waitpid(child, 0)
        said = pipe.read().split(b"\n")
    whole = [int(line) for line in said[:-1]]
    return whole[-1] if whole else begin


if __name__ == "__main__":
    main()
