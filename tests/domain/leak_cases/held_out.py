"""Held-out set: other people, other disguises (character arithmetic instead of jaconv), two at a time, other sentences.

No rule of the scan was written with these texts in view; when one fails, mend the rule, never the text.
"""

from __future__ import annotations

import itertools
import random
import unicodedata
from collections.abc import Iterator
from datetime import date

from nakodo_desktop.domain.leak_own import OwnFacts
from tests.domain.leak_cases import hand_written
from tests.domain.leak_cases.case import Case

HELD_OUT_PEOPLE: dict[str, OwnFacts] = {
    "ito": OwnFacts(
        family_name="伊藤",
        given_name="例太郎",
        family_kana="いとう",
        given_kana="れいたろう",
        nicknames=("れいくん",),
        relatives=("美本",),
        phones=("090-9900-0011", "052-990-0012"),
        emails=("reitaro.ito@example.jp",),
        postal_code="450-9911",
        address_line="仮山町3丁目14-15",
        employer="有限会社仮山商店",
        school="私立仮山高等学校",
        stations=("仮山駅",),
        birth_date=date(1983, 11, 9),
    ),
    "ozawa": OwnFacts(
        family_name="小澤",
        given_name="試乃",
        family_kana="おざわ",
        given_kana="しの",
        nicknames=("おざしの",),
        phones=("080-9900-2233",),
        emails=("shino_ozawa@example.co.jp",),
        postal_code="020-9922",
        address_line="字仮坂99番地の2",
        employer="例示ガラス工業株式会社",
        school="仮坂短期大学",
        stations=("南仮坂駅",),
        birth_date=date(1996, 6, 18),
    ),
    "nakajima": OwnFacts(
        family_name="中嶋",
        given_name="見本也",
        family_kana="なかじま",
        given_kana="みほなり",
        relatives=("れい美",),
        phones=("070-9900-4455",),
        emails=("naka-mi@example.com",),
        postal_code="700-9933",
        address_line="仮瀬一丁目20番3号 コーポ仮瀬105",
        employer="学校法人仮瀬学園",
        school="仮瀬大学理学部",
        stations=("仮瀬口",),
        birth_date=date(1990, 2, 3),
    ),
    "tsuchiya": OwnFacts(
        family_name="土屋",
        given_name="純",
        family_kana="つちや",
        given_kana="じゅん",
        phones=("090-9900-6677",),
        emails=("jun-tsuchiya@example.net",),
        postal_code="400-9944",
        address_line="仮沢7-7-21",
        employer="仮沢信用組合",
        school="仮沢農業高校",
        birth_date=date(1979, 8, 30),
    ),
    "ohno": OwnFacts(
        family_name="大野",
        given_name="恭平",
        family_kana="おおの",
        given_kana="きょうへい",
        nicknames=("きょうちゃん",),
        phones=("050-9900-8899",),
        postal_code="870-9955",
        address_line="仮浜882番地",
        employer="ＫＡＲＩ物流合同会社",
        school="国立仮浜高専",
        stations=("仮浜温泉駅",),
        birth_date=date(2001, 9, 1),
    ),
}
HELD_OUT_OTHERS: tuple[tuple[str, str, str, str, str], ...] = (
    ("清水", "例花", "しみず", "れいか", "仮橋木工株式会社"),
    ("原", "試夫", "はら", "ためお", ""),
)


def _shift(text: str, low: int, high: int, by: int) -> str:
    return "".join(chr(ord(char) + by) if low <= ord(char) <= high else char for char in text)


def _to_katakana(text: str) -> str:
    return _shift(text, 0x3041, 0x3096, 0x60)


def _wide(text: str) -> str:
    return _shift(text, 0x21, 0x7E, 0xFEE0)


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _alternating(text: str) -> str:
    return "".join(_to_katakana(char) if i % 3 == 0 else char for i, char in enumerate(text))


def _parted(text: str, mark: str) -> str:
    return mark.join(text)


def _halved(text: str, mark: str) -> str:
    middle = len(text) // 2
    return text[:middle] + mark + text[middle:]


def _macrons(text: str) -> str:
    return text.replace("ou", "ô").replace("oo", "ō").replace("uu", "ū")


_NUMERALS = str.maketrans("0123456789", "零壱弐参四五六七八九")
_MATHEMATICAL = {ord("0") + i: chr(0x1D7CE + i) for i in range(10)}  # 𝟎…𝟗
_TALK = (
    "自分のことを{}と紹介しています。",
    "はじめまして、{}と申します！",
    "{}（本人）です。",
    "下の欄に書けなかったので補足：{}。",
    "{}より。",
)
_MARKS = ("…", "／", "〜", "♡", " - ", "＝", "°", "：", "､", "\u3000\u3000")


def cases(seed: int = 71) -> list[Case]:
    """Leaks and innocents together."""
    dice = random.Random(seed)
    found = []
    for person, own in HELD_OUT_PEOPLE.items():
        for leak, how, hidden in itertools.chain(_names(own, dice), _numbers(own, dice), _ties(own), _birthdays(own)):
            found.append(Case(person, hidden, leak, how))
    return found + hand_written("held_out.toml")


def _names(own: OwnFacts, dice: random.Random) -> Iterator[tuple[str, str, str]]:
    kana = own.family_kana + own.given_kana
    kanji = own.family_name + own.given_name
    writings = {
        "as it is": kanji,
        "given first": f"{own.given_name} {own.family_name}",
        "kanji and kana": own.family_name + own.given_kana,
        "kana and kanji": _to_katakana(own.family_kana) + own.given_name,
        "parted kanji": _parted(kanji, dice.choice(_MARKS)),
        "halved kana": _halved(kana, dice.choice(_MARKS)),
        "parted katakana": _parted(_to_katakana(kana), dice.choice(_MARKS)),
        "alternating": _alternating(kana),
        "decomposed": _decomposed(_to_katakana(kana)),
        "comma": f"{own.family_kana}、{own.given_kana}",
        "bracketed": f"{own.family_name}（{own.family_kana}）",
    }
    for how, writing in writings.items():
        yield "name", how, dice.choice(_TALK).format(writing)
    spelled = {
        "いとう": ("Itou", "Reitarou"),
        "おざわ": ("Ozawa", "Sino"),
        "なかじま": ("Nakazima", "Mihonari"),
        "つちや": ("Tsuchiya", "Zyun"),
        "おおの": ("Oono", "Kyouhei"),
    }[own.family_kana]
    for how, writing in {
        "comma, capitals": f"{spelled[0].upper()}, {spelled[1]}",
        "wide": _wide(f"{spelled[1]} {spelled[0]}"),
        "underscore and year": f"{spelled[0]}_{spelled[1]}".lower(),
        "macrons": _macrons(f"{spelled[0]} {spelled[1]}".lower()),
        "spaced letters": _parted((spelled[0] + spelled[1]).upper(), " "),
        "dots": _parted((spelled[1] + spelled[0]).lower(), "."),
    }.items():
        yield "name", "romaji " + how, dice.choice(_TALK).format(writing)


def _numbers(own: OwnFacts, dice: random.Random) -> Iterator[tuple[str, str, str]]:
    for phone in own.phones:
        digits = phone.replace("-", "")
        for how, writing in {
            "no hyphens": digits,
            "numerals of deeds": digits.translate(_NUMERALS),
            "mathematical": phone.translate(_MATHEMATICAL),
            "international": f"+81-{phone[1:]}",
            "brackets": f"({phone[:3]}){phone[3:].strip('-')}",
            "wide and parted": _parted(_wide(digits), dice.choice(_MARKS)),
            "letters O": digits.replace("0", "O"),
            "mixed": "".join(char.translate(_NUMERALS) if i % 2 else char for i, char in enumerate(phone)),
            "の between": phone.replace("-", "の"),
            "two lines": phone.replace("-", "\n", 1),
        }.items():
            yield "phone", how, f"ご連絡は {writing} にお願いします"
    for mail in own.emails:
        name, _, host = mail.partition("@")
        yield "email", "wide", f"メール：{_wide(mail)}"
        yield "email", "spaced at", f"{name} @ {host} です"
        yield "email", "アット", f"{name}アット{host}"
        yield "email", "name alone", f"アドレスの前半は {name} です"
    if own.postal_code:
        yield "postal_code", "wide", f"郵便番号{_wide(own.postal_code)}"
        yield "postal_code", "long vowel", f"〒{own.postal_code.replace('-', 'ー')}に住む"
        yield "postal_code", "parted", f"郵便は{_parted(own.postal_code.replace('-', ''), ' ')}"


def _ties(own: OwnFacts) -> Iterator[tuple[str, str, str]]:
    yield "address", "whole", f"{_wide(own.address_line)}の家で猫と暮らす"
    yield "employer", "whole", f"{own.employer}の経理をしています"
    yield "employer", "wide", f"職場は{_wide(own.employer)}です"
    yield "school", "whole", f"母校は{own.school}です"
    for station in own.stations:
        yield "station", "near", f"{station.removesuffix('駅')}駅の近くに住んでいます"
    for relative in own.relatives:
        yield "relative", "called", f"妹の{relative}と二人で旅をします"
    for nickname in own.nicknames:
        yield "nickname", "called", f"昔から{nickname}の愛称で親しまれています"


def _birthdays(own: OwnFacts) -> Iterator[tuple[str, str, str]]:
    assert own.birth_date is not None
    day = own.birth_date
    count = day.year - (1925 if day < date(1989, 1, 8) else 1988)
    era = "昭和" if day < date(1989, 1, 8) else "平成"
    for how, writing in {
        "wide slashes": _wide(f"{day.year}/{day.month}/{day.day}"),
        "era, wide": f"{era}{_wide(str(count))}年{_wide(str(day.month))}月{_wide(str(day.day))}日",
        "era squared": f"{'㍼' if era == '昭和' else '㍻'}{count}.{day.month:02d}.{day.day:02d}",
        "letter O": f"{day.year}年{day.month:02d}月{day.day:02d}日".replace("0", "O"),
        "birthday apart": f"バースデーは{day.month}月の{day.day}日",
        "day then year": f"{day.month}月{day.day}日、{day.year}年の生まれ",
        "english short": f"{day:%d %b %Y}",
        "born in era": f"{era}{count}年生まれ、{day.month}月{day.day}日",
    }.items():
        yield "birth_date", how, f"（{writing}）"
