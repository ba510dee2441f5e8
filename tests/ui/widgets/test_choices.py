"""Answers that are chosen: nothing is chosen by accident, "not answered" stays possible, old answers stay visible."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.choice_input import CheckInput, ComboInput, RadioInput, choice_input
from nakodo_desktop.ui.widgets.family_input import FamilyInput
from nakodo_desktop.ui.widgets.finder_input import FinderInput, Option
from nakodo_desktop.ui.widgets.municipality_input import MunicipalityInput, Place
from nakodo_desktop.ui.widgets.wish_input import WishInput
from tests.ui.conftest import Show
from tests.ui.handkit import press
from tests.ui.imekit import play

DRINKS = (("never", "飲まない"), ("sometimes", "ときどき"), ("often", "よく飲む"))
WEIGHTS = (("any", "不問"), ("prefer", "希望"), ("must", "必須"))
RELATIONS = (("father", "父"), ("mother", "母"), ("elder_sister", "姉"))
LIFE = (("alive", "存命"), ("deceased", "逝去"))
PLACES = (
    Place("13112", "東京都", "世田谷区", "せたがやく"),
    Place("13113", "東京都", "渋谷区", "しぶやく"),
    Place("14100", "神奈川県", "横浜市", "よこはまし"),
    Place("08227", "茨城県", "筑西市", "ちくせいし"),
)


OFFSCREEN_POPUP = pytest.mark.qt_log_ignore("does not support", extend=True)  # no pop-up grab without a screen


def test_few_answers_are_radios_and_many_a_list(theme: Theme) -> None:
    assert isinstance(choice_input(theme, DRINKS), RadioInput)
    assert isinstance(choice_input(theme, [(str(i), f"{i}番") for i in range(5)]), ComboInput)
    assert isinstance(choice_input(theme, [(str(i), "とても長い答えの文言です") for i in range(3)]), ComboInput)


def test_choosing_commits_at_once_and_can_be_taken_back(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = RadioInput(theme, DRINKS)
    show(field)
    heard: list[object] = []
    field.committed.connect(heard.append)
    qtbot.mouseClick(field.radios["often"], Qt.MouseButton.LeftButton)
    assert field.clear_button.isVisible()
    qtbot.mouseClick(field.clear_button, Qt.MouseButton.LeftButton)
    assert not field.clear_button.isVisible()
    qtbot.mouseClick(field.radios["never"], Qt.MouseButton.LeftButton)
    press(field.radios["never"], Qt.Key.Key_Delete)
    assert heard == ["often", None, "never", None]


def test_required_choice_is_not_taken_back(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = RadioInput(theme, DRINKS)
    field.set_required(True)
    show(field)
    qtbot.mouseClick(field.radios["often"], Qt.MouseButton.LeftButton)
    press(field.radios["often"], Qt.Key.Key_Delete)
    assert field.value() == "often"
    assert not field.clear_button.isVisible()


def test_answer_of_an_older_list_stays_and_is_named(theme: Theme, show: Show) -> None:
    for field in (RadioInput(theme, DRINKS), ComboInput(theme, DRINKS)):
        show(field)
        field.set_value("no_longer_offered")
        assert field.value() == "no_longer_offered"
        assert not field.validate()
        assert "選び直して" in field.error()


def test_list_begins_unanswered(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = ComboInput(theme, DRINKS)
    show(field)
    assert field.value() is None
    field.combo.setFocus()
    heard: list[object] = []
    field.committed.connect(heard.append)
    field.combo.activated.emit(field.combo.currentIndex())
    qtbot.keyClick(field.combo, Qt.Key.Key_Down)
    assert (field.value(), heard) == ("never", ["never"])


def test_tick_is_unanswered_until_touched(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = CheckInput(theme, "書類をお返ししました")
    show(field)
    values = [field.value()]
    for _ in range(2):
        field.box.click()
        values.append(field.value())
    assert values == [None, True, False]


def test_finder_finds_by_kanji_kana_and_variant(theme: Theme) -> None:
    field = FinderInput(theme, [Option("1", "渡邊村", "わたなべむら"), Option("2", "龍ケ崎市", "りゅうがさきし")])
    assert [o.value for o in field.matches("渡辺")] == ["1"]
    assert [o.value for o in field.matches("リュウ")] == ["2"]
    assert len(field.matches("")) == 2
    assert field.matches("札幌") == ()


@OFFSCREEN_POPUP
def test_typed_part_that_names_one_place_is_completed(theme: Theme, show: Show) -> None:
    field = MunicipalityInput(theme, PLACES)
    show(field)
    field.city.setFocus()
    play(field.city.editor, [("せたが", ""), ("", "せたが")])
    field.city.editor.clearFocus()
    field._leave()
    assert field.value() == "13112"
    assert (field.prefecture.value(), field.city.editor.text()) == ("東京都", "世田谷区")


def test_place_that_is_unknown_is_told_and_kept(theme: Theme, show: Show) -> None:
    field = MunicipalityInput(theme, PLACES)
    show(field)
    field.city.setFocus()
    play(field.city.editor, [("", "架空市")])
    field._leave()
    assert field.value() == "架空市"
    assert "一覧から" in field.error()


def test_another_prefecture_takes_the_old_place_away(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = MunicipalityInput(theme, PLACES)
    show(field)
    field.set_value("13113")
    index = field.prefecture.combo.findData("神奈川県")
    field.prefecture.combo.setCurrentIndex(index)
    field.prefecture.combo.activated.emit(index)
    assert field.value() is None
    assert [option.label for option in field.city.matches("")] == ["横浜市"]


def test_code_of_a_merged_municipality_is_kept_and_named(theme: Theme, show: Show) -> None:
    field = MunicipalityInput(theme, PLACES)
    show(field)
    field.set_value("08506")
    assert field.value() == "08506"
    assert not field.validate()
    assert "今の一覧にありません" in field.error()


def test_family_rows_come_and_go(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = FamilyInput(theme, relations=RELATIONS, life=LIFE, only_one_of=("father", "mother"))
    ground = show(field)
    heard: list[object] = []
    field.committed.connect(heard.append)
    field.add_buttons["father"].click()
    assert field.value() == ("father/",), "an answer half given is not lost"
    assert ground.focusWidget() is field.rows[0].life.radios["alive"]
    assert not field.add_buttons["father"].isEnabled()
    field.rows[0].life.radios["alive"].click()
    for _ in range(2):
        field.add_buttons["elder_sister"].click()
        field.rows[-1].life.radios["deceased"].click()
    assert field.value() == ("father/alive", "elder_sister/deceased", "elder_sister/deceased")
    field.rows[0].remove_button.click()
    assert heard[-1] == ("elder_sister/deceased", "elder_sister/deceased")
    assert field.add_buttons["father"].isEnabled()
    field.set_value(None)
    assert (field.value(), field.rows) == (None, [])


def test_family_round_trip_keeps_the_order(theme: Theme, show: Show) -> None:
    field = FamilyInput(theme, relations=RELATIONS, life=LIFE)
    show(field)
    value = ("mother/deceased", "father/alive", "elder_sister/alive")
    field.set_value(value)
    assert field.value() == value


def test_wish_words_wait_while_it_does_not_matter(qtbot: QtBot, theme: Theme, show: Show) -> None:
    field = WishInput(theme, WEIGHTS, no_matter="any", if_only_words="prefer")
    ground = show(field)
    assert field.value() is None
    field.weight.radios["must"].click()
    assert ground.focusWidget() is field.words.editor
    play(field.words.editor, [("", "同じ市内")])
    assert field.value() == ("must", "同じ市内")
    field.weight.radios["any"].click()
    assert field.value() == ("any", "")
    assert not field.words.isEnabled()
    field.weight.radios["prefer"].click()
    assert field.value() == ("prefer", "同じ市内")


def test_wish_written_without_a_weight_is_a_wish(theme: Theme, show: Show) -> None:
    field = WishInput(theme, WEIGHTS, no_matter="any", if_only_words="prefer")
    show(field)
    field.words.setFocus()
    play(field.words.editor, [("", "同世代")])
    assert field.value() == ("prefer", "同世代")
    assert field.weight.value() == "prefer"
