"""Which passphrases are good enough, and good ones on request. The weakest in the office decides for every member."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nakodo_desktop import paths
from nakodo_desktop.domain.values import Trouble
from nakodo_desktop.errors import ProgramDamaged
from nakodo_desktop.vault.kdf import MAX_PASSPHRASE_CHARACTERS

MIN_CHARACTERS = 14
GENERATED_WORDS = 5  # of more than 2,700: 57 bits, each guess costing a third of a second and the office key

_WORDS = "passphrase_words.txt"
_COMMON = "common_passphrases.txt"
_MIN_DIFFERENT = 6
_MIN_NAME_CHARACTERS = 2
_WALKS = (
    "qwertyuiopasdfghjklzxcvbnm",
    "poiuytrewqlkjhgfdsamnbvcxz",
    "1234567890",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "abcdefghijklmnopqrstuvwxyz",
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん",
)


@dataclass(frozen=True)
class WordLists:
    words: tuple[str, ...]
    common: frozenset[str]


@cache
def word_lists() -> WordLists:
    """Raises ProgramDamaged when a list is missing: no weaker rule is used instead."""
    words, common = _lines(_WORDS), _lines(_COMMON)
    if len(set(words)) < 2000 or not common:
        raise ProgramDamaged(_WORDS)
    return WordLists(words, frozenset(_core(line) for line in common))


def generate(lists: WordLists) -> str:
    """Five random words with spaces between; typed in plain letters, since a password box bypasses the input method."""
    return " ".join(secrets.choice(lists.words) for _ in range(GENERATED_WORDS))


def check(passphrase: str, lists: WordLists, *, names: Sequence[str] = ()) -> Trouble | None:
    """None: good enough. `names`: of the person and of the office, which anybody would try."""
    text = unicodedata.normalize("NFKC", passphrase)
    if len(passphrase) > MAX_PASSPHRASE_CHARACTERS:
        return Trouble(f"{MAX_PASSPHRASE_CHARACTERS:,} 文字までにしてください。")
    if any(unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") for character in text):
        return Trouble("タブや改行など、キーボードで打ち直せない文字は使えません。")
    core = _core(text)
    if any(len(name) >= _MIN_NAME_CHARACTERS and core == name for name in map(_core, names)):
        return Trouble("名前や事務所名そのものは使えません。関係のない言葉を組み合わせてください。")
    if _is_common(core, lists.common) or _is_walk(text):
        return Trouble("よく使われる言葉や並びなので、すぐに当てられてしまいます。別のものにしてください。")
    if _counts_as_words(text, lists):
        return None
    if len(text) < MIN_CHARACTERS:
        return Trouble(
            f"{MIN_CHARACTERS} 文字以上にしてください（いまは {len(text)} 文字）。「作ってもらう」でも選べます。"
        )
    if len(set(text.casefold())) < _MIN_DIFFERENT:
        return Trouble("同じ文字のくり返しが多すぎます。いろいろな文字を混ぜてください。")
    return None


def _counts_as_words(text: str, lists: WordLists) -> bool:
    """Five different words of our list are as good as their number, however short."""
    words = text.casefold().split()
    return len(set(words)) >= GENERATED_WORDS and set(words) <= set(lists.words)


def _is_common(core: str, common: frozenset[str]) -> bool:
    """On the list, or one entry repeated: `password`, `Password 2026!`, `passwordpassword`."""
    if not core:
        return False
    period = (core + core).find(core, 1)
    return core in common or core[:period] in common


def _is_walk(text: str) -> bool:
    """Along the keyboard or the syllabary, forwards or backwards, from anywhere, again and again."""
    plain = "".join(character for character in text.casefold() if not character.isspace())
    if not plain:
        return False
    for walk in _WALKS:
        for direction in (walk, walk[::-1]):
            endless = direction * (len(plain) // len(direction) + 2)
            if plain in endless:
                return True
    return False


def _core(text: str) -> str:
    """Without case, width, spaces, digits and signs: what somebody guesses first."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalpha() or character == "ー")


def _lines(name: str) -> tuple[str, ...]:
    path: Path = paths.RESOURCES / "rules" / name
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise ProgramDamaged(name) from exc
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
