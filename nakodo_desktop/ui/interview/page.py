"""What every step of the interview has in common: a title, answers in and out, and the way to one field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.interview import Step
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.ui.interview.flaws import Flaw
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.field_input import FieldInput
from nakodo_desktop.ui.widgets.frames import column
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel

SIDE_MARGIN = 32  # pixels at every text size: larger letters need the room themselves


class Page(QWidget):
    """One step. Pages do not know each other: the flow owns the answers and hands them in and out."""

    edited = Signal()  # the operator typed or chose; filling a page is no editing
    focused = Signal(str)  # catalogue key of the field that took the focus
    progressed = Signal()  # something of this step was settled in the vault
    jump_asked = Signal(str, str)  # (step, catalogue key or ""): take me there

    def __init__(self, theme: Theme, step: Step, *, lead: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.step = step.key
        self.inputs: dict[str, FieldInput] = {}
        self.rows = column(theme, self, gap=18)
        self.leave_for_bar(0)
        head = column(theme, gap=8)
        head.addWidget(PlainLabel(step.title, "h1"))
        if lead:
            head.addWidget(WrappedLabel(lead, "label"))
        self.rows.addLayout(head)

    # What a step says for itself ---------------------------------------------------------------------------------

    def show_answers(self, answers: Answers) -> None:
        """Put the answers on the screen; emits nothing."""
        for key, one in self.inputs.items():
            one.set_value(answers.get(key))

    def put_in(self, answers: Answers) -> None:
        """Change single answers on the screen and leave the others, in which somebody may be typing; emits nothing."""
        for key in self.inputs.keys() & answers.keys():
            self.inputs[key].set_value(answers[key])

    def foresee(self, _answers: Answers) -> bool:
        """Work out in a quiet moment what takes a while to show; the visit follows. False: there was nothing to do."""
        return False

    def values(self) -> dict[str, Value]:
        """The answers this step asks for, as they stand on the screen; unreadable text too."""
        return {key: one.value() for key, one in self.inputs.items()}

    def show_flaws(self, flaws: Sequence[Flaw]) -> None:
        """What of this step cannot stand, said at its field."""
        for flaw in flaws:
            if flaw.message and flaw.field_key in self.inputs:
                self.inputs[flaw.field_key].set_error(flaw.message)

    # What the flow asks ------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Go to the first field that is empty or wrong; to the first of all when none is."""
        shown = [one for one in self.inputs.values() if one.isVisibleTo(self)]
        target = next((one for one in shown if one.value() is None or one.trouble() is not None), None)
        if target is None and shown:
            target = shown[0]
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_field(self, key: str) -> None:
        """Go to one field and say what is wrong with it."""
        one = self.inputs.get(key)
        if one is None:
            self.focus_first()
            return
        one.setFocus(Qt.FocusReason.OtherFocusReason)
        one.validate()

    def minimumSizeHint(self) -> QSize:
        """No height: wrapped text tells it by the width, and a scroll area would add the two up to empty space."""
        return QSize(super().minimumSizeHint().width(), 0)

    def leave_for_bar(self, width: int) -> None:
        """Give up `width` pixels of the right margin to a scroll bar."""
        self.rows.setContentsMargins(SIDE_MARGIN, 24, SIDE_MARGIN - width, 20)

    # For subclasses ----------------------------------------------------------------------------------------------

    def adopt(self, inputs: Iterable[tuple[str, FieldInput]]) -> None:
        """Take inputs in reading order; each gets its catalogue key as its object name."""
        for key, one in inputs:
            one.setObjectName(key)
            self.inputs[key] = one
            one.changed.connect(self.edited)
            watcher = _FocusWatcher(one, key)
            watcher.focused.connect(self.focused)


class _FocusWatcher(QObject):
    """Tells when any part of an input takes the focus."""

    focused = Signal(str)

    def __init__(self, one: FieldInput, key: str) -> None:
        super().__init__(one)
        self._key = key
        for part in one.parts:
            part.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit(self._key)
        return False
