"""What a member named as not to be read on the site, sorted: callers need not know how the answer is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARTED = re.compile(r"[、，,;；/／\n]+")
# 妹の花代, 母：例子, あだ名は「はなちゃん」
_LABELLED = re.compile(
    r"(?P<label>あだ名|あだな|ニックネーム|愛称|呼び名|父親?|母親?|兄|姉|弟|妹|祖父|祖母|息子|娘|子ども?|家族"
    r"|(?:最寄り?の?)?駅)(?:の名前)?(?:\s*[：:＝=]|[はの]|\s)\s*(?P<word>.+)"
)
_NICKNAMES = ("あだ", "ニック", "愛称", "呼び")
_QUOTES = "「」『』\"' 　"


@dataclass(frozen=True, kw_only=True)
class UnwantedWords:
    nicknames: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    stations: tuple[str, ...] = ()
    others: tuple[str, ...] = ()  # not said what they are


def sorted_words(answer: str) -> UnwantedWords:
    """Read 「あだ名 はなちゃん、妹の花代、見本駅、茶道教室みほん」; what is not labelled is a word like any other."""
    found: dict[str, list[str]] = {"nicknames": [], "relatives": [], "stations": [], "others": []}
    for part in _PARTED.split(answer):
        text = part.strip(_QUOTES)
        match = _LABELLED.fullmatch(text)
        label, word = (match["label"], match["word"].strip(_QUOTES)) if match else ("", text)
        if word.endswith("駅") or label.endswith("駅"):
            found["stations"].append(word)
        elif label.startswith(_NICKNAMES):
            found["nicknames"].append(word)
        elif label:
            found["relatives"].append(word)
        elif word:
            found["others"].append(word)
    return UnwantedWords(**{name: tuple(dict.fromkeys(words)) for name, words in found.items()})
