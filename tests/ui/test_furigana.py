"""The reading follows the IME, stays the operator's once touched, and asks to be checked when it cannot be right."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from nakodo_desktop.ui.furigana import FuriganaTracker, is_plausible
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.line_inputs import JaLineEdit, KanaLineEdit
from tests.ui import imekit
from tests.ui.conftest import Show
from tests.ui.imekit import Recording, play


@dataclass
class Pair:
    name: JaLineEdit
    kana: KanaLineEdit

    @property
    def read(self) -> tuple[str, str]:
        return self.name.editor.text(), self.kana.editor.text()

    @property
    def please_check(self) -> bool:
        return self.kana.notice()[1]


@pytest.fixture
def pair(theme: Theme, show: Show) -> Pair:
    name, kana = JaLineEdit(theme), KanaLineEdit(theme)
    FuriganaTracker(name, kana)
    show(name, kana)
    name.setFocus()
    return Pair(name, kana)


@pytest.mark.parametrize(
    ("recording", "text", "reading"),
    [
        (imekit.YAMADA, "山田", "やまだ"),
        (imekit.TWO_CLAUSES, "山田華子", "やまだはなこ"),
        (imekit.ESCAPED_AND_RETYPED, "山根", "やまね"),
        (imekit.F7_KATAKANA, "スミス", "すみす"),
        (imekit.F8_HALF_WIDTH, "ｽﾐｽ", "すみす"),
        (imekit.WINDOWS_ONE_EVENT, "鈴木一郎", "すずきいちろう"),
        (imekit.CLICKED_ELSEWHERE, "やまだ", "やまだ"),
        (imekit.CANCELLED, "", ""),
    ],
)
def test_reading_of_a_recording(pair: Pair, recording: Recording, text: str, reading: str) -> None:
    play(pair.name.editor, recording)
    assert pair.read == (text, reading)
    assert not pair.please_check


def test_latin_letters_have_no_reading(pair: Pair) -> None:
    play(pair.name.editor, [("ｋ", ""), ("", "k")])
    assert pair.read == ("k", "")


def test_early_prediction_is_marked_to_be_checked(pair: Pair) -> None:
    play(pair.name.editor, [("わ", ""), ("綿貫", ""), ("", "綿貫")])
    assert pair.read == ("綿貫", "わ")
    assert pair.please_check


def test_live_conversion_of_macos_is_marked_or_complete(pair: Pair) -> None:
    play(pair.name.editor, [("た", ""), ("高", ""), ("高橋", ""), ("", "高橋")])
    assert pair.read == ("高橋", "た")
    assert pair.please_check


def test_typing_on_appends(pair: Pair) -> None:
    play(pair.name.editor, [("すずき", ""), ("鈴木", ""), ("", "鈴木")])
    play(pair.name.editor, [("いちろう", ""), ("一郎", ""), ("", "一郎")])
    assert pair.read == ("鈴木一郎", "すずきいちろう")


def test_deleting_the_last_commit_takes_its_reading_back(pair: Pair) -> None:
    play(pair.name.editor, imekit.WINDOWS_ONE_EVENT)
    pair.name.editor.backspace()
    pair.name.editor.backspace()
    assert pair.read == ("鈴木", "すずき")


def test_deleting_half_a_commit_asks_to_check(pair: Pair) -> None:
    play(pair.name.editor, imekit.WINDOWS_ONE_EVENT)
    pair.name.editor.backspace()
    assert pair.name.editor.text() == "鈴木一"
    assert pair.please_check


def test_emptied_name_empties_the_reading(pair: Pair) -> None:
    play(pair.name.editor, imekit.YAMADA)
    pair.name.editor.backspace()
    pair.name.editor.backspace()
    assert pair.read == ("", "")
    play(pair.name.editor, imekit.ESCAPED_AND_RETYPED)
    assert pair.read == ("山根", "やまね")


def test_reading_made_by_hand_is_left_alone(pair: Pair) -> None:
    play(pair.name.editor, [("なかじま", ""), ("中島", ""), ("", "中島")])
    pair.kana.editor.selectAll()
    play(pair.kana.editor, [("なかしま", ""), ("", "なかしま")])
    play(pair.name.editor, [("はな", ""), ("花", ""), ("", "花")])
    assert pair.read == ("中島花", "なかしま")
    assert pair.please_check, "the name went on after the reading was settled"


def test_reading_emptied_by_hand_is_filled_again(pair: Pair) -> None:
    play(pair.name.editor, imekit.YAMADA)
    pair.kana.editor.selectAll()
    pair.kana.editor.backspace()
    pair.name.editor.selectAll()
    play(pair.name.editor, imekit.ESCAPED_AND_RETYPED)
    assert pair.read == ("山根", "やまね")


def test_another_name_after_emptying_replaces_a_reading_made_by_hand(pair: Pair) -> None:
    play(pair.name.editor, [("なかじま", ""), ("中島", ""), ("", "中島")])
    pair.kana.editor.selectAll()
    play(pair.kana.editor, [("なかしま", ""), ("", "なかしま")])
    pair.name.editor.clear()
    play(pair.name.editor, imekit.YAMADA)
    assert pair.read == ("山田", "やまだ")


def test_stored_answers_are_not_touched(pair: Pair) -> None:
    changes: list[str] = []
    pair.kana.changed.connect(lambda: changes.append("changed"))
    pair.name.set_value("東海林")
    pair.kana.set_value("しょうじ")
    assert pair.read == ("東海林", "しょうじ")
    assert changes == []
    play(pair.name.editor, [("の", ""), ("野", ""), ("", "野")])
    assert pair.kana.editor.text() == "しょうじ"
    assert pair.please_check


def test_auto_reading_is_an_answer_like_any_other(pair: Pair) -> None:
    changes: list[str] = []
    pair.kana.changed.connect(lambda: changes.append(pair.kana.text()))
    play(pair.name.editor, imekit.YAMADA)
    assert changes == ["やまだ"]


@pytest.mark.parametrize("name", ["五十嵐 いがらし", "服部 はっとり", "一 にのまえ", "佐々木 ささき", "あゆみ あゆみ"])
def test_real_readings_are_plausible(name: str) -> None:
    assert is_plausible(*name.split())


@pytest.mark.parametrize(
    ("name", "reading"), [("綿貫", "わ"), ("山", "やまもとたろう"), ("山田", ""), ("あき子", "あき")]
)
def test_readings_too_short_or_long_are_not(name: str, reading: str) -> None:
    assert not is_plausible(name, reading)
