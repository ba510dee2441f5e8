"""What can be done with one member, as a menu; the list and the pane beside it show the same one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from nakodo_desktop.domain.member import CHANGES, MemberStatus


@dataclass(frozen=True)
class MemberDeeds:
    """None where the person at the desk may not, or where the menu stands already."""

    open_record: Callable[[], None] | None = None
    open_declaration: Callable[[], None] | None = None
    interview: Callable[[], None] | None = None
    change_status: Callable[[MemberStatus], None] | None = None
    copy_number: Callable[[], None] | None = None
    who_saw: Callable[[], None] | None = None
    give_copy: Callable[[], None] | None = None
    erase: Callable[[], None] | None = None


def member_menu(parent: QWidget, status: MemberStatus, deeds: MemberDeeds) -> QMenu:
    """Not open yet; it deletes itself when it closes."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for text, deed in (
        ("会員の記録を開く\tEnter", deeds.open_record),
        ("独身誓約書を開く", deeds.open_declaration),
        ("面談をする（記録に追加）", deeds.interview),
        ("本人用の控え", deeds.give_copy),
        ("この会員を見た人", deeds.who_saw),
        ("消去の請求・保留…", deeds.erase),
    ):
        if deed is not None:
            menu.addAction(text).triggered.connect(_ignoring_state(deed))
    changes = CHANGES[status]
    if deeds.change_status is not None and changes:
        menu.addSeparator()
        for following in changes:
            change = menu.addAction(f"「{following.label}」にする")
            change.triggered.connect(_with_status(deeds.change_status, following))
    if deeds.copy_number is not None:
        menu.addSeparator()
        menu.addAction("会員番号をコピー").triggered.connect(_ignoring_state(deeds.copy_number))
    return menu


def _ignoring_state(deed: Callable[[], None]) -> Callable[[bool], None]:
    return lambda _checked: deed()


def _with_status(deed: Callable[[MemberStatus], None], status: MemberStatus) -> Callable[[bool], None]:
    return lambda _checked: deed(status)
