"""The step at which the member sees what leaves: the record at the left, the site at the right, the reason between."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.fields import Privacy, SiteRule
from nakodo_desktop.domain.interview import STEP, STEP_OF_FIELD, is_answered
from nakodo_desktop.domain.leak_finding import Finding
from nakodo_desktop.domain.rule_result import Outcome
from nakodo_desktop.domain.site_item import SITE_LABELS
from nakodo_desktop.domain.site_profile import ItemTrace
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.ui.exports.finding_card import FindingCard
from nakodo_desktop.ui.interview.page import Page
from nakodo_desktop.ui.interview.site_preview import SitePreview
from nakodo_desktop.ui.interview.trace_row import KeptInRow, TraceHead, TraceRow
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import column
from nakodo_desktop.ui.widgets.inputs import CheckInput, FieldBox, KanaLineEdit
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.notices import Banner

Words = Callable[[str, Value], str]
_SITE_ID = "site_id"
_REST_MS = 400  # the whole record is scanned for names: not at every key
_PSEUDONYM, *_FLAGS = catalog.SITE.fields
_READY = "このまま掲載できます"
_READY_TEXT = "右の列が、協会サイトに出るすべてです。ご本人と一緒に、上から順に見てください。"
_BLOCKED_TEXT = "「要確認」の項目が残っている間は、協会サイトへ書き出せません。面談は続けられます。"


class PreviewPage(Page):
    """Built by the rules of the export itself; nothing is decided here."""

    def __init__(self, theme: Theme, site: SitePreview, *, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, STEP["preview"], lead=catalog.SITE.lead, parent=parent)
        self._site, self._words = site, words
        self._answers: dict[str, Value] = {}
        self._shown: dict[str, TraceRow] = {}
        self._finds: dict[str, QVBoxLayout] = {}
        self._told: dict[str, object] = {}  # what a card of findings was made from
        self._told_kept_in: list[tuple[str, str]] = []
        self.findings: dict[str, FindingCard] = {}  # by item of the association's form
        self._summary = Banner(theme, "ok", _READY, text=_READY_TEXT)
        self._blocked = Banner(theme, "warn", "", text=_BLOCKED_TEXT)
        self.rows.addWidget(self._pseudonym_box())
        self.rows.addLayout(self._flag_boxes())
        self.rows.addWidget(self._summary)
        self.rows.addWidget(self._blocked)
        self.rows.addWidget(TraceHead(theme))
        self._list = column(theme, gap=0)
        self.rows.addLayout(self._list)
        self._make_rows()
        kept_in = QWidget()
        kept_in.setObjectName("kept_in")
        self._kept_in = column(theme, kept_in, gap=0)
        self.rows.addWidget(PlainLabel("協会サイトに出ないもの", "h2"))
        self.rows.addWidget(kept_in)
        self.rows.addStretch()
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._rest.timeout.connect(self._show_preview)
        self.edited.connect(self._rest.start)

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        self._answers = dict(answers)
        if answers.get(_PSEUDONYM.key) is None and answers.get("family_name"):
            self._fill_pseudonym()
        self._show_preview()

    def foresee(self, answers: Answers) -> bool:
        if self._answers == answers or not self._site.is_at_hand:
            return False
        self._answers = dict(answers)
        self._show_preview()
        return True

    def put_in(self, answers: Answers) -> None:
        super().put_in(answers)
        self._answers |= answers
        self._show_preview()

    def focus_field(self, key: str) -> None:
        super().focus_field(key)
        self._show_preview()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more; the vault may close at any moment."""
        self._rest.stop()
        super().hideEvent(event)

    def _propose_another(self) -> None:
        self._fill_pseudonym()
        self._show_preview()

    def _fill_pseudonym(self) -> None:
        self.inputs[_PSEUDONYM.key].fill(self._site.pseudonym(self._answers | self.values()))

    def _show_preview(self) -> None:
        self._rest.stop()
        answers = self._answers | self.values()
        traces = self._site.draft(answers).items
        reasons = self._site.reasons(answers) if any(trace.findings for trace in traces) else {}
        for trace in traces:
            self._shown[trace.key].show_trace(trace)
            self._show_findings(trace, {key: why for key, why in reasons.items() if key[0] == trace.field_key})
        self._show_summary([trace for trace in traces if trace.outcome is Outcome.BLOCKED])
        self._show_kept_in(answers)

    def _show_summary(self, blocking: list[ItemTrace]) -> None:
        self._summary.setVisible(not blocking)
        self._blocked.setVisible(bool(blocking))
        self._blocked.set_words(f"要確認が{len(blocking)}件あります", _BLOCKED_TEXT)
        pseudonym = next((trace for trace in blocking if trace.key == _PSEUDONYM.key), None)
        one = self.inputs[_PSEUDONYM.key]
        one.set_error(pseudonym.reason if pseudonym is not None and one.value() is not None else "")

    def _show_findings(self, trace: ItemTrace, reasons: dict[tuple[str, str], str]) -> None:
        """A card is made anew only when it says something else: a reason may be half typed in it."""
        told = (trace.before, trace.findings, reasons) if trace.findings else None
        if told == self._told.get(trace.key):
            return
        self._told[trace.key] = told
        old = self.findings.pop(trace.key, None)
        if old is not None:
            if old.draft.has_unsaved:
                old.draft.save_now()
            self._finds[trace.key].removeWidget(old)
            old.hide()
            old.deleteLater()
        if trace.findings:
            card = FindingCard(self.theme, trace, reasons, drafts=self._site.exports.drafts)
            card.keep_with(self._site.interview_id)
            card.released.connect(partial(self._release, trace.key, trace.field_key))
            self.findings[trace.key] = card
            self._finds[trace.key].addWidget(card)
            card.show()

    def _release(self, item: str, field_key: str, finding: Finding, reason: str) -> None:
        text = str(self._answers.get(field_key) or "")
        trouble = self._site.release(field_key, finding, text=text, reason=reason)
        if trouble:
            self.findings[item].reasons[finding.shown].set_error(trouble)
            return
        self.findings[item].settle(finding)
        self._show_preview()
        self.progressed.emit()

    def _make_rows(self) -> None:
        """One for each item of the association's form; its own number of the profile is none."""
        for key, label in SITE_LABELS.items():
            if key != _SITE_ID:
                made = TraceRow(self.theme, label)
                made.mend.setObjectName(f"mend_{key}")
                made.mend_asked.connect(self._mend)
                self._shown[key] = made
                self._list.addWidget(made)
                self._finds[key] = column(self.theme)
                self._list.addLayout(self._finds[key])

    def _mend(self, field_key: str) -> None:
        """To the field, or to the consent that the field waits for."""
        consent = _CONSENT_BEFORE.get(field_key)
        if consent is not None and not catalog.FIELDS[field_key].is_asked(self._answers):
            field_key = consent
        self.jump_asked.emit(STEP_OF_FIELD[field_key], field_key)

    def _show_kept_in(self, answers: Answers) -> None:
        told = [
            (field.label, self._words(field.key, answers.get(field.key)))
            for field in catalog.FIELDS.values()
            if field.privacy is Privacy.DIRECT and field.site is SiteRule.NEVER and is_answered(field, answers)
        ]
        if told == self._told_kept_in:
            return
        self._told_kept_in = told
        while (item := self._kept_in.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for label, words in told:
            self._kept_in.addWidget(KeptInRow(self.theme, label, words))

    def _pseudonym_box(self) -> FieldBox:
        name = KanaLineEdit(self.theme)
        another = button(self.theme, "別の仮名", icon="refresh-cw")
        another.setObjectName("another_pseudonym")
        another.clicked.connect(self._propose_another)
        self.adopt(((_PSEUDONYM.key, name),))
        return FieldBox(self.theme, _PSEUDONYM.label, name, required=True, hint=_PSEUDONYM.help, beside=another)

    def _flag_boxes(self) -> QVBoxLayout:
        rows = column(self.theme, gap=6)
        for field in _FLAGS:
            tick = CheckInput(self.theme, field.label)
            self.adopt(((field.key, tick),))
            rows.addWidget(FieldBox(self.theme, "", tick, hint=field.help))
        return rows


_CONSENT_BEFORE = {
    "new_religion_flag": "consent_collect_religion",
    "disability_flag": "consent_collect_disability",
}
