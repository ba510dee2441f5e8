"""A name for the site that leads to nobody: made of neutral words, unlike any part of the member's own names."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable

from nakodo_desktop.domain.kana import to_hiragana
from nakodo_desktop.domain.search_keys import search_key
from nakodo_desktop.domain.values import Answers, Trouble

_FIRST = "あお あか あさ いろ うみ かぜ かわ きの くも こと さく しお すず そら つき なぎ にじ ねむ はな はる ひか ふゆ ほし まつ みず もり やま ゆき よる わか"
_LAST = "いろ うた かげ きり くさ こえ さと しま すな たね つゆ とり なみ のは はね ひめ ふね みち みね むぎ もも ゆめ りん るり"
FIRST_PARTS = tuple(_FIRST.split())
LAST_PARTS = tuple(_LAST.split())
LONGEST = 10
_SHARED_RUN = 2  # as many characters in a row as a part of a name and the pseudonym may not share


def propose(answers: Answers, *, taken: Collection[str], source: random.Random) -> str:
    """A pseudonym that passes `pseudonym_trouble`. Raises LookupError when every combination is taken."""
    pairs = [first + last for first in FIRST_PARTS for last in LAST_PARTS if first != last]
    source.shuffle(pairs)
    for made in pairs:
        if pseudonym_trouble(made, answers, taken=taken) is None:
            return made
    raise LookupError("no pseudonym is left")


def pseudonym_trouble(pseudonym: str, answers: Answers, *, taken: Collection[str]) -> Trouble | None:
    """Why this pseudonym could lead to the member, or is somebody's already."""
    key = _key(pseudonym)
    if not 2 <= len(key) <= LONGEST:
        return Trouble(f"仮名は、ひらがな2〜{LONGEST}文字にしてください。")
    for part in _own_parts(answers):
        if _shares_a_run(key, part):
            return Trouble("本名やよみと同じ並びが入っています。別の仮名にしてください。")
        if part and key[0] == part[0]:
            return Trouble("本名の頭文字と同じ字で始まっています。別の仮名にしてください。")
    if key in {_key(other) for other in taken}:
        return Trouble("この仮名は、ほかの会員が使っています。別の仮名にしてください。")
    return None


def _own_parts(answers: Answers) -> Iterable[str]:
    for field_key in ("family_name", "given_name", "family_kana", "given_kana"):
        yield _key(str(answers.get(field_key) or ""))


def _shares_a_run(key: str, part: str) -> bool:
    if not part:
        return False
    if len(part) < _SHARED_RUN:
        return part in key
    return any(part[i : i + _SHARED_RUN] in key for i in range(len(part) - _SHARED_RUN + 1))


def _key(text: str) -> str:
    return search_key(to_hiragana(text))
