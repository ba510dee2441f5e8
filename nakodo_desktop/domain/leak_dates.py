"""After this, a birth date is found in every writing: eras, 西暦, 漢数字, spoken, English, any marks between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nakodo_desktop.domain.dates import format_wareki
from nakodo_desktop.domain.leak_finding import Finding, LeakKind, finding
from nakodo_desktop.domain.leak_fold import Folded, folded_words
from nakodo_desktop.domain.leak_numbers import digit_runs, numeral

_NUMBER = re.compile(r"[0-9]+|[〇零一二三四五六七八九十百千壱弐参廿卅]+|(?<=[成和治正])元")
_BETWEEN = re.compile(r"(?:[\W_]|年|月|日|の|ー|生まれ|うまれ|生|昭和|平成|令和|大正){1,8}")
_COUNTER = re.compile("\\s*(?:[\u4e00-\u9fffかヶ](?<![日生]))")
_ABOUT = re.compile(r"\s*(?:ごろ|ころ|頃|前後)")  # a day is not born on about the 20th
_DAY_WORDS = re.compile(r"[\W_]{0,2}(?:月の?|/|\.|-|・|ー)[\W_]{0,2}")
_BIRTHDAY = re.compile("誕生|たんじよう|生まれ|うまれ|ばーすで|生年月日|出生|birth|b\\.?d|歳になり|才になり")
_BIRTHDAY_REACH = 14  # characters around a day in which it may be called a birthday
_MONTHS = folded_words("january february march april may june july august september october november december")
_MONTHS_SPOKEN = folded_words(
    "いちがつ にがつ さんがつ しがつ ごがつ ろくがつ しちがつ はちがつ くがつ じゆうがつ じゆういちがつ じゆうにがつ"
)
_BEFORE = re.compile(r"(?:西暦|昭和|平成|令和|大正|昭|平|令|大|showa|heisei|[shrt'])[\W_]{0,2}$")
_BEFORE_REACH = 8
_AFTER = re.compile(r"[\W_]{0,2}日?(?:生まれ|うまれ|生)?")
_ENGLISH = re.compile(
    rf"(?P<d1>\d{{1,2}})?(?:st|nd|rd|th)?[\W_]*(?P<month>{'|'.join(month[:3] for month in _MONTHS)})[a-z]*[\W_]*"
    r"(?P<d2>\d{1,2})?(?:st|nd|rd|th)?(?![0-9])(?:[\W_]*\d{4})?"
)
_DAYS_SPOKEN = folded_words(
    "ついたち ふつか みつか よつか いつか むいか なのか ようか ここのか とおか じゆういちにち じゆうににち "
    "じゆうさんにち じゆうよつか じゆうごにち じゆうろくにち じゆうしちにち じゆうはちにち じゆうくにち はつか "
    "にじゆういちにち にじゆうににち にじゆうさんにち にじゆうよつか にじゆうごにち にじゆうろくにち "
    "にじゆうしちにち にじゆうはちにち にじゆうくにち さんじゆうにち さんじゆういちにち"
)


@dataclass(frozen=True)
class BirthDateWritings:
    """Every number and run of digits that stands for one birth date."""

    day: date
    years: frozenset[int]  # 1985, 85, 60 (昭和)
    long_runs: tuple[str, ...]  # eight digits: found anywhere in a run
    whole_runs: frozenset[str]  # five to seven digits: the whole run
    spoken: str  # しがついつか, folded
    english: str  # apr
    four_digits: str  # 0405: only where it is called a birthday
    joined: tuple[str, ...]  # month and day without anything between, in both orders: 45, 405, 54 …


def writings_of(day: date) -> BirthDateWritings:
    """Prepare a birth date for the search."""
    era_year = re.search(r"\d+|元", format_wareki(day))
    years = {day.year, day.year % 100, numeral(era_year.group()) if era_year else day.year}
    whole = {f"{year:02d}{day.month:02d}{day.day:02d}" for year in years if year < 100}
    whole |= {f"{year}{day.month}{day.day}" for year in (day.year,)}
    return BirthDateWritings(
        day=day,
        years=frozenset(years),
        long_runs=(f"{day.year}{day.month:02d}{day.day:02d}",),
        whole_runs=frozenset(whole),
        spoken=_MONTHS_SPOKEN[day.month - 1] + _DAYS_SPOKEN[day.day - 1],
        english=_MONTHS[day.month - 1][:3],
        four_digits=f"{day.month:02d}{day.day:02d}",
        joined=tuple(dict.fromkeys(_joined(day))),
    )


def _joined(day: date) -> Iterator[str]:
    months, days = (str(day.month), f"{day.month:02d}"), (str(day.day), f"{day.day:02d}")
    for month in months:
        for number in days:
            yield from (month + number, number + month)


def find_birth_date(plain: Folded, squeezed: Folded, own: BirthDateWritings) -> Iterator[Finding]:
    """Find the birth date; its month and day alone block only where they are called a birthday."""
    yield from _in_numbers(plain, own)
    yield from _in_runs(plain, own)
    yield from _in_english(plain, own)
    at = squeezed.text.find(own.spoken)
    if at >= 0:
        yield finding(LeakKind.BIRTH_DATE, squeezed.span(at, at + len(own.spoken)), squeezed.original)


def _in_numbers(plain: Folded, own: BirthDateWritings) -> Iterator[Finding]:
    tokens = [(match, numeral(match.group())) for match in _NUMBER.finditer(plain.text)]
    month, day = own.day.month, own.day.day
    for i in range(len(tokens) - 1):
        (first, a), (second, b) = tokens[i], tokens[i + 1]
        if not _BETWEEN.fullmatch(plain.text, first.end(), second.start()):
            continue
        if i + 2 < len(tokens):
            third, c = tokens[i + 2]
            is_date = (a in own.years and (b, c) == (month, day)) or (
                c in own.years and (a, b) in ((month, day), (day, month))
            )
            if is_date and _BETWEEN.fullmatch(plain.text, second.end(), third.start()):
                yield finding(LeakKind.BIRTH_DATE, _whole(plain, first.start(), third.end()), plain.original)
                continue
        is_counted = _COUNTER.match(plain.text, second.end()) is not None  # 4月5回
        if (a, b) == (month, day) and not is_counted and _DAY_WORDS.fullmatch(plain.text, first.end(), second.start()):
            is_birthday = _is_birthday(plain, first.start(), second.end())
            span = _whole(plain, first.start(), second.end())
            if is_birthday or not _ABOUT.match(plain.text, _end_of_day(plain, second.end())):
                yield finding(LeakKind.BIRTH_DATE, span, plain.original, blocks=is_birthday)


def _in_runs(plain: Folded, own: BirthDateWritings) -> Iterator[Finding]:
    for run in _date_runs(plain):
        for digits in own.long_runs:
            at = run[0].find(digits)
            if at >= 0:
                yield finding(
                    LeakKind.BIRTH_DATE, plain.span(run[1][at], run[1][at + len(digits) - 1] + 1), plain.original
                )
        if run[0] in own.whole_runs or (run[0] == own.four_digits and _is_birthday(plain, run[1][0], run[1][-1] + 1)):
            yield finding(LeakKind.BIRTH_DATE, plain.span(run[1][0], run[1][-1] + 1), plain.original)


def _date_runs(plain: Folded) -> Iterator[tuple[str, list[int]]]:
    """Digits with marks and 年月日 between them: 1 9 8 5 年 0 4 月 0 5 日."""
    digits, reach = "", 0
    places: list[int] = []
    for run in digit_runs(plain):
        begin = run.places[0][0]
        if digits and not re.fullmatch(r"[\W_年月日]{1,4}", plain.text[reach:begin]):
            yield digits, places
            digits, places = "", []
        digits += run.digits
        places.extend(place for place, _ in run.places)
        reach = run.places[-1][1]
    if digits:
        yield digits, places


def _in_english(plain: Folded, own: BirthDateWritings) -> Iterator[Finding]:
    for match in _ENGLISH.finditer(plain.text):
        days = {int(day) for day in (match["d1"], match["d2"]) if day}
        if match["month"] == own.english and own.day.day in days:
            yield finding(LeakKind.BIRTH_DATE, plain.span(*match.span()), plain.original)


def _whole(plain: Folded, begin: int, end: int) -> tuple[int, int]:
    """The slice of the original with the era before the numbers and the 日 after them."""
    before = _BEFORE.search(plain.text, max(0, begin - _BEFORE_REACH), begin)
    after = _AFTER.match(plain.text, end)
    if after is not None and after.group().strip():
        end = after.end()
    return plain.span(before.start() if before else begin, end)


def _end_of_day(plain: Folded, end: int) -> int:
    return end + 1 if plain.text.startswith("日", end) else end


def _is_birthday(plain: Folded, begin: int, end: int) -> bool:
    return bool(_BIRTHDAY.search(plain.text, max(0, begin - _BIRTHDAY_REACH), end + _BIRTHDAY_REACH))
