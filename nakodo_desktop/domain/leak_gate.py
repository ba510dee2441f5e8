"""Which detectors a text needs at all: necessary conditions, looked up in its shadow in a few microseconds.

A sign may be wrong in one direction only: no sign means that the exact search would find nothing. A property test
compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import Enum, auto

from nakodo_desktop.domain.leak_dates import BirthDateWritings
from nakodo_desktop.domain.leak_fold import folded_words, is_kanji
from nakodo_desktop.domain.leak_latin import LatinNames, holds_latin
from nakodo_desktop.domain.leak_numbers import DIGITS, JOIN, SPOKEN_WORDS
from nakodo_desktop.domain.leak_shadow import in_shadow, shadow, shadows_of
from nakodo_desktop.domain.leak_words import CLOSINGS, HONORIFICS, INTRODUCTIONS, ORDINARY


class Sign(Enum):
    """What a text may hold; each member stands for the detectors it calls for."""

    OWN = auto()
    LATIN = auto()
    NUMBERS = auto()
    BIRTH_DATE = auto()
    CONTACTS = auto()
    TIES = auto()


ANYTHING = frozenset(Sign)
_NUMERIC = frozenset({Sign.NUMBERS, Sign.BIRTH_DATE})

_LETTER = re.compile("[a-z]")
_K = "〇一二三四五六七八九零壱弐参十百千元"
_N = "0-9" + _K
_LINKS = "(?:年|月|日|の|ー|生|まれ|うまれ|昭和|平成|令和|大正|番|号|はいふん|まいなす|だつしゆ|かつこ)+"
_DIGIT = re.compile("[0-9]")
_FOUR_DIGITS = re.compile("[0-9][0-9]{3}")
_KANJI_FIRST = in_shadow(f"[{_K}](?:{_LINKS})?[{_N}]")
_KANJI_SECOND = in_shadow(f"[0-9](?:{_LINKS})?[{_K}]")
_SEVERAL = in_shadow(
    f"[0-9](?:[0-9][0-9][0-9]|{_LINKS}[{_N}]|[{_K}]|[{DIGITS}]{JOIN}?(?:{'|'.join(SPOKEN_WORDS)}){{3}})"
)
_STREET_WORD = in_shadow("丁目|番地")
_LONG = in_shadow(f"[{DIGITS}oil](?:{JOIN}{{0,6}}[{DIGITS}oil]){{5}}")
_LETTER_FIRST = re.compile(rf"[oil](?<![a-z][oil])[oil]*[\W_]*[{DIGITS}]")
_LETTER_SECOND = re.compile(rf"[{DIGITS}][\W_]*[oil]+(?![a-z])")
_PARTED = in_shadow(f"[0-9]{_LINKS}[0-9]")
_STREET = in_shadow("[0-9](?:番|号|の|ー)+[0-9]")
_SPOKEN = in_shadow("(?:" + "|".join((f"[{DIGITS}oil]", *SPOKEN_WORDS, JOIN)) + "){8}")
_NAMED_NUMBER = in_shadow(
    "(?:番号|記号|免許|旅券|ぱすぽーと|年金|保険|国保|健保|社保|在留|資格確認|no|passport).{0,16}?[0-9]{4}"
)
_NUMERAL = re.compile("[0-9]+")
_CONTACT = re.compile(
    r"@|:|www|\.\s?[a-z]|\bdot\b|[\s(\[<]at[\s)\]>]|[a-z0-9]\s*[☆★◎]|line|insta|twitter|tiktok|facebook|kakao|skype"
    r"|discord|telegram|threads|mixi|youtube|bluesky|wechat|snapchat|account|(?<![a-z])(?:ig|x|fb|id)(?![a-z])|idは|垢"
    r"|で検索|登録|追加"
)
_CONTACT_KANA = tuple(
    map(
        shadow,
        folded_words(
            "どっと あっと らいん いんすた えっくす ついったー てぃっくとっく ふぇいすぶっく かかお すかいぷ "
            "でぃすこーど すれっず みくしぃ ゆーちゅーぶ すなっぷちゃっと あいでぃー あかうんと ゆーざー はんどる "
            "でふぉろ"
        ),
    )
)
_WORD = in_shadow(
    "丁目|番地|ぜろ|れい|まる|大学|短大|高専|高校|高等学校|専門学校|会社|病院|医院|銀行|金庫|信金|役所|役場|商事|工業|製作所|電機|電気|建設|食品|製薬|運輸|保険|小学校|中学校|稚園|育園"
    "|駅|最寄|もより|線沿線|町|村|区|寺|神社|神宮|八幡宮|天満宮|稲荷|大社|教会"
)
_TIE = in_shadow(
    "(?:大学|短大|高専|高等学校|高校|専門学校).{0,20}?(?:卒|出|在学|中退|ob|og|通って|学びま)|会社|最寄|もより|線沿線"
    "|(?:病院|医院|銀行|金庫|信金|役所|役場|商事|工業|製作所|電機|電気|建設|食品|製薬|運輸|保険|小学校|中学校|稚園|育園)"
    ".{0,10}?(?:勤|働|就職|入社|在籍|通勤)|駅(?:から|まで|より)?の?(?:徒歩|歩|近|そば|が最|周辺)"
    "|[町村区]内?(?:に住|在住|で暮|に実|で生|で育|生まれ|育ち|に引|に越|の実|に家)"
    "|(?:家|業|父|母|兄).{0,14}?(?:寺|神社|宮|稲荷|大社|教会)"
    "|(?:寺|神社|宮|稲荷|大社|教会)の(?:住職|副住職|跡取|息子|娘|長|宮司|神主|禰宜|巫女|檀家|氏子)"
)
_AFTER_LOOSE = tuple(dict.fromkeys(shadow(word[:2]) for word in (*HONORIFICS, *CLOSINGS)))
_BEFORE_LOOSE = tuple(dict.fromkeys(shadow(word[-2:]) for word in INTRODUCTIONS))


@dataclass(frozen=True)
class OwnGate:
    """The shadows of one member's facts."""

    needles: tuple[str, ...] = field(repr=False)  # one of them is in the shadow of every text that holds a fact
    loose: tuple[tuple[str, tuple[str, ...]], ...] = field(repr=False)  # names that need words beside them
    letters: tuple[str, ...] = field(repr=False)  # facts in Latin letters and digits
    digits: tuple[str, ...] = field(repr=False)  # month and day, house number: digits in a row
    month: str = field(repr=False)  # jan, feb …
    month_and_day: frozenset[int] = field(repr=False)


def gate_for(
    *,
    names: Iterable[tuple[str, tuple[str, ...]]],
    facts: Iterable[str],
    street: tuple[int, ...],
    town: str,
    birth_date: BirthDateWritings | None,
) -> OwnGate:
    """Take the folded names with their partners, and every other folded fact or the stem all its forms share."""
    facts = [*facts, *([birth_date.spoken] if birth_date else [])]
    loose, sure = [], [fact for fact in facts if not fact.isascii()]
    for name, partners in names:
        if _is_loose(name):
            loose.append((shadow(name), _beside(name, partners)))
        else:
            sure.append(name)
    joined = "".join(map(str, street))
    digits = [joined if len(street) > 2 else shadow(town) + joined] if joined else []
    if birth_date is not None:
        digits += birth_date.joined
    return OwnGate(
        needles=_without_longer(shadow for fact in sure for shadow in shadows_of(fact)),
        loose=tuple(loose),
        letters=tuple(shadow(fact) for fact in facts if fact.isascii()),
        digits=_without_longer(digits),
        month=birth_date.english if birth_date else "",
        month_and_day=frozenset((birth_date.day.month, birth_date.day.day)) if birth_date else frozenset(),
    )


def signs_in(plain: str, dark: str, own: tuple[OwnGate, LatinNames]) -> Collection[Sign]:
    """Say which detectors must look at a text, given lean and as its shadow."""
    gate, latin = own
    found: set[Sign] = set()
    if _holds_own(dark, gate):
        found.add(Sign.OWN)
    if _LETTER.search(plain):
        found |= _signs_of_letters(plain, dark, gate, latin)
    if _KANJI_FIRST.search(dark):
        found |= _NUMERIC
    elif _DIGIT.search(plain):
        found |= _signs_of_digits(dark, gate)
    if _WORD.search(dark):
        if _STREET_WORD.search(dark) or _SPOKEN.search(dark):
            found.add(Sign.NUMBERS)
        if _TIE.search(dark):
            found.add(Sign.TIES)
    if "(" in plain and ("(株" in plain or "(有" in plain):
        found.add(Sign.TIES)
    return found


def _holds_own(dark: str, gate: OwnGate) -> bool:
    for needle in gate.needles:  # a loop: any() would double its time
        if needle in dark:
            return True
    return bool(gate.loose) and any(name in dark and any(words in dark for words in near) for name, near in gate.loose)


def _signs_of_letters(plain: str, dark: str, gate: OwnGate, latin: LatinNames) -> set[Sign]:
    found: set[Sign] = set()
    if any(fact in dark for fact in gate.letters):
        found.add(Sign.OWN)
    if holds_latin(plain, latin):
        found.add(Sign.LATIN)
    if gate.month and gate.month in plain:
        found.add(Sign.BIRTH_DATE)
    if _LETTER_FIRST.search(plain) or _LETTER_SECOND.search(plain):
        found |= _NUMERIC
    if _CONTACT.search(plain) or any(word in dark for word in _CONTACT_KANA):
        found.add(Sign.CONTACTS)
    return found


def _signs_of_digits(dark: str, gate: OwnGate) -> set[Sign]:
    found: set[Sign] = set()
    for digits in gate.digits:
        if digits in dark:
            found |= _NUMERIC
    if _SEVERAL.search(dark):
        if _LONG.search(dark) or _KANJI_SECOND.search(dark):
            found |= _NUMERIC
        if _STREET.search(dark) or _SPOKEN.search(dark) or (_FOUR_DIGITS.search(dark) and _NAMED_NUMBER.search(dark)):
            found.add(Sign.NUMBERS)
        if _PARTED.search(dark) and gate.month_and_day <= set(map(int, _NUMERAL.findall(dark))):
            found.add(Sign.BIRTH_DATE)
    return found


def _is_loose(name: str) -> bool:
    """True for a name that `leak_context` takes for a name only when it is introduced, addressed or whole."""
    shortest = 2 if all(map(is_kanji, name)) else 1 if any(map(is_kanji, name)) else 3
    return len(name) < shortest or name in ORDINARY


def _beside(name: str, partners: tuple[str, ...]) -> tuple[str, ...]:
    dark = shadow(name)
    whole = [shadow(pair) for partner in partners for pair in (name + partner, partner + name)]
    return (*(dark + after for after in _AFTER_LOOSE), *(before + dark for before in _BEFORE_LOOSE), *whole)


def _without_longer(needles: Iterable[str]) -> tuple[str, ...]:
    """Drop a needle that holds another: the shorter one is found wherever it is."""
    distinct = sorted(set(needles), key=len)
    kept: list[str] = []
    for needle in distinct:
        if not any(shorter in needle for shorter in kept):
            kept.append(needle)
    return tuple(kept)
