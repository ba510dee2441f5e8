"""消去の請求 at one record: what would go now, what stays until when and why; a hold can be set here, too."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.services.erasure_plan import Person
from nakodo_desktop.ui.erasure.person_row import fate_line
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.notices import Banner

_WIDTH_PX = 680
_MEMBER = "在会中の方の記録は、消去の請求だけでは消去できません。"
_LEAVE_FIRST = "退会のご意思を確かめ、状況を「退会」にしてから、もう一度お開きください。"
_HELD = "保留中のため、消去できません。"


class RequestDialog(AppDialog):
    """Only shows; nothing is erased here."""

    goes_on = Signal()
    hold_wanted = Signal()

    def __init__(self, theme: Theme, person: Person, *, parent: QWidget) -> None:
        super().__init__(
            theme, f"{person.name} 様の消去の請求", icon="trash-2", width_px=_WIDTH_PX, parent=parent.window()
        )
        if person.hold is not None:
            self.body.addWidget(Banner(theme, "warn", _HELD, text=person.hold.reason))
        elif person.left_on is None:
            self.body.addWidget(Banner(theme, "info", _MEMBER, text=_LEAVE_FIRST))
        else:
            self.add_text(
                "ご本人から消去の請求があったときに、いま消去できるものと、保存を続けるものは次のとおりです。"
            )
        for fate in person.fates:
            self.body.addWidget(fate_line(theme, fate))
        hold = self.add_button("保留を解く…" if person.hold else "保留にする…", self.hold_wanted.emit)
        hold.setObjectName("request_hold")
        close = self.add_button("閉じる")
        if person.due:
            deed = self.add_button("消去に進む…", self.goes_on.emit, kind="primary")
            deed.setObjectName("request_go_on")
            deed.setFocus()
        else:
            close.setFocus()
