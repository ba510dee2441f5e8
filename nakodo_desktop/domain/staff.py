"""Who works in the office and what each role may do; the one table that services and windows ask."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NewType

StaffId = NewType("StaffId", str)


class Role(Enum):
    HEAD = "head"
    MATCHMAKER = "matchmaker"
    CLERK = "clerk"

    @property
    def label(self) -> str:
        return {Role.HEAD: "所長", Role.MATCHMAKER: "仲人", Role.CLERK: "事務"}[self]


class Right(Enum):
    """A deed that not everybody may do. The words are shown when it is refused."""

    INTERVIEW = "面談の記録"
    SEE_SPECIAL_CARE = "要配慮個人情報の閲覧"
    SEE_NOTES = "面談メモの閲覧"
    EDIT_MEMBER = "会員情報の変更"
    SIGN_DECLARATION = "独身誓約書の署名の記録"
    EXPORT = "協会サイトへの書き出し"
    MANAGE_PEOPLE = "担当者の管理"
    MANAGE_KEYS = "鍵と控えの管理"
    RESTORE = "バックアップからの復元"
    EDIT_OFFICE = "事務所の設定"
    SEE_AUDIT = "操作の記録の閲覧"
    ERASE = "記録の消去と保留"


_CLERK: frozenset[Right] = frozenset()
_MATCHMAKER = frozenset(
    {
        Right.INTERVIEW,
        Right.SEE_SPECIAL_CARE,
        Right.SEE_NOTES,
        Right.EDIT_MEMBER,
        Right.SIGN_DECLARATION,
        Right.EXPORT,
    }
)
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.HEAD: frozenset(Right),
    Role.MATCHMAKER: _MATCHMAKER,
    Role.CLERK: _CLERK,
}
# Whoever holds the paper gets the office back into somebody's hands, and that person goes on: the paper is nobody, and
# what is recorded of a member must name who recorded it.
PAPER_RIGHTS = frozenset({Right.MANAGE_PEOPLE, Right.MANAGE_KEYS, Right.RESTORE})


@dataclass(frozen=True)
class Staff:
    """One person with a key slot of their own; or the paper, which has no id and sees what a clerk sees."""

    id: StaffId
    name: str
    role: Role

    @property
    def is_paper(self) -> bool:
        return not self.id

    def may(self, right: Right) -> bool:
        return right in (PAPER_RIGHTS if self.is_paper else RIGHTS[self.role])
