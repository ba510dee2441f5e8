"""Which characters a stored text may hold; after this check nobody else need fear invisible or broken ones.

Letters are never changed here. Variation selectors (異体字セレクタ) and emoji are text like any other; emoji that are
glued by U+200D, flags of tag characters and the like hold invisible characters and are told as such.
"""

from __future__ import annotations

import unicodedata

from nakodo_desktop.domain.values import Trouble

_NAMES = {
    0x00: "NUL",
    0xAD: "ソフトハイフン",
    0x200B: "幅のない空白",
    0x200C: "幅のない非接合子",
    0x200D: "絵文字などをつなぐ文字",
    0x200E: "左から右の印",
    0x200F: "右から左の印",
    0x202A: "左から右への埋め込み",
    0x202B: "右から左への埋め込み",
    0x202C: "書字方向の終わり",
    0x202D: "左から右への強制",
    0x202E: "右から左への強制",
    0x2060: "単語結合子",
    0x2066: "左から右への分離",
    0x2067: "右から左への分離",
    0x2068: "書字方向の分離",
    0x2069: "分離の終わり",
    0xFEFF: "BOM",
}
_LINE_ENDS = frozenset("\t\n\r\u2028\u2029")
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters by category, nothing to the eye
_REPLACEMENT = "\ufffd"


def text_trouble(text: str, *, one_line: bool, max_chars: int) -> Trouble | None:
    """Say what keeps a text from being stored, naming the place and the code point; None when it may stand.

    A text of several lines may hold tabs and line ends (LF or CRLF). `max_chars` counts code points.
    """
    for place, char in enumerate(text, start=1):
        trouble = _char_trouble(char, one_line=one_line)
        if trouble is not None:
            return Trouble(f"{place}文字目に{trouble}")
    if len(text) > max_chars:
        return Trouble(f"{max_chars:,}文字までです（いま{len(text):,}文字）。短くしてください。")
    return None


def _char_trouble(char: str, *, one_line: bool) -> str | None:
    if char in _LINE_ENDS:
        if one_line:
            return "改行かタブがあります。1行で入力してください。"
        return None if char in "\t\n\r" else f"特殊な改行（{_code(char)}）があります。ふつうの改行に直してください。"
    if char == _REPLACEMENT:
        return f"文字化けの印（{_code(char)}）があります。元の文字を入力し直してください。"
    if char in _BLANK_LETTERS:
        return f"見えない文字（{_code(char)}）があります。消してください。"
    match unicodedata.category(char):
        case "Cc":
            return f"制御文字（{_code(char)}）があります。消してください。"
        case "Cf":
            return f"見えない文字（{_code(char)}）があります。消してください。"
        case "Cs":
            return f"壊れた文字（{_code(char)}）があります。入力し直してください。"
        case "Co":
            return (
                f"この端末だけの外字（{_code(char)}）があります。ほかの端末や印刷では別の字になります。"
                "近い字で入力し、正しい字形は面談メモに残してください。"
            )
        case "Cn" if not _is_ideographic_plane(char):
            return f"文字として登録されていない番号（{_code(char)}）があります。消してください。"
        case _:
            return None


def _is_ideographic_plane(char: str) -> bool:
    """True in the planes kept for kanji: newer Unicode adds names' kanji there than the running Python may know."""
    return 0x20000 <= ord(char) <= 0x3FFFD and ord(char) & 0xFFFE != 0xFFFE


def _code(char: str) -> str:
    name = _NAMES.get(ord(char))
    return f"U+{ord(char):04X} {name}" if name else f"U+{ord(char):04X}"
