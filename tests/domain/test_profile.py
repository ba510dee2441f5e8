"""Which answers may be kept. One text rule, one number rule, one date rule: asked here through the catalogue."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given

from nakodo_desktop.domain.catalog import FIELDS
from nakodo_desktop.domain.fields import Field, Kind
from nakodo_desktop.domain.japanese import parse_date
from nakodo_desktop.domain.profile import MOST_FAMILY, check
from nakodo_desktop.domain.values import Answers, Problem, Trouble, Value
from tests import factory
from tests.domain import said
from tests.factory import TODAY

PLACES = {"13112", "14100", "01100"}


def problems(answers: Answers) -> tuple[Problem, ...]:
    return check(answers, today=TODAY, knows_municipality=PLACES.__contains__)


def message(key: str, value: object) -> str:
    """What is said of this one answer; empty when it may stand."""
    found = problems({key: value})  # type: ignore[dict-item]  # wrong types are asked about, too
    assert {problem.field_key for problem in found} <= {key}
    return "".join(problem.message for problem in found)


def test_a_whole_interview_may_stand() -> None:
    assert problems(factory.answers()) == ()


@given(said.answers())
def test_answers_of_their_kind_may_stand_or_are_told_by_key(answers: dict[str, Value]) -> None:
    for problem in problems(answers):
        assert problem.field_key in answers
        assert problem.message.endswith(("。", "）"))


def test_what_was_not_answered_is_no_problem() -> None:
    assert problems(dict.fromkeys(FIELDS)) == ()


def test_problems_come_in_the_order_of_the_catalogue_and_unknown_keys_last() -> None:
    found = problems({"blood_type": "A", "weight_kg": 1, "family_name": "a\tb", "phone": "1"})
    assert [problem.field_key for problem in found] == ["family_name", "phone", "weight_kg", "blood_type"]
    assert found[-1].message == "この項目はありません。"


# --- names and texts


@pytest.mark.parametrize(
    "name",
    [
        "髙﨑𠮷",
        "𣘺",
        "邊\U000e0101",  # IVS
        "葛\U000e0100",
        "見本😊",
        "<b>太字</b>",
        "<img src=x onerror=alert(1)>",
        "&amp;{0}%s",
        "𰻞",
        "Müller",
        "名" * 60,
    ],
)
def test_a_name_may_hold_every_letter_people_have(name: str) -> None:
    assert message("family_name", name) == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("名" * 300, "60文字までです（いま300文字）"),
        ("見本\n太郎", "3文字目に改行かタブ"),
        ("見本\x00", "U+0000 NUL"),
        ("見本\x1b[2J", "U+001B"),
        ("見本\u202e太郎", "U+202E 右から左への強制"),
        ("見\u200b本", "U+200B"),
        ("👨\u200d👩", "U+200D"),
        ("見本\ud83d", "壊れた文字"),
        ("見本\ufffd", "文字化け"),
        ("見本\ue000", "外字"),
    ],
)
def test_a_character_nobody_can_see_or_print_is_told_with_its_place(name: str, words: str) -> None:
    assert words in message("family_name", name)


def test_a_note_may_have_lines_and_tabs() -> None:
    assert message("contact_note", "一行目\r\n\t二行目\n") == ""


@pytest.mark.parametrize("field", [f for f in FIELDS.values() if f.kind in (Kind.TEXT, Kind.NOTE)], ids=lambda f: f.key)
def test_every_text_has_its_length(field: Field) -> None:
    key, most = field.key, field.max_chars
    assert message(key, "あ" * most) == ""
    assert f"{most:,}文字まで" in message(key, "あ" * (most + 1))


# --- readings, contact, choices


@pytest.mark.parametrize("reading", ["みほん", "ミホン", "ﾐﾎﾝ", "たかはし　みほん", "じょーじ", "まりあ・てれさ"])
def test_a_reading_is_kana_of_either_script(reading: str) -> None:
    assert message("family_kana", reading) == ""


@pytest.mark.parametrize(
    ("reading", "words"), [("見本", "「見」"), ("mihon", "「m」"), ("ーみ", "最初に「ー」"), (" ", "入力")]
)
def test_anything_else_is_no_reading(reading: str, words: str) -> None:
    assert words in message("family_kana", reading)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("phone", "12345", "市外局番"),
        ("phone", "090-1234-567", "足りません"),
        ("postal_code", "154-001", "足りません"),
        ("email", "taro.example.jp", "「@」が1つ"),
        ("email", "taro@example", "途中"),
        ("sex", "other", "選び直して"),
        ("sex", "", "選び直して"),
        ("municipality", "99999", "市区町村を選んで"),
        ("municipality", "", "市区町村を選んで"),
    ],
)
def test_what_cannot_be_used_is_told_with_a_way_out(key: str, value: str, words: str) -> None:
    assert words in message(key, value)


@pytest.mark.parametrize(("key", "value"), [("phone", "０９０－１２３４－５６７８"), ("email", "ｔａｒｏ@example.jp")])
def test_the_width_of_a_number_or_address_does_not_matter(key: str, value: str) -> None:
    assert message(key, value) == ""


# --- numbers


@pytest.mark.parametrize("field", [f for f in FIELDS.values() if f.kind is Kind.INT], ids=lambda f: f.key)
def test_a_number_has_both_its_bounds(field: Field) -> None:
    key, low, high = field.key, field.minimum, field.maximum
    assert low is not None
    assert high is not None
    assert message(key, low) == message(key, high) == ""
    for outside in (low - 1, high + 1, -(10**30), 10**30):
        assert f"{low:,}〜{high:,}{field.unit}の間" in message(key, outside)


# --- dates


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2/30", "年から入力"),
        ("2001/2/30", "1日から28日まで"),
        ("H13.2.30", "1日から28日まで"),
        ("S64.1.8", "この日は平成元年1月8日です"),
        ("62.3.14", "元号か西暦か分かりません"),
    ],
)
def test_a_birthday_that_never_was_is_told_as_such(typed: str, words: str) -> None:
    """The parser says it where it is typed; a draft keeps what was typed, the check refuses it in the same words."""
    trouble = parse_date(typed)
    assert isinstance(trouble, Trouble)
    assert words in trouble.message
    assert message("birth_date", typed) == trouble.message


def birthday(years: int, *, days: int = 0) -> date:
    return TODAY.replace(year=TODAY.year - years) + timedelta(days=days)


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (TODAY + timedelta(days=1), "今日より後"),
        (birthday(18, days=1), "17歳です。18歳未満"),
        (TODAY, "0歳です。18歳未満"),
        (birthday(122), "122歳になります。元号"),
        (birthday(18), ""),
        (birthday(120), ""),
    ],
)
def test_who_is_too_young_too_old_or_not_yet_born_is_told(born: date, words: str) -> None:
    found = message("birth_date", born)
    assert words in found
    assert bool(found) == bool(words)


def test_one_born_on_the_29th_of_february_comes_of_age_on_the_first_of_march() -> None:
    """年齢計算ニ関スル法律, 民法143条2項; 2026 has no such day."""
    answers = {"birth_date": date(2008, 2, 29)}
    for day, is_problem in ((date(2026, 2, 28), True), (date(2026, 3, 1), False)):
        assert bool(check(answers, today=day, knows_municipality=PLACES.__contains__)) == is_problem


@pytest.mark.parametrize("key", [f.key for f in FIELDS.values() if f.kind is Kind.DATE])
def test_nothing_was_seen_or_said_tomorrow(key: str) -> None:
    assert "今日より後" in message(key, TODAY + timedelta(days=1))


# --- family and wishes


@pytest.mark.parametrize(
    ("family", "words"),
    [
        (("father/alive", "mother/deceased"), ""),
        (("elder_brother/alive",) * 3, ""),
        (("younger_sister/alive",) * MOST_FAMILY, ""),
        (("younger_sister/alive",) * (MOST_FAMILY + 1), "20人まで"),
        (("father/alive", "father/deceased"), "お一人ずつ"),
        (("mother/alive", "mother/alive"), "お一人ずつ"),
        (("grandmother/alive",), "続柄と"),
        (("father/unknown",), "続柄と"),
        (("father",), "続柄と"),
        (("father/alive/tokyo",), "続柄と"),
        (("",), "続柄と"),
    ],
)
def test_a_family_is_relations_alive_or_not(family: tuple[str, ...], words: str) -> None:
    found = message("family_members", family)
    assert words in found
    assert bool(found) == bool(words)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (("any", ""), ""),
        (("any", "どなたでも"), ""),
        (("must", "吸わない方"), ""),
        (("must", ""), "言葉で"),
        (("prefer", " 　"), "言葉で"),
        (("never", "x"), "必須・希望・不問"),
        (("must",), "必須・希望・不問"),
        (("must", "a", "b"), "必須・希望・不問"),
        ((), "必須・希望・不問"),
        (("must", "あ" * 101), "100文字まで"),
        (("must", "a\nb"), "1行で"),
        (("must", "旅券 TK1234567"), "旅券の番号"),
    ],
)
def test_a_wish_is_a_weight_and_words(wish: tuple[str, ...], words: str) -> None:
    found = message("wish_age", wish)
    assert words in found
    assert bool(found) == bool(words)


@pytest.mark.parametrize(
    ("key", "value"), [("height_cm", "172"), ("height_cm", True), ("birth_date", 19870314), ("hobbies", 5), ("sex", 1)]
)
def test_a_value_of_another_type_is_a_problem_not_a_crash(key: str, value: object) -> None:
    assert "入力し直して" in message(key, value)
