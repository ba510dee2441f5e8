"""Changing where a member stands: at once with 元に戻す when it can be taken back, with a question when it cannot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.member import CHANGES, Member, MemberId, MemberStatus
from nakodo_desktop.services.members import Members
from nakodo_desktop.ui.alerts import confirm
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.ime import commit_ime
from nakodo_desktop.ui.widgets.toast import show_toast

_OFF_SITE = "次の書き出しで協会サイトから外れます。"
_LEAVES = f"{_OFF_SITE}決められた日に記録の消去の対象になります。元には戻せません。"
CONSEQUENCE = {
    MemberStatus.SERIOUS: _OFF_SITE,
    MemberStatus.PAUSED: _OFF_SITE,
    MemberStatus.WITHDRAWN: _LEAVES,
    MemberStatus.MARRIED_OUT: _LEAVES,
}


def change_status(
    over: QWidget,
    theme: Theme,
    members: Members,
    *,
    member_id: MemberId,
    status: MemberStatus,
    on_changed: Callable[[], None],
) -> None:
    """`on_changed` is called after the change and again after it was taken back."""
    commit_ime()
    member = members.view(member_id, screen="status")
    can_be_undone = member.status in CHANGES[status]
    follows = CONSEQUENCE.get(status, "") + members.signature_asked(member_id, status)

    def undo() -> None:
        members.change_status(member_id, member.status, version=member.version + 1)
        on_changed()

    def change() -> None:
        members.change_status(member_id, status, version=member.version)
        on_changed()
        text = f"{member.number} を「{status.label}」にしました。"
        if can_be_undone:
            text += follows
        show_toast(over, theme, text, undo=undo if can_be_undone else None)

    if can_be_undone:
        change()
    else:
        _ask(over, theme, member, status=status, follows=follows, on_yes=change)


def _ask(
    over: QWidget, theme: Theme, member: Member, *, status: MemberStatus, follows: str, on_yes: Callable[[], None]
) -> None:
    text = f"{member.legal_name} 様（{member.number}）を「{member.status.label}」から「{status.label}」に変えます。"
    confirm(
        over,
        theme,
        title=f"「{status.label}」にしますか",
        text=text + follows,
        yes_verb=f"{status.label}にする",
        on_yes=on_yes,
        destructive=not CHANGES[status],
    )
