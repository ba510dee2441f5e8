"""T40: after a lock no passphrase, key or member text is in the memory of the program's process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nakodo_desktop.services.unlocking import create_job, finish_set_up, open_vault
from tests import factory
from tests.source_tree import ROOT
from tests.vaultkit import CHEAPEST_KDF

PASSPHRASE = "canary-passphrase-kanaria-1711756"
NAME = "カナリア漏洩検査花子"
PATIENCE_S = 30

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc/PID/mem")


@pytest.fixture
def child(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], bytes]]:
    """The program with an open office and a half-typed interview, and its raw database key."""
    folder = tmp_path / "vault"
    opened = create_job(folder, passphrase=PASSPHRASE, head_name="見本 所長", kdf=CHEAPEST_KDF)()
    vault = open_vault(opened)
    finish_set_up(vault, factory.office())
    vault.close()
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.lock_child"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(f"{folder}\n{PASSPHRASE}\n{NAME}\n")
    process.stdin.flush()
    try:
        assert process.stdout.readline().strip() == "open"
        yield process, opened.keys.database_key()
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()
        shutil.rmtree(folder)


def test_after_lock_the_memory_holds_no_passphrase_key_or_member_text_T40(
    child: tuple[subprocess.Popen[str], bytes],
) -> None:
    process, key = child
    canaries = needles(key)
    before = found_in_memory(process.pid, canaries)
    # What Qt had of the passphrase may be overwritten by now; the hands hold it, and the name stands in its box.
    assert {"passphrase utf-8", "name utf-16"} <= before, "the control finds nothing: this test could not fail"
    assert process.stdin is not None
    process.stdin.write("lock\n")
    process.stdin.flush()
    wait_until(lambda: b"tests.lock_child" not in command_of(process.pid))
    wait_until_idle(process.pid)
    assert process.poll() is None
    assert b"--vault" in command_of(process.pid)
    try:
        assert found_in_memory(process.pid, canaries) == set()
    except PermissionError:
        assert os.geteuid() != 0  # nobody but the administrator may even look


def needles(key: bytes) -> dict[str, bytes]:
    return {
        "passphrase utf-8": PASSPHRASE.encode(),
        "passphrase utf-16": PASSPHRASE.encode("utf-16-le"),
        "name utf-8": NAME.encode(),
        "name utf-16": NAME.encode("utf-16-le"),
        "key": key,
        "key in hex": key.hex().encode(),
    }


def found_in_memory(pid: int, canaries: dict[str, bytes]) -> set[str]:
    """Every writable page of the process."""
    found: set[str] = set()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines():
            span, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            begin, end = (int(part, 16) for part in span.split("-"))
            try:
                memory.seek(begin)
                page = memory.read(end - begin)
            except OSError:  # a guard page, or unmapped since
                continue
            found |= {name for name, canary in canaries.items() if canary in page}
    return found


def command_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def wait_until(holds: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < limit, "it did not happen"
        os.sched_yield()


def wait_until_idle(pid: int) -> None:
    """The new process stands at its unlock screen: it has used some processor time and uses no more."""
    used, since = -1, time.monotonic()
    limit = time.monotonic() + PATIENCE_S
    while time.monotonic() - since < 1.0 or used < 20:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        now = int(fields[11]) + int(fields[12])
        if now != used:
            used, since = now, time.monotonic()
        assert time.monotonic() < limit, "the new process does not come to rest"
        os.sched_yield()
