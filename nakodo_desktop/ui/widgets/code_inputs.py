"""Half-width codes and numbers: postal code, telephone, e-mail, member number, counts; the IME is off in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.japanese import parse_email, parse_int, parse_phone, parse_postal_code
from nakodo_desktop.domain.values import Trouble, Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.line_editor import narrow
from nakodo_desktop.ui.widgets.line_input import LineInput


class Code(Enum):
    """What a code field holds."""

    POSTAL_CODE = "postal_code"
    PHONE = "phone"
    EMAIL = "email"
    MEMBER_NUMBER = "member_number"


@dataclass(frozen=True)
class _Reading:
    parse: Callable[[str], str | Trouble]
    example: str
    width_px: int | None  # None: as wide as there is room


def _member_number(text: str) -> str | Trouble:
    return narrow(text).upper()


_READINGS: dict[Code, _Reading] = {
    Code.POSTAL_CODE: _Reading(parse_postal_code, "154-0017", 132),
    Code.PHONE: _Reading(parse_phone, "090-1234-5678", None),
    Code.EMAIL: _Reading(parse_email, "taro@example.jp", None),
    Code.MEMBER_NUMBER: _Reading(_member_number, "F-0128", 132),
}


class CodeLineEdit(LineInput):
    """Hyphens are optional when typing and put in on leaving; full-width characters become half-width."""

    def __init__(self, theme: Theme, code: Code, *, parent: QWidget | None = None) -> None:
        self.code = code
        self._reading = _READINGS[code]
        super().__init__(theme, japanese=False, placeholder=f"例 {self._reading.example}", parent=parent)
        if self._reading.width_px is not None:
            self.editor.setFixedWidth(theme.px(self._reading.width_px))
            self.is_compact = True

    def value(self) -> Value:
        typed = narrow(self.editor.text())
        if not typed:
            return None
        read = self._reading.parse(typed)
        return typed if isinstance(read, Trouble) else read

    def own_trouble(self) -> Trouble | None:
        read = self._reading.parse(self.editor.text())
        return read if isinstance(read, Trouble) else None

    def is_complete(self) -> bool:
        """True when what stands there reads as a whole code."""
        return self.value() is not None and self.own_trouble() is None


class NumberEdit(LineInput):
    """A whole number with its unit. Empty is not zero; there are no arrows, and the wheel changes nothing."""

    _WIDTH_PX = 132

    def __init__(
        self,
        theme: Theme,
        *,
        unit: str = "",
        minimum: int | None = None,
        maximum: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, japanese=False, parent=parent)
        self._unit, self._minimum, self._maximum = unit, minimum, maximum
        self.editor.setFixedWidth(theme.px(self._WIDTH_PX))
        if unit:
            self.layout_row.addWidget(PlainLabel(unit))
        self.is_compact = True

    def value(self) -> Value:
        typed = narrow(self.editor.text())
        if not typed:
            return None
        read = parse_int(typed)
        return typed if isinstance(read, Trouble) else read

    def own_trouble(self) -> Trouble | None:
        read = parse_int(self.editor.text())
        if isinstance(read, Trouble):
            return read
        low, high = self._minimum, self._maximum
        if (low is None or read >= low) and (high is None or read <= high):
            return None
        if low is None:
            return Trouble(f"{high:,}{self._unit}以下で入力してください。")
        if high is None:
            return Trouble(f"{low:,}{self._unit}以上で入力してください。")
        return Trouble(f"{low:,}〜{high:,}{self._unit}の間で入力してください。")

    def set_label(self, label: str) -> None:
        super().set_label(f"{label}（{self._unit}）" if self._unit else label)

    def _show(self, value: Value) -> None:
        self.editor.setText(_grouped(value))

    def _tidy(self) -> None:
        self.editor.replace_all(_grouped(self.value()))


def _grouped(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else str(value)
