"""Rights are enforced here, in the services; the window only hides what would be refused."""

from __future__ import annotations

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.staff import Right, Staff
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.errors import NotPermitted


def require(staff: Staff, right: Right) -> None:
    """Raises NotPermitted with the name of the deed and who may do it."""
    if staff.is_paper and not staff.may(right):
        raise NotPermitted(
            f"「{right.value}」は、復旧コードで開いている間はできません。",
            "設定の「安全」で所長に新しいパスワードを渡し、そのパスワードで開き直してください。",
        )
    if not staff.may(right):
        raise NotPermitted(
            f"「{right.value}」は、{staff.role.label}の方にはできません。",
            "所長または仲人の方にお願いしてください。",
        )


def visible(staff: Staff, answers: Answers) -> dict[str, Value]:
    """Those answers that the person's role may see."""
    return {key: value for key, value in answers.items() if catalog.FIELDS[key].sees.includes(staff.role)}
