"""Which detectors a text needs at all: necessary conditions, looked up in its shadow in a few microseconds.

A sign may be wrong in one direction only: no sign means that the exact search would find nothing. A property test
compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache

from nakodo_desktop.domain.leak_dates import BirthDateWritings
from nakodo_desktop.domain.leak_fold import is_kanji
from nakodo_desktop.domain.leak_latin import STRETCH, LatinNames, holds_latin
from nakodo_desktop.domain.leak_numbers import DIGITS, ENGLISH_DIGITS, JOIN, SPOKEN_WORDS
from nakodo_desktop.domain.leak_shadow import in_shadow, shadow
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
_NOTHING: frozenset[Sign] = frozenset()
_NUMERIC = frozenset({Sign.NUMBERS, Sign.BIRTH_DATE})

_LETTER = re.compile("[a-z]")
_DIGIT = re.compile("[0-9]")
_NUMERAL = re.compile("[0-9]+")
_FOUR_DIGITS = re.compile("[0-9][0-9]{3}")

# Numbers. A pattern that begins with one character class is searched several times as fast as any other.
_K = "〇一二三四五六七八九零壱弐参十廿卅百千元"
_N = "0-9" + _K
_LINKS = "(?:年|月|日|の|ー|生|まれ|うまれ|昭和|平成|令和|大正|番|号|はいふん|まいなす|だつしゆ|かつこ)+"
_SAID = "|".join(SPOKEN_WORDS)
_KANJI_FIRST = in_shadow(f"[{_K}](?:{_LINKS})?[{_N}]")
_KANJI_SECOND = in_shadow(f"[0-9](?:{_LINKS})?[{_K}]")
_SEVERAL = in_shadow(f"[0-9](?:[0-9][0-9][0-9]|{_LINKS}[{_N}]|[{_K}]|[{DIGITS}]{JOIN}?(?:{_SAID}){{3}})")
_LONG = in_shadow(f"[{DIGITS}oil](?:{JOIN}{{0,6}}[{DIGITS}oil]){{5}}")
_LETTER_FIRST = re.compile(rf"[oil](?<![a-z][oil])[oil]*[\W_]*[{DIGITS}]")
_LETTER_SECOND = re.compile(rf"[{DIGITS}][\W_]*[oil]+(?![a-z])")
_ENGLISH = re.compile(rf"(?:(?:{'|'.join(ENGLISH_DIGITS)})[\W_]*){{4}}")
_PARTED = in_shadow(f"[0-9]{_LINKS}[0-9]")
_STREET = in_shadow("[0-9](?:番|号|の|ー)+[0-9]")
_MORE = in_shadow(f"[0-9][{_N}年月日のー生まう昭平令大番号はだか]")
_ZERO_1, _ZERO_2, _ZERO_3 = map(shadow, ("ぜろ", "れい", "まる"))
_ZERO = re.compile(f"{_ZERO_1}|{_ZERO_2}|{_ZERO_3}")
_SPOKEN_REACH = 24  # characters around a zero in words in which the rest of the number stands
_SPOKEN = in_shadow(f"(?:[{DIGITS}oil]|{_SAID}|{JOIN}){{8}}")
_NAMED_NUMBER = in_shadow(
    "(?:番号|記号|免許|旅券|ぱすぽーと|年金|保険|国保|健保|社保|在留|資格確認|no|passport).{0,16}?[0-9]{4}"
)

# Contacts.
_STRETCH_BEFORE, _STRETCH_AFTER = 4, 6  # what belongs to it on either side: @ or ☆, で検索
_CONTACT = re.compile(
    r"@|:|www|\.\s?[a-z]|\bdot\b|[\s(\[<]at[\s)\]>]|[a-z0-9]\s*[☆★◎]|line|insta|twitter|tiktok|facebook|kakao|skype"
    r"|discord|telegram|threads|mixi|youtube|bluesky|wechat|snapchat|account|(?<![a-z])(?:ig|x|fb|(?:ig|x|fb)?id)(?![a-z])|idは|垢"
    r"|で検索|登録|追加"
)
_CONTACT_KANA = in_shadow(
    "どっと|あっと|らいん|いんすた|ついったー|てぃっくとっく|ふぇいすぶっく|かかお|すかいぷ|でぃすこーど|すれっず"
    "|みくしぃ|ゆーちゅーぶ|すなっぷちゃっと|あいでぃー|あかうんと|ゆーざー|はんどる|でふぉろ"
)
# What such a word ends in, or the particle after it; what it begins with when it follows the account.
_CONTACT_BEFORE = frozenset("どとんたむーくおぷぶいるはがのでドトンタムクオプブイィルハガノデ名") | {""}
_CONTACT_AFTER = frozenset("どあでドアデ") | {""}
_NEAR_BEFORE, _NEAR_AFTER = 24, 12  # characters between such a word and the account

# Ties to a school, a firm, a place: a word, and what must follow it for somebody to belong there.
_SCHOOLS = "大学|短大|高専|高校|高等学校|専門学校"
_FIRMS = (
    "病院|医院|銀行|金庫|信金|役所|役場|商事|工業|製作所|電機|電気|建設|食品|製薬|運輸|保険|小学校|中学校|稚園|育園"
)
_TEMPLES = "寺|神社|神宮|宮|稲荷|大社|教会"
_OF_SCHOOL = in_shadow(".{0,20}?(?:卒|出|在学|中退|ob|og|通って|学びま)")
_OF_FIRM = in_shadow(".{0,10}?(?:勤|働|就職|入社|在籍|通勤)")
_OF_STATION = in_shadow("(?:から|まで|より)?の?(?:徒歩|歩|近|そば|が最|周辺)")
_OF_TOWN = in_shadow("内?(?:に住|在住|で暮|に実|で生|で育|生まれ|育ち|に引|に越|の実|に家)")
_OF_TEMPLE = in_shadow("の(?:住職|副住職|跡取|息子|娘|長|宮司|神主|禰宜|巫女|檀家|氏子)")
_AT_ONCE = in_shadow("")
_AFTER: dict[str, re.Pattern[str]] = {
    shadow(word): pattern
    for words, pattern in (
        (_SCHOOLS, _OF_SCHOOL),
        (_FIRMS, _OF_FIRM),
        ("駅", _OF_STATION),
        ("町|村|区", _OF_TOWN),
        (_TEMPLES, _OF_TEMPLE),
        ("会社|最寄|もより|線沿線", _AT_ONCE),
    )
    for word in words.split("|")
}
_HOUSE_WORDS = frozenset(map(shadow, ("丁目", "番地")))
_WORD = re.compile("|".join(sorted((*_AFTER, *_HOUSE_WORDS), key=len, reverse=True)))
_TEMPLE_WORDS = frozenset(map(shadow, _TEMPLES.split("|")))
_FAMILY_HOUSE = in_shadow("[家業父母兄]")
_TEMPLE_BEFORE = 16  # characters before a temple in which 実家 may stand

# Names that need words beside them.
_AFTER_LOOSE = tuple(dict.fromkeys(shadow(word[:2]) for word in (*HONORIFICS, *CLOSINGS)))
_BEFORE_LOOSE = tuple(dict.fromkeys(shadow(word[-2:]) for word in INTRODUCTIONS))


@dataclass(frozen=True)
class OwnGate:
    """The shadows of one member's facts."""

    needles: tuple[str, ...] = field(repr=False)  # one of them is in the shadow of every text that holds a fact
    loose: tuple[tuple[str, tuple[str, ...]], ...] = field(repr=False)  # names that need words beside them
    doubtful: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = field(repr=False)  # such by a kanji
    letters: tuple[str, ...] = field(repr=False)  # facts in Latin letters and digits
    digits: tuple[str, ...] = field(repr=False)  # month and day, house number: digits in a row
    month: str = field(repr=False)  # jan, feb …
    month_and_day: frozenset[int] = field(repr=False)


def gate_for(
    *,
    names: Iterable[tuple[str, tuple[str, ...], bool]],
    facts: Iterable[str],
    street: tuple[int, ...],
    town: str,
    birth_date: BirthDateWritings | None,
) -> OwnGate:
    """Take the folded names with their partners and doubts, and every other folded fact.

    For a school or a station the stem that all its forms share will do.
    """
    facts = [*facts, *([birth_date.spoken] if birth_date else [])]
    loose, sure = [], [fact for fact in facts if not fact.isascii()]
    by_kanji: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for name, partners, is_doubtful in names:
        if _is_mixed(name):
            near = _beside(name, partners) if is_doubtful or _is_loose(name) else ("",)
            by_kanji.setdefault(_first_kanji(name), []).append((shadow(name), near))
        elif is_doubtful and any(map(is_kanji, name)):
            by_kanji.setdefault(_first_kanji(name), []).append((shadow(name), _beside(name, partners)))
        elif is_doubtful or _is_loose(name):
            loose.append((shadow(name), _beside(name, partners)))
        else:
            sure.append(name)
    joined = "".join(map(str, street))
    digits = [joined if len(street) > 2 else shadow(town) + joined] if joined else []
    if birth_date is not None:
        digits += birth_date.joined
    return OwnGate(
        needles=_without_longer(map(shadow, sure)),
        loose=tuple(loose),
        doubtful=tuple((kanji, tuple(forms)) for kanji, forms in by_kanji.items()),
        letters=tuple(shadow(fact) for fact in facts if fact.isascii()),
        digits=_without_longer(digits),
        month=birth_date.english if birth_date else "",
        month_and_day=frozenset((birth_date.day.month, birth_date.day.day)) if birth_date else frozenset(),
    )


def signs_in(plain: str, dark: str, own: tuple[OwnGate, LatinNames]) -> frozenset[Sign]:
    """Say which detectors must look at a text, given lean and as its shadow."""
    gate, latin = own
    found = _NOTHING
    if _holds_own(dark, gate):
        found = found | {Sign.OWN}
    if _LETTER.search(plain):
        found = found | _signs_of_letters(plain, dark, gate, latin)
    if _KANJI_FIRST.search(dark):
        found = found | _NUMERIC
    elif _MORE.search(dark):
        found = found | _signs_of_digits(plain, dark, gate)
    word = _WORD.search(dark)
    if word is not None:
        found = found | _signs_of_words(dark, word.start())
    if (_ZERO_1 in dark or _ZERO_2 in dark or _ZERO_3 in dark) and _is_spoken(dark):
        found = found | {Sign.NUMBERS}
    if "(" in plain and ("(株" in plain or "(有" in plain):
        found = found | {Sign.TIES}
    return found


def _holds_own(dark: str, gate: OwnGate) -> bool:
    for needle in gate.needles:  # a loop: any() would double its time
        if needle in dark:
            return True
    if gate.loose and _holds_beside(dark, gate.loose):
        return True
    for kanji, forms in gate.doubtful:  # noqa: SIM110  # any() would double its time
        if kanji in dark and _holds_beside(dark, forms):
            return True
    return False


def _holds_beside(dark: str, loose: Iterable[tuple[str, tuple[str, ...]]]) -> bool:
    for name, near in loose:  # noqa: SIM110  # any() would double its time
        if name in dark and any(words in dark for words in near):
            return True
    return False


def _signs_of_letters(plain: str, dark: str, gate: OwnGate, latin: LatinNames) -> set[Sign]:
    found: set[Sign] = set()
    for fact in gate.letters:
        if fact in dark:
            found.add(Sign.OWN)
    if gate.month and gate.month in plain:
        found.add(Sign.BIRTH_DATE)
    if "@" in plain:
        found.add(Sign.CONTACTS)
    for place in STRETCH.finditer(plain):
        begin, end = place.span()
        stretch = place.group()
        if holds_latin(stretch, latin):
            found.add(Sign.LATIN)
        found |= _signs_of_stretch(plain[max(0, begin - _STRETCH_BEFORE) : end + _STRETCH_AFTER])
        if plain[begin - 1 : begin] in _CONTACT_BEFORE or plain[end : end + 1] in _CONTACT_AFTER:
            found |= _signs_of_kana(shadow(plain[max(0, begin - _NEAR_BEFORE) : end + _NEAR_AFTER]))
    return found


@lru_cache(maxsize=4096)
def _signs_of_stretch(letters: str) -> frozenset[Sign]:
    """Signs in letters, digits and marks that follow one another; TOEIC and its like come again and again."""
    found: set[Sign] = set()
    if _LETTER_FIRST.search(letters) or _LETTER_SECOND.search(letters) or _ENGLISH.search(letters):
        found |= _NUMERIC
    if _CONTACT.search(letters):
        found.add(Sign.CONTACTS)
    return frozenset(found)


def _signs_of_words(dark: str, first: int) -> frozenset[Sign]:
    """Signs of the words of `_WORD`; the first stands at `first`."""
    found = _NOTHING
    for place in _WORD.finditer(dark, first):
        word, begin, end = place.group(), place.start(), place.end()
        if word in _HOUSE_WORDS:
            found = found | {Sign.NUMBERS}
        elif _AFTER[word].match(dark, end) or (
            word in _TEMPLE_WORDS and _FAMILY_HOUSE.search(dark, max(0, begin - _TEMPLE_BEFORE), begin)
        ):
            found = found | {Sign.TIES}
    return found


def _is_spoken(dark: str) -> bool:
    """Whether a number is said around one of the zeros."""
    for zero in _ZERO.finditer(dark):
        if _SPOKEN.search(dark, max(0, zero.start() - _SPOKEN_REACH), zero.end() + _SPOKEN_REACH):
            return True
    return False


def _signs_of_kana(dark: str) -> set[Sign]:
    """Whether a word such as インスタ or ドット stands near the letters."""
    return {Sign.CONTACTS} if _CONTACT_KANA.search(dark) else set()


def _signs_of_digits(plain: str, dark: str, gate: OwnGate) -> frozenset[Sign]:
    found = _NOTHING
    for digits in gate.digits:
        if digits in dark:
            found = _NUMERIC
    if not _SEVERAL.search(dark):
        return found
    if _LONG.search(dark) or _KANJI_SECOND.search(dark):
        return _NUMERIC
    if _STREET.search(dark) or _SPOKEN.search(dark) or (_FOUR_DIGITS.search(dark) and _NAMED_NUMBER.search(dark)):
        found = found | {Sign.NUMBERS}
    if _PARTED.search(dark):
        # 60 4月 is 604月 in the shadow, 1 2 月 is only there 12月: a number in either counts.
        written = {int(number) for text in (plain, dark) for number in _NUMERAL.findall(text)}
        if gate.month_and_day <= written:
            found = found | {Sign.BIRTH_DATE}
    return found


def _first_kanji(name: str) -> str:
    """What every text with a doubtful name holds; most texts do not, and are spared its many forms."""
    return shadow(next(filter(is_kanji, name), ""))


def _is_mixed(name: str) -> bool:
    """Kanji and kana together; most texts do not hold its kanji, and need not be searched for the rest."""
    return any(map(is_kanji, name)) and not all(map(is_kanji, name))


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
