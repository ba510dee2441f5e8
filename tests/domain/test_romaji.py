"""Whatever book a name is spelt by, the scan hears the same name."""

from __future__ import annotations

import re
import unicodedata

import pytest

from nakodo_desktop.domain.leak_romaji import kana_skeleton, skeleton
from tests.domain.romaji_spellings import readings, spellings

NAMES = [
    "みほん", "かくう", "おためし", "おおの", "おの", "さとう", "すずき", "しんいちろう", "じゅんいち",
    "ちづる", "つじ", "ほんま", "なんば", "かんべ", "はっとり", "べっぷ", "いっちょう", "ふじわら",
    "しょうへい", "きょうこ", "ゆうき", "ゆうすけ", "りょうた", "けんいち", "しんや", "てづか", "みちこ",
    "じろう", "ちあき", "ひゅうが", "みやざき", "こんの", "かなえ", "いおり", "そうた",
]  # fmt: skip


def letters(spelt: str) -> str:
    bare = "".join(char for char in unicodedata.normalize("NFD", spelt) if not unicodedata.combining(char))
    return re.sub("[^a-z]", "", bare)


@pytest.mark.parametrize("kana", NAMES)
def test_every_spelling_sounds_the_same(kana: str) -> None:
    assert {skeleton(letters(spelt)) for spelt in readings(kana)} == {kana_skeleton(kana)}


@pytest.mark.parametrize(
    ("kana", "known"),
    [
        ("おおの", {"oono", "ohno", "ono", "ōno"}),
        ("なんば", {"nanba", "namba"}),
        ("いっちょう", {"itchou", "ittyou", "itcho"}),
        ("てづか", {"tezuka", "teduka"}),
        ("しんいちろう", {"shinichiro", "sinitirou", "shin'ichiroh"}),
        ("じゅんいち", {"junichi", "zyuniti", "jun'ichi"}),
    ],
)
def test_the_books_are_followed(kana: str, known: set[str]) -> None:
    assert known <= readings(kana)


def test_a_whole_name_comes_in_both_orders() -> None:
    assert {"mihontaro", "tarohmihon"} <= spellings("みほん", "たろう")
    assert {skeleton(letters(spelt)) for spelt in spellings("みほん", "じろう")} == {
        skeleton("mihonziro"),
        skeleton("ziromihon"),
    }
