"""The shipped dictionary of words for work as a domain value; nobody else reads occupations.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from nakodo_desktop.domain.occupation import INDUSTRY_LABELS, OccupationWords
from nakodo_desktop.domain.search_keys import search_key
from nakodo_desktop.errors import ProgramDamaged
from nakodo_desktop.paths import RESOURCES

DICTIONARY = RESOURCES / "rules" / "occupations.toml"
_SHORTEST_WORD = 2  # a single kanji would be found inside names


@cache
def load(path: Path = DICTIONARY) -> OccupationWords:
    """Raises ProgramDamaged when the dictionary is missing, or says two things of one word."""
    try:
        return _words_of(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as error:
        raise ProgramDamaged(path.name) from error


def _words_of(raw: dict[str, Any]) -> OccupationWords:
    listed = {industry: _texts(words) for industry, words in raw["industry"].items()}
    in_any_industry = _texts(raw["any"]["words"])
    if set(listed) != set(INDUSTRY_LABELS):
        raise ValueError("the industries are not those of the catalogue")
    keys = [search_key(word) for words in (*listed.values(), in_any_industry) for word in words]
    if len(set(keys)) < len(keys) or min(map(len, keys)) < _SHORTEST_WORD:
        raise ValueError("a word stands twice or is too short")
    return OccupationWords(
        version=raw["version"],
        industry_of={word: industry for industry, words in listed.items() for word in words},
        in_any_industry=frozenset(in_any_industry),
        rare_titles=frozenset(_texts(raw["rare"]["titles"])),
        public_titles=frozenset(_texts(raw["public"]["titles"])),
    )


def _texts(words: object) -> list[str]:
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError("a list of words is expected")
    return words
