"""A dialog that looks like the rest of the program; nobody uses QMessageBox."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import Tone
from nakodo_desktop.ui.widgets.buttons import ButtonKind, PushButton, button
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, frame, row
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.marks import IconDisc
from nakodo_desktop.ui.widgets.notices import Banner

_TITLE_BAR_PX, _LEAST_PX = 40, 140
WINDOW_TITLE = "なこうどデスク"  # never a member's name: titles end up in task lists and logs


class AppDialog(QDialog):
    """A title with an icon, a body, and a row of deeds. Open it with `open()`; it deletes itself when closed.

    Esc and the window's × mean "nothing happened". Put widgets into `body`, deeds by `add_button`.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        *,
        icon: str = "info",
        tone: Tone = "info",
        width_px: int = 460,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setWindowTitle(WINDOW_TITLE)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.setMinimumWidth(theme.px(width_px))
        self._told: Banner | None = None
        self._elastic: tuple[QWidget, int] | None = None
        card = Card(theme, margin=24, gap=16, ground="plain")
        line = row(theme, gap=16)
        line.addWidget(IconDisc(theme, icon, tone, px=40), 0, Qt.AlignmentFlag.AlignTop)
        self.body = column(theme, gap=12)
        self.title = WrappedLabel(title, "h2")
        self.title.setMinimumHeight(theme.px(40))
        self.title.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(self.title)
        line.addLayout(self.body, 1)
        card.rows.addLayout(line)
        self._card = card
        self._foot = foot = frame("foot")
        self._buttons = row(theme, foot, gap=8)
        self._buttons.setContentsMargins(theme.px(24), theme.px(14), theme.px(24), theme.px(14))
        self._buttons.addStretch()
        self._rows = column(theme, self, gap=0)
        self._rows.addWidget(FormScroll(card), 1)
        self._rows.addWidget(foot)

    def add_text(self, text: str) -> WrappedLabel:
        label = WrappedLabel(text)
        self.body.addWidget(label)
        return label

    def add_elastic(self, widget: QWidget, height_px: int) -> None:
        """A page, a list or a text in the body: so high where the screen has room, else as high as it has."""
        self._elastic = (widget, self.theme.px(height_px))
        self.body.addWidget(widget)

    def add_code(self, text: str) -> PlainLabel:
        """A line that can be selected and copied."""
        label = PlainLabel(text, "label")
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        label.setAccessibleName(text)
        self.body.addWidget(label)
        return label

    def add_button(
        self,
        text: str,
        act: Callable[[], None] | None = None,
        *,
        kind: ButtonKind = "normal",
        icon: str | None = None,
        closes: bool = True,
    ) -> PushButton:
        """A deed. It closes the dialog first and then acts, so that the act may open the next one."""
        made = button(self.theme, text, kind=kind, icon=icon)
        made.setMinimumWidth(self.theme.px(96))
        if closes:
            made.clicked.connect(self.accept if act is not None else self.reject)
        if act is not None:
            made.clicked.connect(act)
        self._buttons.addWidget(made)
        return made

    def tell(self, message: str, advice: str = "") -> None:
        """Show trouble inside this dialog, which stays open."""
        if self._told is None:
            self._told = Banner(self.theme, "bad", message, text=advice)
            self.body.insertWidget(1, self._told)
        self._told.set_words(message, advice)
        self._told.show()
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():  # an error line came or went
            self._fit()
        return handled

    def _fit(self) -> None:
        """As high as the wrapped text needs: Qt measures it at another width and leaves gaps.

        Never higher than the screen, whose buttons nobody would reach: then the body scrolls.
        """
        room = self.screen().availableGeometry().height() - self.theme.px(_TITLE_BAR_PX)
        if self._elastic is not None:
            widget, wished = self._elastic
            widget.setFixedHeight(wished)
            widget.setFixedHeight(max(wished - max(self._needed() - room, 0), self.theme.px(_LEAST_PX)))
        self.resize(self.width(), min(self._needed(), room))

    def _needed(self) -> int:
        layout = self._card.layout()
        assert layout is not None
        layout.activate()
        return layout.totalHeightForWidth(self.width()) + self._foot.sizeHint().height()
