"""T35, T39: after a whole working day no file but the deliberate exports shows a planted word, and no log or dialog."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.app.working_day import CORRECTED_PHONE, PLANTED, WRONG_PASSPHRASE
from tests.picturekit import CANARY
from tests.source_tree import ROOT
from tests.vaultkit import TEST_PASSPHRASE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the day is ended by a signal")

_HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
_PHONES = (PLANTED["phone"], CORRECTED_PHONE)
WORDS = (
    *PLANTED.values(),
    CORRECTED_PHONE,
    *(phone.replace("-", "") for phone in _PHONES),
    TEST_PASSPHRASE,
    WRONG_PASSPHRASE,
    CANARY.decode(),  # what the camera wrote into its picture
)
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc-jp")
_DEFLATED = re.compile(rb"x[\x01\x5e\x9c\xda]")  # where a zlib stream may begin
_LARGEST = 1 << 20


def needles(word: str) -> set[bytes]:
    """The word as a file may spell it."""
    found = {quote(word).encode(), json.dumps(word)[1:-1].encode()}
    for encoding in _ENCODINGS:
        try:
            found.add(word.encode(encoding))
        except UnicodeEncodeError:
            continue
    return found


NEEDLES = {needle for word in WORDS for needle in needles(word)}


def shows_a_word(raw: bytes) -> bool:
    """Plain, in a ZIP, or squeezed as a PDF and a PNG do it."""
    return any(needle in layer for layer in layers(raw) for needle in NEEDLES)


def layers(raw: bytes) -> Iterator[bytes]:
    yield raw
    if zipfile.is_zipfile(BytesIO(raw)):
        with zipfile.ZipFile(BytesIO(raw)) as bundle:
            for name in bundle.namelist():
                yield name.encode()
                yield from layers(bundle.read(name))
    for start in _DEFLATED.finditer(raw):
        try:
            yield zlib.decompressobj().decompress(raw[start.start() :], _LARGEST)
        except zlib.error:
            continue


def found_in(root: Path) -> list[str]:
    """Names count as much as contents."""
    files = [path for path in root.rglob("*") if path.is_file()]
    told = "\n".join(str(path) for path in root.rglob("*")).encode()
    return [str(path) for path in files if shows_a_word(path.read_bytes())] + ["a name"] * shows_a_word(told)


@pytest.mark.parametrize("spelling", sorted(needles(PLANTED["address_line"])))
def test_T35_the_search_finds_a_word_however_it_lies_there(spelling: bytes) -> None:
    zipped = BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("x", b"..." + spelling)
    for raw in (spelling, zipped.getvalue(), b"%PDF stream\n" + zlib.compress(b"BT " + spelling)):
        assert shows_a_word(b"before" + raw if raw is spelling else raw)
    assert not shows_a_word("見本 太郎".encode())


class Day:
    """The process, the places it may write to, and what it said."""

    def __init__(self, home: Path, office: Path) -> None:
        self.home, self.office = home, office
        self.out, self.stick = home.parent / "out", home.parent / "stick"
        for folder in (home, self.out, self.stick, home / "tmp"):
            folder.mkdir()
        environment = os.environ | dict.fromkeys(_HOMES, str(home)) | {"TMPDIR": str(home / "tmp")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.app.working_day", str(self.out), str(self.stick)],
            cwd=ROOT,
            env=environment | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert self._process.stdin is not None
        self._process.stdin.write(f"{office}\n{TEST_PASSPHRASE}\n".encode())
        self._process.stdin.flush()
        self.said: list[bytes] = []

    def work(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said.append(line.strip())
            if line.strip() == b"open":
                return
        raise AssertionError(b"\n".join(line for line in self.said if b"propagateSizeHints" not in line).decode())

    def end(self) -> None:
        try:
            self._process.send_signal(signal.SIGTERM)
            self.said += self._process.communicate(timeout=30)[0].splitlines()
        finally:
            self._process.kill()
            self._process.wait()
        assert self._process.returncode == 0

    def told(self, kind: bytes) -> list[bytes]:
        return [line.removeprefix(kind) for line in self.said if line.startswith(kind)]


@pytest.fixture
def day(closed_office: Path, tmp_path: Path) -> Iterator[Day]:
    base = tmp_path / "pc"
    base.mkdir()
    made = Day(base / "home", Path(shutil.copytree(closed_office, base / "vault")))
    yield made
    made._process.kill()
    made._process.communicate()


def test_T35_T39_a_working_day_leaves_no_word_outside_the_exports(day: Day) -> None:
    day.work()
    searched = (day.home, day.office, day.stick)
    assert [found for root in searched for found in found_in(root)] == [], "while the office is open"
    day.end()
    assert [found for root in searched for found in found_in(root)] == [], "after closing"
    assert any(day.stick.iterdir()) and (day.out / "declaration.pdf").exists() and list(day.out.glob("*.zip"))
    # Nothing went by on the way either: every file that was opened for writing lies where it belongs.
    (written,) = day.told(b"written: ")
    strays = [path for path in json.loads(written) if not Path(path).is_relative_to(day.home.parent)]
    assert [path for path in strays if path != os.devnull] == []
    assert list((day.home / "tmp").iterdir()) == []
    # The log did tell of the bugs, the dialogs and what is said to support, in their own words.
    (log,) = day.home.rglob("nakodo.log")
    assert "KeyError" in log.read_text(encoding="utf-8") and "ValueError" in log.read_text(encoding="utf-8")
    dialogs = b" ".join(day.told(b"dialog: ")).decode()
    assert dialogs.count("予期しないエラー") == 2
    assert b"PySide6" in b" ".join(day.told(b"support: "))
    assert not shows_a_word(b"\n".join(day.said)), "on standard output or error"
