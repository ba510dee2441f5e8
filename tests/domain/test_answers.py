"""Answers as JSON, from files and in words."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given

from nakodo_desktop.domain.answers import (
    describe,
    family_pairs,
    from_json,
    from_plain,
    has_right_type,
    read_answer,
    to_json,
    to_plain,
)
from nakodo_desktop.domain.catalog import FIELDS
from nakodo_desktop.domain.values import Trouble, Value
from tests import factory
from tests.domain import said


@given(said.answers())
def test_answers_come_back_from_json_as_they_went(answers: dict[str, Value]) -> None:
    assert from_json(to_json(answers)) == answers


@pytest.mark.parametrize("key", ["hobbies", "birth_date", "family_name"])
@given(text=said.ANYTHING)
def test_a_draft_keeps_every_character_that_can_be_typed(key: str, text: str) -> None:
    kept = to_json({key: f"{text}…"})
    assert kept.isascii()
    assert from_json(kept) == {key: f"{text}…"}


def test_json_is_canonical_and_leaves_out_what_was_not_answered() -> None:
    forward = {"sex": "male", "height_cm": 172, "birth_date": date(1987, 3, 14), "phone": None}
    backward = dict(reversed(forward.items()))
    assert to_json(forward) == to_json(backward) == '{"birth_date":"1987-03-14","height_cm":172,"sex":"male"}'
    assert from_json(to_json(forward)) == {key: value for key, value in forward.items() if value is not None}


def test_a_field_that_no_longer_exists_is_dropped() -> None:
    assert from_json('{"blood_type":"A","sex":"male"}') == {"sex": "male"}


def test_a_date_that_was_not_read_stays_as_it_was_typed() -> None:
    assert from_json('{"birth_date":"S64.1.8"}') == {"birth_date": "S64.1.8"}


@pytest.mark.parametrize(("key", "raw"), [("family_members", "father/alive"), ("hobbies", ["a"]), ("sex", 1.5)])
def test_json_of_another_shape_is_a_bug_and_told(key: str, raw: object) -> None:
    with pytest.raises(TypeError, match=key):
        from_plain(FIELDS[key], raw)


@given(said.answers())
def test_every_answer_has_the_type_of_its_kind(answers: dict[str, Value]) -> None:
    assert all(has_right_type(FIELDS[key], value) for key, value in answers.items())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("height_cm", True),  # True is an int to Python, not to a form
        ("height_cm", "172"),
        ("purpose_shown", 1),
        ("birth_date", "1987-03-14"),
        ("family_members", "father/alive"),
        ("family_members", ["father/alive"]),
        ("hobbies", 5),
        ("sex", ("male",)),
    ],
)
def test_a_value_of_another_type_is_told_apart(key: str, value: object) -> None:
    assert not has_right_type(FIELDS[key], value)  # type: ignore[arg-type]  # that is the point


# --- from a file


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("birth_date", "昭和62年3月14日", date(1987, 3, 14)),
        ("birth_date", "S62.3.14", date(1987, 3, 14)),
        ("birth_date", "1987-03-14", date(1987, 3, 14)),
        ("height_cm", 172, 172),
        ("height_cm", "１７２", 172),
        ("sex", "男性", "male"),
        ("sex", "male", "male"),
        ("phone", "０９０１２３４５６７８", "090-1234-5678"),
        ("postal_code", "〒1540017", "154-0017"),
        ("email", "ｔａｒｏ@example.jp", "taro@example.jp"),
        ("purpose_shown", True, True),
        ("family_members", ["father/alive"], ("father/alive",)),
        ("wish_age", ["prefer", "同世代"], ("prefer", "同世代")),
        ("family_name", "髙﨑", "髙﨑"),
        ("hobbies", "一行目\n二行目", "一行目\n二行目"),
        ("hobbies", "", None),
        ("hobbies", None, None),
    ],
)
def test_what_somebody_else_wrote_is_read(key: str, raw: object, value: Value) -> None:
    assert read_answer(FIELDS[key], raw) == value


@pytest.mark.parametrize(
    ("key", "raw", "words"),
    [
        ("birth_date", "2001/2/30", "1日から28日まで"),
        ("birth_date", "S64.1.8", "平成元年1月8日"),
        ("birth_date", 19870314, "文字で"),
        ("height_cm", "172.5", "整数"),
        ("height_cm", True, "文字で"),
        ("height_cm", 172.5, "文字で"),
        ("sex", "その他", "女性・男性"),
        ("phone", "12345", "市外局番"),
        ("purpose_shown", "はい", "true か false"),
        ("purpose_shown", 1, "true か false"),
        ("family_members", "father/alive", "father/alive"),
        ("wish_age", ["prefer", 1], "同世代"),
        ("hobbies", ["登山"], "文字で"),
    ],
)
def test_what_cannot_be_read_is_told_with_a_way_out(key: str, raw: object, words: str) -> None:
    trouble = read_answer(FIELDS[key], raw)
    assert isinstance(trouble, Trouble)
    assert words in trouble.message


@given(said.answers())
def test_what_we_write_we_can_read(answers: dict[str, Value]) -> None:
    for key, value in answers.items():
        read = read_answer(FIELDS[key], json.loads(json.dumps(to_plain(value))))
        assert read == (value or None if isinstance(value, str) else value)


# --- in words


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("birth_date", date(1987, 3, 14), "昭和62年3月14日"),
        ("annual_income_man_yen", 1200, "1,200万円"),
        ("sex", "male", "男性"),
        ("purpose_shown", True, "はい"),
        ("purpose_shown", False, "いいえ"),
        ("family_members", ("father/alive", "younger_sister/deceased"), "父（存命）、妹（逝去）"),
        ("wish_age", ("must", "同世代"), "必須：同世代"),
        ("wish_age", ("any", ""), "不問"),
        ("municipality", "13112", "<13112>"),
        ("family_name", "<b>髙﨑</b>", "<b>髙﨑</b>"),
        ("hobbies", None, ""),
        ("hobbies", "", ""),
        ("family_members", (), ""),
    ],
)
def test_an_answer_in_words(key: str, value: Value, words: str) -> None:
    assert describe(FIELDS[key], value, lambda code: f"<{code}>") == words


def test_every_answer_of_an_interview_has_words() -> None:
    assert all(describe(FIELDS[key], value) for key, value in factory.answers().items())


def test_a_family_is_pairs() -> None:
    assert family_pairs(("father/alive", "mother")) == (("father", "alive"), ("mother", ""))
