"""After this, a name is also known half in kana, 山もと, and with letters that only look like its own: 川ロ, 末永.

Such a form may be ordinary words (山もと is the foot of a hill); `is_doubtful` then asks for somebody called by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from nakodo_desktop.domain.leak_fold import fold, is_kanji

# What nobody tells apart at the size of a text. Kanji beside katakana, then kanji beside kanji.
_KANA_OF = dict(zip("口二力夕工八卜千匕", fold("ロニカタエハトチヒ"), strict=True))
_KANJI_OF = {ord(kana): kanji for kanji, kana in _KANA_OF.items()}
_TWIN_OF = dict(zip("末未土士已己曰日千干人入治冶", "未末士土己已日曰干千入人冶治", strict=True))
_SURE_CHARS = 3


@dataclass(frozen=True)
class MixedForm:
    """One folded writing of a name in letters that are not all its own."""

    text: str
    is_doubtful: bool


def mixed_forms(name: str, kana: str) -> tuple[MixedForm, ...]:
    """Of a family or given name with its reading; either may be missing."""
    written, reading = fold(name), fold(kana)
    forms = [MixedForm(text, is_doubtful=True) for text in _half_kana(written, reading)]
    forms += _with_twins(written)
    forms += _with_kanji(reading)
    own = {written, reading, ""}
    return tuple({form.text: form for form in forms if form.text not in own}.values())


def _half_kana(written: str, reading: str) -> Iterator[str]:
    """Some of the kanji in a row give way to a piece of the reading; each kanji is worth at least one kana."""
    count, length = len(written), len(reading)
    if not all(map(is_kanji, written)):
        return
    for first, last in combinations(range(count + 1), 2):
        if (first, last) == (0, count):
            continue
        for begin in range(first, length + 1) if first else (0,):
            for end in range(begin + last - first, length - (count - last) + 1) if last < count else (length,):
                if end - begin >= last - first:
                    yield written[:first] + reading[begin:end] + written[last:]


def _with_twins(written: str) -> Iterator[MixedForm]:
    """川口 as 川ロ is doubtful, for one could read 川ろ; 未永 as 末永 is not."""
    for at, char in enumerate(written):
        if char in _TWIN_OF:
            yield MixedForm(written[:at] + _TWIN_OF[char] + written[at + 1 :], is_doubtful=False)
        if char in _KANA_OF and len(written) > 1:
            yield MixedForm(written[:at] + _KANA_OF[char] + written[at + 1 :], is_doubtful=True)


def _with_kanji(reading: str) -> Iterator[MixedForm]:
    """たろう as 夕ロウ, タ口ウ and 夕口ウ."""
    texts = [reading[:at] + char.translate(_KANJI_OF) + reading[at + 1 :] for at, char in enumerate(reading)]
    for text in (*texts, reading.translate(_KANJI_OF)):
        yield MixedForm(text, is_doubtful=len(text) < _SURE_CHARS)
