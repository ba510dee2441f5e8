"""The strip over the interview: whose it is, when it was last saved, and the way out."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from nakodo_desktop.domain.interview_record import Interview
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, picture

_HEIGHT_PX = 60


class FlowHead(QFrame):
    """Names the person once the name is typed: of three interviews under way nobody fills in the wrong one."""

    close_asked = Signal()
    side_asked = Signal(bool)  # show or hide points and memo while there is no room for both

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "head")
        self.setFixedHeight(theme.px(_HEIGHT_PX))
        self._theme = theme
        self._title, self._number = PlainLabel("", "h2"), PlainLabel("", "label")
        self.name = ElidedLabel("", "strong")
        self.name.setObjectName("whose")
        self._mark, self.saved = picture(theme, "circle-check", "ok", px=16), PlainLabel("", "hint")
        self.saved.setObjectName("saved")
        self.side_button = button(theme, "ポイントとメモ", icon="notebook-pen")
        self.side_button.setObjectName("side")
        self.side_button.setCheckable(True)
        self.close_button = button(theme, "中断して閉じる", icon="save")
        self.close_button.setObjectName("suspend")
        line = row(theme, self, gap=8)
        line.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        line.addWidget(self._title)
        line.addSpacing(theme.px(6))
        line.addWidget(self._number)
        line.addSpacing(theme.px(6))
        line.addWidget(self.name, 1)
        line.addWidget(self._mark)
        line.addWidget(self.saved)
        line.addSpacing(theme.px(10))
        line.addWidget(self.side_button)
        line.addWidget(self.close_button)
        self.parts = (self.side_button, self.close_button)
        self.side_button.hide()
        self.side_button.toggled.connect(self.side_asked)
        self.close_button.clicked.connect(self.close_asked)

    def show_interview(self, record: Interview) -> None:
        """`record` with the answers as they stand: the letter of the number comes with the sex."""
        self._title.setText(record.kind.label)
        self._number.setText(record.number_words)
        self.name.setText(record.name)

    def show_saved(self, saved_at: datetime, *, today: bool = True) -> None:
        local = saved_at.astimezone()
        when = f"{local:%H:%M}" if today else f"{local.month}月{local.day}日 {local:%H:%M}"
        self._mark.setPixmap(self._theme.pixmap("circle-check", "ok", 16))
        self.saved.setText(f"{when} に自動保存しました")
        self.saved.set_tone(None)

    def show_unsaved(self) -> None:
        self._mark.setPixmap(self._theme.pixmap("circle-alert", "bad", 16))
        self.saved.setText("まだ保存できていません")
        self.saved.set_tone("bad")

    def show_over(self) -> None:
        """The interview is over: nothing to save, nothing to suspend."""
        for part in (self._number, self.name, self._mark, self.saved, self.side_button, self.close_button):
            part.hide()
