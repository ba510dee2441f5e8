"""What a member does not want to be found by, as a matchmaker writes it down."""

from __future__ import annotations

import pytest

from nakodo_desktop.domain.leak_scan import LeakKind, index_own, scan
from nakodo_desktop.domain.pseudonym import pseudonym_trouble
from nakodo_desktop.domain.unwanted_words import UnwantedWords, sorted_words
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.services.site_drafts import legal_name, own_facts

ANSWER = "あだ名 はなちゃん、妹の花代、見本駅、茶道教室みほん"


def test_words_are_told_apart_by_what_is_written_before_and_after_them():
    assert sorted_words(ANSWER) == UnwantedWords(
        nicknames=("はなちゃん",), relatives=("花代",), stations=("見本駅",), others=("茶道教室みほん",)
    )


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("", UnwantedWords()),
        (" 、，／ ", UnwantedWords()),
        ("あだ名は「はなちゃん」", UnwantedWords(nicknames=("はなちゃん",))),
        ("ニックネーム：ハナ／愛称：ハナ", UnwantedWords(nicknames=("ハナ",))),
        ("母の名前は例子", UnwantedWords(relatives=("例子",))),
        ("最寄り駅：見本", UnwantedWords(stations=("見本",))),
        ("妹尾商店", UnwantedWords(others=("妹尾商店",))),
        ("母子草の会", UnwantedWords(others=("母子草の会",))),
    ],
)
def test_other_ways_to_write_them(answer: str, expected: UnwantedWords):
    assert sorted_words(answer) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("友人からははなちゃんと呼ばれます。", LeakKind.NICKNAME),
        ("ハナチャンの愛称で親しまれています。", LeakKind.NICKNAME),
        ("花代とは仲良しです。", LeakKind.RELATIVE),
        ("見本駅のカフェによく行きます。", LeakKind.STATION),
        ("見本から徒歩5分です。", LeakKind.STATION),
        ("週末は茶道教室みほん通いです。", LeakKind.UNWANTED),
        ("茶道教室・ミホンが好きです。", LeakKind.UNWANTED),
    ],
)
def test_what_was_named_stops_the_text(text: str, kind: LeakKind):
    found = scan(text, index_own(own_facts({"unwanted_words": ANSWER}, None)))
    assert [one.kind for one in found] == [kind]
    assert found[0].blocks


@pytest.mark.parametrize("text", ["見本市へ出かけます。", "茶道を習っています。", "花を育てています。"])
def test_a_text_without_them_is_left_alone(text: str):
    assert scan(text, index_own(own_facts({"unwanted_words": ANSWER}, None))) == ()


def test_a_pseudonym_is_none_of_them():
    answers: Answers = {"unwanted_words": ANSWER}
    trouble = pseudonym_trouble("はなちゃん", legal_name(answers), taken=())
    assert trouble is not None
