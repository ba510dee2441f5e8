"""After importing this a value has exactly one JSON text: the same facts, the same bytes, the same signature."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]


def canonical_json(value: Json) -> bytes:
    """UTF-8, keys sorted, no spaces, nothing escaped that need not be; no fractions, so none can differ."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def is_canonical(data: bytes) -> bool:
    """Whether these bytes are the one text of what they say: no doubled key, no odd spacing, no other escape."""
    try:
        return canonical_json(json.loads(data)) == data
    except (ValueError, RecursionError):  # also: not JSON, not UTF-8, a lone surrogate, nested to exhaustion
        return False
