"""Folding for comparison: what becomes equal, where each character came from, and what the shadow promises."""

from __future__ import annotations

import unicodedata

import jaconv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakodo_desktop.domain.leak_fold import fold, views
from nakodo_desktop.domain.leak_romaji import kana_skeleton, skeleton
from nakodo_desktop.domain.leak_shadow import lean, shadow

JAPANESE = st.text(
    st.one_of(
        st.characters(min_codepoint=0x3041, max_codepoint=0x30FE),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x4FFF),
        st.characters(min_codepoint=0xFF01, max_codepoint=0xFF9F),
        st.sampled_from("髙﨑邉々 -・、。aZ09①㈱\u3099\u309a\u0304"),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("ﾀｶﾊｼ", "たかはし"),
        ("タ カ・ハ-シ", "たかはし"),
        ("髙橋", "高橋"),
        ("渡邉", "渡辺"),
        ("齋藤", "斎藤"),
        ("佐佐木", "佐々木"),
        ("佐・々・木", "佐々木"),
        ("ｶﾞｷﾞ", "がぎ"),
        ("か゛", "が"),
        ("か\u3099", "が"),
        ("ＡＢｃ１", "abc1"),
        ("Tarō", "taro"),
        ("葛\U000e0100城", "葛城"),
        ("しょうこ", "しようこ"),
        ("㈱見本", "(株)見本"),
        ("𠮷田", "吉田"),
    ],
)
def test_writings_of_one_word_fold_to_one(written: str, plain: str):
    assert fold(written) == fold(plain)


@given(JAPANESE)
def test_positions_and_folding_without_positions_agree(text: str):
    seen = views(text)
    assert seen.squeezed.text == fold(text)
    for view in (seen.plain, seen.squeezed):
        assert len(view.text) == len(view.starts) == len(view.ends)
        assert all(0 <= start < end <= len(text) for start, end in zip(view.starts, view.ends, strict=True))
        assert list(view.starts) == sorted(view.starts)


@given(JAPANESE)
def test_width_and_script_fold_away(text: str):
    calm = unicodedata.normalize("NFKC", text)
    assert fold(jaconv.hira2kata(calm)) == fold(calm)
    assert fold(unicodedata.normalize("NFD", calm)) == fold(calm)


@given(JAPANESE, JAPANESE)
def test_what_is_in_the_folded_text_is_in_its_shadow(text: str, word: str):
    needle = fold(word)
    held = f"{text}。{word}。{text}"
    plain = lean(held)
    if needle and plain is not None and needle in fold(held):
        assert shadow(needle) in shadow(plain)


SPELLINGS = {
    "しんいちろう": "shinichiro sinitiro shinichirou sin'itiro shinichiroh",
    "おおの": "ono ohno oono",
    "さとう": "sato satoh satou",
    "じゅん": "jun zyun jyun",
    "ちづる": "chizuru tizuru chiduru",
    "なんば": "namba nanba",
    "ふじつ": "fujitsu huzitu",
    "しょうこ": "shoko syoko shouko shohko",
    "はっとり": "hattori",
    "まっちゃ": "matcha maccha mattya",
    "おおはら": "ohara oohara",
    "きょうへい": "kyohei kyouhei",
    "けいいち": "keiichi keiiti",
}


@pytest.mark.parametrize(
    ("kana", "spelling"), [(kana, word) for kana, words in SPELLINGS.items() for word in words.split()]
)
def test_every_spelling_has_the_skeleton_of_the_reading(kana: str, spelling: str):
    assert skeleton(fold(spelling)) == kana_skeleton(kana)


def test_different_readings_have_different_skeletons():
    kana = ("さとう", "さいとう", "いとう", "かとう", "ことう", "たかはし", "たかやま", "ゆうこ", "ようこ", "りょうこ")
    assert len({kana_skeleton(reading) for reading in kana}) == len(kana)


def test_a_name_that_is_not_kana_has_no_skeleton():
    assert kana_skeleton("佐藤") == ""
