"""Where somebody lives, as one municipality code: the prefecture from a list, the municipality by typing a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.values import Trouble, Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.choice_input import ComboInput
from nakodo_desktop.ui.widgets.field_input import FieldInput
from nakodo_desktop.ui.widgets.finder_input import FinderInput, Option
from nakodo_desktop.ui.widgets.frames import row


@dataclass(frozen=True)
class Place:
    """One municipality of today. `code` is JIS X 0402 with the prefecture's two digits in front."""

    code: str
    prefecture: str
    name: str
    reading: str = ""


class MunicipalityInput(FieldInput):
    """`value()` is the code; the typed text when it names no municipality of the prefecture."""

    def __init__(self, theme: Theme, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._by_code = {place.code: place for place in places}
        self._stale: str | None = None  # a code that today's list does not have
        prefectures = dict.fromkeys(place.prefecture for place in places)
        self.prefecture = ComboInput(theme, [(name, name) for name in prefectures], unanswered="都道府県")
        self.city = FinderInput(theme, placeholder="市区町村")
        line = row(theme, self, gap=8)
        line.addWidget(self.prefecture, 2)
        line.addWidget(self.city, 3)
        self._consists_of(self.prefecture.combo, self.city.editor)
        self.prefecture.changed.connect(self._on_prefecture_chosen)
        self.city.changed.connect(self._on_city_edited)
        self._offer(None)

    def value(self) -> Value:
        return self._stale or self.city.value()

    def own_trouble(self) -> Trouble | None:
        if self._stale is not None:
            return Trouble("この市区町村は今の一覧にありません。選び直してください。")
        return self.city.own_trouble()

    def set_label(self, label: str) -> None:
        self.setAccessibleName(label)
        self.prefecture.set_label(f"{label}（都道府県）")
        self.city.set_label(f"{label}（市区町村）")

    def set_error(self, text: str) -> None:
        super().set_error(text)
        self.prefecture.set_error("")

    def _show(self, value: Value) -> None:
        place = self._by_code.get(str(value))
        self._stale = str(value) if place is None and _looks_like_code(value) else None
        if place is not None:
            self.prefecture.set_value(place.prefecture)
            self._offer(place.prefecture)
        elif value is None:
            self.prefecture.set_value(None)
            self._offer(None)
        self.city.set_value(None if self._stale else value)

    def _on_prefecture_chosen(self) -> None:
        """Another prefecture takes a municipality of the old one away."""
        self._stale = None
        chosen = self._by_code.get(str(self.city.value()))
        prefecture = self.prefecture.value()
        if chosen is not None and chosen.prefecture != prefecture:
            self.city.set_value(None)
        self._offer(None if prefecture is None else str(prefecture))
        self._on_edited()

    def _on_city_edited(self) -> None:
        """A municipality that was found in all of Japan brings its prefecture with it."""
        self._stale = None
        place = self._by_code.get(str(self.city.value()))
        if place is not None and self.prefecture.value() != place.prefecture:
            self.prefecture.set_value(place.prefecture)
            self._offer(place.prefecture)
            self.city.set_value(place.code)
        self._on_edited()

    def _offer(self, prefecture: str | None) -> None:
        if prefecture is None:
            options = [Option(p.code, f"{p.prefecture}{p.name}", p.reading) for p in self._by_code.values()]
        else:
            options = [Option(p.code, p.name, p.reading) for p in self._by_code.values() if p.prefecture == prefecture]
        self.city.set_options(options)

    def _leave(self) -> None:
        self.city._tidy()
        self._on_city_found()
        super()._leave()

    def _on_city_found(self) -> None:
        place = self._by_code.get(str(self.city.value()))
        if place is not None and self.prefecture.value() is None:
            self._on_city_edited()


def _looks_like_code(value: Value) -> bool:
    return isinstance(value, str) and len(value) == 5 and value.isascii() and value.isdigit()
