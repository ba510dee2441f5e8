"""Puts into a document exactly the glyphs it uses; callers draw strings and never think about font subsets.

reportlab's own TrueType embedding is not used: it cuts a face into 256-character pieces, writes five-digit code points
into its text map (𠮷 cannot be copied), knows no variation selectors, and compresses, which makes the bytes of a
document depend on the zlib of the PC. This one writes a composite font (PDF 32000-1 §9.7) with a number per cluster.
"""

from __future__ import annotations

import hashlib
import struct
import sys
from array import array
from functools import cache
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFStream, PDFString

from nakodo_desktop.printing.fonts import EM, Face, FaceName, Glyph, face

_MAPPINGS_PER_BLOCK = 100  # limit of a bfchar block, Adobe Technical Note 5014 §1.4


class EmbeddedFont:
    """A face as reportlab's canvas wants a dynamic font to be; it keeps which clusters each open document uses."""

    _multiByte = 1  # noqa: N815 — the names reportlab's canvas asks for
    _dynamicFont = 1  # noqa: N815
    shapable = False

    def __init__(self, name: FaceName) -> None:
        self.fontName = name.value
        self.face = face(name)
        self._used: WeakKeyDictionary[PDFDocument, _Used] = WeakKeyDictionary()

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: ARG002 — reportlab names it
        """Width in points."""
        return sum(glyph.advance for glyph in self.face.glyphs(text, self.fontName)) * size / EM

    def encode(self, glyphs: tuple[Glyph, ...], document: PDFDocument) -> str:
        """The numbers of `glyphs` in `document`, as the inside of a PDF hex string."""
        number = self._of(document).number
        return b"".join([number(glyph) for glyph in glyphs]).hex()

    def splitString(self, text: str, document: PDFDocument) -> list[tuple[int, bytes]]:
        """The two-byte numbers of the clusters of `text`, as one piece."""
        return [(0, bytes.fromhex(self.encode(self.face.glyphs(text, self.fontName), document)))]

    def getSubsetInternalName(self, _subset: int, document: PDFDocument) -> str:
        """The resource name under which pages of `document` know this font."""
        used = self._of(document)
        if not used.name:
            used.name = f"F{len(document.fontMapping) + 1}"
            document.fontMapping[self.fontName] = f"/{used.name}"
            document.delayedFonts.append(self)
        return f"/{used.name}"

    def addObjects(self, document: PDFDocument) -> None:
        """Write font, text map and outlines; called once, when the document is closed."""
        used = self._used.pop(document)
        glyphs = used.glyphs
        base = f"{_tag(glyphs)}+{self.face.name}"
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(base),
                "CIDSystemInfo": PDFDictionary(
                    {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
                ),
                "CIDToGIDMap": PDFName("Identity"),
                "DW": EM,
                "W": PDFArray(_widths(glyphs)),
                "FontDescriptor": document.Reference(self._descriptor(document, base, glyphs), f"descriptor:{base}"),
            }
        )
        to_unicode = PDFStream(content=_to_unicode(glyphs))
        font = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": PDFName(base),
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([document.Reference(descendant, f"descendant:{base}")]),
                "ToUnicode": document.Reference(to_unicode, f"to-unicode:{base}"),
            }
        )
        document.idToObject["BasicFonts"].dict[used.name] = document.Reference(font, f"font:{base}")

    def _of(self, document: PDFDocument) -> _Used:
        used = self._used.get(document)
        if used is None:
            used = self._used[document] = _Used()
        return used

    def _descriptor(self, document: PDFDocument, base: str, glyphs: list[Glyph]) -> PDFDictionary:
        outlines = PDFStream(content=_truetype(self.face, [0, *(glyph.outline for glyph in glyphs)]))
        outlines.dictionary["Length1"] = len(outlines.content)
        return PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": PDFName(base),
                "Flags": 4,  # symbolic: the glyphs are numbered, not named
                "FontBBox": PDFArray(list(self.face.bbox)),
                "ItalicAngle": 0,
                "Ascent": self.face.ascent,
                "Descent": self.face.descent,
                "CapHeight": self.face.cap_height,
                "StemV": 80,
                "FontFile2": document.Reference(outlines, f"outlines:{base}"),
            }
        )


class _Used:
    """The clusters of one open document, numbered from 1 in order of appearance."""

    def __init__(self) -> None:
        self.name = ""
        self.glyphs: list[Glyph] = []
        self._numbers: dict[str, bytes] = {}

    def number(self, glyph: Glyph) -> bytes:
        number = self._numbers.get(glyph.text)
        if number is None:
            self.glyphs.append(glyph)
            number = self._numbers[glyph.text] = len(self.glyphs).to_bytes(2, "big")
        return number


@cache
def embedded(name: FaceName) -> EmbeddedFont:
    """The face, made known to reportlab once per process (registering it per document costs 25 ms each time)."""
    font = EmbeddedFont(name)
    pdfmetrics.registerFont(font)
    return font


def _tag(glyphs: list[Glyph]) -> str:
    """Six capitals that differ between different subsets (PDF 32000-1 §9.6.4)."""
    digest = hashlib.sha256("\0".join(glyph.text for glyph in glyphs).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _widths(glyphs: list[Glyph]) -> list[object]:
    """The W array: only what is not one em wide."""
    found: list[object] = []
    for number, glyph in enumerate(glyphs, start=1):
        if glyph.advance != EM:
            found += [number, PDFArray([glyph.advance])]
    return found


def _to_unicode(glyphs: list[Glyph]) -> bytes:
    """The text map: number → the cluster exactly as stored, selectors and marks included."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    pairs = [f"<{number:04X}> <{glyph.text.encode('utf-16-be').hex()}>" for number, glyph in enumerate(glyphs, start=1)]
    for start in range(0, len(pairs), _MAPPINGS_PER_BLOCK):
        block = pairs[start : start + _MAPPINGS_PER_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


def _truetype(source: Face, numbers: list[int]) -> bytes:
    """A TrueType file of the numbered outlines: the tables a composite font needs (PDF 32000-1 §9.9) and no other."""
    offsets: list[int] = [0]
    outlines: list[bytes] = []
    for outline in source.outlines(numbers):
        if outline[:1] >= b"\x80":
            raise ValueError("a composite outline: the bundled faces have none, so none is renumbered here")
        outlines.append(outline + bytes(-len(outline) % 4))
        offsets.append(offsets[-1] + len(outlines[-1]))
    head = bytearray(source.table("head"))
    struct.pack_into(">I", head, 8, 0)  # checkSumAdjustment is taken over a file with zero here
    struct.pack_into(">H", head, 50, 1)  # indexToLocFormat: long offsets
    hhea = bytearray(source.table("hhea"))
    struct.pack_into(">H", hhea, 34, len(numbers))  # numberOfHMetrics
    maxp = bytearray(source.table("maxp"))
    struct.pack_into(">H", maxp, 4, len(numbers))  # numGlyphs
    tables = {
        b"glyf": b"".join(outlines),
        b"head": bytes(head),
        b"hhea": bytes(hhea),
        b"hmtx": b"".join(source.metrics(number) for number in numbers),
        b"loca": struct.pack(f">{len(offsets)}I", *offsets),
        b"maxp": bytes(maxp),
    }
    return _sfnt(tables)


def _sfnt(tables: dict[bytes, bytes]) -> bytes:
    """Join tables (sorted by tag) into a font file. Source: OpenType 1.9, "Organization of an OpenType Font"."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    directory = struct.pack(">IHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    bodies: list[bytes] = []
    offset, total = 12 + 16 * count, 0
    for tag, body in tables.items():
        bodies.append(body + bytes(-len(body) % 4))
        checksum = _checksum(bodies[-1])
        directory += struct.pack(">4sIII", tag, checksum, offset, len(body))
        offset += len(bodies[-1])
        total += checksum
    font = bytearray(directory + b"".join(bodies))
    head_at = font.index(tables[b"head"])
    struct.pack_into(">I", font, head_at + 8, (0xB1B0AFBA - total - _checksum(directory)) & 0xFFFFFFFF)
    return bytes(font)


def _checksum(padded: bytes) -> int:
    """Sum of big-endian words (OpenType 1.9, "Calculating Checksums")."""
    words = array("I", padded)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
