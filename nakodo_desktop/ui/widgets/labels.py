"""Text on the screen that can never be taken for mark-up; the only place that makes a QLabel."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from nakodo_desktop.ui.theme import Theme, restyle
from nakodo_desktop.ui.tokens import Token, Tone

Role = Literal["body", "h1", "h2", "strong", "label", "field", "hint", "mask", "error", "pill", "tag", "toast"]
_NARROWEST_CHARS = 6
_MARKUP = frozenset("&<>\"'")
_LINE_HEIGHT = 1.55  # BIZ UD has a line box of 1.0 em and QLabel knows no line height


class PlainLabel(QLabel):
    """One line (or lines as typed) of any text, member data above all. `role` is its size, `tone` its colour."""

    def __init__(
        self, text: str = "", role: Role = "body", *, tone: Tone | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        across = QSizePolicy.Policy.Maximum if role in ("pill", "tag") else QSizePolicy.Policy.Preferred
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)  # a label that stretches tears a grid apart

    def set_tone(self, tone: Tone | None) -> None:
        if tone != self.property("tone"):
            self.setProperty("tone", tone)
            restyle(self)


class WrappedLabel(QLabel):
    """A sentence or paragraph with Japanese line height. The text is escaped, so it is as safe as a PlainLabel."""

    def __init__(
        self, text: str = "", role: Role = "body", *, tone: Tone | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._plain, self._written = "", ("", 0)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._plain = text
        self._write()
        self.setAccessibleName(text)

    def _write(self) -> None:
        """In pixels, not in percent: then a rare character from another font does not push its line down."""
        height = round(self.fontMetrics().height() * _LINE_HEIGHT)
        if self._written == (self._plain, height):
            return
        self._written = (self._plain, height)
        body = _escaped(self._plain).replace("\n", "<br>")
        super().setText(f'<p style="line-height:{height}px; -qt-line-height-type:fixed; margin:0">{body}</p>')

    def set_tone(self, tone: Tone | None) -> None:
        if tone != self.property("tone"):
            self.setProperty("tone", tone)
            restyle(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._write()

    def minimumSizeHint(self) -> QSize:
        """Qt answers the height at its narrowest; layouts ask `heightForWidth` anyway and would only waste room."""
        line = self.fontMetrics().lineSpacing()
        return QSize(line * _NARROWEST_CHARS, line)

    def plain_text(self) -> str:
        return self._plain


class ElidedLabel(PlainLabel):
    """One line that ends in … when there is no room; the whole text is in the tool tip."""

    def __init__(
        self, text: str = "", role: Role = "body", *, tone: Tone | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, role, tone=tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(plain_tool_tip(text))
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("…"), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, self.alignment(), shown)


def _escaped(text: str) -> str:
    """The text as mark-up that shows it. Most of ours has no sign of mark-up and needs no help."""
    if _MARKUP.isdisjoint(text):
        return text
    import html  # with its two thousand named signs: not before the first paint

    return html.escape(text)


def plain_tool_tip(text: str) -> str:
    """A tool tip that shows `text` as typed: Qt guesses mark-up in tool tips, so the text is escaped."""
    return f"<p style='white-space:pre-wrap'>{_escaped(text)}</p>" if text else ""


def picture(
    theme: Theme,
    name: str,
    token: Token = "muted",
    *,
    px: int = 18,
    beside_px: int = 0,
    parent: QWidget | None = None,
) -> QLabel:
    """A decorative icon; the words beside it carry the meaning.

    `beside_px`: the letters of a WrappedLabel, for an icon in the middle of its first line.
    """
    label = QLabel(parent)
    label.setPixmap(theme.pixmap(name, token, px))
    label.setFixedWidth(theme.px(px))
    if beside_px:
        label.setFixedHeight(round(theme.px(beside_px) * _LINE_HEIGHT))
    return label
