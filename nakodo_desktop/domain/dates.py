"""Read and write dates in 和暦 and 西暦; callers see only `datetime.date`."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from nakodo_desktop.domain.values import Trouble


@dataclass(frozen=True)
class _Era:
    name: str
    letter: str
    begins: date
    year_one: int  # 西暦 of 元年


# Borders: 大正 and 昭和 by the 改元 of the day itself, 平成 by 昭和64年政令1号, 令和 by 平成31年政令143号.
# 明治6年1月1日 is the first day of the Gregorian calendar in Japan (明治5年太政官布告337号); earlier days are lunar.
_ERAS = (
    _Era("明治", "M", date(1873, 1, 1), 1868),
    _Era("大正", "T", date(1912, 7, 30), 1912),
    _Era("昭和", "S", date(1926, 12, 25), 1926),
    _Era("平成", "H", date(1989, 1, 8), 1989),
    _Era("令和", "R", date(2019, 5, 1), 2019),
)
_LAST_YEAR = 2150  # farther on, it is a slip of the finger

_EXAMPLES = "S62.3.14、昭和62年3月14日、1987/3/14、19870314 のように入力してください。"
_UNREADABLE = Trouble(f"日付を読み取れません。{_EXAMPLES}")

_ERA_WORDS = {word: era for era in _ERAS for word in (era.name, era.name[0], era.letter, era.letter.lower())}
_ERA = "(?P<era>" + "|".join(sorted(_ERA_WORDS, key=len, reverse=True)) + ")"
_MARKS = str.maketrans(dict.fromkeys("-‐‑‒–—−ーｰ/\\.。,、・", "/"))  # all that hands type between the numbers
_PATTERNS = (
    re.compile(_ERA + r"(?P<y>[0-9]{1,3}|元)[年/](?P<m>[0-9]{1,2})[月/](?P<d>[0-9]{1,2})日?"),
    re.compile(_ERA + r"(?P<y>[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    re.compile(r"(?P<y>[0-9]{4})[年/](?P<m>[0-9]{1,2})[月/](?P<d>[0-9]{1,2})日?"),
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
)
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[年/][0-9]{1,2}[月/][0-9]{1,2}日?|[0-9]{6}")
_NO_YEAR = re.compile(r"[0-9]{1,2}[月/][0-9]{1,2}日?")
_WEEKDAYS = "月火水木金土日"  # as date.weekday() counts
_WEEKDAY = re.compile(rf"\((?P<short>[{_WEEKDAYS}])(?:曜日?)?(?:/祝)?\)$|(?P<long>[{_WEEKDAYS}])曜日?$")
_NO_DAY = re.compile(f"{_ERA}?" + r"(?:[0-9]{1,4}|元)(?:年|[年/][0-9]{1,2}月?)")


def parse_date(text: str) -> date | Trouble:
    """Read one day as an operator writes it: S62.3.14, 昭62/3/14, 1987-03-14, 19870314, 令和元年5月1日, any width.

    An era is held to its days: 昭和64年1月8日 is trouble that names 平成元年1月8日. A weekday is held to its date.
    """
    typed = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(_MARKS)
    typed = re.sub(r"(?:生まれ|生)$", "", typed)
    found = _read(_WEEKDAY.sub("", typed))
    weekday = _WEEKDAY.search(typed)
    if weekday is not None and isinstance(found, date):
        true = _WEEKDAYS[found.weekday()]
        if (weekday["short"] or weekday["long"]) != true:
            return Trouble(f"{format_seireki(found)}は{true}曜日です。日付か曜日をご確認ください。")
    return found


def format_wareki(day: date) -> str:
    """Write 昭和62年3月14日; the first year of an era is 元年, days before 明治6年 stay in 西暦."""
    for era in reversed(_ERAS):
        if day >= era.begins:
            count = day.year - era.year_one + 1
            return f"{era.name}{'元' if count == 1 else count}年{day.month}月{day.day}日"
    return format_seireki(day)


def format_seireki(day: date) -> str:
    """Write 1987年3月14日."""
    return f"{day.year}年{day.month}月{day.day}日"


def age_on(birth: date, day: date) -> int:
    """Count full years; one born on 2/29 turns older on 3/1 of a common year (年齢計算ニ関スル法律, 民法143条2項)."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _read(typed: str) -> date | Trouble:
    if not typed:
        return Trouble(f"日付を入力してください。{_EXAMPLES}")
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(typed):
            parts = match.groupdict()
            era = _ERA_WORDS[parts["era"]] if "era" in parts else None
            count = 1 if parts["y"] == "元" else int(parts["y"])
            return _day(era, count, month=int(parts["m"]), day=int(parts["d"]))
    if _SHORT_YEAR.fullmatch(typed):
        return Trouble("年が2桁では元号か西暦か分かりません。S62.3.14 か 1987/3/14 のように入力してください。")
    if _NO_YEAR.fullmatch(typed):
        return Trouble(f"年から入力してください。{_EXAMPLES}")
    if _NO_DAY.fullmatch(typed):
        return Trouble(f"月と日まで入力してください。{_EXAMPLES}")
    return _UNREADABLE


def _day(era: _Era | None, count: int, *, month: int, day: int) -> date | Trouble:
    if count < 1:
        return Trouble("年は1（元年）から数えます。年をご確認ください。")
    year = count if era is None else era.year_one + count - 1
    if not 1 <= month <= 12:
        return Trouble("月は1から12までです。月をご確認ください。")
    if not 1 <= year <= _LAST_YEAR:
        return Trouble("年が先すぎます。年をご確認ください。")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        return Trouble(f"{year}年{month}月は1日から{last}日までです。日をご確認ください。")
    found = date(year, month, day)
    if found < _ERAS[0].begins:
        return Trouble("明治6年（1873年）より前の日付は扱えません。年をご確認ください。")
    return found if era is None else _within(era, found)


def _within(era: _Era, found: date) -> date | Trouble:
    if found < era.begins:
        first = format_wareki(era.begins)
        return Trouble(f"{era.name}は{first}からです。この日は{format_wareki(found)}です。")
    following = next((later for later in _ERAS if later.begins > era.begins), None)
    if following is not None and found >= following.begins:
        last = format_wareki(following.begins - timedelta(days=1))
        return Trouble(f"{era.name}は{last}までです。この日は{format_wareki(found)}です。")
    return found
