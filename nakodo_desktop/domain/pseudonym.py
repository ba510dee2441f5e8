"""After this, nobody need think up a name for the site: one is made that has nothing in common with the legal one.

Chosen evenly from words of this module, never derived from the member, and kept across batches until it is renewed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from nakodo_desktop.domain.kana import kana_trouble, to_hiragana
from nakodo_desktop.domain.leak_fold import fold, folded_words
from nakodo_desktop.domain.leak_romaji import kana_skeleton
from nakodo_desktop.domain.values import Trouble

Pick = Callable[[int], int]  # n → an even choice of 0…n-1, such as secrets.randbelow

_FIRST = folded_words(
    "あお あさ いろ うみ えだ おと かぜ きり くも けし こけ さわ しお すな せみ そら たに ちか つゆ てり とり "
    "なみ にじ ぬま ねむ のは はす ひな ふえ ほし まめ みず むぎ めだ もみ やな ゆり よい らん りん るり れん "
    "ろか わた"
)
_LAST = folded_words("か き こ さ せ そ た と な ね の は ふ ほ ま み め も や ゆ よ ら り る れ わ")
_FEWEST_KANA, _MOST_KANA = 2, 10


@dataclass(frozen=True, kw_only=True)
class LegalName:
    """What the pseudonym must not resemble."""

    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    nicknames: tuple[str, ...] = ()


def generate(name: LegalName, *, taken: Collection[str], pick: Pick) -> str | Trouble:
    """A free pseudonym in hiragana. Trouble only when the office has used up every one that fits."""
    used = {fold(other) for other in taken}
    traits = _traits(name)
    for words in (_SHORT, _LONG):
        free = [word for word in words if word not in used and _likeness(word, traits) is None]
        if free:
            return free[pick(len(free))]
    return Trouble("使える仮名がなくなりました。退会された方の仮名を空けるか、仮名を入力してください。")


def prepare() -> None:
    """Work out the initials now: the first pseudonym need not wait for it."""
    for word in _SHORT:
        _initial(word)


def pseudonym_trouble(pseudonym: str, name: LegalName, *, taken: Collection[str]) -> Trouble | None:
    """Say why a pseudonym may not stand; None for one that gives nothing away. `taken`: those of other members."""
    trouble = kana_trouble(pseudonym)
    if trouble is not None:
        return Trouble("仮名は、ひらがなかカタカナで入力してください。")
    word = fold(pseudonym)
    if not _FEWEST_KANA <= len(word) <= _MOST_KANA:
        return Trouble(f"仮名は{_FEWEST_KANA}文字から{_MOST_KANA}文字にしてください。")
    if word in {fold(other) for other in taken}:
        return Trouble("この仮名は、ほかの会員が使っています。別の仮名にしてください。")
    return _likeness(word, _traits(name))


@dataclass(frozen=True)
class _Traits:
    """What a legal name is made of, folded."""

    parts: tuple[str, ...]
    pairs: frozenset[str]  # every two characters in a row
    initials: frozenset[str]


def _traits(name: LegalName) -> _Traits:
    readings = [fold(to_hiragana(kana)) for kana in (name.family_kana, name.given_kana) if kana]
    written = [fold(part) for part in (name.family_name, name.given_name, *name.nicknames)]
    parts = tuple(part for part in (*written, *readings) if part)
    pairs = frozenset(part[i : i + 2] for part in parts for i in range(len(part) - 1))
    return _Traits(parts, pairs, frozenset(_initial(reading) for reading in readings if reading))


def _likeness(word: str, traits: _Traits) -> Trouble | None:
    if any(part in word or word in part for part in traits.parts):
        return Trouble("本名かあだ名の一部が入っています。関係のない仮名にしてください。")
    if any(word[i : i + 2] in traits.pairs for i in range(len(word) - 1)):
        return Trouble("本名のよみと同じ並びの字があります。関係のない仮名にしてください。")
    if _initial(word) in traits.initials:
        return Trouble("本名と頭文字が同じです。別の音で始まる仮名にしてください。")
    return None


@lru_cache(maxsize=4096)
def _initial(reading: str) -> str:
    """The letter a name begins with when it is written in Latin letters."""
    return kana_skeleton(reading)[:1] or reading[:1]


_SHORT = tuple(first + last for first, last in product(_FIRST, _LAST))
_LONG = tuple(first + last for first, last in product(_FIRST, _FIRST) if first != last)
