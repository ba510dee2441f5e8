"""Headers as somebody writes them who has the folder but no passphrase: the plain checksum is right, the MAC is not."""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path
from typing import Any

from nakodo_desktop.vault.header import FILE_NAMES

_MAGIC = b"NAKODOV\x01"


def header_json(folder: Path) -> dict[str, Any]:
    raw = (folder / FILE_NAMES[0]).read_bytes()
    body: dict[str, Any] = json.loads(raw[12:-64])
    return body


def signed_by_nobody(folder: Path, body: dict[str, Any]) -> None:
    forge(folder, json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())


def forge(folder: Path, document: bytes) -> None:
    raw = (folder / FILE_NAMES[0]).read_bytes()
    tag = raw[-64:-32]
    forged = _MAGIC + struct.pack(">I", len(document)) + document + tag + hashlib.sha256(_MAGIC + document).digest()
    for name in FILE_NAMES:
        (folder / name).write_bytes(forged)
