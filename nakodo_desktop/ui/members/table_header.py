"""The head of the member list: the arrow stands right behind the word it belongs to."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QCursor, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.frames import hairline

_HEIGHT_PX = 38
_ARROW_PX = 14
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class SortHeader(QHeaderView):
    """A click sorts; the keyboard sorts by the menu of the list."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setFixedHeight(theme.px(_HEIGHT_PX))
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("一覧の見出し")

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:
        theme = self._theme
        is_sorted = index == self.sortIndicatorSection()
        pointed_at = self.logicalIndexAt(self.viewport().mapFromGlobal(QCursor.pos()))
        is_pointed_at = self.underMouse() and pointed_at == index
        painter.save()
        painter.fillRect(rect, theme.color("sunken" if is_pointed_at else "surface"))
        hairline(painter, theme.color("line"), rect.left(), rect.bottom(), rect.right() + 1)
        painter.setFont(theme.font(12, bold=is_sorted))
        painter.setPen(theme.color("text" if is_sorted or is_pointed_at else "muted"))
        model = self.model()
        text = str(model.headerData(index, Qt.Orientation.Horizontal)) if model is not None else ""
        area = rect.adjusted(theme.px(12), 0, 0, -1)
        painter.drawText(area, _LEFT, text)
        if is_sorted:
            name = "chevron-up" if self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder else "chevron-down"
            left = area.left() + painter.fontMetrics().horizontalAdvance(text) + theme.px(3)
            top = area.center().y() - theme.px(_ARROW_PX) // 2 + 1
            painter.drawPixmap(left, top, theme.pixmap(name, "text", _ARROW_PX, 2.25))
        painter.restore()
