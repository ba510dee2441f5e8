"""The strip above a record: whose it is, where the member stands, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from nakodo_desktop.domain.member import Member, MemberStatus
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.services.members import Members
from nakodo_desktop.ui.members.member_menu import MemberDeeds, member_menu
from nakodo_desktop.ui.members.portrait import portrait
from nakodo_desktop.ui.members.row_painter import STATUS_TONES
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import PushButton, button, tool_button
from nakodo_desktop.ui.widgets.frames import column, row
from nakodo_desktop.ui.widgets.labels import ElidedLabel
from nakodo_desktop.ui.widgets.marks import pill

_PORTRAIT_PX = 44
_ALL_FROM_PX = 960  # narrower, the rarer deeds are in the menu alone, so that the name is not cut off


class RecordHead(QFrame):
    """Only wishes; the page knows whether something half typed stands in their way."""

    left = Signal()
    interview_wanted = Signal()
    who_saw_wanted = Signal()
    copy_wanted = Signal()
    erasure_wanted = Signal()
    status_wanted = Signal(object)  # MemberStatus

    def __init__(self, theme: Theme, members: Members, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "head")
        self._theme, self._members = theme, members
        self._status = MemberStatus.PRE_PUBLISH
        back = _deed(theme, "record_back", "戻る", icon="chevron-left")
        back.setAccessibleName("戻る（Esc）")
        self.interview = _deed(theme, "record_interview", "面談をする", icon="messages-square")
        self.who_saw = _deed(theme, "record_who_saw", "見た人", icon="eye")
        self.who_saw.setAccessibleName("この会員を見た人")
        self.copy = _deed(theme, "record_copy", "本人用の控え", icon="printer")
        self.more = tool_button(theme, "ellipsis", "この会員のその他の操作")
        self.more.setObjectName("record_more")
        self._name, self._number = ElidedLabel("", "h1"), ElidedLabel("", "label")
        self._line = row(theme, self, gap=12)
        self._line.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        self._face: QHBoxLayout = row(theme)
        self._standing: QHBoxLayout = row(theme)
        names = column(theme, gap=4)
        names.addWidget(self._name)
        names.addWidget(self._number)
        self._line.addWidget(back)
        self._line.addLayout(self._face)
        self._line.addLayout(names, 1)
        self._line.addLayout(self._standing)
        for made in (self.interview, self.who_saw, self.copy, self.more):
            self._line.addWidget(made)
        back.clicked.connect(self.left)
        self.interview.clicked.connect(self.interview_wanted)
        self.who_saw.clicked.connect(self.who_saw_wanted)
        self.copy.clicked.connect(self.copy_wanted)
        self.more.clicked.connect(self.open_menu)
        self._show_deeds()

    def show_member(self, member: Member) -> None:
        theme = self._theme
        self._status = member.status
        self._name.setText(member.legal_name)
        self._number.setText(f"{member.kana}　・　{member.number}")
        photos = self._members.photos(member.id)
        sex = str(member.answers.get("sex") or "")
        face = portrait(theme, self._members, photos, name=member.legal_name, sex=sex, px=_PORTRAIT_PX)
        _replace(self._face, face)
        _replace(self._standing, pill(member.status.label, STATUS_TONES[member.status]))

    def open_menu(self) -> None:
        may_edit = self._members.may(Right.EDIT_MEMBER)
        deeds = MemberDeeds(
            change_status=self.status_wanted.emit if may_edit else None,
            who_saw=self.who_saw_wanted.emit if self._members.may(Right.SEE_AUDIT) else None,
            give_copy=self.copy_wanted.emit if self._members.may(Right.SEE_SPECIAL_CARE) else None,
            erase=self.erasure_wanted.emit if self._members.may(Right.ERASE) else None,
        )
        menu = member_menu(self, self._status, deeds)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_deeds()

    def _show_deeds(self) -> None:
        has_room = self.width() >= self._theme.px(_ALL_FROM_PX)
        may = self._members.may
        self.interview.setVisible(may(Right.INTERVIEW))
        self.who_saw.setVisible(has_room and may(Right.SEE_AUDIT))
        self.copy.setVisible(has_room and may(Right.SEE_SPECIAL_CARE))
        self.more.setVisible(any(may(right) for right in (Right.EDIT_MEMBER, Right.SEE_AUDIT, Right.SEE_SPECIAL_CARE)))


def _deed(theme: Theme, name: str, text: str, *, icon: str) -> PushButton:
    made = button(theme, text, icon=icon)
    made.setObjectName(name)
    return made


def _replace(place: QHBoxLayout, widget: QWidget) -> None:
    while (item := place.takeAt(0)) is not None:
        former = item.widget()
        if former is not None:
            former.hide()
            former.deleteLater()
    place.addWidget(widget)
