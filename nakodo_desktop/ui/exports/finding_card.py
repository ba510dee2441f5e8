"""What the leak scan found in a text: the place, what to write instead, and room for the reason it may stay."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nakodo_desktop.domain.leak_finding import Finding
from nakodo_desktop.domain.member import InterviewId, MemberId
from nakodo_desktop.domain.site_profile import ItemTrace
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.services.form_drafts import FormDrafts, Kind
from nakodo_desktop.ui.exports.marked_text import Mark, MarkedText
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import CAPTION_PX
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.form_draft import FormDraft
from nakodo_desktop.ui.widgets.frames import Card, column, row
from nakodo_desktop.ui.widgets.inputs import FieldBox, JaLineEdit
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel, picture

_MOST_CHARS = 200


class FindingCard(Card):
    """One item's findings. A blocking one needs the text changed on the record; another needs a typed reason."""

    released = Signal(object, str)  # Finding, the reason

    def __init__(
        self,
        theme: Theme,
        trace: ItemTrace,
        accepted: Mapping[tuple[str, str], str],
        *,
        drafts: FormDrafts,
        parent: QWidget | None = None,
    ) -> None:
        """`accepted`: reasons that are on record for the text as it stands. `drafts`: see `keep_for`, `keep_with`."""
        super().__init__(theme, margin=12, gap=10, ground="sunken", parent=parent)
        self._theme, self._trace = theme, trace
        self._form = ""
        self.reasons: dict[str, JaLineEdit] = {}  # by the characters found
        marks = [Mark(one.start, one.end, "bad" if one.blocks else "warn") for one in trace.findings]
        self.text = MarkedText(theme, trace.before, marks)
        self.rows.addWidget(self.text)
        self.draft = FormDraft(theme, drafts, values=self._typed, put_in=self._put_in, parent=self)
        self.rows.addWidget(self.draft)
        told: set[tuple[str, str]] = set()
        for finding in trace.findings:
            key = (finding.kind.value, finding.shown)
            if key not in told:  # the same word twice is decided once
                told.add(key)
                self._add(finding, accepted.get((trace.field_key, finding.shown), ""))

    @property
    def form(self) -> str:
        """The draft's name while it keeps something."""
        return self._form

    def keep_for(self, member_id: MemberId) -> None:
        """From now on half-typed reasons outlive the window."""
        if self.reasons:
            self._form = Kind.RELEASE.of(member_id, self._trace.key)
            self.draft.begin(self._form, member_id=member_id)

    def keep_with(self, interview_id: InterviewId) -> None:
        """The same where somebody is still interviewed: they go on with the interview."""
        if self.reasons:
            self._form = Kind.RELEASE.of("interview", interview_id, self._trace.key)
            self.draft.begin(self._form, interview_id=interview_id)

    def settle(self, finding: Finding) -> None:
        """Its reason is on record: nothing of it is half typed any more."""
        reason = self.reasons.get(finding.shown)
        if reason is not None:
            reason.fill(None)
            self.draft.note_change()
            self.draft.save_now()

    def _typed(self) -> Answers:
        return {shown: reason.value() for shown, reason in self.reasons.items()}

    def _put_in(self, answers: Answers) -> None:
        for shown, value in answers.items():
            self.reasons[shown].fill(value)

    def _add(self, finding: Finding, reason: str) -> None:
        line = row(self._theme, gap=8)
        tag = PlainLabel(finding.kind.label, "tag", tone="bad" if finding.blocks else "warn")
        line.addWidget(tag, 0, Qt.AlignmentFlag.AlignTop)
        words = f"「{finding.shown}」{finding.message}{finding.suggestion}"
        line.addWidget(WrappedLabel(words, "hint"), 1)
        self.rows.addLayout(line)
        if finding.blocks:
            return
        if reason:
            self.rows.addLayout(self._recorded(reason))
        else:
            self.rows.addWidget(self._reason_box(finding))

    def _recorded(self, reason: str) -> QHBoxLayout:
        line = row(self._theme, gap=6)
        mark = picture(self._theme, "circle-check", "ok", px=16, beside_px=CAPTION_PX)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(WrappedLabel(f"そのまま出してよい理由：{reason}", "hint"), 1)
        return line

    def _reason_box(self, finding: Finding) -> QWidget:
        """The deed stands below the line: beside it there is no room in a small window."""
        holder = QWidget()
        rows = column(self._theme, holder, gap=8)
        reason = JaLineEdit(self._theme, max_chars=_MOST_CHARS, placeholder="例：ペットの名前で、ご本人の名前ではない")
        rows.addWidget(FieldBox(self._theme, "そのまま出してよい理由", reason, required=True))
        reason.set_label(f"「{finding.shown}」をそのまま出してよい理由")
        record = button(self._theme, "理由を記録する", icon="check")
        record.setObjectName(f"release_{self._trace.field_key}")
        record.setAccessibleName(f"「{finding.shown}」をそのまま出す理由を記録する")
        record.clicked.connect(lambda: self.released.emit(finding, reason.text()))
        deed = row(self._theme)
        deed.addWidget(record)
        deed.addStretch()
        rows.addLayout(deed)
        self.reasons[finding.shown] = reason
        reason.changed.connect(self.draft.note_change)
        return holder
