"""After this, names in Latin letters are found whatever the spelling, the order, the case and the marks between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from nakodo_desktop.domain.leak_finding import Finding, LeakKind, finding
from nakodo_desktop.domain.leak_fold import Folded
from nakodo_desktop.domain.leak_romaji import skeleton
from nakodo_desktop.domain.leak_words import ORDINARY_LATIN

STRETCH = re.compile("[a-z][^\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u9fff]*")  # up to the next Japanese letter
_TOKEN = re.compile("[a-z]+")
_BETWEEN = re.compile(r"[\W_]{0,4}")
_PROSE = re.compile(r"[,!?、。！？]\s")  # Oh, no! is not Ohno
_CALLED = ("san", "kun", "tyan", "sama", "sensei", "zyp")  # skeletons of さん, くん … and of jp
_INITIAL_BEFORE = re.compile(r"(?<![a-z])[a-z][._・][ \u3000]?$")
_INITIAL_AFTER = re.compile(r"[ \u3000_・.,]{1,2}(?P<initial>[b-hj-z](?![a-z])|[ai](?=\.))")
_DIGIT_IN_WORD = re.compile("[a-z][01](?=[a-z])")
_LETTERS = str.maketrans("01", "oi")  # Tar0, M1hoko
_MOST_LETTERS = 40
_SURE_LETTERS = 7  # a skeleton this long is the name even inside a longer word
_SURE_WHOLE_LETTERS = 5  # family and given name together
_FEWEST_LETTERS = 3
_SHORT_LETTERS = 4  # so few letters are a name in pieces only when each stands alone: K e n


@dataclass(frozen=True)
class LatinNames:
    """Skeletons (see leak_romaji) of the names of one person."""

    sure: tuple[tuple[str, LeakKind], ...]  # wherever the letters stand
    words: Mapping[str, LeakKind]  # as a word of their own


def latin_names(words: Mapping[str, LeakKind], *, whole: Mapping[str, LeakKind]) -> LatinNames:
    """Sort skeletons by how much they need around them. `whole`: family and given name together."""
    sure = {name: kind for name, kind in whole.items() if len(name) >= _SURE_WHOLE_LETTERS}
    for name, kind in words.items():
        if len(name) >= _SURE_LETTERS:
            sure.setdefault(name, kind)
    alone = {name: kind for name, kind in words.items() if len(name) >= _FEWEST_LETTERS and name not in _ORDINARY}
    return LatinNames(tuple(sure.items()), alone)


def find_latin(plain: Folded, names: LatinNames) -> Iterator[Finding]:
    """Find the names in letters of any spelling: Taro, T a r o, YAMAMOTO_Taro."""
    found_at, whole = -1, {name for name, _ in names.sure}
    for group in _groups(plain.text):
        is_more = group.begin != found_at or group.sound in names.words or group.sound in whole
        kind = _kind_of(group, names) if is_more else None
        if kind is not None:
            found_at = group.begin  # the shortest group that begins there says it all, but for the whole name
            if not _is_said_later(plain.text, group, names):
                yield finding(kind, plain.span(*_with_initials(plain.text, group)), plain.original)


def _with_initials(text: str, group: _Group) -> tuple[int, int]:
    """R. Makoto and Makoto R. with the letter of the other name."""
    if group.is_spelled:  # R e i: the next letter belongs to another word
        return group.begin, group.end
    before, after = _INITIAL_BEFORE.search(text, 0, group.begin), _INITIAL_AFTER.match(text, group.end)
    return before.start() if before else group.begin, after.end("initial") if after else group.end


def _is_said_later(text: str, group: _Group, names: LatinNames) -> bool:
    """My name is Sora Reino: the group that begins at Sora says the same with fewer words."""
    tokens = list(_TOKEN.finditer(text, group.begin, group.end))
    said = [name for name, _ in names.sure if name in group.sound]
    if len(tokens) < 2 or not said or group.sound in names.words:
        return False
    return max(said, key=len) in skeleton("".join(token.group() for token in tokens[1:]))


def holds_latin(stretch: str, names: LatinNames) -> bool:
    """Whether `find_latin` would find anything in lower-case letters with no Japanese one among them."""
    for group in _groups_of_stretch(stretch):  # noqa: SIM110  # any() costs half as much again, in every text
        if _kind_of(group, names) is not None:
            return True
    return False


@dataclass(frozen=True)
class _Group:
    """Neighbouring pieces of letters that may be one name, by their sound."""

    begin: int
    end: int
    sound: str
    is_spelled: bool  # letter by letter
    is_whole: bool  # it may be a short name: not torn by prose, not two words that sound like one


@lru_cache(maxsize=4096)
def _groups_of_stretch(stretch: str) -> tuple[_Group, ...]:
    return tuple(_groups(stretch))


def _groups(text: str) -> Iterator[_Group]:
    yield from _groups_as_written(text)
    if _DIGIT_IN_WORD.search(text):
        yield from _groups_as_written(_DIGIT_IN_WORD.sub(lambda found: found.group().translate(_LETTERS), text))


def _groups_as_written(text: str) -> Iterator[_Group]:
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    for i, (begin, _) in enumerate(tokens):
        letters, reach, pieces = "", begin, 0
        for start, end in tokens[i:]:
            if pieces and not _BETWEEN.fullmatch(text, reach, start):
                break
            letters += text[start:end]
            reach, pieces = end, pieces + 1
            if len(letters) > _MOST_LETTERS and pieces > 1:
                break
            sound = skeleton(letters)
            is_torn = pieces > 1 and _PROSE.search(text, begin, end) is not None
            is_two_words = len(sound) <= _SHORT_LETTERS and 1 < pieces < len(letters)
            is_spelled = 1 < pieces == len(letters)
            yield _Group(begin, end, sound, is_spelled, not (is_torn or is_two_words))


def _kind_of(group: _Group, names: LatinNames) -> LeakKind | None:
    """The name that a group sounds like, with or without what people are called by."""
    sound = group.sound
    for name, kind in names.sure:
        if name in sound:
            return kind
    if not group.is_whole:
        return None
    found = names.words.get(sound)
    if found is None and sound.endswith(_CALLED):
        bare = next(sound.removesuffix(called) for called in _CALLED if sound.endswith(called))
        found = names.words.get(bare)
    return found


_ORDINARY = frozenset(skeleton(word) for word in ORDINARY_LATIN)
