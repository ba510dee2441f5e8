"""One member's whole record: every section of the catalogue to read and to correct, consents, history, what left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from nakodo_desktop.domain.consent import standing
from nakodo_desktop.domain.member import Member, MemberId, MemberStatus
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.services.members import Members
from nakodo_desktop.ui.alerts import confirm
from nakodo_desktop.ui.declarations.panel import DeclarationPanel
from nakodo_desktop.ui.members.consents_card import ConsentsCard
from nakodo_desktop.ui.members.history_list import history_card, interviews_card, provisions_card
from nakodo_desktop.ui.members.record_head import RecordHead
from nakodo_desktop.ui.members.record_sections import RecordSections
from nakodo_desktop.ui.members.status_change import change_status
from nakodo_desktop.ui.section_form import FormFacts
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.frames import FormScroll, column
from nakodo_desktop.ui.widgets.inputs import add_shortcut
from nakodo_desktop.ui.widgets.toast import show_toast

_PORTRAIT_PX = 44
RECORD, CONSENTS, DECLARATION, HISTORY = range(4)


class RecordPage(QWidget):
    """Opened over the workspace. Each section is corrected by itself, with a version guard."""

    closed = Signal()
    changed = Signal()
    interview_wanted = Signal(int)
    copy_wanted = Signal(int)  # the record on paper, for the member
    who_saw_wanted = Signal(int, str)  # a member id and its number
    erasure_wanted = Signal(int)  # 消去の請求, and holds
    provisions_wanted = Signal(int)  # what was given to whom on paper, for the member

    def __init__(
        self,
        theme: Theme,
        members: Members,
        panel: DeclarationPanel,
        member_id: MemberId,
        *,
        facts: FormFacts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._members, self._panel = theme, members, panel
        self._may_edit = members.may(Right.EDIT_MEMBER)
        self._member: Member = members.view(member_id, screen="record")
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.sections = RecordSections(theme, members, facts=facts, may_edit=self._may_edit)
        self._consents, self._history = FormScroll(QWidget()), FormScroll(QWidget())
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("会員の記録")
        self.head = RecordHead(theme, members)
        self._lay_out()
        self.setFocusProxy(self.sections.reading)
        self.sections.saved.connect(self._on_saved)
        self.head.left.connect(self.leave)
        self.head.interview_wanted.connect(self._want_interview)
        self.head.who_saw_wanted.connect(lambda: self.who_saw_wanted.emit(self._member.id, self._member.number))
        self.head.copy_wanted.connect(lambda: self.copy_wanted.emit(self._member.id))
        self.head.erasure_wanted.connect(lambda: self.erasure_wanted.emit(self._member.id))
        self.head.status_wanted.connect(self._change_status)
        self._panel.changed.connect(self.changed)
        add_shortcut(self, "Esc", self.leave)
        self._fill()
        self._panel.show_member(member_id)
        if self._may_edit:
            self.sections.take_up()

    def correct(self, field_key: str) -> None:
        """Open the section that holds this fact, with the cursor in it."""
        self.tabs.setCurrentIndex(RECORD)
        self.sections.correct(field_key)

    def reload(self) -> None:
        """Read the record again; a form that somebody is typing into keeps what was typed."""
        self._member = self._members.view(self._member.id, screen="record")
        self._fill()

    def leave(self) -> None:
        """Esc ends what is open: first a form, then the page. What was typed is not thrown away unasked."""
        card = self.sections.open_card
        if card is None:
            self.closed.emit()
        elif card.is_changed:
            self._ask_to_discard()
        else:
            card.cancel()

    @property
    def has_unsaved(self) -> bool:
        """After `save_now`: a correction that could not be kept."""
        card = self.sections.open_card
        return card is not None and card.draft is not None and card.draft.has_unsaved

    def save_now(self) -> None:
        """On lock, close or another page: a half-typed correction is kept for later. Only its button records it."""
        card = self.sections.open_card
        if card is not None and card.draft is not None:
            card.draft.save_now()

    def _ask_to_discard(self) -> None:
        card = self.sections.open_card
        assert card is not None
        confirm(
            self,
            self._theme,
            title="直した内容をまだ保存していません",
            text="保存せずに閉じると、いま入力した内容は残りません。",
            yes_verb="保存せずに閉じる",
            no_verb="入力に戻る",
            on_yes=card.cancel,
            destructive=True,
        )

    def _on_saved(self) -> None:
        self._member = self._members.view(self._member.id, screen="record")
        self._fill()
        show_toast(self, self._theme, "保存しました。")
        self.changed.emit()

    def _fill(self) -> None:
        member = self._member
        self.head.show_member(member)
        if self.sections.open_card is None:
            self.sections.show_member(member)
        else:
            self.sections.follow(member)
        consents = ConsentsCard(self._theme, standing(self._members.consents(member.id)), may_edit=self._may_edit)
        consents.withdrawn.connect(self._withdraw)
        self._consents.show_content(self._page_of(consents))
        self._history.show_content(
            self._page_of(
                provisions_card(
                    self._theme,
                    self._members.provisions(member.id),
                    on_paper=lambda: self.provisions_wanted.emit(member.id),
                ),
                interviews_card(self._theme, self._members.interviews(member.id)),
                history_card(self._theme, self._members.history(member.id), self._members.words),
            )
        )

    def _withdraw(self, consent_id: int) -> None:
        self._members.withdraw_consent(self._member.id, consent_id)
        self._on_saved()

    def _page_of(self, *cards: QWidget) -> QWidget:
        body = QWidget()
        rows = column(self._theme, body, gap=14)
        rows.setContentsMargins(0, self._theme.px(14), self._theme.px(6), self._theme.px(12))
        for card in cards:
            rows.addWidget(card)
        rows.addStretch()
        return body

    def _want_interview(self) -> None:
        card = self.sections.open_card
        if card is not None and card.is_changed:
            self._ask_to_discard()
        else:
            self.interview_wanted.emit(self._member.id)

    def _change_status(self, status: MemberStatus) -> None:
        def on_changed() -> None:
            self.reload()
            self.changed.emit()

        change_status(self, self._theme, self._members, member_id=self._member.id, status=status, on_changed=on_changed)

    def _lay_out(self) -> None:
        theme = self._theme
        rows = column(theme, self, gap=0)
        rows.addWidget(self.head)
        body = column(theme, gap=0)
        body.setContentsMargins(theme.px(24), theme.px(8), theme.px(18), 0)
        declaration = QWidget()
        inside = column(theme, declaration, gap=0)
        inside.setContentsMargins(0, theme.px(14), theme.px(6), theme.px(14))
        inside.addWidget(self._panel)
        self.tabs.addTab(self.sections, "記録")
        self.tabs.addTab(self._consents, "同意")
        self.tabs.addTab(FormScroll(declaration), "独身誓約書")
        self.tabs.addTab(self._history, "履歴と提供")
        body.addWidget(self.tabs, 1)
        rows.addLayout(body, 1)
