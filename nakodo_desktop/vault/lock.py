"""One program at a time holds a vault. The operating system's lock rules; the file's text only names the holder."""

from __future__ import annotations

import errno
import os
import platform
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from nakodo_desktop.errors import NotWritable, UserError, VaultInUse
from nakodo_desktop.vault import canonical, files

LOCK_NAME = "vault.lock"

_LOCKED_BYTE = 1 << 20  # Windows locks bytes and forbids reading them: far behind the text


class InstanceLock:
    """Held until `release()` or the end of the process, whichever comes first; a stale file blocks nobody."""

    def __init__(self, file: BinaryIO) -> None:
        self._file: BinaryIO | None = file

    def release(self) -> None:
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None


def take_lock(folder: Path, *, now: Callable[[], datetime]) -> InstanceLock:
    """Raises VaultInUse naming who is there, at once; NotWritable when the folder is read-only."""
    try:
        descriptor = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as exc:
        raise _refused(exc) from exc
    file = os.fdopen(descriptor, "rb+", buffering=0)
    try:
        _lock(file)
    except OSError as exc:
        holder = _holder(file)
        file.close()
        raise VaultInUse(
            f"このデータは、すでに開かれています{holder}。",
            "先に開いているほうの画面を使うか、閉じてからもう一度お試しください。",
        ) from exc
    file.truncate(0)
    file.seek(0)
    file.write(
        canonical.encode({"host": platform.node(), "pid": os.getpid(), "since": now().isoformat(timespec="seconds")})
    )
    return InstanceLock(file)


def _refused(exc: OSError) -> UserError:
    """A vault that takes no entries cannot be looked at either: each look belongs into its log (ADR 0016)."""
    if exc.errno not in (errno.EROFS, errno.EACCES, errno.EPERM):
        return files.write_error(exc)
    return NotWritable(
        "このデータのフォルダーは読み取り専用なので、開けません。中身は何も変わっていません。",
        "フォルダーの権限か、USBメモリーの書き込み禁止をご確認ください。中身を見るだけのときは、フォルダーごと"
        "パソコンにコピーして、そのコピーを開きます（コピーに入力したことは、元のデータには入りません）。",
    )


def _holder(file: BinaryIO) -> str:
    """「（パソコン「A」、午前…から）」 or nothing: the text is a courtesy and may be torn."""
    try:
        file.seek(0)
        known = canonical.fields(canonical.decode(file.read(4096)), "host", "pid", "since")
        since = datetime.fromisoformat(str(known["since"])).astimezone()
    except (OSError, ValueError):
        return ""
    return f"（パソコン「{known['host']}」で {since:%m月%d日 %H:%M} から、番号 {known['pid']}）"


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)  # per open file: refuses this very process too
