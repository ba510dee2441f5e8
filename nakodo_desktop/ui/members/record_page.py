"""One member's whole record: every section of the catalogue to read and to correct, consents, history, what left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QTabWidget, QWidget

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.consent import standing
from nakodo_desktop.domain.fields import Kind, Section, Store
from nakodo_desktop.domain.japanese import format_wareki
from nakodo_desktop.domain.member import Member, MemberId
from nakodo_desktop.domain.staff import Right, Staff
from nakodo_desktop.services.members import Members
from nakodo_desktop.ui.alerts import confirm
from nakodo_desktop.ui.declarations.panel import DeclarationPanel
from nakodo_desktop.ui.members.history_list import history_card, interviews_card, provisions_card
from nakodo_desktop.ui.section_form import FormFacts, SectionForm
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, row
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.marks import state_mark

_READ_AND_CORRECT = tuple(s for s in catalog.SECTIONS if s.store in (Store.PROFILE, Store.SPECIAL_CARE))
_READ_ONLY = (catalog.PURPOSES, catalog.IDENTITY)


class RecordPage(QWidget):
    """Opened over the workspace. Each section is corrected by itself, with a version guard."""

    closed = Signal()
    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        members: Members,
        panel: DeclarationPanel,
        member_id: MemberId,
        *,
        facts: FormFacts,
        staff: Staff,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._members, self._panel, self._facts = theme, members, panel, facts
        self._may_edit = staff.may(Right.EDIT_MEMBER)
        self._member: Member = members.view(member_id, screen="record")
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.subtitle = PlainLabel("", "h1"), PlainLabel("", "label")
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("会員の記録")
        self._lay_out()
        self._panel.changed.connect(self.changed)
        self._fill(0)

    def _reload(self) -> None:
        self._member = self._members.view(self._member.id, screen="record")
        self._fill(self.tabs.currentIndex())
        self.changed.emit()

    def _fill(self, tab: int) -> None:
        member = self._member
        self.title.setText(member.legal_name)
        self.subtitle.setText(f"{member.kana}　・　{member.number}　・　{member.status.label}")
        while (old := self.tabs.widget(0)) is not None:
            self.tabs.removeTab(0)
            if old is not self._panel:
                old.deleteLater()
        self.tabs.addTab(self._record(), "記録")
        self.tabs.addTab(self._consents(), "同意")
        self.tabs.addTab(self._panel, "独身誓約書")
        self.tabs.addTab(self._history(), "履歴と提供")
        self.tabs.setCurrentIndex(tab)
        self._panel.show_member(member.id)

    def _record(self) -> QWidget:
        body = QWidget()
        rows = column(self._theme, body, gap=14)
        rows.setContentsMargins(0, self._theme.px(12), 0, self._theme.px(12))
        for section in (*_READ_ONLY, *_READ_AND_CORRECT):
            if any(field.key in self._member.answers for field in section.fields) or section in _READ_AND_CORRECT:
                rows.addWidget(SectionCard(self, section))
        rows.addStretch()
        return FormScroll(body)

    def _consents(self) -> QWidget:
        body = QWidget()
        rows = column(self._theme, body, gap=10)
        rows.setContentsMargins(0, self._theme.px(12), 0, self._theme.px(12))
        card = Card(self._theme, margin=18, gap=12)
        newest = standing(self._members.consents(self._member.id))
        for scope in catalog.CONSENT_SCOPES:
            field, consent = catalog.FIELDS[scope], newest.get(scope)
            line = row(self._theme)
            line.addWidget(PlainLabel(field.label, "strong"))
            line.addStretch()
            if consent is None:
                line.addWidget(state_mark(self._theme, "まだ伺っていません", "mute"))
            elif consent.withdrawn_on is not None:
                words = f"{format_wareki(consent.withdrawn_on)}に取消し"
                line.addWidget(state_mark(self._theme, words, "bad"))
            else:
                words = f"{field.choice_label(consent.answer)}　{format_wareki(consent.consented_on)}"
                words += f"　文面 {consent.text_version}　{consent.staff_name}"
                line.addWidget(state_mark(self._theme, words, "ok" if consent.holds else "warn"))
                if consent.holds and self._may_edit:
                    take_back = button(self._theme, "取り消す")
                    take_back.setAccessibleName(f"{field.label}の同意を取り消す")
                    take_back.clicked.connect(lambda _c=False, i=consent.id, n=field.label: self._ask_withdraw(i, n))
                    line.addWidget(take_back)
            card.rows.addLayout(line)
        rows.addWidget(card)
        rows.addStretch()
        return FormScroll(body)

    def _ask_withdraw(self, consent_id: int, label: str) -> None:
        def withdraw() -> None:
            self._members.withdraw_consent(self._member.id, consent_id)
            self._reload()

        confirm(
            self,
            self._theme,
            title="同意を取り消しますか",
            text=f"「{label}」の同意を、ご本人の申し出により取り消します。すぐに効力があり、協会サイトに出ている方は"
            "次の書き出しで外れるか、この項目が消えます。",
            yes_verb="取り消しを記録する",
            on_yes=withdraw,
            destructive=True,
        )

    def _history(self) -> QWidget:
        body = QWidget()
        rows = column(self._theme, body, gap=14)
        rows.setContentsMargins(0, self._theme.px(12), 0, self._theme.px(12))
        rows.addWidget(provisions_card(self._theme, self._members.provisions(self._member.id)))
        rows.addWidget(interviews_card(self._theme, self._members.interviews(self._member.id)))
        rows.addWidget(history_card(self._theme, self._members.history(self._member.id), self._members.words))
        rows.addStretch()
        return FormScroll(body)

    def _lay_out(self) -> None:
        theme = self._theme
        rows = column(theme, self, gap=12)
        rows.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(14))
        head = row(theme, gap=12)
        back = button(theme, "一覧へ戻る", icon="chevron-left")
        back.setObjectName("record_back")
        back.clicked.connect(self.closed)
        head.addWidget(back)
        names = column(theme, gap=3)
        names.addWidget(self.title)
        names.addWidget(self.subtitle)
        head.addLayout(names, 1)
        rows.addLayout(head)
        rows.addWidget(self.tabs, 1)


class SectionCard(Card):
    """A section to read; 直す turns it into its form, 保存する back."""

    def __init__(self, page: RecordPage, section: Section) -> None:
        super().__init__(page._theme, margin=18, gap=12)
        self._page, self._section = page, section
        self._theme, self._member, self._members = page._theme, page._member, page._members
        self._body: QWidget = QWidget()
        self._form: SectionForm | None = None
        self.edit = button(self._theme, "直す", icon="pencil")
        self.edit.setAccessibleName(f"{section.title}を直す")
        self.edit.setVisible(page._may_edit and section.store in (Store.PROFILE, Store.SPECIAL_CARE))
        self.edit.clicked.connect(self._open_form)
        head = row(self._theme)
        head.addWidget(PlainLabel(section.title, "h2"))
        head.addStretch()
        head.addWidget(self.edit)
        self.rows.addLayout(head)
        self.rows.addWidget(self._body)
        self._show_values()

    def _show_values(self) -> None:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.px(20))
        grid.setVerticalSpacing(self._theme.px(10))
        grid.setColumnMinimumWidth(0, self._theme.px(170))
        grid.setColumnStretch(1, 1)
        shown = 0
        for field in self._section.fields:
            words = self._members.words(field.key, self._member.answers.get(field.key))
            if not words or field.kind is Kind.PHOTO:
                continue
            grid.addWidget(PlainLabel(field.label, "label"), shown, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(WrappedLabel(words), shown, 1)
            shown += 1
        if not shown:
            grid.addWidget(PlainLabel("記録はありません。", "label"), 0, 0, 1, 2)
        self._swap(body)

    def _open_form(self) -> None:
        body = QWidget()
        rows = column(self._theme, body, gap=12)
        self._form = SectionForm(self._theme, self._section, self._page._facts)
        self._form.set_values(self._member.answers)
        rows.addWidget(self._form)
        deeds = row(self._theme)
        cancel = button(self._theme, "やめる")
        save = button(self._theme, "保存する", kind="primary")
        save.setObjectName(f"save_{self._section.key}")
        deeds.addStretch()
        deeds.addWidget(cancel)
        deeds.addWidget(save)
        rows.addLayout(deeds)
        cancel.clicked.connect(self._show_values)
        save.clicked.connect(self._save)
        self.edit.setEnabled(False)
        self._swap(body)
        self._form.focus_first_empty()

    def _save(self) -> None:
        assert self._form is not None
        found = tuple(self._form.problems())
        problems = found or self._members.correct(self._member.id, self._form.values(), version=self._member.version)
        if problems:
            self._form.set_problems(problems)
            return
        self._page._reload()

    def _swap(self, body: QWidget) -> None:
        self.edit.setEnabled(True)
        self.rows.replaceWidget(self._body, body)
        self._body.deleteLater()
        self._body = body
