"""One member's whole record: every section of the catalogue to read and to correct, consents, history, what left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from nakodo_desktop.domain.consent import standing
from nakodo_desktop.domain.member import Member, MemberId, MemberStatus
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.errors import SavedElsewhere
from nakodo_desktop.services.members import Members
from nakodo_desktop.ui.alerts import confirm
from nakodo_desktop.ui.declarations.panel import DeclarationPanel
from nakodo_desktop.ui.members.consents_card import ConsentsCard
from nakodo_desktop.ui.members.history_list import history_card, interviews_card, provisions_card
from nakodo_desktop.ui.members.member_menu import MemberDeeds, member_menu
from nakodo_desktop.ui.members.portrait import portrait
from nakodo_desktop.ui.members.record_sections import RecordSections
from nakodo_desktop.ui.members.row_painter import STATUS_TONES
from nakodo_desktop.ui.members.status_change import change_status
from nakodo_desktop.ui.section_form import FormFacts
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button, tool_button
from nakodo_desktop.ui.widgets.frames import FormScroll, column, frame, row
from nakodo_desktop.ui.widgets.inputs import add_shortcut
from nakodo_desktop.ui.widgets.labels import ElidedLabel
from nakodo_desktop.ui.widgets.marks import pill
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
        self._head = QWidget()
        self._lay_out()
        self.setFocusProxy(self.sections.reading)
        self.sections.saved.connect(self._on_saved)
        self._panel.changed.connect(self.changed)
        add_shortcut(self, "Esc", self.leave)
        self._fill()
        self._panel.show_member(member_id)

    def reload(self) -> None:
        """Read the record again, unless somebody is typing into it."""
        if self.sections.open_card is None:
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
        """After `save_now`: a correction that could not be put on record."""
        card = self.sections.open_card
        return card is not None and card.is_changed

    def save_now(self) -> None:
        """On lock or close: a correction that can be saved is; one that cannot says why and stays off the record."""
        card = self.sections.open_card
        if card is None or not card.is_changed:
            return
        try:
            card.save()
        except SavedElsewhere:
            return  # the colleague's version stays; `has_unsaved` tells that this one does not

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
        self._fill_head()
        self.sections.show_member(member)
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

    def _fill_head(self) -> None:
        theme, member = self._theme, self._member
        head = QWidget()
        line = row(theme, head, gap=12)
        back = button(theme, "戻る", icon="chevron-left")
        back.setObjectName("record_back")
        back.setAccessibleName("戻る（Esc）")
        back.clicked.connect(self.leave)
        line.addWidget(back)
        photos = self._members.photos(member.id)
        sex = str(member.answers.get("sex") or "")
        line.addWidget(portrait(theme, self._members, photos, name=member.legal_name, sex=sex, px=_PORTRAIT_PX))
        names = column(theme, gap=4)
        names.addWidget(ElidedLabel(member.legal_name, "h1"))
        names.addWidget(ElidedLabel(f"{member.kana}　・　{member.number}", "label"))
        line.addLayout(names, 1)
        line.addWidget(pill(member.status.label, STATUS_TONES[member.status]))
        if self._members.may(Right.INTERVIEW):
            again = button(theme, "面談をする", icon="messages-square")
            again.setObjectName("record_interview")
            again.clicked.connect(self._want_interview)
            line.addWidget(again)
        if self._members.may(Right.SEE_AUDIT):
            seen = button(theme, "見た人", icon="eye")
            seen.setObjectName("record_who_saw")
            seen.setAccessibleName("この会員を見た人")
            seen.clicked.connect(lambda: self.who_saw_wanted.emit(member.id, member.number))
            line.addWidget(seen)
        if self._members.may(Right.SEE_SPECIAL_CARE):
            copy = button(theme, "本人用の控え", icon="printer")
            copy.setObjectName("record_copy")
            copy.clicked.connect(lambda: self.copy_wanted.emit(member.id))
            line.addWidget(copy)
        more = tool_button(theme, "ellipsis", "この会員のその他の操作")
        more.clicked.connect(lambda: self._open_menu(more))
        more.setVisible(self._may_edit)
        line.addWidget(more)
        self._head_rows.replaceWidget(self._head, head)
        self._head.hide()
        self._head.deleteLater()
        self._head = head

    def _want_interview(self) -> None:
        card = self.sections.open_card
        if card is not None and card.is_changed:
            self._ask_to_discard()
        else:
            self.interview_wanted.emit(self._member.id)

    def _open_menu(self, anchor: QWidget) -> None:
        deeds = MemberDeeds(change_status=self._change_status)
        menu = member_menu(self, self._member.status, deeds)
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def _change_status(self, status: MemberStatus) -> None:
        def on_changed() -> None:
            self.reload()
            self.changed.emit()

        change_status(self, self._theme, self._members, member_id=self._member.id, status=status, on_changed=on_changed)

    def _lay_out(self) -> None:
        theme = self._theme
        rows = column(theme, self, gap=0)
        strip = frame("head")
        self._head_rows = column(theme, strip, gap=0)
        self._head_rows.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        self._head_rows.addWidget(self._head)
        rows.addWidget(strip)
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
