"""Read a whole number as typed; widths and grouping commas are known only here."""

from __future__ import annotations

import re
import unicodedata

from nakodo_desktop.domain.values import Trouble

_MOST_DIGITS = 12  # yen of any person; also far inside SQLite's 64 bits
_WHOLE = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)")
_DECIMAL = re.compile(r"-?[0-9,]*\.[0-9]+")


def parse_int(text: str) -> int | Trouble:
    """Read １７０, 5,000,000 or -3; a fraction, a unit or a misplaced comma is trouble, never rounded away."""
    typed = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("−", "-").replace("、", ",")
    if not typed:
        return Trouble("数字を入力してください。")
    if _DECIMAL.fullmatch(typed):
        return Trouble("小数点のない整数で入力してください。")
    if not _WHOLE.fullmatch(typed):
        return Trouble("数字だけで入力してください（単位は要りません）。")
    digits = typed.replace(",", "")
    if len(digits.lstrip("-")) > _MOST_DIGITS:
        return Trouble(f"桁数が多すぎます（{_MOST_DIGITS}桁まで）。")
    return int(digits)
