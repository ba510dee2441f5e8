"""A member's consents as they stand; withdrawing one tells what follows from it before it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.consent import Consent
from nakodo_desktop.domain.japanese import format_wareki
from nakodo_desktop.ui.alerts import confirm
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import Tone
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, hline
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.marks import state_mark

_NEXT_BATCH = "次の書き出しから効力があります。"
_FORGET = "お聞きした内容は消えます。サイトに示す同意も取り消されます。元には戻せません。"
EFFECTS = {
    "consent_provide": f"協会サイトへの掲載をやめます。{_NEXT_BATCH}",
    "consent_contact_exchange": "交際のときも、連絡先をお相手に伝えられなくなります。",
    "consent_declaration_use": "独身誓約書を保管・利用できなくなるため、協会サイトへの掲載も続けられません。",
    "consent_collect_religion": _FORGET,
    "consent_disclose_religion": f"協会サイトにこの項目を示しません。{_NEXT_BATCH}",
    "consent_collect_disability": _FORGET,
    "consent_disclose_disability": f"協会サイトにこの項目を示しません。{_NEXT_BATCH}",
    "consent_collect_health": _FORGET,
}


class ConsentsCard(Card):
    """`withdrawn` tells the id of the consent to end."""

    withdrawn = Signal(int)

    def __init__(
        self, theme: Theme, newest: Mapping[str, Consent], *, may_edit: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, margin=18, gap=0, parent=parent)
        self._theme, self._may_edit = theme, may_edit
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(20))
        grid.setVerticalSpacing(theme.px(10))
        grid.setColumnStretch(2, 1)
        for position, scope in enumerate(catalog.CONSENT_SCOPES):
            if position:
                grid.addWidget(hline(), 2 * position - 1, 0, 1, 4)
            self._add(grid, 2 * position, scope=scope, consent=newest.get(scope))
        self.rows.addLayout(grid)

    def _add(self, grid: QGridLayout, line: int, *, scope: str, consent: Consent | None) -> None:
        theme, field = self._theme, catalog.FIELDS[scope]
        middle = Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(PlainLabel(field.label, "strong"), line, 0, middle)
        if consent is None:
            grid.addWidget(state_mark(theme, "まだ伺っていません", "mute"), line, 1, middle)
            return
        details = f"{format_wareki(consent.consented_on)}　文面 {consent.text_version}　担当 {consent.staff_name}"
        if consent.withdrawn_on is not None:
            grid.addWidget(state_mark(theme, "取消し", "bad"), line, 1, middle)
            details = f"{format_wareki(consent.withdrawn_on)} 取消し　（{details}）"
        else:
            tone: Tone = "ok" if consent.holds else "warn"
            grid.addWidget(state_mark(theme, field.choice_label(consent.answer), tone), line, 1, middle)
        grid.addWidget(WrappedLabel(details, "hint"), line, 2, middle)
        if consent.holds and self._may_edit:
            take_back = button(theme, "取り消す")
            take_back.setObjectName(f"withdraw_{scope}")
            take_back.setAccessibleName(f"{field.label}の同意を取り消す")
            take_back.clicked.connect(lambda: self._ask(consent, field.label))
            grid.addWidget(take_back, line, 3, middle)

    def _ask(self, consent: Consent, label: str) -> None:
        confirm(
            self,
            self._theme,
            title="同意を取り消しますか",
            text=f"「{label}」の同意を、ご本人の申し出により取り消します。{EFFECTS[consent.scope]}",
            yes_verb="取り消しを記録する",
            on_yes=lambda: self.withdrawn.emit(consent.id),
            destructive=True,
        )
