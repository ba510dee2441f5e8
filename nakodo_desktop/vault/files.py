"""A caller may stop knowing how a file reaches the disk whole: written aside, synced, renamed, folder synced."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from nakodo_desktop.errors import DiskFull, NotWritable

_PATIENT = os.name == "nt"  # elsewhere a refusal is a matter of rights and does not pass
_RETRIES = 10
_RETRY_SECONDS = 0.3  # ten tries in three seconds: a virus scanner or sync client lets go within that time


def write_atomically(path: Path, data: bytes) -> None:
    """Replace `path` by `data`, for this person's eyes only. Raises DiskFull, NotWritable; then the old file stands."""
    aside = path.with_name(path.name + ".tmp")
    try:
        _write_synced(aside, data)
        replace(aside, path)
    except OSError as exc:
        with suppress(OSError):  # the next unlock clears away what stays
            remove(aside)
        raise write_error(exc) from exc


def replace(source: Path, target: Path) -> None:
    """Rename over `target` and make the name durable. Never falls back to writing in place."""
    _patiently(lambda: source.replace(target))
    sync_folder(target.parent)


def remove(path: Path) -> None:
    _patiently(lambda: path.unlink(missing_ok=True))


def sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # NTFS journals names itself; a folder cannot be opened for syncing
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_error(exc: OSError) -> DiskFull | NotWritable:
    """What an operating-system refusal to write means to the operator."""
    if exc.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return disk_full()
    return NotWritable(
        "ファイルに書き込めませんでした。前の内容はそのまま残っています。",
        "フォルダーが読み取り専用でないか、ウイルス対策ソフトや同期ソフトが使っていないかをご確認ください。",
    )


def not_readable() -> NotWritable:
    return NotWritable(
        "このフォルダーを読むことができません。",
        "フォルダーの権限をご確認ください。",
    )


def disk_full() -> DiskFull:
    return DiskFull(
        "ディスクの空き容量が足りないため、保存できませんでした。入力した内容は画面に残っています。",
        "不要なファイルを片付けて空き容量を増やしてから、もう一度保存してください。",
    )


def _write_synced(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _patiently(step: Callable[[], object]) -> None:
    for attempt in range(_RETRIES):
        try:
            step()
            return
        except PermissionError:
            if not _PATIENT or attempt == _RETRIES - 1:
                raise
            time.sleep(_RETRY_SECONDS)
