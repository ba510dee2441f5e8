"""Identity numbers are refused however they are spaced; ordinary notes are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.forbidden import (
    FORBIDDEN_FIELDS,
    INSURANCE,
    LICENCE,
    MY_NUMBER,
    PASSPORT,
    PENSION,
    RESIDENCE_CARD,
    forbidden_number,
    has_my_number_check_digit,
)
from nakodo_desktop.domain.values import Trouble

SHAPED = "123456789018"  # made up: only the check digit is right
OTHER = "123456789012"  # the same with a wrong one


def test_the_check_digit_is_the_one_of_the_ordinance() -> None:
    assert has_my_number_check_digit(SHAPED)
    assert not has_my_number_check_digit(OTHER)
    assert has_my_number_check_digit("000000000000")  # a remainder of 0 or 1 gives 0


@pytest.mark.parametrize(
    "text",
    [
        "123456789018",
        "1234 5678 9018",
        "1234-5678-9018",
        "1234 - 5678 - 9018",
        "１２３４　５６７８　９０１８",
        "１２３４－５６７８－９０１８",
        "1234・5678・9018",
        "1234ー5678ー9018",
        "123-456-789-018",
        "123456 789018",
        "1 2 3 4 5 6 7 8 9 0 1 8",
        "番号は123456789018です",
        "000000000108",  # as a number it would be a height
        "電話 090-1234-5678、1234 5678 9018",
        "090-1234-5678 1234-5678-9018",
        "会員12 1234 5678 9018",
        "2026/11/23 123456789018",
        "マイナンバー：1234 5678 9012",
        "マイナンバーカードの番号 12345678901",
        "個人番号 1234-5678-901",
        "My Number No.1234",
    ],
)
def test_my_number_is_refused(text: str) -> None:
    assert forbidden_number(text) is MY_NUMBER


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("301234567890", LICENCE),
        ("3012 3456 7890", LICENCE),
        ("免許 第301234567890号", LICENCE),
        ("免許証番号：3012-3456", LICENCE),
        ("TK1234567", PASSPORT),
        ("ＴＫ１２３４５６７", PASSPORT),
        ("TK 1234567", PASSPORT),
        ("旅券tk1234567", PASSPORT),
        ("パスポート番号 1234567", PASSPORT),
        ("AB12345678CD", RESIDENCE_CARD),
        ("1234-567890", PENSION),
        ("１２３４－５６７８９０", PENSION),
        ("基礎年金番号 1234567890", PENSION),
        ("年金手帳 1234 567890", PENSION),
        ("保険者番号 12345678", INSURANCE),
        ("被保険者証の記号 12-34 番号 5678", INSURANCE),
        ("保険証の番号は 12345678", INSURANCE),
        ("雇用保険 5001-123456-1", INSURANCE),
        ("5001-123456-1", INSURANCE),
    ],
)
def test_other_identity_numbers_are_refused(text: str, trouble: Trouble) -> None:
    assert forbidden_number(text) is trouble


@pytest.mark.parametrize(
    "text",
    [
        "",
        "090-1234-5678",
        "09012345678",
        "０９０１２３４５６７８",
        "+81 90-1234-5678",
        "03-1234-5678 と 090-1234-5678",
        "0422-52-3456、0422-523456",
        "0120-345-678",
        "〒154-0017 東京都",
        "154-0017 03-1234-5678",
        "1987/3/14 生まれ",
        "1987-03-14 2026-11-23",
        "19870314",
        "20261123 1530",
        "202611231530",
        "昭和62年3月14日",
        "2010 2015 2020",
        "2019-2021",
        "年収 5,000,000円〜6,500,000円",
        "年収4500000円、貯金12000000円",
        "450万〜600万",
        "170 165 160 158",
        "身長170 体重65",
        "10:00〜11:30、13:00〜14:30",
        "1000 1200 1400",
        "運転免許証を見て確認（2026/11/23）",
        "マイナンバーカードの表面を2026年11月23日に目視",
        "パスポート 2026-11-23 目視、返却済み",
        "普通自動車免許（1987年取得）、電話 090-1234-5678",
        "年金は月65000円の見込み",
        "年金 1200000円",
        "国保に加入",
        "個人の電話番号は 090-1234-5678",
        "法人番号 1234567890123",
        "No1234567 の会報",
        "about 5000000 yen",
        "ISBN 9784000000000",
        "A4 2枚、B5 10枚",
        "簿記2級、TOEIC 850",
        "3-4-5 6-7",
        "4-5人",
        "1234-5678-9012-3456",
    ],
)
def test_ordinary_notes_pass(text: str) -> None:
    assert forbidden_number(text) is None


@given(st.integers(0, 99_999_999_999), st.sampled_from(["", " ", "-", "　", "－"]))
def test_no_my_number_passes_in_fours(number: int, mark: str) -> None:
    stem = f"{number:011d}"
    digits = next(stem + last for last in "0123456789" if has_my_number_check_digit(stem + last))
    groups = (digits[:4], digits[4:8], digits[8:])
    assume(not all(group[:2] in ("19", "20") or group.endswith("00") for group in groups))  # years, round sums
    assume(mark or digits[:2] not in ("19", "20"))  # a time stamp
    assert forbidden_number(f"メモ {mark.join(groups)} です") is not None


def test_false_alarms_on_telephones_and_postal_codes_are_none() -> None:
    made_up = random.Random(20261123)
    for _ in range(3000):
        mobile = f"0{made_up.choice('5789')}0-{made_up.randrange(10_000):04d}-{made_up.randrange(10_000):04d}"
        line = f"0{made_up.randrange(1, 10)}-{made_up.randrange(1, 10_000):04d}-{made_up.randrange(10_000):04d}"
        postal = f"{made_up.randrange(1_000):03d}-{made_up.randrange(10_000):04d}"
        text = f"〒{postal} 電話 {line} 携帯 {mobile} / {mobile.replace('-', '')}"
        assert forbidden_number(text) is None, text


@given(st.text(max_size=60))
def test_no_text_makes_the_check_stumble(text: str) -> None:
    assert forbidden_number(text) is None or isinstance(forbidden_number(text), Trouble)


def test_a_long_row_of_digits_is_checked_quickly() -> None:
    for text in ("1" * 4000, "1 " * 2000, "12-" * 1300, "マイナンバー" * 600, "0" * 4000, "A1" * 2000):
        forbidden_number(text)


def test_the_catalogue_asks_for_nothing_forbidden() -> None:
    for field in catalog.FIELDS.values():
        for forbidden in FORBIDDEN_FIELDS:
            assert forbidden.key_part not in field.key
            assert not [word for word in forbidden.words if word in field.label]
