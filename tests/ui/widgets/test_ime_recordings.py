"""Every kind of field takes what an IME sends in every way of typing, and is silent until it is committed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.values import Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.inputs import (
    Code,
    CodeLineEdit,
    FieldInput,
    JaLineEdit,
    JaTextEdit,
    KanaLineEdit,
    NumberEdit,
    WarekiDateEdit,
)
from tests.ui import imekit
from tests.ui.conftest import Show
from tests.ui.handkit import TODAY, watch
from tests.ui.imekit import Recording, play

FIELDS: dict[str, Callable[[Theme], FieldInput]] = {
    "text": JaLineEdit,
    "memo": JaTextEdit,
    "kana": KanaLineEdit,
    "number": lambda theme: NumberEdit(theme, unit="cm", minimum=100, maximum=250),
    "phone": lambda theme: CodeLineEdit(theme, Code.PHONE),
    "postal": lambda theme: CodeLineEdit(theme, Code.POSTAL_CODE),
    "date": lambda theme: WarekiDateEdit(theme, today=TODAY),
}
BORN = date(1987, 3, 14)
TYPED: list[tuple[str, str, Recording, Value]] = [
    ("text", "several clauses", imekit.TWO_CLAUSES, "山田華子"),
    ("text", "Esc and retyped", imekit.ESCAPED_AND_RETYPED, "山根"),
    ("text", "F7", imekit.F7_KATAKANA, "スミス"),
    ("text", "predicted", imekit.PREDICTION, "綿貫"),
    ("text", "typed on", imekit.WINDOWS_ONE_EVENT, "鈴木一郎"),
    ("text", "live conversion", imekit.LIVE_CONVERSION, "高橋"),
    ("text", "given up", imekit.CANCELLED, None),
    ("memo", "several clauses", imekit.TWO_CLAUSES, "山田華子"),
    ("memo", "Esc and retyped", imekit.ESCAPED_AND_RETYPED, "山根"),
    ("memo", "F7", imekit.F7_KATAKANA, "スミス"),
    ("memo", "predicted", imekit.PREDICTION, "綿貫"),
    ("memo", "given up", imekit.CANCELLED, None),
    ("kana", "several clauses", imekit.KANA_TWO_CLAUSES, "やまだはなこ"),
    ("kana", "Esc and retyped", imekit.KANA_ESCAPED_AND_RETYPED, "やまね"),
    ("kana", "F7", imekit.F7_KATAKANA, "すみす"),
    ("kana", "F8", imekit.F8_HALF_WIDTH, "すみす"),
    ("kana", "predicted", imekit.KANA_PREDICTED, "わたぬき"),
    ("number", "IME left on", imekit.WIDE_170, 170),
    ("number", "several clauses", imekit.WIDE_170_IN_TWO, 170),
    ("number", "Esc and retyped", imekit.WIDE_170_ESCAPED, 170),
    ("number", "F8", imekit.WIDE_170_F8, 170),
    ("number", "predicted", imekit.WIDE_170_PREDICTED, 170),
    ("phone", "IME left on", imekit.WIDE_PHONE, "090-0000-0000"),
    ("postal", "IME left on", imekit.WIDE_POSTAL, "154-0017"),
    ("postal", "Esc and retyped", imekit.POSTAL_ESCAPED, "154-0017"),
    ("date", "several clauses", imekit.ERA_IN_CLAUSES, BORN),
    ("date", "Esc and retyped", imekit.ERA_ESCAPED, BORN),
    ("date", "predicted", imekit.ERA_PREDICTED, BORN),
    ("date", "era letter", imekit.WIDE_ERA_LETTER, BORN),
    ("date", "IME left on", imekit.WIDE_DAY, BORN),
]
each = pytest.mark.parametrize(
    ("kind", "recording", "value"),
    [(kind, recording, value) for kind, _, recording, value in TYPED],
    ids=[f"{kind}: {way}" for kind, way, _, _ in TYPED],
)


@each
def test_what_was_typed_is_the_answer(
    qtbot: QtBot, theme: Theme, show: Show, kind: str, recording: Recording, value: Value
) -> None:
    field, other = FIELDS[kind](theme), JaLineEdit(theme)
    show(field, other)
    field.setFocus()
    play(_editor(field), recording)
    other.setFocus(Qt.FocusReason.TabFocusReason)
    assert field.value() == value
    assert field.error() == ""


@each
def test_clicking_elsewhere_takes_what_was_typed_along(
    qtbot: QtBot, theme: Theme, show: Show, kind: str, recording: Recording, value: Value
) -> None:
    """The IME commits what stands there when the other field takes the focus."""
    field, other = FIELDS[kind](theme), JaLineEdit(theme)
    show(field, other)
    field.setFocus()
    heard = watch(field)
    play(_editor(field), recording[:-1])
    committed_so_far = len(heard)
    assert committed_so_far == sum(bool(committed) for _, committed in recording[:-1])
    play(_editor(field), recording[-1:])
    qtbot.mouseClick(other.editor, Qt.MouseButton.LeftButton)
    assert field.value() == value
    told = [one for one in heard if one != "changed"]
    assert told == ([] if value is None else [value])


def _editor(field: FieldInput):  # type: ignore[no-untyped-def]  # a line or a page of text
    return field.parts[0]
