"""A file is there whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nakodo_desktop.errors import DiskFull, NotWritable
from nakodo_desktop.export.writing import write_atomically
from tests.bundlekit import made

ROOT = Path(__file__).resolve().parents[2]


def failing(number: int) -> Iterator[bytes]:
    yield b"half a bundle"
    raise OSError(number, os.strerror(number))


def test_what_is_written_is_the_bundle(tmp_path: Path):
    bundle = made()
    path = write_atomically(tmp_path, name=bundle.file_name, chunks=bundle.chunks())
    assert path == tmp_path / bundle.file_name
    assert path.read_bytes() == bundle.to_bytes()
    assert list(tmp_path.iterdir()) == [path]


def test_others_on_this_computer_cannot_read_it(tmp_path: Path):
    path = write_atomically(tmp_path, name="a.zip", chunks=[b"x"])
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o077 == 0


def test_writing_again_replaces_the_file(tmp_path: Path):
    write_atomically(tmp_path, name="a.zip", chunks=[b"old and long"])
    assert write_atomically(tmp_path, name="a.zip", chunks=[b"new"]).read_bytes() == b"new"


@pytest.mark.parametrize(
    ("number", "error", "words"),
    [
        (errno.ENOSPC, DiskFull, "空きが足りません"),
        (errno.EFBIG, NotWritable, "この大きさのファイル"),
        (errno.EIO, NotWritable, "接続が切れました"),
        (errno.EROFS, NotWritable, "書き込めません"),
    ],
)
def test_failure_is_told_and_leaves_the_folder_as_it_was(
    tmp_path: Path, number: int, error: type[Exception], words: str
):
    (tmp_path / "a.zip").write_bytes(b"the last good one")
    with pytest.raises(error, match=words):
        write_atomically(tmp_path, name="a.zip", chunks=failing(number))
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]
    assert (tmp_path / "a.zip").read_bytes() == b"the last good one"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(NotWritable) as told:
        write_atomically(tmp_path / "gone", name="a.zip", chunks=[b"x"])
    assert "別のフォルダー" in told.value.advice


def test_a_file_chosen_as_folder_is_told(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotWritable):
        write_atomically(tmp_path / "file", name="a.zip", chunks=[b"x"])


def test_cancelling_leaves_nothing(tmp_path: Path):
    class Cancelled(Exception):
        pass

    seen: list[int] = []

    def stop_after_two(written: int) -> None:
        seen.append(written)
        if len(seen) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_atomically(tmp_path, name="a.zip", chunks=[b"abc"] * 9, on_progress=stop_after_two)
    assert seen == [3, 6]
    assert list(tmp_path.iterdir()) == []


def test_a_killed_export_shows_nothing_and_the_next_one_sweeps(tmp_path: Path):
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from nakodo_desktop.export.writing import write_atomically\n"
        "def chunks():\n"
        "    yield bytes(1 << 20)\n"
        "    os._exit(9)\n"
        "write_atomically(Path(sys.argv[1]), name='killed.zip', chunks=chunks())\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, check=False)
    assert killed.returncode == 9
    assert not (tmp_path / "killed.zip").exists()
    left_over = list(tmp_path.iterdir())
    assert [path.name for path in left_over] == [".killed.zip.nakodo-part"]
    write_atomically(tmp_path, name="next.zip", chunks=[b"x"])
    assert [path.name for path in tmp_path.iterdir()] == ["next.zip"]


def test_a_link_laid_in_the_way_is_not_followed(tmp_path: Path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / ".a.zip.nakodo-part").symlink_to(victim)
    write_atomically(folder, name="a.zip", chunks=[b"x"])
    assert victim.read_bytes() == b"precious"
