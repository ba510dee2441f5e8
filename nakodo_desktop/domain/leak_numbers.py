"""After this, digits are digits: full width, 漢数字, O for 0, spoken ゼロキュウ and any mark between them.

Finds telephone numbers, postal codes, house numbers and the numbers of identity documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from nakodo_desktop.domain.forbidden import forbidden_number
from nakodo_desktop.domain.leak_finding import Finding, LeakKind, finding
from nakodo_desktop.domain.leak_fold import Folded

KANJI_DIGITS = {ord(char): str(i % 10) for i, char in enumerate("〇一二三四五六七八九零壱弐参")}
_LOOKALIKES = str.maketrans("oil", "011")
_SPOKEN = {
    word: digit
    for digit, words in enumerate(
        ("ぜろ れい まる", "いち", "に", "さん", "よん し", "ご", "ろく", "なな しち", "はち", "きゆう きゆ く")
    )
    for word in words.split()
}
ENGLISH_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SAID = _SPOKEN | {word: digit for digit, word in enumerate(ENGLISH_DIGITS)}
DIGITS = "0-9〇一二三四五六七八九零壱弐参"
_WRITTEN = re.compile(f"[{DIGITS}oil]+")
_PARTS = re.compile("[oil]+|[^oil]+")
_FEWEST_PHONE_DIGITS, _SURE_PHONE_DIGITS = 6, 8  # the local part alone; enough to be found inside a longer run
_POSTAL_DIGITS = 7
_POSTAL_REACH = 8  # characters around the digits that tell a postal code from a price: 〒 before, 円 after
_LETTER = re.compile("[a-z]")
_HEARD = re.compile(
    rf"(?<![a-z])(?:{'|'.join(ENGLISH_DIGITS)})(?![a-z])|[{DIGITS}oil]+|"
    + "|".join(sorted(_SPOKEN, key=len, reverse=True))
)
SPOKEN_WORDS = tuple(_SPOKEN)
_AND_THEN = "の?次[はが]|最後[はが]|続けて|それから"
JOIN = f"(?:の|ー|はいふん|まいなす|だつしゆ|かつこ|{_AND_THEN})"
# Where digits may be spelled as they are heard: a zero in words, words after written digits, or many of both.
# On squeezed text.
SPOKEN_NUMBER = re.compile(
    f"ぜろ|れい|まる|[{DIGITS}]{{2}}{JOIN}?(?:{'|'.join(SPOKEN_WORDS)}){{3}}|(?:{'|'.join(ENGLISH_DIGITS)}){{4}}"
    rf"|(?:[{DIGITS}oil]|{'|'.join(SPOKEN_WORDS)}|{JOIN}){{8}}"
)
_BETWEEN = re.compile(rf"(?:[\W_]|の|ー|はいふん|まいなす|だつしゆ|かつこ|{_AND_THEN}){{0,6}}")
_PHONE = re.compile(r"(?<!\d)(?:0[1-9]0\d{8}|0800\d{7}|0[1-9]\d{8})(?!\d)|(?<!\d)81[1-9]0?\d{8,9}(?!\d)")
_POSTAL_CODE = re.compile(
    r"〒\s*\d{3}\D?\d{4}(?!\d)"
    r"|(?:郵便番号)\D{0,4}\d{3}\D?\d{4}(?!\d)"
    r"|(?<![\d\-a-z])\d{3}[-‐−–—ー]\d{4}(?![\d\-a-z]|\s*[円人名個冊本回枚点件台話曲年日時分秒万千百kmgcめるき〜~])"
)
_IDENTITY_SHAPE = re.compile(r"[a-z]{0,2}[ -]?\d(?:[\s\-./・_,]{0,3}\d){3,15}(?: ?[a-z]{2}(?![a-z]))?")
_NAME_BESIDE = 14  # characters before a number in which its own name may stand
_STREET_BETWEEN = re.compile(r"(?:[\W_]|の|ー|丁目|番地|番|号)*")
_STREET_WORDS = re.compile("丁目|番地|番|号")
_NUMERAL = re.compile(rf"[0-9]+|[{DIGITS}十百]+")


@dataclass(frozen=True)
class DigitRun:
    """Digits that a reader takes as one number, and the folded characters they stand at."""

    digits: str
    places: tuple[tuple[int, int], ...]  # one (begin, end) in the plain view for each digit

    def span(self, plain: Folded, first: int, last: int) -> tuple[int, int]:
        """The slice of the original from digit `first` up to, not including, digit `last`."""
        return plain.span(self.places[first][0], self.places[last - 1][1])


def digit_runs(plain: Folded, *, spoken: bool = False) -> Iterator[DigitRun]:
    """Yield what may be one number, whatever stands between its digits."""
    digits: list[str] = []
    places: list[tuple[int, int]] = []
    for match in (_HEARD if spoken else _WRITTEN).finditer(plain.text):
        for begin, end, digit in _digits_of(plain.text, match):
            if places and not _BETWEEN.fullmatch(plain.text, places[-1][1], begin):
                yield DigitRun("".join(digits), tuple(places))
                digits, places = [], []
            digits.append(digit)
            places.append((begin, end))
    if places:
        yield DigitRun("".join(digits), tuple(places))


def runs_in(plain: Folded, squeezed: Folded) -> tuple[DigitRun, ...]:
    """The runs of written digits, and those of spoken ones where the text seems to have any."""
    spoken = digit_runs(plain, spoken=True) if SPOKEN_NUMBER.search(squeezed.text) else ()
    return (*digit_runs(plain), *spoken)


def _digits_of(text: str, match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """One digit for a spoken word; else one for each character, but none for letters that belong to a word."""
    begin, end = match.span()
    if match.group() in _SAID:
        yield begin, end, str(_SAID[match.group()])
        return
    for letters in _PARTS.finditer(match.group()):
        first, last = begin + letters.start(), begin + letters.end()
        if letters.group()[0] in "oil" and _LETTER.search(text[max(0, first - 1) : first] + text[last : last + 1]):
            continue
        digits = letters.group().translate(KANJI_DIGITS).translate(_LOOKALIKES)
        for place, digit in enumerate(digits, start=first):
            yield place, place + 1, digit


def find_phones(plain: Folded, runs: Iterable[DigitRun], own_numbers: tuple[str, ...]) -> Iterator[Finding]:
    """Find any telephone number by its shape, and the member's own also when part of it is left out.

    `own_numbers`: digits alone, longest first.
    """
    for run in runs:
        if len(run.digits) < _FEWEST_PHONE_DIGITS:
            continue
        for match in _PHONE.finditer(run.digits):
            yield finding(LeakKind.PHONE, run.span(plain, *match.span()), plain.original)
        for number in own_numbers:
            at = run.digits.find(number)
            if at >= 0 and (len(number) >= _SURE_PHONE_DIGITS or run.digits == number):
                yield finding(LeakKind.PHONE, run.span(plain, at, at + len(number)), plain.original)
                break


def find_postal_codes(plain: Folded, runs: Iterable[DigitRun], own_code: str) -> Iterator[Finding]:
    """Find any postal code by its shape, and the member's own seven digits in any writing. "" when not known."""
    for run in runs:
        if run.digits == own_code:
            yield finding(LeakKind.POSTAL_CODE, run.span(plain, 0, len(own_code)), plain.original)
        if len(run.digits) >= _POSTAL_DIGITS:
            begin, end = max(0, run.places[0][0] - _POSTAL_REACH), run.places[-1][1] + _POSTAL_REACH
            for match in _POSTAL_CODE.finditer(plain.text[begin:end].translate(KANJI_DIGITS)):
                span = plain.span(begin + match.start(), begin + match.end())
                yield finding(LeakKind.POSTAL_CODE, span, plain.original)


def find_identity_numbers(plain: Folded) -> Iterator[Finding]:
    """Find what `forbidden` refuses to keep; its rules alone say what such a number looks like."""
    shaped = plain.text.translate(KANJI_DIGITS)
    for match in _IDENTITY_SHAPE.finditer(shaped):
        beside = shaped[max(0, match.start() - _NAME_BESIDE) : match.end()].upper()
        if forbidden_number(beside) is not None:
            begin = match.end() - len(match.group().lstrip(" -"))
            yield finding(LeakKind.IDENTITY_NUMBER, plain.span(begin, match.end()), plain.original)


def find_street(plain: Folded, numbers: tuple[int, ...], *, town: str) -> Iterator[Finding]:
    """Find the house number: three or more numbers in its order, two when 丁目・番地 or the town stand by."""
    if len(numbers) < 2:
        return
    tokens = [(match, numeral(match.group())) for match in _NUMERAL.finditer(plain.text)]
    for i in range(len(tokens) - len(numbers) + 1):
        window = tokens[i : i + len(numbers)]
        if tuple(value for _, value in window) != numbers:
            continue
        gaps = [(left.end(), right.start()) for (left, _), (right, _) in pairwise(window)]
        if not all(_STREET_BETWEEN.fullmatch(plain.text, *gap) for gap in gaps):
            continue
        begin, end = window[0][0].start(), window[-1][0].end()
        is_address = (
            len(numbers) >= 3
            or _STREET_WORDS.search(plain.text, begin, end + 2) is not None
            or (town and re.sub(r"[\W_]", "", plain.text[:begin]).endswith(town))
        )
        if is_address:
            yield finding(LeakKind.ADDRESS, plain.span(begin, end), plain.original)


def numeral(text: str) -> int:
    """Read 60, 六〇, 六十 or 千九百八十五; 元 is 1."""
    if text == "元":
        return 1
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not re.search("[十百千]", text):
        return int(text.translate(KANJI_DIGITS))
    total = 0
    for count, unit in re.findall(rf"([{DIGITS}]?)([十百千])", text):
        total += (int(count.translate(KANJI_DIGITS)) if count else 1) * {"十": 10, "百": 100, "千": 1000}[unit]
    rest = re.search(rf"[{DIGITS}]*$", text)
    return total + (int(rest.group().translate(KANJI_DIGITS)) if rest and rest.group() else 0)
