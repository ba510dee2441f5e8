"""After this, an address line is its town, its house numbers and its building, folded for the scan."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nakodo_desktop.domain.leak_fold import fold, folded_words, is_kanji
from nakodo_desktop.domain.leak_numbers import numeral

_STREET = re.compile(
    r"(?:第?[0-9]+|[一二三四五六七八九十百]+(?=丁目|番|号))"
    r"(?:(?:丁目|番地|番|号|の|[-‐‑‒–—−ー]|\s)+(?:[0-9]+|[一二三四五六七八九十百]+(?=丁目|番|号))|丁目|番地|番|号)*"
)
_NUMERAL = re.compile("[0-9]+|[一二三四五六七八九十百]+")
_AREA_WORDS = re.compile("^(?:大字|字)")
# Towns that are also everyday words: they count only with a house number or 丁目 beside them.
COMMON_TOWNS = frozenset(
    folded_words(
        "中央 本町 元町 栄 緑 旭 港 東 西 南 北 駅前 若葉 青葉 桜 桜木 大手 中町 上町 下町 仲町 新町 末広 錦 寿 "
        "平和 希望 光 緑が丘 自由が丘 美里 幸 泉 富士見 朝日 日の出 有楽町 門前町 城下町 港町 川原 中島 中野 小川 "
        "大和 千代田 高砂 住吉 八幡"
    )
)
_TURNS = re.compile("上る|下る|東入る?|西入る?|[上下]がる|(?<=..)(?<!文)大?字(?=..)|(?<=..[区郡])(?=..)")
# 見本小路上る架空町, 架空字例沢, 見本区例町
_COUNTERS = ("丁目", "番地", "番", "号")
_KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")
_BESIDE_TOWN = ("丁目", "番地", "に住", "在住", "住まい", "町内", "のマンション", "のアパート", "の実家", "で暮ら")


@dataclass(frozen=True)
class Address:
    """Parts of one address line, folded. `names` are sure wherever they stand."""

    town: str
    numbers: tuple[int, ...]
    names: tuple[str, ...]


def split_address(line: str) -> Address:
    """見本町１丁目２−３ メゾン架空２０１ → 見本町, (1, 2, 3), メゾン架空."""
    plain = unicodedata.normalize("NFKC", line).strip()
    match = _STREET.search(plain)
    before, street, after = (
        (plain, "", "") if match is None else (plain[: match.start()], match.group(), plain[match.end() :])
    )
    town = fold(_AREA_WORDS.sub("", before))
    building = fold(re.split("[0-9]", after.strip())[0])
    numbers = tuple(numeral(number) for number in _NUMERAL.findall(street))
    names = [*_town_names(town), *([building] if len(building) >= 4 else [])]
    if town:
        names += [town + writing + word for writing in _writings(numbers[:1]) for word in _COUNTERS]
        names += [town + str(number) for number in numbers[:1]]
        parts = [part for part in _TURNS.split(town) if len(part) > 1]
        names += [] if parts == [town] else [part for part in parts if part not in COMMON_TOWNS]
        names += [f"字{part}" for part in parts]
    return Address(town, numbers, tuple(dict.fromkeys(names)))


def _writings(numbers: Iterable[int]) -> Iterator[str]:
    """12 → 12, 一二, 十二."""
    for number in numbers:
        tens, ones = divmod(number, 10)
        yield str(number)
        yield str(number).translate(_KANJI)
        if 10 <= number < 100:
            yield f"{str(tens).translate(_KANJI) if tens > 1 else ''}十{str(ones).translate(_KANJI) if ones else ''}"


def _town_names(town: str) -> list[str]:
    if len(town) < 2:
        return []
    if town in COMMON_TOWNS:
        numbered = [f"{digit}丁目" for digit in "123456789一二三四五六七八九"]
        return [town + beside for beside in (*_BESIDE_TOWN, *numbered)]
    return [town]


def spellings(name: str) -> tuple[str, ...]:
    """緑ヶ丘, 緑が丘 and 緑ノ丘, with or without a station after them; fold has made け of ヶ."""
    forms = [name]
    for i, char in enumerate(name):
        if char in "けが" and 0 < i < len(name) - 1 and is_kanji(name[i - 1]) and is_kanji(name[i + 1]):
            forms += [name[:i] + other + name[i + 1 :] for other in "けがの" if other != char]
    return tuple(forms)
