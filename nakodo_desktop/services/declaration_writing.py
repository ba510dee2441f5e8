"""What every deed on a declaration must do beside its own row; the verbs need not know the list's column."""

from __future__ import annotations

from nakodo_desktop.domain.declaration import governing
from nakodo_desktop.domain.forbidden import forbidden_number
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.text_rules import text_trouble
from nakodo_desktop.domain.values import Trouble
from nakodo_desktop.vault import declarations, members
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.vault import Transaction


def keep_list_in_step(tx: Transaction, member_id: MemberId) -> None:
    """The member list shows the sheet that decides today."""
    decides = governing(declarations.of_member(tx.db, member_id))
    state = None if decides is None else decides.state
    until = None if decides is None else decides.valid_until
    members.note_declaration(tx.db, member_id, state, until=until, now=tx.now)


def uid_of(db: Connection, member_id: MemberId) -> str:
    """The member's name in the audit log. Raises LookupError when the member is gone."""
    kernel = members.kernel(db, member_id)
    if kernel is None:
        raise LookupError("no such member")
    return kernel.uid


def typed_text_trouble(text: str, *, one_line: bool, max_chars: int) -> Trouble | None:
    """What keeps a typed remark from being stored: unreadable characters, or a number that is never collected."""
    return text_trouble(text, one_line=one_line, max_chars=max_chars) or forbidden_number(text)
