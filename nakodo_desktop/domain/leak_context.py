"""After this, a name found in a text is judged: someone's name here, perhaps a name, or an ordinary word.

趣味は山本山の海苔 holds 山本 and names nobody; 山本と申します names 山本.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from nakodo_desktop.domain.leak_fold import Folded, is_hiragana, is_kanji, is_katakana
from nakodo_desktop.domain.leak_words import (
    CLOSINGS,
    HONORIFICS,
    HOUSEHOLD,
    INTRODUCTIONS,
    KANJI_AFTER_NAME,
    KANJI_BEFORE_NAME,
    NAME_INTRODUCTIONS,
    NOT_HONORIFIC_BEFORE,
    ORDINARY,
    PARTICLES,
    PLACE_CUES,
    PLACES,
)

_SENTENCE_MARKS = re.compile("[。．！？!?\n「」『』]")
_LIST_MARKS = re.compile("[・、，,／/]")
_COMMA = re.compile("[、，]")
_SURE_KANA = 4  # a reading this long does not appear in prose by chance
_SURE_KANJI = 2
_SURE_WHOLE = 3  # family and given name together


class Verdict(Enum):
    """How a name found in a text is to be taken."""

    NOBODY = auto()
    PERHAPS = auto()  # the operator must say why it is not a name
    NAME = auto()


def judge_name(
    text: Folded,
    begin: int,
    end: int,
    *,
    partners: tuple[str, ...] = (),
    is_doubtful: bool = False,
    is_given: bool = False,
) -> Verdict:
    """Judge one family name, given name or nickname found at the folded characters begin…end.

    `partners`: the other half of the full name; 林 and 一 are ordinary words, 林一 is a person.
    `is_doubtful`: a form that names nobody unless somebody is called by it.
    """
    found = text.text[begin:end]
    if full_name(text, begin, end, partners=partners) is not None:
        return Verdict.NAME
    if _is_torn_by_prose(text, begin, end):
        return Verdict.NOBODY
    if is_named(text, begin, end, is_given=is_given):
        return Verdict.NAME
    if is_doubtful or found in ORDINARY:
        return Verdict.NOBODY
    if not _stands_alone(text, begin, end) or (is_given and _is_of_a_title(text, begin, end)):
        return Verdict.NOBODY
    if found in PLACES:
        return Verdict.NOBODY if text.text.startswith(PLACE_CUES, end) else Verdict.PERHAPS
    return Verdict.NAME


def full_name(text: Folded, begin: int, end: int, *, partners: tuple[str, ...]) -> tuple[int, int] | None:
    """Where the name and its other half stand side by side; None where they do not."""
    for partner in partners:
        for low, high in ((begin, end + len(partner)), (begin - len(partner), end)):
            other = text.text[end:high] if low == begin else text.text[max(low, 0) : begin]
            if other != partner or _is_torn_by_lines(text, max(low, 0), high):
                continue
            if high - low >= _SURE_WHOLE or is_whole_word(text, low, high):
                return max(low, 0), high
    return None


def is_named(text: Folded, begin: int, end: int, *, is_given: bool = False) -> bool:
    """True where the words around say that this is what somebody is called: 林さん, 名前は林です."""
    if not _is_bounded_before(text, begin):
        return False
    if _has_honorific(text, end, is_given=is_given):
        return True
    if _COMMA.search(text.gap(end)) and text.text.endswith(NAME_INTRODUCTIONS, 0, begin):
        return True
    closes = end == len(text.text) or text.text.startswith(CLOSINGS, end) or bool(_SENTENCE_MARKS.search(text.gap(end)))
    if not closes:
        return False
    opens_sentence = (begin == 0 or bool(_SENTENCE_MARKS.search(text.gap(begin)))) and end != len(text.text)
    is_introduced = text.text.endswith(INTRODUCTIONS, 0, begin) and not _SENTENCE_MARKS.search(text.gap(begin))
    return is_introduced or (opens_sentence and text.text.startswith(CLOSINGS, end))


def is_addressed(text: Folded, begin: int, end: int) -> bool:
    """True where somebody is called by this name: 林さん, 山本先生."""
    return _is_bounded_before(text, begin) and _has_honorific(text, end) and not _is_torn_by_prose(text, begin, end)


def is_whole_word(text: Folded, begin: int, end: int) -> bool:
    """True when the characters do not run on in the same script on either side."""
    first, last = _source(text, begin), _source(text, end - 1)
    before = _source(text, begin - 1) if begin and not text.gap(begin) else ""
    after = _source(text, end) if end < len(text.text) and not text.gap(end) else ""
    return not (_same_script(before, first) or _same_script(last, after))


def _has_honorific(text: Folded, end: int, *, is_given: bool = False) -> bool:
    if _SENTENCE_MARKS.search(text.gap(end).strip("」』")):  # 「石見」さん is called by it
        return False
    is_apart = bool(_LIST_MARKS.search(text.gap(end)))
    for honorific in HONORIFICS:
        if is_given and honorific in HOUSEHOLD:
            continue
        if text.text.startswith(honorific, end) and (not is_apart or honorific.startswith("と")):
            reach = end + len(honorific)
            after = "" if text.gap(reach) else text.text[reach : reach + 1]
            return not (after and after in NOT_HONORIFIC_BEFORE.get(honorific, ()))
    return False


def _is_torn_by_prose(text: Folded, begin: int, end: int) -> bool:
    """True when what stands between the characters is punctuation or a list, not a mark put in to hide a name."""
    gaps = [text.gap(i) for i in range(begin + 1, end)]
    if _is_upright(gaps):
        return False
    if any(_SENTENCE_MARKS.search(gap) for gap in gaps):
        return True
    if end - begin >= _SURE_KANA or not any(gaps):
        return False
    if any(_COMMA.search(gap) for gap in gaps):
        return True
    marks = {mark for gap in gaps for mark in _LIST_MARKS.findall(gap)}
    neighbours = text.gap(begin) + text.gap(end)
    return any(mark in neighbours for mark in marks)  # 山・本・音楽 is a list


def _is_torn_by_lines(text: Folded, begin: int, end: int) -> bool:
    gaps = [text.gap(i) for i in range(begin + 1, end)]
    return any("\n" in gap for gap in gaps) and not _is_upright(gaps)


def _is_upright(gaps: list[str]) -> bool:
    """One letter a line, as in writing from top to bottom; two such letters may be a list."""
    return len(gaps) + 1 >= _SURE_WHOLE and all("\n" in gap for gap in gaps)


def _stands_alone(text: Folded, begin: int, end: int) -> bool:
    kanji = [is_kanji(char) for char in text.text[begin:end]]
    if all(kanji):
        return _kanji_stand_alone(text, begin, end)
    if any(kanji):
        return _is_bounded_before(text, begin) and _ends_well(text, end)
    return _kana_stand_alone(text, begin, end)


def _kanji_stand_alone(text: Folded, begin: int, end: int) -> bool:
    if end - begin < _SURE_KANJI:
        return False
    before = text.text[begin - 1] if begin and not text.gap(begin) else ""
    after = text.text[end] if end < len(text.text) and not text.gap(end) else ""
    if before and is_kanji(before) and not text.text.endswith(KANJI_BEFORE_NAME, 0, begin):
        return False
    return not (after and is_kanji(after)) or text.text.startswith(KANJI_AFTER_NAME, end)


def _kana_stand_alone(text: Folded, begin: int, end: int) -> bool:
    length = end - begin
    if any(text.gap(i) for i in range(begin + 1, end)):
        return length >= 3  # nobody parts た・な・か by chance
    if is_katakana(_source(text, begin)) and is_hiragana(_source(text, end - 1)):
        return length >= 3 and _starts_katakana(text, begin) and _ends_well(text, end)  # タカさん
    if is_katakana(_source(text, begin)) or not all(is_hiragana(_source(text, i)) for i in range(begin, end)):
        return length >= 3 and is_whole_word(text, begin, end)
    if length >= _SURE_KANA:
        return True
    return length == 3 and _starts_word(text, begin) and _ends_well(text, end) and not _describes(text, end)


def _describes(text: Folded, end: int) -> bool:
    """True where a noun follows at once: ためたポイント are points saved up."""
    after = _source(text, end) if end < len(text.text) and not text.gap(end) else ""
    return is_kanji(after) or is_katakana(after)


def _is_of_a_title(text: Folded, begin: int, end: int) -> bool:
    """アヴェ・マリア: a given name in katakana beside somebody else's."""
    return is_katakana(_source(text, begin)) and (
        (text.gap(begin) == "・" and is_katakana(_source(text, begin - 1)))
        or (text.gap(end) == "・" and is_katakana(_source(text, end)))
    )


def _starts_katakana(text: Folded, begin: int) -> bool:
    return not (begin and not text.gap(begin) and is_katakana(_source(text, begin - 1)))


def _ends_well(text: Folded, end: int) -> bool:
    after = _source(text, end) if end < len(text.text) and not text.gap(end) else ""
    if is_kanji(after):
        return not is_kanji(_source(text, end - 1)) or text.text.startswith(KANJI_AFTER_NAME, end)
    return not is_hiragana(after) or after in PARTICLES or text.text.startswith(CLOSINGS, end)


def _starts_word(text: Folded, begin: int) -> bool:
    before = _source(text, begin - 1) if begin and not text.gap(begin) else ""
    return not is_hiragana(before)


def _is_bounded_before(text: Folded, begin: int) -> bool:
    before = _source(text, begin - 1) if begin and not text.gap(begin) else ""
    if not before:
        return True
    first = _source(text, begin)
    if is_kanji(first) and is_kanji(before):
        return text.text.endswith(KANJI_BEFORE_NAME + INTRODUCTIONS, 0, begin)
    if is_hiragana(first) and is_hiragana(before):
        return before in PARTICLES or text.text.endswith(INTRODUCTIONS, 0, begin)
    return not _same_script(before, first)


def _source(text: Folded, index: int) -> str:
    """The character of the original that a folded one came from."""
    return text.original[text.starts[index]]


def _same_script(left: str, right: str) -> bool:
    if not left or not right:
        return False
    return any(test(left) and test(right) for test in (is_kanji, is_katakana, is_hiragana, str.isascii))
