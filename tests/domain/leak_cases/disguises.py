"""Ways in which people hide what they were told not to write; each gives the text in other characters."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import jaconv

Disguise = Callable[[str, random.Random], str]

_MARKS = (" ", "　", "・", "-", "_", ".", "/", "|", "★", "♪", "◆", "＊", "~", "＿", "\u200a")


def plain(text: str, dice: random.Random) -> str:
    return text


def full_width(text: str, dice: random.Random) -> str:
    return jaconv.h2z(text, ascii=True, digit=True)


def half_width_kana(text: str, dice: random.Random) -> str:
    return jaconv.z2h(jaconv.hira2kata(text), kana=True, ascii=True, digit=True)


def katakana(text: str, dice: random.Random) -> str:
    return jaconv.hira2kata(text)


def hiragana(text: str, dice: random.Random) -> str:
    return jaconv.kata2hira(text)


def mixed_kana(text: str, dice: random.Random) -> str:
    return "".join(jaconv.hira2kata(char) if i % 2 else char for i, char in enumerate(text))


def one_mark(text: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(text))
    return text[:at] + dice.choice(_MARKS) + text[at:]


def marks_everywhere(text: str, dice: random.Random) -> str:
    return dice.choice(_MARKS).join(text)


def upper(text: str, dice: random.Random) -> str:
    return text.upper()


def swap_case(text: str, dice: random.Random) -> str:
    return "".join(char.upper() if dice.random() < 0.5 else char for char in text)


def letter_digits(text: str, dice: random.Random) -> str:
    return text.replace("0", dice.choice("oOＯ")).replace("1", dice.choice("lI1"))


def kanji_digits(text: str, dice: random.Random) -> str:
    return text.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


def circled_digits(text: str, dice: random.Random) -> str:
    return text.translate(str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨"))


def spoken_digits(text: str, dice: random.Random) -> str:
    words = ("ゼロ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
    return "".join(words[int(char)] if char.isdigit() else "、" for char in text)


def other_hyphen(text: str, dice: random.Random) -> str:
    return text.replace("-", dice.choice("‐−ーー―の 　・"))


def old_kanji(text: str, dice: random.Random) -> str:
    return text.translate(str.maketrans("高辺斎崎沢国広浜島桜", "髙邊齊﨑澤國廣濵嶋櫻"))


def new_kanji(text: str, dice: random.Random) -> str:
    return text.translate(str.maketrans("髙邉齋", "高辺斉"))


def _eras(day: date) -> tuple[str, str, int]:
    if day < date(1989, 1, 8):
        return "昭和", "S", day.year - 1925
    return "平成", "H", day.year - 1988


def _kanji_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones or not tens else "")


def dates(day: date) -> dict[str, str]:
    """One day in many writings."""
    era, letter, count = _eras(day)
    y, m, d = day.year, day.month, day.day
    year_kanji = str(y).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    count_words = "元" if count == 1 else str(count)
    return {
        "西暦": f"{y}年{m}月{d}日",
        "slashes": f"{y}/{m:02d}/{d:02d}",
        "hyphens": f"{y}-{m}-{d}",
        "dots": f"{y}.{m}.{d}",
        "eight digits": f"{y}{m:02d}{d:02d}",
        "short year": f"'{y % 100:02d}/{m}/{d}",
        "six digits": f"{y % 100:02d}{m:02d}{d:02d}生まれ",
        "和暦": f"{era}{count_words}年{m}月{d}日",
        "era letter": f"{letter}{count}.{m}.{d}",
        "era one kanji": f"{era[0]}{count}年{m}月{d}日",
        "kanji": f"{era}{'元' if count == 1 else _kanji_number(count)}年{_kanji_number(m)}月{_kanji_number(d)}日",
        "kanji digits": f"{year_kanji}年{_kanji_number(m)}月{_kanji_number(d)}日",
        "full width": jaconv.h2z(f"{y}年{m}月{d}日", digit=True, ascii=True),
        "spaced": " ".join(f"{y}{m:02d}{d:02d}"),
        "spaced words": f"{y} 年 {m} 月 {d} 日",
        "marks": f"{y}★{m:02d}★{d:02d}",
        "day first": f"{d}/{m}/{y}",
        "english": f"{day:%B} {d}, {y}",
        "birthday": f"誕生日は{m}月{d}日",
        "birthday slashed": f"{m}/{d}が誕生日",
    }
