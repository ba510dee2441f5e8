"""One value has one spelling in bytes: UTF-8 JSON, sorted keys, no spaces, no floats, bytes as unpadded base64url."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence

# Made once: every entry of a log is spelled anew when its chain is verified.
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_SCALARS = (str, int, bool, type(None))


def encode(value: object) -> bytes:
    """Raises TypeError for anything but str, int, bool, None, lists and string-keyed mappings of these."""
    _refuse_other_types(value)
    return _ENCODER.encode(value).encode("utf-8")


def decode(raw: bytes) -> object:
    """Raises ValueError unless `raw` is exactly what `encode` would have written."""
    try:
        value: object = json.loads(raw)
        if encode(value) != raw:
            raise ValueError("not canonical")
    except (RecursionError, TypeError) as exc:
        raise ValueError("not canonical") from exc
    return value


def from_bytes(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def to_bytes(text: str) -> bytes:
    """Raises ValueError for padding, foreign characters or unused bits that are not zero."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as exc:
        raise ValueError("not base64url") from exc
    if from_bytes(data) != text:
        raise ValueError("not base64url")
    return data


def fields(value: object, *keys: str) -> dict[str, object]:
    """A mapping that has at least `keys`. These readers raise ValueError for anything else."""
    if not isinstance(value, dict) or not set(keys) <= set(value):
        raise ValueError("missing field")
    return value


def integer(value: object, *, at_least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < at_least:
        raise ValueError("not a number")
    return value


def short_text(value: object) -> str:
    """An id or a name of ours: ASCII, at most 64 characters."""
    if not isinstance(value, str) or len(value) > 64 or not value.isascii():
        raise ValueError("not an id")
    return value


def exact_bytes(value: object, length: int) -> bytes:
    if not isinstance(value, str) or len(data := to_bytes(value)) != length:
        raise ValueError("wrong length")
    return data


def _refuse_other_types(value: object) -> None:
    if isinstance(value, _SCALARS):
        return
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError("keys are text")
            _refuse_other_types(item)
        return
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        for item in value:
            _refuse_other_types(item)
        return
    raise TypeError(f"{type(value).__name__} has no canonical form")
