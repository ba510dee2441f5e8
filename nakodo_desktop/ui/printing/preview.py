"""A PDF on the screen as it will be on paper: pages one below the other, with zoom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from nakodo_desktop.ui.printing.pages import POINTS_PER_INCH, PdfPages
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import tool_button
from nakodo_desktop.ui.widgets.frames import column, frame, row
from nakodo_desktop.ui.widgets.labels import PlainLabel

ZOOMS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)  # of the width of the view
_MARGIN_PX = 16


class PdfPreview(QWidget):
    """`show_pdf` shows bytes; nothing is written anywhere."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages: PdfPages | None = None
        self._zoom = ZOOMS.index(1.0)
        self._sheets: list[PlainLabel] = []
        self._paper = QWidget()
        self._rows = column(theme, self._paper, margin=_MARGIN_PX, gap=16)
        self._view = QScrollArea(self)
        self._view.setWidget(self._paper)
        self._view.setWidgetResizable(True)
        self._view.setAccessibleName("印刷の見本")
        self.zoom_out = tool_button(theme, "zoom-out", "小さくする")
        self.zoom_in = tool_button(theme, "zoom-in", "大きくする")
        self._words = PlainLabel("", "hint")
        ground = frame("sunken")
        column(theme, ground).addWidget(self._view)
        bar = row(theme)
        bar.addWidget(self._words)
        bar.addStretch()
        bar.addWidget(self.zoom_out)
        bar.addWidget(self.zoom_in)
        rows = column(theme, self, gap=6)
        rows.addLayout(bar)
        rows.addWidget(ground, 1)
        self.zoom_out.clicked.connect(lambda: self._set_zoom(self._zoom - 1))
        self.zoom_in.clicked.connect(lambda: self._set_zoom(self._zoom + 1))

    def show_pdf(self, pdf: bytes) -> None:
        self.clear()
        self._pages = PdfPages(pdf)
        for _ in range(len(self._pages)):
            sheet = PlainLabel("")
            self._sheets.append(sheet)
            self._rows.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        self._rows.addStretch()
        self._draw()

    def clear(self) -> None:
        """Forget the document and its pictures."""
        if self._pages is not None:
            self._pages.close()
        self._pages = None
        self._sheets.clear()
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._words.setText("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DeferredDelete:
            self.clear()
        return super().event(event)

    def _set_zoom(self, zoom: int) -> None:
        self._zoom = min(max(zoom, 0), len(ZOOMS) - 1)
        self._draw()

    def _draw(self) -> None:
        if self._pages is None:
            return
        ratio = self.devicePixelRatio()
        room = max(self._view.viewport().width() - 2 * self._theme.px(_MARGIN_PX), 200)
        for number, sheet in enumerate(self._sheets):
            width_points, _ = self._pages.size_points(number)
            dpi = room * ZOOMS[self._zoom] * POINTS_PER_INCH / width_points
            picture = QPixmap.fromImage(self._pages.image(number, dpi=dpi * ratio))
            picture.setDevicePixelRatio(ratio)
            sheet.setPixmap(picture)
            sheet.setAccessibleName(f"{number + 1}ページ目")
        self._words.setText(f"{len(self._sheets)}ページ　・　{ZOOMS[self._zoom]:.0%}")
        self.zoom_out.setEnabled(self._zoom > 0)
        self.zoom_in.setEnabled(self._zoom < len(ZOOMS) - 1)
