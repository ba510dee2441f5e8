"""What lies on the disk before each step of an operation that changes it; callers need not know how it is stopped."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nakodo_desktop.vault import connection, generations
from tests.vaultkit import pc_of

_STEPS = "steps"


def what_was_left(folder: Path, base: Path, work: Callable[[], None]) -> list[Path]:
    """What lies on the disk before each step that changes it, and in the end: a copy for each, most of them shared."""
    base.mkdir()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _copy_at_every_step(folder, base)
            work()
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    _wait_for(child)
    _keep_copy(folder, base)
    return [base / name for name in (base / _STEPS).read_text(encoding="ascii").split()]


def _wait_for(child: int) -> None:
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        raise RuntimeError(f"the child failed with {code}")


def copy_office(folder: Path, target: Path) -> None:
    for found, copy in ((folder, target), (pc_of(folder), pc_of(target))):
        if found.exists():
            shutil.copytree(found, copy)


def _keep_copy(folder: Path, base: Path) -> None:
    """Named by its content: most steps change no byte yet."""
    name = _content(folder)
    if not any(base.glob(f"{name}*")):
        copy_office(folder, base / name)
    with (base / _STEPS).open("a", encoding="ascii") as steps:
        steps.write(f"{name}\n")


def _content(folder: Path) -> str:
    found = hashlib.sha256()
    for top in (folder, pc_of(folder)):
        for path in sorted(top.rglob("*")):
            found.update(repr((path.relative_to(top.parent).parts[1:], path.is_dir())).encode())
            if path.is_file():
                found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _copy_at_every_step(folder: Path, base: Path) -> None:
    """The copy is a process of its own: it closes none of the files on which this one holds its locks."""
    is_copying = False

    def copy() -> None:
        nonlocal is_copying
        child = os.fork()
        if child == 0:
            is_copying = True
            code = 1
            try:
                _keep_copy(folder, base)
                code = 0
            finally:
                os._exit(code)
        _wait_for(child)

    def counting(function: Callable[..., Any], matters: Callable[..., bool] = lambda *_args: True) -> Any:
        @functools.wraps(function)
        def counted(*args: Any, **kwargs: Any) -> Any:
            if not is_copying and matters(*args):
                copy()
            return function(*args, **kwargs)

        return counted

    for name in ("fsync", "replace", "link", "unlink", "mkdir", "rmdir"):
        setattr(os, name, counting(getattr(os, name)))
    os.open = counting(os.open, lambda _path, flags, *_rest: bool(flags & os.O_CREAT))  # type: ignore[assignment]
    cursor = connection._MappedCursor
    cursor.execute = counting(cursor.execute, lambda _self, sql, *_rest: _changes(sql))
    cursor.executescript = counting(cursor.executescript)
    generations.copy_pages = counting(generations.copy_pages)
    connection._MappedConnection.close = counting(connection._MappedConnection.close)


def _changes(sql: str) -> bool:
    return sql.startswith(("BEGIN", "COMMIT", "VACUUM", "PRAGMA wal_checkpoint", "PRAGMA user_version ="))
