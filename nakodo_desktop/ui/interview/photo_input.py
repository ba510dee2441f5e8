"""One photo of the member on a form: choose or drop a file, see what was taken in, or why it was not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget

from nakodo_desktop.domain.values import Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button, set_button_text
from nakodo_desktop.ui.widgets.field_input import FieldInput
from nakodo_desktop.ui.widgets.frames import column, row
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel

_WIDTH_PX, _HEIGHT_PX, _RADIUS_PX = 132, 168, 8
_FILTER = "写真 (*.jpg *.jpeg *.png *.webp);;すべてのファイル (*)"
_HOW = "JPEG・PNG・WebP。ここへ写真をドラッグしても取り込めます。"


class PhotoInput(FieldInput):
    """`value()` is the id of a photo in the vault. The page that owns the vault decodes and stores what is `chosen`."""

    chosen = Signal(object)  # Path of a file that the operator chose or dropped
    removal_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._photo_id: str | None = None
        self._dialog: QFileDialog | None = None
        self.view = _PhotoView(theme, self)
        self.button = button(theme, "ファイルを選ぶ", icon="image")
        self.remove = button(theme, "写真を外す", kind="link", icon="trash-2")
        self.remove.setProperty("enter_skips", True)
        self.remove.hide()
        self._state = PlainLabel("", "hint")
        self._state.hide()
        line = row(theme, self, gap=16)
        line.addWidget(self.view, 0, Qt.AlignmentFlag.AlignTop)
        beside = column(theme, gap=8)
        beside.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addWidget(self._state)
        beside.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addWidget(WrappedLabel(_HOW, "hint"))
        beside.addStretch()
        line.addLayout(beside, 1)
        self.setAcceptDrops(True)
        self._consists_of(self.button)
        self.button.clicked.connect(self._open_dialog)
        self.remove.clicked.connect(self.removal_asked)

    def value(self) -> Value:
        return self._photo_id

    def show_photo(self, jpeg: bytes, size: str) -> None:
        """The pixels of `value()`, and how large they are in words."""
        self.view.show_jpeg(jpeg)
        self._tell(size)
        self._say("別の写真に替える")
        self.remove.show()

    def set_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.remove.setEnabled(not busy)
        self.setAcceptDrops(not busy)
        if busy:
            self._tell("取り込んでいます…")
            self.set_error("")
        elif self._photo_id is None:
            self._tell("")

    def set_label(self, label: str) -> None:
        super().set_label(label)
        self.view.setAccessibleName(label)
        self.remove.setAccessibleName(f"{label}：写真を外す")
        self._say("ファイルを選ぶ")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.chosen.emit(Path(files[0]))

    def _show(self, value: Value) -> None:
        self._photo_id = None if value is None else str(value)
        if self._photo_id is None:
            self.view.show_jpeg(b"")
            self._tell("")
            self._say("ファイルを選ぶ")
            self.remove.hide()

    def _open_dialog(self) -> None:
        dialog = QFileDialog(self, "写真を選ぶ", "", _FILTER)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.chosen.emit(Path(path)))
        dialog.open()

    def _tell(self, words: str) -> None:
        self._state.setText(words)
        self._state.setVisible(bool(words))

    def _say(self, deed: str) -> None:
        set_button_text(self.button, deed, has_icon=True)
        self.button.setAccessibleName(f"{self.accessibleName()}：{deed}")


class _PhotoView(QWidget):
    """The picture as large as there is room, or a place for one."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture = QPixmap()
        self.setFixedSize(theme.px(_WIDTH_PX), theme.px(_HEIGHT_PX))

    def show_jpeg(self, jpeg: bytes) -> None:
        """`jpeg` comes out of our own decoder; b"" shows the empty place."""
        self._picture = QPixmap()
        if jpeg:
            self._picture.loadFromData(jpeg, "JPEG")
        self.update()

    def is_empty(self) -> bool:
        return self._picture.isNull()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = self._theme.px(_RADIUS_PX)
        outline = QPainterPath()
        outline.addRoundedRect(area, radius, radius)
        painter.fillPath(outline, self._theme.color("sunken"))
        if self._picture.isNull():
            self._paint_empty(painter, outline)
            return
        painter.setClipPath(outline)
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, *_pair(size))
        painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))

    def _paint_empty(self, painter: QPainter, outline: QPainterPath) -> None:
        painter.setPen(QPen(self._theme.color("line2"), 1, Qt.PenStyle.DashLine))
        painter.drawPath(outline)
        icon = self._theme.pixmap("user", "faint", 44)
        side = icon.deviceIndependentSize()
        painter.drawPixmap(round((self.width() - side.width()) / 2), round((self.height() - side.height()) / 2), icon)


def _pair(size: QSize) -> tuple[int, int]:
    return size.width(), size.height()
