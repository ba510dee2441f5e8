"""An A4 sheet measured in millimetres from its top left corner; callers forget points and PDF's upside-down y."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import segno
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument, PDFInfo, PDFString
from reportlab.pdfgen.canvas import Canvas

from nakodo_desktop.printing.embedded_font import embedded
from nakodo_desktop.printing.fonts import FaceName
from nakodo_desktop.printing.text import BLACK, Block, Color, P, Style, draw, words

JOB_NAME = "帳票"  # title and print job name: neutral, because spoolers keep it
MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0

# Two-hole punch (ISO 838): holes 80 mm apart, 6 mm wide, centres 12 mm from the edge. Nothing stands left of LEFT.
LEFT, RIGHT = 24.0, 196.0
WIDTH = RIGHT - LEFT

GREY: Color = (0.36, 0.36, 0.36)
TINT: Color = (0.945, 0.945, 0.945)
HAIRLINE, LINE, FRAME = 0.35, 0.5, 0.9  # points
TICK_SIDE = 3.2

LABEL = Style(face=FaceName.SANS, size=7.5, min_size=6.5, max_lines=2, leading=1.25, align="center")


class _NeutralInfo(PDFInfo):  # type: ignore[misc]  # reportlab has no type stubs
    """Document information without author, software or dates."""

    def format(self, document: PDFDocument) -> bytes:
        neutral: bytes = PDFDictionary({"Title": PDFString(JOB_NAME)}).format(document)
        return neutral


class Document:
    """A PDF in the making: pages of one or more sheets, the same bytes for the same input on every PC."""

    def __init__(self) -> None:
        self._bytes = BytesIO()
        # Nothing is compressed: compressed bytes would change with the zlib of the PC, and a reprint must not.
        self._canvas = Canvas(
            self._bytes,
            pagesize=A4,
            pageCompression=0,
            invariant=1,
            pdfVersion=(1, 4),  # the first that knows the language of a document
            lang="ja-JP",
            initialFontName=embedded(FaceName.SERIF).fontName,
        )
        self._canvas.setTitle(JOB_NAME)
        info = _NeutralInfo()
        info.title = JOB_NAME
        self._canvas._doc.info = info

    @contextmanager
    def page(self) -> Iterator[Page]:
        """A fresh page; it is finished when the block ends."""
        yield Page(self._canvas)
        self._canvas.showPage()

    def close(self) -> bytes:
        """The finished file."""
        self._canvas.save()
        return self._bytes.getvalue()


@dataclass(frozen=True)
class Page:
    """Marks on one page. Every x, y, width and height is in millimetres from the top left corner."""

    canvas: Canvas

    def block(self, block: Block, *, x: float, y: float) -> float:
        """Draw a set text with its top at `y`; return the y below it."""
        return PAGE_HEIGHT - draw(self.canvas, block, x=x * MM, top=(PAGE_HEIGHT - y) * MM) / MM

    def words(self, text: str, style: Style, *, x: float, y: float, width: float) -> float:
        """Draw words of the form; return the y below them."""
        return self.block(words(text, style, width=width * MM), x=x, y=y)

    def text(self, text: str, style: Style, *, x: float, y: float, width: float, field: str) -> float:
        """Set and draw a text; return the y below it."""
        return self.block(P(text, style, width=width * MM, field=field), x=x, y=y)

    def centred(self, text: str, style: Style, *, x: float, y: float, width: float, height: float, field: str) -> None:
        """Set a text into a box, centred between its upper and lower edge. Raises: NotPrintable when it is too high."""
        self.block_centred(P(text, style, width=width * MM, field=field), x=x, y=y, height=height)

    def block_centred(self, block: Block, *, x: float, y: float, height: float) -> None:
        self.block(block, x=x, y=y + (height - block.height / MM) / 2)

    def rule(self, x: float, y: float, *, to_x: float, to_y: float | None = None, weight: float = LINE) -> None:
        """A straight line."""
        canvas = self.canvas
        canvas.setLineWidth(weight)
        canvas.setStrokeColorRGB(*BLACK)
        end = y if to_y is None else to_y
        canvas.line(x * MM, (PAGE_HEIGHT - y) * MM, to_x * MM, (PAGE_HEIGHT - end) * MM)

    def box(
        self, x: float, y: float, *, width: float, height: float, weight: float = LINE, tint: Color | None = None
    ) -> None:
        """A rectangle, filled with `tint` when given; weight 0 draws no outline."""
        canvas = self.canvas
        canvas.setLineWidth(weight)
        canvas.setStrokeColorRGB(*BLACK)
        if tint is not None:
            canvas.setFillColorRGB(*tint)
        lower = (PAGE_HEIGHT - y - height) * MM
        canvas.rect(x * MM, lower, width * MM, height * MM, stroke=int(weight > 0), fill=int(tint is not None))

    def seal(self, x: float, y: float, *, diameter: float) -> None:
        """A grey dotted ring where a seal may be pressed; `x` and `y` are its centre."""
        canvas = self.canvas
        canvas.saveState()
        canvas.setLineWidth(HAIRLINE)
        canvas.setStrokeColorRGB(*GREY)
        canvas.setDash(1, 1.6)
        canvas.circle(x * MM, (PAGE_HEIGHT - y) * MM, diameter * MM / 2, stroke=1, fill=0)
        canvas.restoreState()

    def label_cell(self, label: str, *, x: float, y: float, width: float, height: float) -> None:
        """A tinted cell that names what stands to its right."""
        self.box(x, y, width=width, height=height, weight=HAIRLINE, tint=TINT)
        self.block_centred(words(label, LABEL, width=(width - 2) * MM), x=x + 1, y=y, height=height)

    def tick(self, label: str, style: Style, *, x: float, y: float, height: float) -> float:
        """An empty tick box with its label, centred in `height`; return the x after it."""
        return self.tick_block(words(label, style, width=PAGE_WIDTH * MM), x=x, y=y, height=height)

    def tick_block(self, block: Block, *, x: float, y: float, height: float) -> float:
        """An empty tick box before a set text, centred in `height`; return the x after it."""
        self.box(x, y + (height - TICK_SIDE) / 2, width=TICK_SIDE, height=TICK_SIDE, weight=LINE)
        self.block_centred(block, x=x + TICK_SIDE + 1.2, y=y, height=height)
        return x + TICK_SIDE + 1.2 + block.width / MM

    def qr(self, content: str, *, x: float, y: float, side: float) -> None:
        """A QR code (level M) that fills a square; the caller leaves four modules of white around it."""
        # A fixed mask: every reader takes any of the eight, and trying all of them costs a third of the page.
        rows = segno.make(content, error="m", micro=False, boost_error=False, mask=2).matrix
        module = side * MM / len(rows)
        # One module is one unit, so that the runs are small whole numbers.
        runs = [f"{module:.4f} 0 0 {-module:.4f} {x * MM:.4f} {(PAGE_HEIGHT - y) * MM:.4f} cm"]
        for number, row in enumerate(rows):
            dark = "".join("1" if cell else "0" for cell in row)
            runs += [f"{run.start()} {number} {run.end() - run.start()} 1 re" for run in re.finditer("1+", dark)]
        canvas = self.canvas
        canvas.saveState()
        canvas.setFillColorRGB(*BLACK)
        canvas.addLiteral("\n".join([*runs, "f"]))
        canvas.restoreState()

    def punch_mark(self) -> None:
        """A short line at the left edge, half way down: where the two-hole punch is centred."""
        self.rule(4, PAGE_HEIGHT / 2, to_x=8, weight=HAIRLINE)
