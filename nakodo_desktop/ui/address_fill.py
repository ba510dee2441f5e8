"""Puts the address of a postal code into the form; what the operator typed is never overwritten without asking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QPushButton

from nakodo_desktop.reference.postal import PostalTable
from nakodo_desktop.ui.alerts import confirm
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.code_inputs import CodeLineEdit
from nakodo_desktop.ui.widgets.line_inputs import JaLineEdit
from nakodo_desktop.ui.widgets.municipality_input import MunicipalityInput

_NOT_FOUND = "この郵便番号の住所は見つかりません。住所は手でご入力ください。"
_SEVERAL = "この郵便番号には町名がいくつかあります。「住所を入れる」でお選びください。"


@dataclass(frozen=True)
class Address:
    """Where a postal code leads. `town` may be empty."""

    municipality: str  # five-digit code
    town: str
    label: str  # 東京都世田谷区世田谷, to choose by


FindAddresses = Callable[[str], Sequence[Address]]  # "154-0017" → its addresses, [] when unknown


def addresses_of(table: PostalTable, postal_code: str) -> Sequence[Address]:
    """Where a postal code leads, in the words of the form."""
    found = table.lookup(postal_code)
    return [Address(p.municipality_code, p.town, f"{p.prefecture}{p.city}{p.town}") for p in found]


class AddressFill(QObject):
    """Fills by itself at the seventh digit while the address is empty, and whenever 住所を入れる is pressed."""

    def __init__(
        self,
        theme: Theme,
        find: FindAddresses,
        *,
        postal: CodeLineEdit,
        place: MunicipalityInput,
        line: JaLineEdit,
        fill_button: QPushButton,
    ) -> None:
        super().__init__(postal)
        self._theme, self._find = theme, find
        self._postal, self._place, self._line, self._button = postal, place, line, fill_button
        postal.changed.connect(self._on_typed)
        fill_button.clicked.connect(self._on_asked)

    def _on_typed(self) -> None:
        self._postal.set_notice("")
        if not self._postal.is_complete() or self._place.value() is not None or self._line.value() is not None:
            return
        found = self._find(self._postal.text())
        if len(found) == 1:
            self._fill(found[0])
        elif found:
            self._postal.set_notice(_SEVERAL)

    def _on_asked(self) -> None:
        if not (self._postal.validate() and self._postal.value() is not None):
            self._postal.setFocus()
            return
        found = self._find(self._postal.text())
        if not found:
            self._postal.set_error(_NOT_FOUND)
        elif len(found) == 1:
            self._fill_or_ask(found[0])
        else:
            self._let_choose(found)

    def _let_choose(self, found: Sequence[Address]) -> None:
        menu = QMenu(self._button)
        for address in found:
            action = menu.addAction(address.label.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, address=address: self._fill_or_ask(address))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    def _fill_or_ask(self, address: Address) -> None:
        line = self._line.text()
        keeps_place = self._place.value() in (None, address.municipality)
        if keeps_place and (not line or line.startswith(address.town)):
            self._fill(address)
            return
        confirm(
            self._button,
            self._theme,
            title="入力済みの住所を置き換えますか",
            text=f"いまの住所を消して、「{address.label}」を入れます。",
            yes_verb="置き換える",
            no_verb="そのままにする",
            on_yes=lambda: self._replace(address),
        )

    def _replace(self, address: Address) -> None:
        self._line.fill(None)
        self._fill(address)

    def _fill(self, address: Address) -> None:
        self._postal.set_notice("")
        self._place.fill(address.municipality)
        if not self._line.text().startswith(address.town) or not self._line.text():
            self._line.fill(address.town or None)
        self._line.setFocus()
        self._line.editor.end(False)
