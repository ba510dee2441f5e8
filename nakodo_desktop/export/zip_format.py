"""After importing this nobody needs to know how a ZIP file is laid out: there is one way, and any other is refused.

Stored, dated 1980-01-01, mode 0644, ASCII names, no extra field, no comment, no gap. A reader that rebuilds this layout
from the names, lengths and checksums and finds other bytes has found a file that two programs may read differently.
Source: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from nakodo_desktop.export.findings import Finding, Reason

MAX_BUNDLE_BYTES = 2**31 - 1
MAX_ENTRIES = 20_000
_MAX_NAME_BYTES = 100
_TAIL_BYTES = 1 << 20

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_NEEDS_2_0 = 20
_MADE_BY_UNIX = 3 << 8 | _NEEDS_2_0
_NEW_YEAR_1980 = 1 << 5 | 1
_REGULAR_0644 = 0o100644 << 16
_STORED = 0


@dataclass(frozen=True)
class Entry:
    """One file of the archive, without its bytes."""

    name: str
    size: int
    crc: int

    @property
    def stored_size(self) -> int:
        return _LOCAL.size + len(self.name) + self.size


def entry_of(name: str, data: bytes) -> Entry:
    return Entry(name, len(data), zlib.crc32(data))


def archive_size(entries: Iterable[Entry]) -> int:
    return _END.size + sum(e.stored_size + _CENTRAL.size + len(e.name) for e in entries)


def archive_chunks(entries: tuple[Entry, ...], read: Callable[[str], bytes]) -> Iterator[bytes]:
    """The bytes of the archive in order. `read` gives a file by name, once for each, when its turn comes."""
    for entry in entries:
        yield _local_header(entry)
        yield read(entry.name)
    yield _directory(entries)


def read_directory(file: BinaryIO, *, size: int) -> tuple[Entry, ...] | list[Finding]:
    """The entries of a canonical archive, in file order, or everything that is wrong with it.

    Nothing but the last bytes and the directory is read, and both are bounded first.
    """
    end_at = _find_end(file, size=size)
    if isinstance(end_at, Finding):
        return [end_at]
    file.seek(end_at)
    _, disk, first_disk, count_here, count, length, offset, comment_length = _END.unpack(file.read(_END.size))
    if count > MAX_ENTRIES or length > count * (_CENTRAL.size + _MAX_NAME_BYTES):
        return [Finding(Reason.TOO_LARGE)]
    if disk or first_disk or count_here != count or comment_length or length > end_at:
        return [Finding(Reason.NOT_CANONICAL)]
    if end_at - length != offset:
        return [Finding(Reason.LEADING_BYTES if end_at - length > offset else Reason.NOT_CANONICAL)]
    file.seek(offset)
    raw = file.read(length)
    listed = _parse_directory(raw, count=count)
    if isinstance(listed, list):
        return listed
    if _directory(listed)[:length] != raw or archive_size(listed) != size:
        return [Finding(Reason.NOT_CANONICAL)]
    return listed


def read_contents(file: BinaryIO, entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, bytes | Finding]]:
    """Each file's bytes in order, or what is wrong with it. `entries`: read_directory of the same file."""
    file.seek(0)
    for entry in entries:
        header = file.read(_LOCAL.size + len(entry.name))
        data = file.read(entry.size)
        if header != _local_header(entry):
            yield entry, Finding(Reason.NOT_CANONICAL, entry.name)
        elif len(data) != entry.size or zlib.crc32(data) != entry.crc:
            yield entry, Finding(Reason.DAMAGED, entry.name)
        else:
            yield entry, data


def _local_header(entry: Entry) -> bytes:
    name = entry.name.encode("ascii")
    return (
        _LOCAL.pack(
            b"PK\3\4", _NEEDS_2_0, 0, _STORED, 0, _NEW_YEAR_1980, entry.crc, entry.size, entry.size, len(name), 0
        )
        + name
    )


def _directory(entries: tuple[Entry, ...]) -> bytes:
    parts = []
    offset = 0
    for entry in entries:
        name = entry.name.encode("ascii")
        stamp = (_MADE_BY_UNIX, _NEEDS_2_0, 0, _STORED, 0, _NEW_YEAR_1980)
        tail = (len(name), 0, 0, 0, 0, _REGULAR_0644, offset)
        parts.append(_CENTRAL.pack(b"PK\1\2", *stamp, entry.crc, entry.size, entry.size, *tail) + name)
        offset += entry.stored_size
    listing = b"".join(parts)
    return listing + _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(listing), offset, 0)


def _find_end(file: BinaryIO, *, size: int) -> int | Finding:
    """Where the end record starts; it must be the very last thing."""
    file.seek(0)
    head = file.read(4)
    if size > MAX_BUNDLE_BYTES:
        return Finding(Reason.TOO_LARGE)
    start = max(0, size - _TAIL_BYTES)
    file.seek(start)
    tail = file.read(_TAIL_BYTES)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or at + _END.size > len(tail):
        return Finding(Reason.TRUNCATED if head == b"PK\3\4" else Reason.NOT_A_BUNDLE)
    if at + _END.size < len(tail):
        return Finding(Reason.TRAILING_BYTES)
    return start + at


def _parse_directory(raw: bytes, *, count: int) -> tuple[Entry, ...] | list[Finding]:
    entries: list[Entry] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    at = 0
    for place in range(count):
        if at + _CENTRAL.size > len(raw):
            return [Finding(Reason.TRUNCATED)]
        fields = _CENTRAL.unpack_from(raw, at)
        name_length, extra_length, comment_length = fields[10:13]
        at += _CENTRAL.size
        name = raw[at : at + name_length].decode("utf-8", errors="replace")
        at += name_length + extra_length + comment_length
        method, crc, packed_size, size, offset = fields[4], fields[7], fields[8], fields[9], fields[16]
        if (reason := _name_trouble(name)) is not None:
            findings.append(Finding(reason, f"{place + 1}番目"))
        elif name.casefold() in seen:
            findings.append(Finding(Reason.DUPLICATE_NAME, name))
        elif method != _STORED or packed_size != size:
            findings.append(Finding(Reason.COMPRESSED, name))
        elif place == 0 and offset != 0:
            findings.append(Finding(Reason.LEADING_BYTES))
        else:
            entries.append(Entry(name, size, crc))
        seen.add(name.casefold())
    return findings or tuple(entries)


def _name_trouble(name: str) -> Reason | None:
    """Why a file of this name could land somewhere else when somebody unpacks it."""
    if re.match(r"[A-Za-z]:", name):
        return Reason.DRIVE_PATH
    if "\\" in name:
        return Reason.BACKSLASH_PATH
    if ".." in name.split("/"):
        return Reason.PARENT_PATH
    if name.startswith("/"):
        return Reason.ABSOLUTE_PATH
    if not re.fullmatch(r"[a-z0-9./_-]{1,100}", name):
        return Reason.FOREIGN_NAME
    return None
