"""Turns text into glyphs of the bundled faces, or stops and names the character that has none.

A glyph here stands for a *cluster*: a character with its variation selector (葛󠄀, 辻󠄀) or combining mark (か+゛).
The cluster's own text is kept, so what is copied out of a document is what was put in.
Nothing is shaped: shaping turns 平成 into ㍻ and 9月 into ㋈, on paper and on extraction.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.paths import RESOURCES

EM = 1000  # advances are in thousandths of the font size


class FaceName(Enum):
    """The bundled faces that may stand on paper."""

    SERIF = "NotoSerifJP-Regular"
    SANS = "NotoSansJP-Regular"


@dataclass(frozen=True)
class Glyph:
    """One cluster: its text as stored, its outline in the face, its advance in 1/1000 of the size."""

    text: str
    outline: int
    advance: int


class Face:
    """One bundled typeface: which clusters it can draw and how wide they are."""

    def __init__(self, path: Path) -> None:
        """Raise NotPrintable when the font file is missing or damaged: no other face may stand in for it."""
        try:
            self._file = TTFontFace(str(path))
        except (TTFError, OSError, struct.error) as cause:
            raise NotPrintable(
                f"帳票の書体ファイル（{path.name}）がないか、壊れています。何も印刷していません。",
                "プログラムを入れ直してください。会員の記録はそのまま残っています。",
            ) from cause
        self.name: str = self._file.name.decode("ascii")
        self.ascent: int = round(self._file.ascent)
        self.descent: int = round(self._file.descent)
        self.cap_height: int = round(self._file.capHeight)
        self.bbox: tuple[int, ...] = tuple(round(edge) for edge in self._file.bbox)
        self._variants = _read_variation_sequences(self._file.get_table("cmap"))
        self._known: dict[str, Glyph] = {}

    def glyphs(self, text: str, field: str) -> tuple[Glyph, ...]:
        """Every cluster of `text`. Raise NotPrintable, naming `field` and the character, when one has no glyph."""
        return tuple([self._known.get(cluster) or self._find(cluster, field) for cluster in clusters(text)])

    def plain_variants(self, text: str) -> tuple[str, ...]:
        """The clusters whose variation selector the face does not know: they print in the character's usual form."""
        return tuple(
            cluster
            for cluster in clusters(text)
            if len(cluster) == 2
            and _is_selector(cluster[1])
            and (ord(cluster[0]), ord(cluster[1])) not in self._variants
        )

    def outlines(self, numbers: list[int]) -> list[bytes]:
        """The raw outline of each numbered glyph, as it stands in the font file."""
        start: int = self._file.get_table_pos("glyf")[0]
        position, data = self._file.glyphPos, self._file._ttf_data
        return [data[start + position[number] : start + position[number + 1]] for number in numbers]

    def table(self, tag: str) -> bytes:
        """One table of the font file."""
        data: bytes = self._file.get_table(tag)
        return data

    def advance(self, outline: int) -> int:
        """Width of one outline in 1/1000 of the size."""
        width: float = self._file.hmetrics[outline][0]
        return round(width)

    def metrics(self, outline: int) -> bytes:
        """The `hmtx` entry of one outline: advance and left side bearing."""
        advance, left = self._file.hmetrics[outline]
        return struct.pack(">HH", round(advance), round(left) & 0xFFFF)

    def _find(self, cluster: str, field: str) -> Glyph:
        character = ord(cluster[0])
        if len(cluster) > 1 and _is_selector(cluster[1]):
            # Unicode 23.4: a selector the face does not know leaves the usual form; `plain_variants` tells of it.
            outline = self._variants.get((character, ord(cluster[1])), 0) or self._file.charToGlyph.get(character, 0)
        elif len(cluster) > 1:
            # The stored text stays decomposed; only the drawing borrows the composed letter's outline.
            composed = unicodedata.normalize("NFC", cluster)
            outline = self._file.charToGlyph.get(ord(composed), 0) if len(composed) == 1 else 0
        else:
            outline = self._file.charToGlyph.get(character, 0)
        if not outline:
            raise _missing(cluster, field)
        glyph = self._known[cluster] = Glyph(cluster, outline, self.advance(outline))
        return glyph


@cache
def face(name: FaceName) -> Face:
    """The face, read once per process and only when a first document needs it (it costs about 35 ms)."""
    return Face(RESOURCES / "fonts" / f"{name.value}.ttf")


def clusters(text: str) -> list[str]:
    """Split into characters, each with the variation selectors and combining marks that follow it."""
    if not any(_joins(character) for character in set(text)):
        return list(text)
    found: list[str] = []
    for character in text:
        if found and _joins(character):
            found[-1] += character
        else:
            found.append(character)
    return found


@cache
def _joins(character: str) -> bool:
    return _is_selector(character) or unicodedata.combining(character) > 0


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _missing(cluster: str, field: str) -> NotPrintable:
    points = " ".join(f"U+{ord(character):04X}" for character in cluster)
    shown = f"「{cluster}」（{points}）" if cluster.isprintable() else f"（{points}）"
    return NotPrintable(
        f"「{field}」にある文字{shown}は、帳票の書体に字形がないため印刷できません。何も印刷していません。",
        "本人確認書類の表記を見て、印刷できる文字（ローマ字表記など）に直してください。",
    )


def _read_variation_sequences(cmap: bytes) -> dict[tuple[int, int], int]:
    """(character, selector) → outline, 0 for the usual one. Source: OpenType 1.9 `cmap` format 14."""
    found: dict[tuple[int, int], int] = {}
    for index in range(int.from_bytes(cmap[2:4], "big")):
        (start,) = struct.unpack_from(">I", cmap, 8 + 8 * index)
        if struct.unpack_from(">H", cmap, start) != (14,):
            continue
        (records,) = struct.unpack_from(">I", cmap, start + 6)
        for record in range(start + 10, start + 10 + 11 * records, 11):
            selector = int.from_bytes(cmap[record : record + 3], "big")
            usual, other = struct.unpack_from(">II", cmap, record + 3)
            if usual:
                for at in _entries(cmap, start + usual, size=4):
                    first = int.from_bytes(cmap[at : at + 3], "big")
                    found.update(((first + more, selector), 0) for more in range(cmap[at + 3] + 1))
            if other:
                for at in _entries(cmap, start + other, size=5):
                    outline = int.from_bytes(cmap[at + 3 : at + 5], "big")
                    found[int.from_bytes(cmap[at : at + 3], "big"), selector] = outline
    return found


def _entries(cmap: bytes, start: int, *, size: int) -> range:
    (count,) = struct.unpack_from(">I", cmap, start)
    return range(start + 4, start + 4 + size * count, size)
