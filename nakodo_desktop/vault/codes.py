"""Codes that people copy from paper: 128 random bits as 28 letters whose last two tell a typing error at once."""

from __future__ import annotations

import base64
import hashlib
import secrets
import unicodedata

from nakodo_desktop.domain.values import Trouble

CODE_BYTES = 16
_CODE_LETTERS = 26
_LETTERS = _CODE_LETTERS + 2
_GROUP = 4
_LOOK_ALIKES = str.maketrans({"0": "O", "1": "I", "8": "B"})  # base32 has no 0, 1, 8: only one reading is possible
_SEPARATORS = frozenset(" -‐‑‒–—―−ー_.\t\r\n")


def new_code() -> bytes:
    return secrets.token_bytes(CODE_BYTES)


def show_code(code: bytes) -> str:
    """Seven groups of four: `ABCD-EFGH-…`."""
    if len(code) != CODE_BYTES:
        raise ValueError("a code is 16 bytes")
    letters = base64.b32encode(code).decode("ascii")[:_CODE_LETTERS] + _check_letters(code)
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LETTERS, _GROUP))


def parse_code(text: str) -> bytes | Trouble:
    """Forgives case, width, separators and look-alikes; answers a Trouble for anything else, before any slow work."""
    folded = unicodedata.normalize("NFKC", text).upper().translate(_LOOK_ALIKES)
    letters = "".join(letter for letter in folded if letter not in _SEPARATORS)
    if len(letters) != _LETTERS:
        return Trouble(
            f"コードは英数字 {_LETTERS} 文字です（いまは {len(letters)} 文字）。4 文字ずつ見比べてください。"
        )
    try:
        code = base64.b32decode(letters[:_CODE_LETTERS] + "======")
    except ValueError:
        return Trouble("コードに使われない文字があります。紙のコードと見比べてください。")
    if letters != show_code(code).replace("-", ""):
        return Trouble("コードの入力ミスがあります。4 文字ずつ見比べてください。")
    return code


def _check_letters(code: bytes) -> str:
    return base64.b32encode(hashlib.sha256(b"nakodo/code\x00" + code).digest()).decode("ascii")[:2]
