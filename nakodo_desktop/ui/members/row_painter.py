"""How one row of the member list looks: disc and two lines for the name, words with a colour for the states."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nakodo_desktop.domain.declaration import Standing
from nakodo_desktop.domain.member import MemberRow, MemberStatus
from nakodo_desktop.ui.members.columns import (
    DECLARATION,
    LAST_INTERVIEW,
    NAME,
    NUMBER,
    RESIDENCE,
    STATUS,
    short_residence,
)
from nakodo_desktop.ui.members.table_model import ROW_ROLE, MemberTableModel
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import TONES, Tone
from nakodo_desktop.ui.widgets.frames import hairline
from nakodo_desktop.ui.widgets.marks import MARK_ICONS, paint_disc

ROW_PX = 54
_DISC_PX = 32
STATUS_TONES: dict[MemberStatus, Tone] = {
    MemberStatus.PRE_PUBLISH: "warn",
    MemberStatus.OMIAI: "ok",
    MemberStatus.PRE_COURTSHIP: "rose",
    MemberStatus.SERIOUS: "rose",
    MemberStatus.PAUSED: "mute",
    MemberStatus.WITHDRAWN: "mute",
    MemberStatus.MARRIED_OUT: "mute",
}
STANDING_TONES: dict[Standing, Tone] = {
    Standing.NONE: "bad",
    Standing.PRINTED: "warn",
    Standing.VALID: "ok",
    Standing.DUE: "warn",
    Standing.OVERDUE: "bad",
    Standing.SUSPECTED: "bad",
}
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def sex_tone(sex: str) -> Tone:
    return "rose" if sex == "female" else "info"


class MemberRowPainter(QStyledItemDelegate):
    """`hovered_row` is told by the table: Qt knows only which cell lies under the mouse, and people look at rows."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hovered_row = -1

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """What a double click on the edge of a heading makes the column as wide as."""
        theme = self._theme
        beside = theme.px(_DISC_PX + 26 if index.column() == NAME else 40 if index.column() == DECLARATION else 26)
        text = QFontMetrics(theme.font(14, bold=index.column() == NAME)).horizontalAdvance(str(index.data()))
        return QSize(text + beside, theme.px(ROW_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        member = index.data(ROW_ROLE)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        self._paint_ground(painter, area, state, index)
        if isinstance(member, MemberRow):
            inner = area.adjusted(self._theme.px(12), 0, -self._theme.px(4), 0)
            self._paint_cell(painter, inner, member, index)
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, area: QRect, member: MemberRow, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        column, text = index.column(), str(index.data())
        if column == NAME:
            self._paint_name(painter, area, member)
        elif column == STATUS:
            self._paint_pill(painter, area, text, STATUS_TONES[member.status])
        elif column == DECLARATION:
            model = index.model()
            assert isinstance(model, MemberTableModel)
            self._paint_mark(painter, area, text, STANDING_TONES[member.proof(model.today).standing])
        elif column == RESIDENCE:
            self._paint_text(painter, area, text, shorter=short_residence(text))
        else:
            self._paint_text(painter, area, text, muted=column in (NUMBER, LAST_INTERVIEW))

    def _paint_ground(
        self, painter: QPainter, area: QRect, state: QStyle.StateFlag, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._theme
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.color("sel"))
            if index.column() == NUMBER:
                painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), theme.color("accent"))
        elif index.row() == self.hovered_row:
            painter.fillRect(area, theme.color("sunken"))
        hairline(painter, theme.color("line"), area.left(), area.bottom(), area.right() + 1)

    def _paint_name(self, painter: QPainter, area: QRect, member: MemberRow) -> None:
        theme, disc = self._theme, _DISC_PX
        side = theme.px(disc)
        painter.save()
        painter.translate(area.left(), area.center().y() - side // 2 + 1)
        paint_disc(painter, theme, member.legal_name, sex_tone(member.sex), px=disc)
        painter.restore()
        text = area.adjusted(side + theme.px(10), 0, 0, 0)
        half = area.height() // 2
        upper = text.adjusted(0, theme.px(7), 0, -half + theme.px(3))
        lower = text.adjusted(0, half + 1, 0, -theme.px(6))
        self._paint_text(painter, upper, member.legal_name, bold=True, px=14)
        self._paint_text(painter, lower, member.kana, muted=True, px=11)

    def _paint_text(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        *,
        shorter: str = "",
        muted: bool = False,
        bold: bool = False,
        px: int = 13,
    ) -> None:
        """`shorter` is shown before anything is cut off."""
        painter.setFont(self._theme.font(px, bold))
        painter.setPen(self._theme.color("muted" if muted else "text"))
        metrics = painter.fontMetrics()
        fitting = text if metrics.horizontalAdvance(text) <= area.width() else shorter or text
        shown = metrics.elidedText(fitting, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, _LEFT, shown)

    def _paint_pill(self, painter: QPainter, area: QRect, text: str, tone: Tone) -> None:
        theme, (ink, ground) = self._theme, TONES[tone]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(12))
        width = painter.fontMetrics().horizontalAdvance(text) + theme.px(20)
        height = theme.px(24)
        pill = QRectF(area.left() - theme.px(4), area.center().y() - height / 2 + 0.5, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(theme.color(ink))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_mark(self, painter: QPainter, area: QRect, text: str, tone: Tone) -> None:
        theme, ink = self._theme, TONES[tone][0]
        side = theme.px(16)
        top = area.center().y() - side // 2 + 1
        painter.drawPixmap(area.left(), top, theme.pixmap(MARK_ICONS[tone], ink, 16))
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("muted" if tone == "ok" else ink))
        rest = area.adjusted(side + theme.px(6), 0, 0, 0)
        painter.drawText(rest, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rest.width()))
