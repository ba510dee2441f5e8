"""Properties of the scan: what hides nothing whatever is put around or between, and what each kind of finding asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nakodo_desktop.domain.leak_finding import LeakKind
from nakodo_desktop.domain.leak_others import MemberName, index_others
from nakodo_desktop.domain.leak_own import hidden_places
from nakodo_desktop.domain.leak_scan import OwnFacts, OwnIndex, index_own, scan, scan_closely
from nakodo_desktop.domain.municipality import Kind, Municipality
from nakodo_desktop.domain.search_keys import digits_key
from tests.domain.leak_cases import disguises
from tests.domain.leak_cases.case import words
from tests.domain.leak_cases.people import PEOPLE
from tests.domain.sitekit import BIG_CITY, SMALL_CITY, TOWN

OWN = index_own(
    OwnFacts(
        family_name="髙橋",
        given_name="見本子",
        family_kana="たかはし",
        given_kana="みほこ",
        phones=("090-0000-1234",),
        emails=("mihoko@example.jp",),
        postal_code="100-9901",
        address_line="架空町1-2-3",
        employer="見本商事株式会社",
        school="架空大学",
        birth_date=date(1985, 4, 5),
    )
)
NOBODY = index_own(OwnFacts())
MARKS = " 　・-_./|★♪◆＊~〜ー\u200a()（）"
FULL_WIDTH = str.maketrans({code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
PROSE = st.text("あいうえおかきくけこのはをがにとで、。休日は散歩と読書カフェ", max_size=12)


def kinds(text: str, own: OwnIndex = OWN) -> set[LeakKind]:
    return {one.kind for one in scan(text, own)}


@given(marks=st.lists(st.text(MARKS, max_size=3), min_size=10, max_size=10), before=PROSE, after=PROSE)
def test_marks_between_digits_never_hide_a_telephone_number(marks: list[str], before: str, after: str):
    digits = "09000001234"
    written = digits[0] + "".join(mark + digit for mark, digit in zip(marks, digits[1:], strict=True))
    found = [one for one in scan(f"{before}。{written}。{after}", OWN) if one.kind is LeakKind.PHONE]
    assert any(digits_key(one.shown).endswith("1234") for one in found)


@given(st.from_regex(r"0[789]0-[0-9]{4}-[0-9]{4}", fullmatch=True), st.booleans(), st.booleans())
def test_any_mobile_number_is_found_without_knowing_it(number: str, is_wide: bool, is_kanji: bool):
    written = number.translate(FULL_WIDTH) if is_wide else number
    if is_kanji:
        written = number.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    assert LeakKind.PHONE in kinds(f"連絡は{written}へ", NOBODY)


@given(st.text(MARKS.replace("ー", ""), min_size=1, max_size=3), PROSE)
def test_marks_between_all_letters_never_hide_the_full_name(mark: str, before: str):
    for name in ("髙橋見本子", "たかはしみほこ", "タカハシミホコ"):
        assert LeakKind.NAME in kinds(f"{before}。{mark.join(name)}")


@pytest.mark.parametrize(
    "name", ["高橋見本子", "髙槗見本子", "ﾀｶﾊｼﾐﾎｺ", "ミホコ タカハシ", "MIHOKO TAKAHASHI", "takahasi.mihoko"]
)
@given(wide=st.booleans(), before=PROSE, after=PROSE)
def test_width_and_neighbours_never_hide_the_full_name(name: str, wide: bool, before: str, after: str):
    written = name.translate(FULL_WIDTH) if wide else name
    assert LeakKind.NAME in kinds(f"{before}。{written}。{after}")


@given(st.dates(date(1950, 1, 1), date(2007, 12, 31)), st.sampled_from(list(disguises.dates(date(2000, 1, 1)))))
def test_every_birth_date_is_found_in_every_writing(born: date, writing: str):
    own = index_own(OwnFacts(birth_date=born))
    text = f"（{disguises.dates(born)[writing]}）"
    if born < date(1989, 1, 8) or "era" not in writing:
        assert LeakKind.BIRTH_DATE in kinds(text, own), text


FRAGMENTS = (
    " ",
    "\n",
    *words(
        "髙橋 高橋 見本子 たかはし ミホコ mihoko Takahashi さん です と申します 名前は 私は 林 山 090 ０９０ "
        "〇九〇 1234 0000 - ・ 、 。 1-2-3 一丁目 番地 4月5日 4/5 1985 昭和60 六十年 年 月 日 の ー O l ゼロ "
        "きゅう いち 架空町 架空 大学 卒 見本商事 株式会社 に勤務 駅 から徒歩 @ example.jp . LINE ID インスタ : "
        "カフェ コーヒー 々 が゛ ｶﾞ é ♪ １０ 12 佐々木 zero one eight の次は 最後は 廿 0405 ごろ 誕生日 番地 字 "
        "M1hoko R. 架空大 架空大で はみしはか 子本見 高\u3099 mihok0 誕生 きゅー 1985-04-05 見本商亊"
    ),
)
OTHERS = index_others(
    [
        MemberName(
            family_name="佐々木", given_name="例子", family_kana="ささき", given_kana="れいこ", employer="例示運輸"
        )
    ]
)


@settings(max_examples=600)
@given(
    st.lists(
        st.sampled_from((*FRAGMENTS, "例子", "ささき", "れいこ", "ササキ", "例示運輸", "sasaki reiko")), max_size=10
    )
)
@example(["ID", "sasaki reiko"])
@example(["昭和60", " ", "4月5日"])
def test_the_look_at_the_shadow_never_hides_anything(fragments: list[str]):
    text = "".join(fragments)
    assert scan(text, OWN, others=OTHERS) == scan_closely(text, OWN, others=OTHERS)


@given(st.text(max_size=60))
def test_any_text_can_be_scanned(text: str):
    for one in scan(text, OWN, others=OTHERS):
        assert one.shown == text[one.start : one.end] != ""


@pytest.mark.parametrize(
    "unit", ["の", "1の", "・", "a.", "line id a._-", "実家は寺", "1-", "十", "ぜろ", "高校の科", "@a.", " 1", "ｶﾞ"]
)
def test_a_long_hostile_text_does_not_hang(unit: str):
    text = unit * (4_000 // len(unit))
    scan_closely(text, OWN, others=OTHERS)


def test_nothing_known_finds_nothing_in_ordinary_prose():
    assert scan("休日は散歩と読書をして、月に2〜3回は友人とカフェへ行きます♪", NOBODY) == ()


def test_a_place_that_is_the_surname_asks_for_a_reason():
    own = index_own(OwnFacts(family_name="松本", family_kana="まつもと"))
    (found,) = scan("松本の趣味は登山です。", own)
    assert not found.blocks
    assert scan("松本へ旅行しました。", own) == ()
    (told,) = scan("松本と申します。", own)
    assert told.blocks


def test_month_and_day_alone_ask_for_a_reason_and_block_as_a_birthday():
    (bare,) = scan("4月5日に試合があります。", OWN)
    assert (bare.kind, bare.blocks) == (LeakKind.BIRTH_DATE, False)
    (told,) = scan("4月5日が誕生日です。", OWN)
    assert told.blocks


def test_titles_are_looked_for_where_they_stand_out():
    text = "実家を継いで住 職になる勉強もしています。"
    assert scan(text, NOBODY) == ()
    (found,) = scan(text, NOBODY, titles=("住職", "局アナ"))
    assert (found.kind, found.shown, found.blocks) == (LeakKind.RARE_TITLE, "住 職", False)


def test_two_halves_of_a_name_are_one_finding():
    (found,) = scan("はじめまして、髙橋　見本子です。", OWN)
    assert found.shown == "髙橋　見本子"


def test_a_photo_file_name_is_a_text_like_any_other():
    assert kinds("IMG_takahashi_mihoko_0405.jpg") >= {LeakKind.NAME}
    assert kinds("b3f1c09a.jpg") == set()


def test_other_members_are_found_by_full_name_and_asked_about_by_surname():
    (full,) = scan("佐々木例子さんの料理教室に通っています。", NOBODY, others=OTHERS)
    assert (full.kind, full.blocks) == (LeakKind.OTHER_MEMBER, True)
    (surname,) = scan("佐佐木さんと山に登ります。", NOBODY, others=OTHERS)
    assert (surname.kind, surname.blocks) == (LeakKind.OTHER_SURNAME, False)
    (work,) = scan("例示運輸のトラックが好きです。", NOBODY, others=OTHERS)
    assert (work.kind, work.blocks) == (LeakKind.OTHER_EMPLOYER, True)
    assert scan("佐々木小次郎の物語が好きです。", NOBODY, others=OTHERS) == ()


def test_ones_own_name_in_the_office_index_is_told_once():
    facts = PEOPLE["takahashi"]
    everybody = index_others(
        [
            MemberName(
                family_name=facts.family_name,
                given_name=facts.given_name,
                family_kana=facts.family_kana,
                given_kana=facts.given_kana,
            )
        ]
    )
    found = scan("髙橋花子です。", index_own(facts), others=everybody)
    assert [one.kind for one in found] == [LeakKind.NAME]


WARD = replace(BIG_CITY, name="大阪市北区", kind=Kind.WARD)
TOKYO_WARD = replace(BIG_CITY, prefecture="東京都", name="見本区", kind=Kind.SPECIAL_WARD)


@pytest.mark.parametrize(
    ("place", "text", "shown"),
    [
        (WARD, "北区の川沿いを走ります。", "北区"),
        (TOKYO_WARD, "見本区のパン屋をめぐります。", "見本区"),
        (TOWN, "例示町の祭りで太鼓をたたきます。", "例示町"),
        (TOWN, "架空郡の山が好きです。", "架空郡"),
    ],
)
def test_what_is_finer_than_the_site_shows_is_found(place: Municipality, text: str, shown: str):
    (found,) = scan(text, index_own(OwnFacts(hidden_places=hidden_places(place))))
    assert (found.kind, found.shown) == (LeakKind.ADDRESS, shown)


def test_the_city_that_the_site_shows_may_be_named():
    assert hidden_places(SMALL_CITY) == hidden_places(None) == ()
