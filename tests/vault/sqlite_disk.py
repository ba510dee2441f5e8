"""A disk under SQLite that a test can watch, fill up or cut the power of.

A copy of the platform's VFS is made the default one; of every file it opens, the methods that change something are
replaced by ours. Needs no debugger, no tracer and no privileges: only the shared library that sqlcipher3 loads anyway.
"""

from __future__ import annotations

import ctypes
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlcipher3._sqlite3 as extension

_LIBRARY = ctypes.CDLL(extension.__file__)
_OK, _FULL = 0, 13
_SECTOR = 4096

_POINTER = ctypes.c_void_p
_FOR_EVER: list[object] = []  # a connection that a failed test left open calls these when it is collected


_METHODS = """xClose xRead xWrite xTruncate xSync xFileSize xLock xUnlock xCheckReservedLock xFileControl xSectorSize
    xDeviceCharacteristics xShmMap xShmLock xShmBarrier xShmUnmap xFetch xUnfetch"""
_VFS_METHODS = """pAppData xOpen xDelete xAccess xFullPathname xDlOpen xDlError xDlSym xDlClose xRandomness xSleep
    xCurrentTime xGetLastError xCurrentTimeInt64 xSetSystemCall xGetSystemCall xNextSystemCall"""


class _Methods(ctypes.Structure):
    _fields_ = (("iVersion", ctypes.c_int), *((name, _POINTER) for name in _METHODS.split()))


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("iVersion", ctypes.c_int),
        ("szOsFile", ctypes.c_int),
        ("mxPathname", ctypes.c_int),
        ("pNext", _POINTER),
        ("zName", ctypes.c_char_p),
        *((name, _POINTER) for name in _VFS_METHODS.split()),
    )


_Open = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, _POINTER, _POINTER, ctypes.c_int, ctypes.POINTER(ctypes.c_int))
_Delete = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_char_p, ctypes.c_int)
_Write = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, _POINTER, ctypes.c_int, ctypes.c_int64)
_Truncate = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_int64)
_Sync = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_int)


@dataclass(frozen=True)
class Event:
    """`what`: write, truncate, sync, delete — or whatever the test notes in between."""

    what: str
    name: str = ""
    offset: int = 0
    data: bytes = b""


@dataclass
class Disk:
    events: list[Event] = field(default_factory=list)
    writes: int = 0
    full_after: int | None = None  # number of writes the disk still takes
    on_write: Callable[[int], None] | None = None  # told the number of each write before it happens

    def note(self, what: str, *, number: int) -> None:
        self.events.append(Event(what, offset=number))


@contextmanager
def watched_disk(*, full_after: int | None = None, keep_data: bool = False) -> Iterator[Disk]:
    """`keep_data`: for replaying; otherwise writes are only counted."""
    disk = Disk(full_after=full_after)
    _LIBRARY.sqlite3_vfs_find.restype = _POINTER
    original = _Vfs.from_address(_LIBRARY.sqlite3_vfs_find(None))
    vfs = _Vfs.from_buffer_copy(original)
    vfs.zName = b"watched"
    _FOR_EVER.append(_replace_methods(disk, original, vfs, keep_data=keep_data))
    _LIBRARY.sqlite3_vfs_register(ctypes.byref(vfs), 1)
    try:
        yield disk
    finally:
        _LIBRARY.sqlite3_vfs_unregister(ctypes.byref(vfs))
        _LIBRARY.sqlite3_vfs_register(ctypes.byref(original), 1)


def _replace_methods(disk: Disk, original: _Vfs, vfs: _Vfs, *, keep_data: bool) -> list[object]:
    names: dict[int, str] = {}
    tables: dict[int, _Methods] = {}
    real_open, real_delete = _Open(original.xOpen), _Delete(original.xDelete)
    alive: list[object] = [vfs, tables]

    def methods_like(address: int) -> _Methods:
        real = _Methods.from_address(address)
        ours = _Methods.from_buffer_copy(real)
        real_write, real_truncate, real_sync = _Write(real.xWrite), _Truncate(real.xTruncate), _Sync(real.xSync)

        def write(file: int, data: int, length: int, offset: int) -> int:
            if disk.full_after is not None and disk.writes >= disk.full_after:
                return _FULL
            disk.writes += 1
            if disk.on_write is not None:
                disk.on_write(disk.writes)
            if keep_data:
                disk.events.append(Event("write", names[file], offset, ctypes.string_at(data, length)))
            return int(real_write(file, data, length, offset))

        def truncate(file: int, size: int) -> int:
            disk.events.append(Event("truncate", names[file], size))
            return int(real_truncate(file, size))

        def sync(file: int, flags: int) -> int:
            disk.events.append(Event("sync", names[file]))
            return int(real_sync(file, flags))

        callbacks = (_Write(write), _Truncate(truncate), _Sync(sync))
        alive.extend(callbacks)
        ours.xWrite, ours.xTruncate, ours.xSync = (ctypes.cast(callback, _POINTER).value for callback in callbacks)
        return ours

    def open_file(_vfs: int, name: int | None, file: int, flags: int, out_flags: ctypes._Pointer[ctypes.c_int]) -> int:
        # The name as a pointer: SQLite keeps it, and reads parameters behind its end.
        code = int(real_open(ctypes.addressof(original), name, file, flags, out_flags))
        methods = _POINTER.from_address(file)
        if code == _OK and methods.value is not None and name is not None:
            names[file] = Path(ctypes.string_at(name).decode()).name
            table = tables.setdefault(methods.value, methods_like(methods.value))
            methods.value = ctypes.addressof(table)
        return code

    def delete(_vfs: int, name: bytes, sync_folder: int) -> int:
        disk.events.append(Event("delete", Path(name.decode()).name, sync_folder))
        return int(real_delete(ctypes.addressof(original), name, sync_folder))

    callbacks = (_Open(open_file), _Delete(delete))
    alive.extend(callbacks)
    vfs.xOpen, vfs.xDelete = (ctypes.cast(callback, _POINTER).value for callback in callbacks)
    return alive


@dataclass
class _File:
    """What is certainly on the platter, and what the cache may or may not have written yet."""

    durable: bytearray | None  # None: the name does not exist yet
    pending: list[Event] = field(default_factory=list)


def after_power_cut(before: dict[str, bytes], events: list[Event], *, dice: random.Random) -> dict[str, bytes]:
    """File contents a disk may show when the power went after `events`: unsynced sectors kept, dropped or torn."""
    files = {name: _File(bytearray(data)) for name, data in before.items()}
    for event in events:
        if event.what in ("write", "truncate", "sync", "delete"):
            _apply(files.setdefault(event.name, _File(None)), event)
    image = {}
    for name, file in files.items():
        content = _with_some_of(file, dice)
        if content is not None:
            image[name] = bytes(content)
    return image


def _apply(file: _File, event: Event) -> None:
    if event.what == "sync":
        file.durable = _all_of(file)
        file.pending = []
    elif event.what == "delete" and event.offset:
        file.durable, file.pending = None, []
    else:
        file.pending.append(event)


def _all_of(file: _File) -> bytearray | None:
    return _played(file, lambda _event: True, lambda _sector: True)


def _with_some_of(file: _File, dice: random.Random) -> bytearray | None:
    """Each pending change may be there, not be there, or be there sector by sector."""
    chance = dice.choice((0.0, 0.2, 0.5, 0.8, 1.0))
    return _played(file, lambda _event: dice.random() < max(chance, 0.5), lambda _sector: dice.random() < chance)


def _played(file: _File, takes_event: Callable[[Event], bool], takes_sector: Callable[[int], bool]) -> bytearray | None:
    content = None if file.durable is None else bytearray(file.durable)
    for event in file.pending:
        if not takes_event(event):
            continue
        if event.what == "delete":
            content = None
            continue
        content = bytearray() if content is None else content
        if event.what == "truncate":
            del content[event.offset :]
            continue
        for start in range(0, len(event.data), _SECTOR):
            if takes_sector(start):
                piece = event.data[start : start + _SECTOR]
                at = event.offset + start
                if len(content) < at + len(piece):
                    content.extend(bytes(at + len(piece) - len(content)))
                content[at : at + len(piece)] = piece
    return content
