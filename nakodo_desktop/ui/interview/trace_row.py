"""One line of the preview: what the office knows, what the site gets, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from nakodo_desktop.domain.rule_result import Outcome
from nakodo_desktop.domain.site_profile import ItemTrace
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import Tone
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import column, hline, row
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel

_LABEL_PX = 108
_TONES: dict[Outcome, Tone] = {
    Outcome.KEPT: "info",
    Outcome.REPLACED: "ok",
    Outcome.GENERALISED: "ok",
    Outcome.REMOVED: "mute",
    Outcome.BLOCKED: "bad",
}
_NOTHING = "―"
_TAG_DROP_PX = 4  # a tag is lower than the line beside it


class TraceHead(QWidget):
    """Names the columns."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = row(theme, self, gap=12)
        label, before, after = (PlainLabel(words, "hint") for words in ("項目", "相談所の記録", "協会サイトに出る内容"))
        label.setFixedWidth(theme.px(_LABEL_PX))
        line.addWidget(label)
        _halve(line, before, after)


class TraceRow(QWidget):
    """The words are the rule's own."""

    mend_asked = Signal(str)  # catalogue key

    def __init__(self, theme: Theme, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field_key = ""
        self._before, self._after = WrappedLabel("", "body", tone="mute"), WrappedLabel("", "strong")
        self._outcome = PlainLabel("", "tag")
        self._reason, self._hint = WrappedLabel("", "hint"), WrappedLabel("", "hint", tone="warn")
        self.mend = button(theme, "直す", kind="link")
        self.mend.setAccessibleName(f"{label}を直す")
        self.mend.clicked.connect(lambda: self.mend_asked.emit(self._field_key))
        rows = column(theme, self, gap=0)
        rows.addWidget(hline())
        line = row(theme, gap=12)
        line.setContentsMargins(0, theme.px(10), 0, theme.px(10))
        rows.addLayout(line)
        name = WrappedLabel(label, "field")
        name.setFixedWidth(theme.px(_LABEL_PX))
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        after = QWidget()
        inside = column(theme, after, gap=4)
        head = row(theme, gap=8)
        tag = column(theme, gap=0)
        tag.addSpacing(theme.px(_TAG_DROP_PX))
        tag.addWidget(self._outcome)
        tag.addStretch()
        head.addLayout(tag)
        head.addWidget(self._after, 1)
        head.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(head)
        inside.addWidget(self._reason)
        inside.addWidget(self._hint)
        _halve(line, self._before, after)

    def show_trace(self, trace: ItemTrace) -> None:
        self._field_key = trace.field_key
        blocks = trace.outcome is Outcome.BLOCKED
        self._before.setText(trace.before or _NOTHING)
        self._after.setText(trace.shown or _NOTHING)
        self._outcome.setText(trace.outcome.value)
        self._outcome.set_tone(_TONES[trace.outcome])
        self._reason.setText(trace.reason)
        self._reason.set_tone("bad" if blocks else None)
        self._hint.setText(trace.hint)
        self._hint.setVisible(bool(trace.hint))
        self.mend.setVisible(blocks)


class KeptInRow(QWidget):
    """A fact that stays in the office."""

    def __init__(self, theme: Theme, label: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = column(theme, self, gap=0)
        rows.addWidget(hline())
        line = row(theme, gap=12)
        line.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        rows.addLayout(line)
        name, before = WrappedLabel(label, "field"), WrappedLabel(words, "body", tone="mute")
        name.setFixedWidth(theme.px(_LABEL_PX))
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        _halve(line, before, PlainLabel("出ません", "tag", tone="mute"))


def _halve(line: QHBoxLayout, left: QWidget, right: QWidget) -> None:
    """Two columns that stand at the same place in every line."""
    for side, stretch in ((left, 2), (right, 3)):
        holder = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(side, 0 if side.property("role") == "tag" else 1, Qt.AlignmentFlag.AlignTop)
        if side.property("role") == "tag":
            inside.addStretch()
        line.addWidget(holder, stretch, Qt.AlignmentFlag.AlignTop)
