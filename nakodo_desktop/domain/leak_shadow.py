"""A cheap, coarse folding: what is equal when folded is equal in the shadow, and so are a few things that are not.

Most texts give nothing away. Their shadow holds no trace of a leak, and the exact search, forty times as dear, is
spared. `leak_fold` decides; the shadow only says where it is not needed.
"""

from __future__ import annotations

import re
import unicodedata

from nakodo_desktop.domain.kanji_variants import COMMON_FORM

# Characters that NFKC leaves alone, as texts of members are made of; whole texts are dear to normalise.
# A pattern that begins with a class is searched at the speed of the class: every pattern of the gate does.
_STEADY = (
    "\n -~\u3000-\u3003\u3005-\u3011\u3013-\u3035\u303b-\u3096\u309d\u309e\u30a1-\u30fe\u4e00-\u9fff"
    "\u2190-\u2199\u25a0-\u27bf\U0001f300-\U0001faff"
)
_UNSTEADY = re.compile(f"[^{_STEADY}][^{_STEADY}]*")
_JOINING = re.compile("[\u0300-\u036f\u3099-\u309c\uff9e\uff9f]")  # may become one with the letter before them
# What even the normalised text may not hold if the shadow is to be trusted: accents, Greek and Cyrillic, marks,
# selectors, iteration marks.
_ODD = re.compile(
    "[\u00aa-\u04ff\u1e00-\u1eff\u200b-\u200f\u3099-\u309c\u3031-\u3035\u303b\u309d\u309e\u30fd\u30fe\ufe00-\ufe0f"
    "\U000e0100-\U000e01ef]"
)
_ITERATION_MARKS = re.compile("[\u3031-\u3035\u303b\u309d\u309e\u30fd\u30fe]")
_VARIANTS = re.compile("[" + "".join(map(chr, COMMON_FORM)) + "]")
_LETTERS = re.compile(r"[^\W_]+")
_REPEATED = re.compile("([^\x00-\x7f々])(々+)")


def _byte_table() -> bytes:
    """Katakana become hiragana and small kana large in the low byte of UTF-16; the high byte 0x30 stays."""
    table = bytearray(range(256))
    for low in range(0xA1, 0xF7):
        table[low] = low - 0x60
    same = {0x95: 0x4B, 0x96: 0x51, 0x62: 0x58, 0x65: 0x5A, 0x90: 0x44, 0x91: 0x48}  # ゕゖぢづゐゑ
    same |= {0xF7: 0x8F, 0xF8: 0x44, 0xF9: 0x48, 0xFA: 0x92}  # ヷヸヹヺ
    same |= {small: small + 1 for small in (0x41, 0x43, 0x45, 0x47, 0x49, 0x63, 0x83, 0x85, 0x87, 0x8E)}
    return bytes(same.get(low, low) for low in table)


_TABLE = _byte_table()


def lean(text: str) -> str | None:
    """The text in NFKC and lower case; None when it holds characters that a shadow cannot vouch for."""
    if _UNSTEADY.search(text):
        if _JOINING.search(text):
            text = unicodedata.normalize("NFKC", text)
        else:
            text = _UNSTEADY.sub(lambda run: unicodedata.normalize("NFKC", run.group()), text)
        if _ODD.search(text):
            return None
    elif _ITERATION_MARKS.search(text):
        return None
    return text.lower()


def shadow(lean_text: str) -> str:
    """Letters and digits of a lean text, kana in one script and size; some other characters become equal as well."""
    squeezed = "".join(_LETTERS.findall(lean_text))
    if _VARIANTS.search(squeezed):
        squeezed = squeezed.translate(COMMON_FORM)
    if "々" in squeezed:
        squeezed = _REPEATED.sub(lambda run: run[1] * (1 + len(run[2])), squeezed)
    return squeezed.encode("utf-16-le", "surrogatepass").translate(_TABLE).decode("utf-16-le")


def in_shadow(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for shadows. Its Japanese letters may be written in either script."""
    return re.compile(re.sub(r"(?<!\\)[a-z]|[^\x00-\x7f]", lambda letter: shadow(letter.group()), pattern))
