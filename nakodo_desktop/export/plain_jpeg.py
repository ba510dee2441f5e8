"""After importing this nobody needs an image library to know that a photo carries a picture and nothing else.

Plain is what our own decoder writes: one baseline scan, a JFIF header, tables, no comment, no EXIF, XMP, ICC or MPF,
nothing after the end. Anything else, however harmless, is refused: the association can check it with these lines.
Source: ITU-T T.81, annex B.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

from nakodo_desktop.domain.values import Trouble

_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_JFIF, _TABLES, _BASELINE, _SCAN = 0xE0, (0xDB, 0xC4), 0xC0, 0xDA
_JFIF_BYTES = 16
_MARKER = re.compile(rb"\xff[^\x00]")


@dataclass(frozen=True)
class PixelSize:
    width_px: int
    height_px: int


def plain_jpeg_size(data: bytes) -> PixelSize | Trouble:
    """How large the picture is, or what besides the picture is in the file."""
    if data[:2] != _SOI or data[-2:] != _EOI:
        return Trouble("JPEGの始まりか終わりがありません")
    size: PixelSize | None = None
    at = 2
    while at + 4 <= len(data):
        mark, kind, length = struct.unpack_from(">BBH", data, at)
        if mark != 0xFF:
            return Trouble("JPEGの区切りが壊れています")
        if kind == _JFIF and not (at == 2 and length == _JFIF_BYTES and data[at + 4 : at + 9] == b"JFIF\0"):
            return Trouble("JFIFではない情報が付いています")
        if kind not in (_JFIF, *_TABLES, _BASELINE, _SCAN):
            return Trouble(f"画像のほかの情報が付いています（FF{kind:02X}）")
        if kind == _BASELINE and at + 9 <= len(data):
            size = PixelSize(*reversed(struct.unpack_from(">HH", data, at + 5)))
        at += 2 + length
        if kind == _SCAN:
            return _after_scan(data, at, size=size)
    return Trouble("JPEGに画像がありません")


def _after_scan(data: bytes, start: int, *, size: PixelSize | None) -> PixelSize | Trouble:
    """In the coded picture every FF is followed by 00; the first other pair must be the last two bytes of the file."""
    if size is None:
        return Trouble("JPEGに画像がありません")
    marker = _MARKER.search(data, start)
    if marker is None or marker.end() != len(data) or marker[0] != _EOI:
        return Trouble("画像の終わりの後ろに別のデータが付いています")
    return size
