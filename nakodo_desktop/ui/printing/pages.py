"""PDF bytes as images, never through a file. pypdfium2 is not thread-safe: GUI thread only."""

from __future__ import annotations

from typing import Any

import pypdfium2
from PySide6.QtGui import QImage

POINTS_PER_INCH = 72


class PdfPages:
    """An open document in memory; `image` draws one page."""

    def __init__(self, pdf: bytes) -> None:
        self._document: Any = pypdfium2.PdfDocument(pdf)

    def __len__(self) -> int:
        return len(self._document)

    def size_points(self, number: int) -> tuple[float, float]:
        """(width, height) in points."""
        width, height = self._document[number].get_size()
        return float(width), float(height)

    def image(self, number: int, *, dpi: float, grey: bool = False) -> QImage:
        """Page `number` (from 0) at `dpi`; an A4 page at 600 dpi in grey takes 35 MB."""
        bitmap: Any = self._document[number].render(scale=dpi / POINTS_PER_INCH, grayscale=grey)
        kind = (
            QImage.Format.Format_Grayscale8
            if grey
            else QImage.Format.Format_BGR888
            if bitmap.n_channels == 3
            else QImage.Format.Format_RGB32
        )
        return QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, kind).copy()

    def close(self) -> None:
        self._document.close()
