"""Looking at paper and printing it leaves no plain file anywhere: not in a temp folder, not even for a moment."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.source_tree import ROOT
from tests.ui.printing.printing_day import NAME

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="watches the files as Linux tells of them")

_CREATED, _MOVED_IN = 0x100, 0x80  # inotify(7)
_EVENT = struct.Struct("iIII")
_OURS = ("office", "paper", "files")  # the vault; what the operating system prints; where the operator said
# Pictures for the style sheet, drawn once and the same for everybody.
_ICONS = re.compile(r"\.cache/nakodo_desktop(/icons(/[a-z0-9-]+-[0-9A-F]{6}-\d+(@2x)?\.png)?)?")
_WRITES = re.compile(r'(?:openat|open|creat)\((?:AT_FDCWD, )?"(?P<path>[^"]+)".*(?:O_CREAT|O_WRONLY|O_RDWR)')


class House:
    """A temp folder, a home and a working folder that nobody else uses."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.folders = {name: base / name for name in ("tmp", "home", "here")}
        for folder in self.folders.values():
            folder.mkdir()

    @property
    def environment(self) -> dict[str, str]:
        temp, home = str(self.folders["tmp"]), self.folders["home"]
        ours = {"TMPDIR": temp, "TEMP": temp, "TMP": temp, "HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache")}
        return os.environ | ours | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}

    def command(self) -> list[str]:
        return [sys.executable, "-B", "-m", "tests.ui.printing.printing_day", str(self.base / "base")]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_no_file_appears_where_nobody_put_it(house: House) -> None:
    """Not for a moment in a temp folder; and where processes may be traced, nowhere else either."""
    tracer = strace(house.base / "trace")
    with appearing_in(house.folders.values()) as seen:
        run([*tracer, *house.command()], house)
    assert set(seen) <= {".cache"}
    assert [path.name for path in (house.base / "base" / "files").iterdir()], "nothing was printed"
    left = [path for folder in house.folders.values() for path in folder.rglob("*") if path.is_file()]
    assert [path for path in left if not is_icon(path, house)] == []
    assert [path for path in left if NAME.encode() in path.read_bytes()] == []
    written = opened_for_writing(house.base / "trace") if tracer else set()
    assert bool(written) == bool(tracer), "nothing was traced"
    assert [path for path in sorted(written) if not is_in_its_place(path, house)] == []


def strace(trace: Path) -> list[str]:
    """In front of a command it writes down every file that is opened; nothing where that is not to be had."""
    command = ["strace", "-f", "-qq", "-s", "4096", "-e", "trace=openat,open,creat", "-o", str(trace)]
    if shutil.which(command[0]) is None:
        return []
    tried = subprocess.run([*command, "true"], check=False, capture_output=True)
    return command if tried.returncode == 0 else []


def opened_for_writing(trace: Path) -> set[str]:
    calls = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    return {match["path"] for call in calls if " = -1 " not in call and (match := _WRITES.search(call))}


def is_in_its_place(path: str, house: House) -> bool:
    places = (*(house.base / "base" / name for name in _OURS), Path("/dev"), Path("/proc"))
    return any(Path(path).is_relative_to(place) for place in places) or is_icon(Path(path), house)


def is_icon(path: Path, house: House) -> bool:
    home = house.folders["home"]
    return path.is_relative_to(home) and _ICONS.fullmatch(str(path.relative_to(home))) is not None


def run(command: list[str], house: House) -> None:
    here = house.folders["here"]
    done = subprocess.run(
        command, cwd=here, env=house.environment, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stderr[-2000:]


@contextmanager
def appearing_in(folders: Iterable[Path]) -> Iterator[list[str]]:
    """Names of everything that comes into being in the folders, also when it is gone at once."""
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.inotify_init1(os.O_NONBLOCK)
    assert descriptor >= 0
    seen: list[str] = []
    try:
        for folder in folders:
            assert libc.inotify_add_watch(descriptor, os.fsencode(folder), _CREATED | _MOVED_IN) >= 0
        yield seen
        seen += _names(descriptor)
    finally:
        os.close(descriptor)


def _names(descriptor: int) -> Iterator[str]:
    while True:
        try:
            events = os.read(descriptor, 1 << 16)
        except BlockingIOError:
            return
        at = 0
        while at < len(events):
            *_, length = _EVENT.unpack_from(events, at)
            yield os.fsdecode(events[at + _EVENT.size : at + _EVENT.size + length].rstrip(b"\0"))
            at += _EVENT.size + length
