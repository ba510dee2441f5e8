"""Whatever is put together of the known disguises, the member's own fact is still found, and pointed at."""

from __future__ import annotations

from datetime import date
from random import Random

import jaconv
from hypothesis import given, settings
from hypothesis import strategies as st

from nakodo_desktop.domain.leak_finding import Finding, LeakKind
from nakodo_desktop.domain.leak_scan import OwnFacts, OwnIndex, index_own, scan
from tests.domain.leak_cases.blind_people import BLIND_PEOPLE
from tests.domain.leak_cases.people import PEOPLE

EVERYBODY: dict[str, OwnFacts] = {f"{key} (development)": facts for key, facts in PEOPLE.items()} | BLIND_PEOPLE
OWN: dict[str, OwnIndex] = {key: index_own(facts) for key, facts in EVERYBODY.items()}
PEOPLE_KEYS = st.sampled_from(sorted(EVERYBODY))
WITH_PHONES = st.sampled_from(sorted(key for key, facts in EVERYBODY.items() if facts.phones))
DICE = st.randoms(use_true_random=True)  # one draw instead of one for each letter; the seed is told when it fails
MARKS = (" ", "　", "・", "-", "_", ".", "/", "|", "★", "♪", "◆", "＊", "~", "＿", "\u200a", "🌸", "♡", "(", "）", "\n")
PROSE_BEFORE = st.sampled_from(("", "休日は読書です。", "カフェめぐりが好き！", "写真は", "★"))
PROSE_AFTER = st.sampled_from(("", "。よろしくお願いします。", "です", "と申します。", "　♪", ".jpg"))
SCRIPTS = (
    str,
    jaconv.hira2kata,
    lambda kana: jaconv.z2h(jaconv.hira2kata(kana), kana=True),
)
VARIANTS = {"高": "髙", "髙": "高", "辺": "邉", "邉": "邊", "渡": "渡", "斎": "齋", "島": "嶋", "国": "國", "沢": "澤"}
DIGITS_WRITTEN = tuple(
    (
        str(digit),
        chr(0xFF10 + digit),
        "〇一二三四五六七八九"[digit],
        "⓪①②③④⑤⑥⑦⑧⑨"[digit],
        *("OoＯ" if digit == 0 else "lIｌ" if digit == 1 else ""),
    )
    for digit in range(10)
)
DIGITS_SAID = ("ゼロ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")


def pointed_at(text: str, own: OwnIndex, kind: LeakKind, place: tuple[int, int]) -> bool:
    return any(one.kind is kind and meets(one, place) for one in scan(text, own))


def meets(one: Finding, place: tuple[int, int]) -> bool:
    return one.start < place[1] and place[0] < one.end


def full_names(facts: OwnFacts) -> list[str]:
    """In kanji and kana, either order."""
    names = []
    for family, given_name in ((facts.family_name, facts.given_name), (facts.family_kana, facts.given_kana)):
        names += [family + given_name, given_name + family]
    return names


@st.composite
def hidden_names(draw: st.DrawFn) -> tuple[str, str]:
    """A person and the full name with its letters in other scripts, widths and variants, one kind of mark between."""
    person = draw(PEOPLE_KEYS)
    name = draw(st.sampled_from(full_names(EVERYBODY[person])))
    letters = []
    for char in name:
        if "ぁ" <= char <= "ゖ":
            char = draw(st.sampled_from(SCRIPTS))(char)
        elif draw(st.booleans()):
            char = VARIANTS.get(char, char)
        letters.append(char)
    # Two letters on two lines (林 above 光) may be a list, and are taken for one.
    marks = MARKS if len(letters) > 2 else tuple(mark for mark in MARKS if mark != "\n")
    return person, draw(st.sampled_from(("", *marks))).join(letters)


@settings(max_examples=800)
@given(hidden_names(), PROSE_BEFORE, PROSE_AFTER)
def test_scripts_variants_and_marks_together_never_hide_the_full_name(hidden: tuple[str, str], before: str, after: str):
    person, name = hidden
    place = (len(before), len(before) + len(name))
    assert pointed_at(before + name + after, OWN[person], LeakKind.NAME, place)


def hidden_digits(dice: Random, digits: str) -> str:
    """Each digit in a writing of its own, with up to two marks between them. Who says some says every zero."""
    is_said = dice.random() < 0.5
    written = ""
    for digit in map(int, digits):
        if written:
            written += "".join(dice.choices(MARKS, k=dice.randrange(3)))
        if is_said and (digit == 0 or dice.random() < 0.5):
            written += DIGITS_SAID[digit]
        else:
            written += dice.choice(DIGITS_WRITTEN[digit])
    return written


@settings(max_examples=800)
@given(DICE, WITH_PHONES, PROSE_BEFORE, PROSE_AFTER)
def test_every_digit_in_another_writing_never_hides_the_telephone_number(
    dice: Random, person: str, before: str, after: str
):
    number = hidden_digits(dice, dice.choice(EVERYBODY[person].phones).replace("-", ""))
    place = (len(before), len(before) + len(number))
    assert pointed_at(f"{before}{number}{after}", OWN[person], LeakKind.PHONE, place)


ROMAJI = {
    "shinjo": ("Shinjo Junrei", "Shinjou Junrei", "Shinjoh Junrei", "Sinzyo Zyunrei", "Shinjō Jun'rei"),
    "ohno": ("Ohno Reiyu", "Ono Reiyu", "Oono Reiyuu", "Ōno Reiyū", "Ohno Reiyuh"),
    "takashima": ("Takashima Reiichiro", "Takasima Reiitiro", "Takashima Reiichirou", "Takashima Reiichirō"),
    "yoshida": ("Yoshida Tameno", "Yosida Tameno"),
    "mihonson": ("Maria Mihonson", "Mihonson Maria Jean"),
    "watanabe": ("Watanabe Mihomi",),
}


def hidden_romaji(dice: Random, person: str) -> str:
    """The full name in any spelling, order, case and width, with one kind of mark between its letters."""
    halves = dice.choice(ROMAJI[person]).split()
    dice.shuffle(halves)
    mark = dice.choice(("", " ", "　", "・", "-", "_", ".", "/", "★"))
    name = mark.join(dice.choice((" ", "_", ".", "・", "　")).join(halves))
    cased = "".join(char.upper() if dice.random() < 0.5 else char for char in name)
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and dice.random() < 0.5 else c for c in cased)


@settings(max_examples=800)
@given(DICE, st.sampled_from(sorted(ROMAJI)), PROSE_BEFORE, PROSE_AFTER)
def test_spelling_order_case_and_width_together_never_hide_the_name(dice: Random, person: str, before: str, after: str):
    name = hidden_romaji(dice, person)
    place = (len(before), len(before) + len(name))
    assert pointed_at(before + name + after, OWN[person], LeakKind.NAME, place)


@st.composite
def written_dates(draw: st.DrawFn, day: date) -> str:
    """Year, month and day, each in its own writing, with marks or words between them."""
    era, year = ("昭和", day.year - 1925) if day < date(1989, 1, 8) else ("平成", day.year - 1988)
    letter = {"昭和": "S", "平成": "H"}[era]
    first = draw(
        st.sampled_from(
            (str(day.year), f"{era}{year}", f"{letter}{year}", f"{era[0]}{year}", "西暦" + str(day.year), str(day.year))
        )
    )
    between = draw(
        st.sampled_from((("年", "月", "日"), ("/", "/", ""), (".", ".", ""), ("-", "-", ""), ("年の", "月", "日")))
    )
    parts = [first, str(day.month), str(day.day)]
    if draw(st.booleans()):
        parts = [parts[0], f"{day.month:02d}", f"{day.day:02d}"]
    widths = (str, lambda text: jaconv.h2z(text, digit=True, ascii=True))
    gap = draw(st.sampled_from(("", " ", "　", "\n")))
    return "".join(
        draw(st.sampled_from(widths))(part) + gap + word for part, word in zip(parts, between, strict=True)
    ).rstrip()


@settings(max_examples=600)
@given(st.data(), PEOPLE_KEYS, PROSE_BEFORE, PROSE_AFTER)
def test_width_era_and_marks_together_never_hide_the_birth_date(
    data: st.DataObject, person: str, before: str, after: str
):
    day = EVERYBODY[person].birth_date
    if day is None:
        return
    written = data.draw(written_dates(day))
    place = (len(before), len(before) + len(written))
    assert pointed_at(before + written + after, OWN[person], LeakKind.BIRTH_DATE, place)
