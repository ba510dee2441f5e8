"""Setting a hold with its reason and ending it; the same from the page of erasure and from a record."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.values import Problem
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.erasing import Erasing
from nakodo_desktop.services.erasure_plan import Person
from nakodo_desktop.services.form_drafts import Kind
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.declarations.suspicion import ReasonDialog
from nakodo_desktop.ui.theme import Theme

_WORDS = (
    "保留にすると、期限が来ても、ご本人の請求があっても、この方の記録は消去されません。"
    "争いや調査で要るときだけお使いください。"
)


def hold_or_release(
    over: QWidget, theme: Theme, erasing: Erasing, person: Person, *, on_changed: Callable[[], None]
) -> None:
    """Ask for a reason, or whether the hold is over."""
    member_id = person.id
    assert member_id is not None  # only a record can be held

    def hold(reason: str) -> tuple[Problem, ...]:
        try:
            problems = erasing.hold(member_id, reason)
        except UserError as error:
            return (Problem("reason", error.message),)
        if not problems:
            on_changed()
        return problems

    def release() -> None:
        erasing.release(member_id)
        on_changed()

    if person.hold is None:
        ReasonDialog(
            theme,
            f"{person.name} 様の記録の消去を保留にしますか",
            erasing.drafts,
            form=Kind.HOLD.of(member_id),
            member_id=member_id,
            words=_WORDS,
            label="保留する理由",
            hint="だれと、何のために要るか",
            verb="保留にする",
            record=hold,
            parent=over.window(),
        ).open()
        return
    alerts.confirm(
        over,
        theme,
        title=f"{person.name} 様の保留を解きますか",
        text="期限が来ている記録は、消去できるようになります。解いただけでは、何も消去されません。",
        yes_verb="保留を解く",
        on_yes=release,
    )
