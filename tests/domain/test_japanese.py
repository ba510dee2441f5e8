"""Numbers, contacts, kana and search keys as operators type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakodo_desktop.domain.japanese import (
    digits_key,
    kana_trouble,
    parse_email,
    parse_int,
    parse_phone,
    parse_postal_code,
    search_key,
    to_hiragana,
    to_katakana,
)
from nakodo_desktop.domain.kanji_variants import COMMON_FORM
from nakodo_desktop.domain.values import Trouble

HIRAGANA = st.text(alphabet="".join(map(chr, range(0x3041, 0x3097))) + "ー・", min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("170", 170),
        ("１７０", 170),
        (" 5,000,000 ", 5_000_000),
        ("５，０００", 5000),
        ("-3", -3),
        ("−3", -3),
        ("007", 7),
    ],
)
def test_whole_numbers_of_any_width_are_read(text: str, number: int) -> None:
    assert parse_int(text) == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "入力してください"),
        ("170cm", "数字だけ"),
        ("170.5", "整数"),
        ("5,00", "数字だけ"),
        ("百七十", "数字だけ"),
        ("1" * 5000, "桁数"),
        ("٣", "数字だけ"),
    ],
)
def test_what_is_no_whole_number_is_told(text: str, words: str) -> None:
    answer = parse_int(text)
    assert isinstance(answer, Trouble)
    assert words in answer.message


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("09012345678", "090-1234-5678"),
        ("０９０－１２３４－５６７８", "090-1234-5678"),
        ("090 1234 5678", "090-1234-5678"),
        ("090ー1234ー5678", "090-1234-5678"),
        ("+81 90-1234-5678", "090-1234-5678"),
        ("+81(0)9012345678", "090-1234-5678"),
        ("05012345678", "050-1234-5678"),
        ("06012345678", "060-1234-5678"),
        ("0312345678", "03-1234-5678"),
        ("(03)1234-5678", "03-1234-5678"),
        ("0612345678", "06-1234-5678"),
        ("0112345678", "011-234-5678"),
        ("0452345678", "045-234-5678"),
        ("0422523456", "0422-52-3456"),
        ("0471234567", "04-7123-4567"),
        ("0463212345", "0463-21-2345"),
        ("0499221234", "04992-2-1234"),
        ("0120345678", "0120-345-678"),
        ("08001234567", "0800-123-4567"),
    ],
)
def test_telephone_numbers_get_their_hyphens(text: str, number: str) -> None:
    assert parse_phone(text) == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "入力してください"),
        ("0901234567", "足りません（11桁）"),
        ("090123456789", "多すぎます（11桁）"),
        ("031234567", "足りません（10桁）"),
        ("12345678", "市外局番"),
        ("0012345678", "市外局番"),
        ("090-1234-567x", "数字とハイフン"),
        ("なし", "数字とハイフン"),
    ],
)
def test_what_is_no_telephone_number_is_told(text: str, words: str) -> None:
    answer = parse_phone(text)
    assert isinstance(answer, Trouble)
    assert words in answer.message


@given(st.from_regex(r"0[1-9][0-9]{8}|0[5-9]0[0-9]{8}", fullmatch=True))
def test_hyphens_add_no_digit_and_lose_none(digits: str) -> None:
    answer = parse_phone(digits)
    if isinstance(answer, str):
        assert digits_key(answer) == digits
        assert parse_phone(answer) == answer


@pytest.mark.parametrize("text", ["1540017", "154-0017", "〒154-0017", "１５４－００１７", "〒 154 0017"])
def test_postal_codes_get_their_hyphen(text: str) -> None:
    assert parse_postal_code(text) == "154-0017"


@pytest.mark.parametrize(
    ("text", "words"), [("", "入力"), ("154001", "足りません"), ("15400177", "多すぎ"), ("154-ABCD", "数字")]
)
def test_what_is_no_postal_code_is_told(text: str, words: str) -> None:
    answer = parse_postal_code(text)
    assert isinstance(answer, Trouble)
    assert words in answer.message


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("taro@example.jp", "taro@example.jp"),
        (" ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ ", "taro@example.jp"),
        ("ta..ro.@example.ne.jp", "ta..ro.@example.ne.jp"),
        ("Taro+konkatsu@Example.co.jp", "Taro+konkatsu@Example.co.jp"),
    ],
)
def test_mail_addresses_are_read(text: str, address: str) -> None:
    assert parse_email(text) == address


@pytest.mark.parametrize(
    "text", ["", "taro", "taro@@example.jp", "taro@example", "太郎@example.jp", "a b@example.jp", "x" * 250 + "@a.jp"]
)
def test_what_is_no_mail_address_is_told(text: str) -> None:
    assert isinstance(parse_email(text), Trouble)


@pytest.mark.parametrize(
    ("text", "hiragana"),
    [
        ("ヤマダ　ハナコ", "やまだ　はなこ"),
        ("ﾔﾏﾀﾞ ﾊﾅｺ", "やまだ はなこ"),
        ("ﾊﾟｰｼｰ･ｶﾞﾙｼｱ", "ぱーしー・がるしあ"),
        ("ヴィクトル", "ゔぃくとる"),
        ("か\u3099く", "がく"),
        ("山田ABC12", "山田ABC12"),
        ("\ufa10", "\ufa10"),
    ],
)
def test_kana_turn_into_hiragana_and_nothing_else_changes(text: str, hiragana: str) -> None:
    assert to_hiragana(text) == hiragana


@given(HIRAGANA)
def test_katakana_and_back_is_the_same_reading(text: str) -> None:
    assert to_hiragana(to_katakana(text)) == text
    assert to_katakana(to_hiragana(to_katakana(text))) == to_katakana(text)


@pytest.mark.parametrize(
    "text", ["やまだ はなこ", "ヤマダ", "ﾔﾏﾀﾞ", "じょん・えふ・すみす", "おーの", "いすゞ", "か\u3099く"]
)
def test_readings_are_no_trouble(text: str) -> None:
    assert kana_trouble(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "入力してください"),
        ("ー", "入力してください"),
        ("　", "入力してください"),
        ("ーの", "最初"),
        ("山だ", "「山」"),
        ("yamada", "「y」"),
        ("やまだ\u200b", "「U+200B」"),
        ("やまだ😊", "「😊」"),
    ],
)
def test_what_is_no_reading_is_told(text: str, words: str) -> None:
    trouble = kana_trouble(text)
    assert trouble is not None
    assert words in trouble.message


@pytest.mark.parametrize(
    ("typed", "registered"),
    [
        ("高橋", "髙橋"),
        ("高橋", "髙\u3000𣘺"),
        ("山崎", "山﨑"),
        ("渡辺", "渡邉"),
        ("渡辺", "渡邊\U000e0101"),
        ("斎藤", "齋藤"),
        ("斉藤", "齊藤"),
        ("浜田", "濵田"),
        ("浜田", "濱田"),
        ("吉野", "𠮷野"),
        ("神塚", "\ufa19\ufa10"),
        ("佐佐木", "佐々木"),
        ("竜ケ崎", "龍ヶ﨑"),
        ("さいとう", "サイトウ"),
        ("さいとう", "ｻｲﾄｳ"),
        ("しゅん", "シユン"),
        ("いすず", "いすゞ"),
        ("がく", "か\u3099く"),
        ("まりあ・がるしあ", "マリア ガルシア"),
        ("muller", "Müller"),
        ("ＡＢＣ", "abc"),
    ],
)
def test_a_name_is_found_however_it_is_written(typed: str, registered: str) -> None:
    assert search_key(typed) == search_key(registered) != ""


@pytest.mark.parametrize(("one", "other"), [("山田", "山口"), ("はなこ", "ばなこ"), ("おの", "おーの"), ("1", "11")])
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


@given(st.text(max_size=30))
def test_a_key_of_a_key_is_itself(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


def test_no_common_form_is_itself_a_variant() -> None:
    assert not [common for common in COMMON_FORM.values() if ord(common) in COMMON_FORM]
    assert len(COMMON_FORM) > 500


def test_digits_are_found_in_any_width() -> None:
    assert digits_key("０９０－1234(５６７８)") == "09012345678"
