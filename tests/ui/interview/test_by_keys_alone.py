"""A whole interview by the keyboard alone: Tab, arrows, Space, Enter and what the IME types, never the mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.answers import family_pairs
from nakodo_desktop.domain.values import Answers, Value
from nakodo_desktop.ui.interview.desk import InterviewDesk
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.photo_input import PhotoInput
from nakodo_desktop.ui.interview.photo_page import PhotoPage
from nakodo_desktop.ui.interview.typist import compose
from nakodo_desktop.ui.widgets.family_input import FamilyInput
from nakodo_desktop.ui.widgets.inputs import (
    CheckInput,
    CodeLineEdit,
    ComboInput,
    FieldInput,
    NumberEdit,
    RadioInput,
    WarekiDateEdit,
)
from nakodo_desktop.ui.widgets.municipality_input import MunicipalityInput
from nakodo_desktop.ui.widgets.wish_input import WishInput
from tests import factory
from tests.factory import Desk
from tests.ui.interview.conftest import SitDown

_MOST_TABS = 120
_CLICKS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel)


class NoMouse(QObject):
    """Fails the test when anything was clicked after all."""

    clicked = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.clicked = self.clicked or event.type() in _CLICKS
        return False


@pytest.fixture
def no_mouse(qapp: QApplication) -> Iterator[NoMouse]:
    watcher = NoMouse()
    qapp.installEventFilter(watcher)
    yield watcher
    qapp.removeEventFilter(watcher)
    assert not watcher.clicked


class Keyboard:
    """Ten fingers. `prefectures` by the code of a municipality, `cities` likewise."""

    def __init__(self, flow: InterviewFlow, qtbot: QtBot, places: Sequence[tuple[str, str, str]] = ()) -> None:
        self._flow, self._qtbot = flow, qtbot
        self._places = {code: (prefecture, name) for code, prefecture, name in places}

    @property
    def focus(self) -> QWidget:
        found = self._flow.window().focusWidget()
        assert found is not None
        return found

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus, key, modifiers)

    def tab_to(self, is_there: Callable[[QWidget], bool]) -> None:
        for _ in range(_MOST_TABS):
            if is_there(self.focus):
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead there; it stands at {self.focus.objectName()} {type(self.focus)}")

    def press(self, name: str) -> None:
        """The button of that name, with Space."""
        self.tab_to(lambda widget: widget.objectName() == name)
        self.key(Qt.Key.Key_Space)

    def fill_step(self, said: Answers) -> None:
        for key, one in self._flow.page.inputs.items():
            value = said.get(key)
            is_open = one.isVisibleTo(self._flow) and not isinstance(one, PhotoInput)
            if is_open and value not in (None, False) and one.value() != value:  # nobody ticks a box to say no
                self.answer(one, value)
                assert one.value() == value, key

    def answer(self, one: FieldInput, value: Value) -> None:
        match one:
            case RadioInput():
                self._choose(one, str(value))
            case ComboInput():
                self._pick(one.combo, str(value))
            case CheckInput():
                self.tab_to(lambda widget: widget is one.box)
                self.key(Qt.Key.Key_Space)
            case MunicipalityInput():
                prefecture, city = self._places[str(value)]
                self._pick(one.prefecture.combo, prefecture)
                self._type(one.city.editor, city)
                self.key(Qt.Key.Key_Tab)
            case FamilyInput():
                for relation, state in family_pairs(value if isinstance(value, tuple) else ()):
                    self.tab_to(lambda widget, relation=relation: widget is one.add_buttons[relation])
                    self.key(Qt.Key.Key_Space)
                    self._choose(one.rows[-1].life, state)
            case WishInput():
                assert isinstance(value, tuple)
                self._choose(one.weight, value[0])
                if value[1]:
                    self._type(one.words.editor, value[1])
            case WarekiDateEdit():
                assert isinstance(value, date)
                self._keys(one.parts[0], f"{value:%Y%m%d}")
            case CodeLineEdit() | NumberEdit():
                self._keys(one.parts[0], str(value))
            case _:
                self._type(one.parts[0], str(value))

    def _choose(self, one: RadioInput, value: str) -> None:
        radios = list(one.radios.values())
        self._qtbot.waitUntil(lambda: radios[0].pos() != radios[-1].pos())  # arrows follow what stands where
        self.tab_to(lambda widget: widget in radios)
        for arrow in (Qt.Key.Key_Right, Qt.Key.Key_Down):  # the answers may stand in two lines
            for _ in radios:
                if self.focus is not one.radios[value]:
                    self.key(arrow)
        if not one.radios[value].isChecked():
            self.key(Qt.Key.Key_Space)

    def _pick(self, combo: QComboBox, value: str) -> None:
        self.tab_to(lambda widget: widget is combo)
        wanted = combo.findData(value)
        assert wanted >= 0, value
        while combo.currentIndex() != wanted:
            self.key(Qt.Key.Key_Down if combo.currentIndex() < wanted else Qt.Key.Key_Up)

    def _type(self, editor: QWidget, text: str) -> None:
        self.tab_to(lambda widget: widget is editor)
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        compose(editor, text)

    def _keys(self, editor: QWidget, text: str) -> None:
        self.tab_to(lambda widget: widget is editor)
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(self.focus, text)
        self.key(Qt.Key.Key_Tab)


def _photo_by_keys(keyboard: Keyboard, page: PhotoPage, qtbot: QtBot) -> None:
    photo = page.inputs["photo_upper"]
    assert isinstance(photo, PhotoInput)
    keyboard.tab_to(lambda widget: widget is photo.button)
    keyboard.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: photo.value() is not None, timeout=20_000)
    checks = page.checks["photo_upper"]
    for box in checks.boxes:
        keyboard.tab_to(lambda widget, box=box: widget is box.box)
        keyboard.key(Qt.Key.Key_Space)
    keyboard.tab_to(lambda widget: widget is checks.button)
    keyboard.key(Qt.Key.Key_Space)
    assert checks.boxes[0].isHidden() or not checks.boxes[0].isVisible()


def test_an_interview_is_held_by_keys_alone(
    office: Desk,
    desk: InterviewDesk,
    sit_down: SitDown,
    picture: Path,
    no_mouse: NoMouse,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(picture)))
    said = factory.answers(photo_full=None)
    flow = sit_down()
    keyboard = Keyboard(flow, qtbot, [(m.code, m.prefecture, m.name) for m in office.places.rows])
    walked = []
    while flow.step != "finish":
        walked.append(flow.step)
        if isinstance(flow.page, PhotoPage):
            _photo_by_keys(keyboard, flow.page, qtbot)
        else:
            keyboard.fill_step(said)
        keyboard.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert flow.step != walked[-1], "Ctrl+Enter goes on from everywhere"
    keyboard.press("finish")
    member_id = desk.member_of(flow.interview_id)
    assert member_id is not None
    kept = office.members.view(member_id, screen="test").answers
    typed = ("family_name", "given_name", "birth_date", "municipality", "marital_history", "hobbies", "wish_smoking")
    assert {key: kept[key] for key in typed} == {key: said[key] for key in typed}


def test_tab_comes_round_on_every_step(office: Desk, sit_down: SitDown, qtbot: QtBot) -> None:
    """Nothing holds the keyboard: from any field Tab leads on, and at last back to where it began."""
    flow = sit_down(factory.draft(office).id)
    for step in ("purposes", "consents", "basics", "marriage", "life", "wishes", "preview", "finish"):
        flow.go_to(step)
        keyboard = Keyboard(flow, qtbot)
        first, seen = keyboard.focus, set[QWidget]()
        for _ in range(_MOST_TABS):
            keyboard.key(Qt.Key.Key_Tab)
            seen.add(keyboard.focus)
            if keyboard.focus is first or (isinstance(first, QRadioButton) and _same_group(first, keyboard.focus)):
                break
        else:
            raise AssertionError(f"{step}: Tab does not come back to {first.objectName()}")
        assert any(widget.objectName() in ("next", "finish") for widget in seen), step


def _same_group(one: QRadioButton, other: QWidget) -> bool:
    return isinstance(other, QRadioButton) and one.group() is other.group()
