"""Label, 必須 or 任意, hint and error line around one input; pages never lay these out themselves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import CAPTION_PX
from nakodo_desktop.ui.widgets.field_input import FieldInput
from nakodo_desktop.ui.widgets.frames import column, row
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel, picture
from nakodo_desktop.ui.widgets.marks import optional_tag, required_tag


class FieldBox(QWidget):
    """One field of a form. `required` None shows no tag. The label reads the field to a screen reader."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        field: FieldInput,
        *,
        required: bool | None = None,
        lead: str = "",
        hint: str = "",
        beside: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`lead` stands above the input, `hint` below it, `beside` (a helper button) to its right.

        An empty label shows none: a box to tick carries its own words.
        """
        super().__init__(parent)
        self.field, self.beside = field, beside
        self._hint = hint
        if label:
            field.set_label(label)
        self.label = PlainLabel(label, "field")
        self.label.setBuddy(field)
        self._required_tag, self._optional_tag = required_tag(), optional_tag()
        self._counter = PlainLabel("", "hint")
        self._notice = WrappedLabel("", "hint")
        self._error_line = QWidget(self)
        self._error = WrappedLabel("", "error")
        self._lay_out(theme, lead)
        self.set_required(required)
        self._show_notice(*field.notice())
        self._show_error(field.error())
        field.error_changed.connect(self._show_error)
        field.notice_changed.connect(self._show_notice)
        field.counter_changed.connect(self._counter.setText)

    def set_required(self, required: bool | None) -> None:
        self.field.set_required(bool(required))
        self._required_tag.setVisible(required is True)
        self._optional_tag.setVisible(required is False)

    def set_hint(self, hint: str) -> None:
        self._hint = hint
        self._show_notice(*self.field.notice())

    def _lay_out(self, theme: Theme, lead: str) -> None:
        rows = column(theme, self, gap=6)
        head = row(theme, gap=8)
        if self.label.text():
            head.addWidget(self.label)
        else:
            self.label.setParent(self)
            self.label.hide()
            head.addWidget(self.field)
        head.addWidget(self._required_tag)
        head.addWidget(self._optional_tag)
        head.addStretch(1)
        head.addWidget(self._counter)
        rows.addLayout(head)
        if lead:
            rows.addWidget(WrappedLabel(lead, "label"))
        if self.label.text():
            line = row(theme, gap=8)
            line.addWidget(self.field, 0 if self.field.is_compact else 1)
            if self.beside is not None:
                line.addWidget(self.beside)
            if self.field.is_compact:
                line.addStretch(1)
            rows.addLayout(line)
        rows.addWidget(self._notice)
        error = row(theme, self._error_line, gap=6)
        mark = picture(theme, "circle-alert", "bad", px=15, beside_px=CAPTION_PX)
        error.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        error.addWidget(self._error, 1)
        rows.addWidget(self._error_line)

    def _show_error(self, text: str) -> None:
        self._error.setText(text)
        self._error_line.setVisible(bool(text))

    def _show_notice(self, text: str, please_check: bool) -> None:
        shown = text or self._hint
        self._notice.setText(shown)
        self._notice.set_tone("warn" if please_check else None)
        self._notice.setVisible(bool(shown))
