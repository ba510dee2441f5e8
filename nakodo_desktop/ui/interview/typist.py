"""Two hands for an interview: types, ticks and clicks as a person does, IME included. For the demo and the tests.

Nothing is put into a field behind its back: what the form makes of keys and clicks is what is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from nakodo_desktop.domain.answers import family_pairs
from nakodo_desktop.domain.catalog import FIELDS
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.photo_input import PhotoInput
from nakodo_desktop.ui.widgets.family_input import FamilyInput
from nakodo_desktop.ui.widgets.inputs import (
    CheckInput,
    CodeLineEdit,
    ComboInput,
    FieldInput,
    JaLineEdit,
    JaTextEdit,
    KanaLineEdit,
    NumberEdit,
    RadioInput,
    WarekiDateEdit,
)
from nakodo_desktop.ui.widgets.municipality_input import MunicipalityInput, Place
from nakodo_desktop.ui.widgets.wish_input import WishInput

_ON_THE_MARK_PX = 12  # a box or a radio button takes a click on its mark


class Typist:
    """Sits before one interview. `photos` are files by catalogue key; `places` says how a code is written."""

    def __init__(self, flow: InterviewFlow, *, places: Sequence[Place], photos: dict[str, Path] | None = None) -> None:
        self._flow = flow
        self._places = {place.code: place for place in places}
        self._photos = photos or {}

    def fill_step(self, answers: Answers) -> None:
        """Answer what the page asks, in its order; a question that comes up on the way is answered too."""
        for key, one in self._flow.page.inputs.items():
            if isinstance(one, PhotoInput):
                if key in self._photos:
                    one.chosen.emit(self._photos[key])
            elif answers.get(key) is not None and one.isVisibleTo(self._flow) and one.value() != answers[key]:
                self.answer(one, answers[key], readings=answers)

    def press(self, name: str) -> None:
        """Click the button of this object name."""
        found = self._flow.findChild(QAbstractButton, name)
        if found is None:
            raise LookupError(name)
        click(found)

    def write_memo(self, text: str) -> None:
        memo = self._flow.findChild(JaTextEdit, "interview_note")
        if memo is None:
            raise LookupError("interview_note")
        compose(memo.editor, text)

    def answer(self, one: FieldInput, value: Value, *, readings: Answers | None = None) -> None:
        """Type or click `value`; names are typed by their reading, so that the furigana fill themselves."""
        match one:
            case JaLineEdit():
                one.editor.selectAll()
                compose(one.editor, str(value), reading=_reading(one.objectName(), readings or {}))
            case KanaLineEdit():
                one.editor.selectAll()
                compose(one.editor, str(value))
            case JaTextEdit():
                compose(one.editor, str(value))
            case WarekiDateEdit():
                if not isinstance(value, date):
                    raise TypeError("a date is typed from a date")
                one.editor.selectAll()
                keys(one.editor, f"{value:%Y%m%d}")
            case CodeLineEdit() | NumberEdit():
                one.editor.selectAll()
                keys(one.editor, str(value))
            case RadioInput():
                click(one.radios[str(value)])
            case ComboInput():
                choose(one.combo, str(value))
            case CheckInput():
                if one.box.isChecked() is not value:
                    click(one.box)
            case MunicipalityInput():
                place = self._places[str(value)]
                choose(one.prefecture.combo, place.prefecture)
                compose(one.city.editor, place.name)
            case FamilyInput():
                _tell_family(one, value)
            case WishInput():
                _tell_wish(one, value)
            case _:
                raise TypeError(type(one).__name__)


def compose(editor: QWidget, text: str, *, reading: str = "") -> None:
    """Type Japanese as an IME does: the reading as pre-edit, the conversion, the commit."""
    editor.setFocus()
    kana = reading or text
    for end in range(1, len(kana) + 1):
        QApplication.sendEvent(editor, QInputMethodEvent(kana[:end], []))
    QApplication.sendEvent(editor, QInputMethodEvent(text, []))
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(editor, commit)


def keys(editor: QWidget, text: str) -> None:
    """Type digits and letters, without an IME."""
    editor.setFocus()
    QTest.keyClicks(editor, text)


def click(target: QAbstractButton) -> None:
    """With the mouse, where the words begin."""
    target.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(_ON_THE_MARK_PX, target.height() // 2))


def choose(combo: QComboBox, value: str) -> None:
    """With the arrow keys, as in a closed list."""
    combo.setFocus()
    wanted = combo.findData(value)
    if wanted < 0:
        raise LookupError(value)
    while combo.currentIndex() != wanted:
        QTest.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() < wanted else Qt.Key.Key_Up)


def _reading(key: str, answers: Answers) -> str:
    """The reading that belongs to a name, if there is one."""
    found = (str(answers[k]) for k, field in FIELDS.items() if field.reading_of == key and answers.get(k))
    return next(found, "")


def _tell_family(one: FamilyInput, value: Value) -> None:
    pairs = family_pairs(value if isinstance(value, tuple) else ())
    for relation, state in pairs:
        click(one.add_buttons[relation])
        click(one.rows[-1].life.radios[state])


def _tell_wish(one: WishInput, value: Value) -> None:
    if not isinstance(value, tuple):
        raise TypeError("a wish is a weight and words")
    weight, words = value
    click(one.weight.radios[weight])
    if words:
        compose(one.words.editor, words)
