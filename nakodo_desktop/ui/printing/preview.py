"""A PDF on the screen as it will be on paper: pages one below the other, with zoom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPixmap, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from nakodo_desktop.ui.printing.pages import POINTS_PER_INCH, PdfPages
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import tool_button
from nakodo_desktop.ui.widgets.frames import column, frame, row
from nakodo_desktop.ui.widgets.inputs import add_shortcut
from nakodo_desktop.ui.widgets.labels import PlainLabel

ZOOMS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)  # of the size on paper
_SCREEN_DPI = 96
_MARGIN_PX = 16
_GAP_PX = 16
_SMALLEST_PX = 120
_REST_MS = 40  # a window that is being dragged wider asks for a new picture at every pixel


class PdfPreview(QWidget):
    """`show_pdf` shows bytes; nothing is written anywhere. At first a page is as wide as there is room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._documents: list[PdfPages] = []
        self._sheets: list[tuple[PlainLabel, PdfPages, int]] = []
        self._zoom: float | None = None  # None: as wide as there is room
        self._paper = QWidget()
        self._rows = column(theme, self._paper, margin=_MARGIN_PX, gap=_GAP_PX)
        self._view = QScrollArea(self)
        self._view.setWidget(self._paper)
        self._view.setWidgetResizable(True)
        self._view.setAccessibleName("印刷の見本")
        # Always there: one that comes and goes changes the width the page is drawn for.
        self._view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.viewport().installEventFilter(self)
        self.zoom_out = tool_button(theme, "zoom-out", "小さくする")
        self.zoom_in = tool_button(theme, "zoom-in", "大きくする")
        self.fit_width = tool_button(theme, "move-horizontal", "幅に合わせる")
        self._words = PlainLabel("", "hint")
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._lay_out()
        self._rest.timeout.connect(self._draw)
        self.zoom_out.clicked.connect(lambda: self._step(-1))
        self.zoom_in.clicked.connect(lambda: self._step(1))
        self.fit_width.clicked.connect(lambda: self._set_zoom(None))
        add_shortcut(self, "Ctrl++", lambda: self._step(1))
        add_shortcut(self, "Ctrl+-", lambda: self._step(-1))

    @property
    def page_count(self) -> int:
        return len(self._sheets)

    def show_pdf(self, *pdfs: bytes) -> None:
        """One or more documents, one after the other."""
        self.clear()
        for pdf in pdfs:
            document = PdfPages(pdf)
            self._documents.append(document)
            for number in range(len(document)):
                sheet = PlainLabel("")
                self._sheets.append((sheet, document, number))
                self._rows.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        self._rows.addStretch()
        self._draw()

    def clear(self) -> None:
        """Forget the documents and their pictures."""
        self._rest.stop()
        self._sheets.clear()
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for document in self._documents:
            document.close()
        self._documents.clear()
        self._say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._zoom is None:
            self._rest.start()
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(1 if event.angleDelta().y() > 0 else -1)
            return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DeferredDelete:
            self.clear()
        return super().event(event)

    def _step(self, direction: int) -> None:
        now = self._factor()
        further = [z for z in ZOOMS if (z - now) * direction > 0.01]
        if further:
            self._set_zoom(further[0] if direction > 0 else further[-1])

    def _set_zoom(self, zoom: float | None) -> None:
        self._zoom = zoom
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if zoom is None else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._view.setHorizontalScrollBarPolicy(policy)
        self._draw()

    def _factor(self) -> float:
        """How large a page is shown, 1.0 being its size on paper."""
        if self._zoom is not None or not self._sheets:
            return self._zoom or 1.0
        room = max(self._view.viewport().width() - 2 * self._theme.px(_MARGIN_PX), _SMALLEST_PX)
        _, document, number = self._sheets[0]
        return room / (document.size_points(number)[0] * _SCREEN_DPI / POINTS_PER_INCH)

    def _draw(self) -> None:
        ratio, factor = self.devicePixelRatio(), self._factor()
        for position, (sheet, document, number) in enumerate(self._sheets, start=1):
            picture = QPixmap.fromImage(document.image(number, dpi=_SCREEN_DPI * factor * ratio))
            picture.setDevicePixelRatio(ratio)
            sheet.setPixmap(picture)
            sheet.setAccessibleName(f"{position}ページ目")
        self._say()

    def _say(self) -> None:
        shown = bool(self._sheets)
        self._words.setText(f"{len(self._sheets)}ページ　・　{self._factor():.0%}" if shown else "")
        self.zoom_out.setEnabled(shown and self._factor() > ZOOMS[0] + 0.01)
        self.zoom_in.setEnabled(shown and self._factor() < ZOOMS[-1] - 0.01)
        self.fit_width.setEnabled(shown and self._zoom is not None)

    def _lay_out(self) -> None:
        theme = self._theme
        ground = frame("sunken")
        column(theme, ground).addWidget(self._view)
        bar = row(theme, gap=4)
        bar.addWidget(self._words)
        bar.addStretch(1)
        for made in (self.fit_width, self.zoom_out, self.zoom_in):
            bar.addWidget(made)
        rows = column(theme, self, gap=6)
        rows.addLayout(bar)
        rows.addWidget(ground, 1)
