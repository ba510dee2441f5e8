"""docs/roles.md is the table of domain/staff.py: `python -m tests.test_roles` writes it anew after a change."""

from __future__ import annotations

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.staff import RIGHTS, Right, Role
from tests.source_tree import ROOT

DOCUMENT = ROOT / "docs" / "roles.md"
_BEGIN, _END = "<!-- rights -->\n", "<!-- /rights -->\n"


def table() -> str:
    heads = [role.label for role in Role]
    lines = [f"| できること | {' | '.join(heads)} |", f"|---{'|:-:' * len(heads)}|"]
    for right in Right:
        marks = " | ".join("○" if right in RIGHTS[role] else "—" for role in Role)
        lines.append(f"| {right.value} | {marks} |")
    hidden = {role: [f.label for f in catalog.FIELDS.values() if not f.sees.includes(role)] for role in Role}
    lines.append("")
    for role in Role:
        told = "、".join(hidden[role]) if hidden[role] else "ありません"
        lines.append(f"- {role.label}に表示されない項目：{told}")
    return "\n".join(lines) + "\n"


def written() -> str:
    text = DOCUMENT.read_text(encoding="utf-8")
    return text[text.index(_BEGIN) + len(_BEGIN) : text.index(_END)]


def test_the_table_in_the_documents_is_the_one_the_program_asks() -> None:
    assert written() == table(), "python -m tests.test_roles"


def test_what_the_founding_rules_say_of_the_roles() -> None:
    """The clerk sees no special-care fields and no notes; people, keys and restores are the head's alone."""
    clerk = RIGHTS[Role.CLERK]
    assert not clerk & {Right.SEE_SPECIAL_CARE, Right.SEE_NOTES}
    for right in (Right.MANAGE_PEOPLE, Right.MANAGE_KEYS, Right.RESTORE, Right.EDIT_OFFICE, Right.SEE_AUDIT):
        assert [role for role in Role if right in RIGHTS[role]] == [Role.HEAD]


if __name__ == "__main__":
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(text[: text.index(_BEGIN) + len(_BEGIN)] + table() + text[text.index(_END) :], encoding="utf-8")
