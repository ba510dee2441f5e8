"""Pseudonyms share nothing with the legal name and are never given twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nakodo_desktop.domain.pseudonym import LegalName, generate, pseudonym_trouble
from nakodo_desktop.domain.values import Trouble

NAME = LegalName(
    family_name="見本", given_name="花子", family_kana="みほん", given_kana="はなこ", nicknames=("はなちゃん",)
)


def first(count: int) -> int:
    return 0


@pytest.mark.parametrize(
    ("pseudonym", "why"),
    [
        ("みほん", "本名"),
        ("ミホンさ", "本名"),
        ("はなこ", "本名"),
        ("ホンダ", "並び"),
        ("なこみ", "並び"),
        ("みどり", "頭文字"),
        ("ひかり", "頭文字"),
        ("むつき", "頭文字"),
        ("花子", "ひらがな"),
        ("そ", "文字"),
        ("", "ひらがな"),
    ],
)
def test_pseudonym_that_hints_at_the_name_is_refused(pseudonym: str, why: str):
    trouble = pseudonym_trouble(pseudonym, NAME, taken=())
    assert trouble is not None
    assert why in trouble.message


def test_unrelated_pseudonym_stands_in_either_script():
    assert pseudonym_trouble("そらの", NAME, taken=()) is None
    assert pseudonym_trouble("ソラノ", NAME, taken=()) is None


def test_pseudonym_of_another_member_is_refused_in_either_script():
    assert pseudonym_trouble("ソラノ", NAME, taken=("そらの",)) is not None


def test_the_same_choices_give_the_same_pseudonym():
    assert generate(NAME, taken=(), pick=first) == generate(NAME, taken=(), pick=first)


def test_every_choice_gives_a_pseudonym_without_trouble():
    sizes: list[int] = []
    generate(NAME, taken=(), pick=lambda count: sizes.append(count) or 0)
    for choice in range(0, sizes[0], 7):
        made = generate(NAME, taken=(), pick=lambda count, choice=choice: choice)
        assert isinstance(made, str)
        assert pseudonym_trouble(made, NAME, taken=()) is None


def test_a_whole_office_gets_different_pseudonyms():
    taken: list[str] = []
    for i in range(300):
        made = generate(NAME, taken=taken, pick=lambda count, i=i: i * 7919 % count)
        assert isinstance(made, str)
        taken.append(made)
    assert len(set(taken)) == 300


def test_running_out_is_said_not_repeated():
    every_kana = tuple("あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん")
    made = generate(replace(NAME, nicknames=every_kana), taken=(), pick=first)
    assert isinstance(made, Trouble)


@settings(max_examples=60)
@given(
    family=st.text("あかさたなはまやらわんいきしちにひみりうくすつぬふむゆる", min_size=1, max_size=5),
    first_name=st.text("あかさたなはまやらわんいきしちにひみりうくすつぬふむゆる", min_size=1, max_size=5),
    choice=st.integers(0, 10**6),
)
def test_no_reading_of_anybody_shines_through(family: str, first_name: str, choice: int):
    name = LegalName(family_name="仮", given_name="名", family_kana=family, given_kana=first_name)
    made = generate(name, taken=(), pick=lambda count: choice % count)
    assert isinstance(made, str)
    for reading in (family, first_name):
        assert made[0] != reading[0]
        assert not any(made[i : i + 2] in reading for i in range(len(made) - 1))
