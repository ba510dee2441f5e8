"""After importing this nobody sees half a file: it is in the folder whole, or it is not there."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from nakodo_desktop.errors import DiskFull, NotWritable, UserError

_PART_SUFFIX = ".nakodo-part"
_NEW_AND_PRIVATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_FULL = (errno.ENOSPC, errno.EDQUOT) if sys.platform != "win32" else (errno.ENOSPC,)
# A file system that has no notion of syncing a folder says so; the file itself is synced all the same.
_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES)


def write_atomically(
    folder: Path,
    *,
    name: str,
    chunks: Iterable[bytes],
    on_progress: Callable[[int], None] | None = None,
    check: Callable[[Path], None] | None = None,
) -> Path:
    """Put the chunks into `folder` under `name` and return the path; an older file of that name is replaced.

    `check` reads the written file before it gets its name, and raises when it is not what it should be.
    `on_progress` is told the bytes written so far and may raise to cancel: then, as after any failure, the folder holds
    what it held before. What a killed run left behind is swept away by the next one.
    Raises: DiskFull, NotWritable.
    """
    target = folder / name
    part = folder / f".{name}{_PART_SUFFIX}"
    try:
        _sweep(folder)
        try:
            with os.fdopen(os.open(part, _NEW_AND_PRIVATE, 0o600), "wb") as file:
                _write(file, chunks, on_progress)
            if check is not None:
                check(part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        _sync_folder(folder)
    except OSError as failed:
        raise _told(failed) from failed
    return target


def _write(file: BinaryIO, chunks: Iterable[bytes], on_progress: Callable[[int], None] | None) -> None:
    written = 0
    for chunk in chunks:
        file.write(chunk)
        written += len(chunk)
        if on_progress is not None:
            on_progress(written)
    file.flush()
    os.fsync(file.fileno())


def _sweep(folder: Path) -> None:
    for left_over in folder.glob(f".*{_PART_SUFFIX}"):
        left_over.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut. Windows cannot open a folder; NTFS journals the name itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as failed:
        if failed.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def _told(failed: OSError) -> UserError:
    if failed.errno in _FULL:
        return DiskFull(
            "保存先の空きが足りません。書きかけのファイルは残していません。",
            "空きを作るか、別のフォルダーを選んで、もう一度書き出してください。",
        )
    if failed.errno == errno.EFBIG:
        return NotWritable(
            "保存先には、この大きさのファイルを置けません。書きかけのファイルは残していません。",
            "exFATかNTFSで初期化したUSBメモリーか、別のフォルダーを選んでください。",
        )
    if failed.errno in (errno.EIO, errno.ENODEV, errno.ENXIO):
        return NotWritable(
            "保存先との接続が切れました。書き出しは完了していません。",
            "USBメモリーを差し直し、もう一度書き出してください。",
        )
    return NotWritable(
        "保存先のフォルダーに書き込めません。何も書き出していません。",
        "フォルダーがあるか、書き込みが許されているかを確かめるか、別のフォルダーを選んでください。",
    )
