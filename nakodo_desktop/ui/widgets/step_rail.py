"""The steps of an interview beside the form: what is done, where we are, what is missing; any step can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from nakodo_desktop.ui.theme import Theme, restyle
from nakodo_desktop.ui.tokens import LABEL_PX
from nakodo_desktop.ui.widgets.buttons import PushButton
from nakodo_desktop.ui.widgets.frames import column, row
from nakodo_desktop.ui.widgets.labels import PlainLabel

WIDTH_PX = 220
_ROW_PX, _NOTED_ROW_PX = 42, 50


@dataclass(frozen=True)
class RailStep:
    """One entry. `missing` counts required answers and is told once the step was visited; `note` is a quiet remark."""

    key: str
    title: str
    is_done: bool = False
    missing: int = 0
    note: str = ""

    @property
    def remark(self) -> str:
        return f"未入力 {self.missing}" if self.missing else self.note


class StepRail(QScrollArea):
    """Tab enters the rail, Up and Down move in it, Enter or Space goes to the step."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: dict[str, _StepRow] = {}
        self._current = ""
        content = QWidget(self)
        content.setProperty("ground", "scrolled")
        self._layout: QVBoxLayout = column(theme, content, gap=2)
        self._layout.addStretch()
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(theme.px(WIDTH_PX))
        self.setAccessibleName("面談の手順")

    @property
    def current(self) -> str:
        return self._current

    def set_steps(self, steps: Sequence[RailStep], *, current: str) -> None:
        """Show these steps; the rows are kept while their keys stay the same, so the focus is not lost."""
        if list(self._rows) != [step.key for step in steps]:
            self._rebuild(steps)
        self._current = current
        for number, step in enumerate(steps, start=1):
            self._rows[step.key].show_step(step, number, is_current=step.key == current)
        if current in self._rows:
            self.ensureWidgetVisible(self._rows[current])

    def row_of(self, key: str) -> PushButton:
        return self._rows[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        rows = list(self._rows.values())
        focused = next((i for i, one in enumerate(rows) if one.hasFocus()), None)
        if move is None or focused is None:
            super().keyPressEvent(event)
            return
        target = rows[max(0, min(len(rows) - 1, focused + move))]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(target)

    def _rebuild(self, steps: Sequence[RailStep]) -> None:
        for old in self._rows.values():
            old.deleteLater()
        self._rows = {}
        for index, step in enumerate(steps):
            made = _StepRow(self._theme, self)
            made.setObjectName(f"step_{step.key}")
            made.clicked.connect(lambda _checked=False, key=step.key: self.chosen.emit(key))
            self._rows[step.key] = made
            self._layout.insertWidget(index, made)


class _StepRow(PushButton):
    def __init__(self, theme: Theme, rail: StepRail) -> None:
        super().__init__(rail)
        self.setProperty("kind", "step")
        self._theme = theme
        self._disc = _StepDisc(theme, self)
        self._title, self._remark = PlainLabel(), PlainLabel("", "hint")
        line = row(theme, self, gap=12)
        line.setContentsMargins(theme.px(12), 0, theme.px(8), 0)
        line.addWidget(self._disc)
        words = column(theme, gap=4)
        words.addStretch()
        words.addWidget(self._title)
        words.addWidget(self._remark)
        words.addStretch()
        line.addLayout(words, 1)
        for label in (self._disc, self._title, self._remark):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_step(self, step: RailStep, number: int, *, is_current: bool) -> None:
        self._disc.show_state(number, is_done=step.is_done, is_current=is_current)
        self._title.setText(step.title)
        self._title.set_tone(None if is_current or step.is_done else "mute")
        self._remark.setText(step.remark)
        self._remark.setVisible(bool(step.remark))
        self._remark.set_tone("bad" if step.missing else None)
        if is_current != self.property("current"):
            self.setProperty("current", is_current)
            self._title.setProperty("role", "strong" if is_current else "body")
            restyle(self._title)
            restyle(self)
        state = "入力中" if is_current else "完了" if step.is_done else ""
        spoken = "、".join(word for word in (f"手順{number} {step.title}", state, step.remark) if word)
        self.setAccessibleName(spoken)
        self.setFixedHeight(self._theme.px(_NOTED_ROW_PX if step.remark else _ROW_PX))


class _StepDisc(QWidget):
    _SIDE_PX = 26

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number, self._is_done, self._is_current = 0, False, False
        self.setFixedSize(theme.px(self._SIDE_PX), theme.px(self._SIDE_PX))

    def show_state(self, number: int, *, is_done: bool, is_current: bool) -> None:
        self._number, self._is_done, self._is_current = number, is_done, is_current
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        filled = self._is_current or self._is_done
        painter.setPen(Qt.PenStyle.NoPen if filled else QPen(theme.color("line2"), 1))
        painter.setBrush(theme.color("accent" if self._is_current else "ok" if self._is_done else "surface"))
        painter.drawEllipse(area)
        if self._is_done and not self._is_current:
            check = theme.pixmap("check", "on_accent", 16, stroke=2.5)
            size = check.deviceIndependentSize()
            painter.drawPixmap(QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2), check)
            return
        painter.setPen(theme.color("on_accent" if self._is_current else "muted"))
        painter.setFont(theme.font(LABEL_PX, bold=self._is_current))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(self._number))
