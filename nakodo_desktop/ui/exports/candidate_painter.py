"""How one candidate looks in the list: box to tick, disc, name over detail, the state as a pill."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nakodo_desktop.ui.exports.candidate_model import ENTRY_ROLE, CandidateModel
from nakodo_desktop.ui.exports.entries import Entry
from nakodo_desktop.ui.members.row_painter import sex_tone
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import TONES, Tone
from nakodo_desktop.ui.widgets.frames import hairline
from nakodo_desktop.ui.widgets.marks import paint_disc

ROW_PX = 56
_BOX_PX, _DISC_PX, _SIDE_PX, _GAP_PX = 18, 32, 14, 10
_TICK_AREA_PX = _SIDE_PX + _BOX_PX + _GAP_PX  # a little wider than the box: it is hit without aiming
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_Index = QModelIndex | QPersistentModelIndex


class CandidatePainter(QStyledItemDelegate):
    """A click beside the name or the space bar ticks; a click elsewhere only selects."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(ROW_PX))

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        if not isinstance(model, CandidateModel):
            return False
        area: QRect = option.rect
        if isinstance(event, QMouseEvent):
            ticks = event.position().x() <= area.left() + self._theme.px(_TICK_AREA_PX)
            if ticks and event.button() == Qt.MouseButton.LeftButton:
                if event.type() in (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick):
                    model.toggle(index.row())
                return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            model.toggle(index.row())
            return True
        return False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry = index.data(ENTRY_ROLE)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        self._paint_ground(painter, area, state)
        if isinstance(entry, Entry):
            self._paint_entry(painter, area, entry)
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        theme = self._theme
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.color("sel"))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("sunken"))
        hairline(painter, theme.color("line"), area.left(), area.bottom(), area.right() + 1)

    def _paint_entry(self, painter: QPainter, area: QRect, entry: Entry) -> None:
        px, row = self._theme.px, entry.candidate.row
        side = px(_BOX_PX)
        box = QRectF(area.left() + px(_SIDE_PX) + 0.5, area.center().y() - side / 2 + 0.5, side, side)
        if entry.candidate.is_admitted:
            self._paint_box(painter, box, ticked=entry.is_chosen)
        disc = px(_DISC_PX)
        left = area.left() + px(_TICK_AREA_PX) + px(4)
        painter.save()
        painter.translate(left, area.center().y() - disc // 2 + 1)
        paint_disc(painter, self._theme, row.legal_name, sex_tone(row.sex), px=_DISC_PX)
        painter.restore()
        words, tone = entry.state
        pill_width = self._paint_pill(painter, area.adjusted(0, 0, -px(12), 0), words, tone)
        text = area.adjusted(0, 0, -px(20) - pill_width, 0)
        text.setLeft(left + disc + px(_GAP_PX))
        half = area.height() // 2
        upper = text.adjusted(0, px(7), 0, -half + px(3))
        lower = text.adjusted(0, half + 1, 0, -px(7))
        self._paint_text(painter, upper, row.legal_name, muted=False)
        self._paint_text(painter, lower, entry.detail, muted=True)

    def _paint_box(self, painter: QPainter, box: QRectF, *, ticked: bool) -> None:
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if ticked else "line2"), 1))
        painter.setBrush(theme.color("accent" if ticked else "surface"))
        painter.drawRoundedRect(box, 4, 4)
        if ticked:
            tick = theme.pixmap("check", "on_accent", 16, 2.5)
            size = tick.deviceIndependentSize()
            painter.drawPixmap(
                round(box.center().x() - size.width() / 2), round(box.center().y() - size.height() / 2), tick
            )

    def _paint_text(self, painter: QPainter, area: QRect, text: str, *, muted: bool) -> None:
        painter.setFont(self._theme.font(12 if muted else 14, bold=not muted))
        painter.setPen(self._theme.color("muted" if muted else "text"))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, _LEFT, shown)

    def _paint_pill(self, painter: QPainter, area: QRect, text: str, tone: Tone) -> int:
        """At the right end of the area. → its width"""
        theme, (ink, ground) = self._theme, TONES[tone]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(12))
        width = painter.fontMetrics().horizontalAdvance(text) + theme.px(20)
        height = theme.px(24)
        pill = QRectF(area.right() - width, area.center().y() - height / 2 + 0.5, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(theme.color(ink))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)
        return width
