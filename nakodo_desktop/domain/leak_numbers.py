"""After this, digits are digits: full width, 漢数字, O for 0, spoken ゼロキュウ and any mark between them.

Finds telephone numbers, postal codes, house numbers and the numbers of identity documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nakodo_desktop.domain.forbidden import forbidden_number
from nakodo_desktop.domain.leak_finding import Finding, LeakKind, finding
from nakodo_desktop.domain.leak_fold import Folded

KANJIDIGITS = {ord(char): str(i % 10) for i, char in enumerate("〇一二三四五六七八九零壱弐参")}
_LOOKALIKES = str.maketrans("oil", "011")
_SPOKEN = {
    word: digit
    for digit, words in enumerate(
        ("ぜろ れい まる", "いち", "に", "さん", "よん し", "ご", "ろく", "なな しち", "はち", "きゆう く")
    )
    for word in words.split()
}
DIGITS = "0-9〇一二三四五六七八九零壱弐参"
_WRITTEN = re.compile(rf"[{DIGITS}]|(?<![a-z])[oil]+(?![a-z])")
_HEARD = re.compile(_WRITTEN.pattern + "|" + "|".join(sorted(_SPOKEN, key=len, reverse=True)))
SPOKEN_WORDS = tuple(_SPOKEN)
JOIN = "(?:の|ー|はいふん|まいなす|だつしゆ|かつこ)"
# Where digits may be spelled as they are heard: a zero in words, or words after written digits. On squeezed text.
SPOKEN_NUMBER = re.compile(f"ぜろ|れい|まる|[{DIGITS}]{{2}}{JOIN}?(?:{'|'.join(SPOKEN_WORDS)}){{3}}")
_BETWEEN = re.compile(r"(?:[\W_]|の|ー|はいふん|まいなす|だつしゆ|かつこ){0,6}")
_PHONE = re.compile(r"(?<!\d)(?:0[1-9]0\d{8}|0800\d{7}|0[1-9]\d{8})(?!\d)|(?<!\d)81[1-9]0?\d{8,9}(?!\d)")
_SPOKEN_PHONEDIGITS = 10
_POSTAL_CODE = re.compile(
    r"〒\s*\d{3}\D?\d{4}(?!\d)"
    r"|(?:郵便番号)\D{0,4}\d{3}\D?\d{4}(?!\d)"
    r"|(?<![\d\-a-z])\d{3}[-‐−–—ー]\d{4}(?![\d\-a-z]|\s*[円人名個冊本回枚点件台話曲年日時分秒万千百kmgcルメ〜~])"
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
        if places and not _BETWEEN.fullmatch(plain.text, places[-1][1], match.start()):
            yield DigitRun("".join(digits), tuple(places))
            digits, places = [], []
        if match.group() in _SPOKEN:
            digits.append(str(_SPOKEN[match.group()]))
            places.append(match.span())
            continue
        for i, char in enumerate(match.group().translate(KANJIDIGITS).translate(_LOOKALIKES)):
            digits.append(char)
            places.append((match.start() + i, match.start() + i + 1))
    if places:
        yield DigitRun("".join(digits), tuple(places))


def find_phones(plain: Folded, squeezed: Folded, own_numbers: tuple[str, ...]) -> Iterator[Finding]:
    """Find any telephone number by its shape, and the member's own also when part of it is left out.

    `own_numbers`: digits alone, longest first.
    """
    for spoken in (False, True) if SPOKEN_NUMBER.search(squeezed.text) else (False,):
        for run in digit_runs(plain, spoken=spoken):
            if len(run.digits) < 6:
                continue
            for match in _PHONE.finditer(run.digits):
                if not spoken or len(run.digits) >= _SPOKEN_PHONEDIGITS:
                    yield finding(LeakKind.PHONE, run.span(plain, *match.span()), plain.original)
            for number in own_numbers:
                at = run.digits.find(number)
                if at >= 0 and (len(number) >= 8 or run.digits == number):
                    yield finding(LeakKind.PHONE, run.span(plain, at, at + len(number)), plain.original)
                    break


def find_postal_codes(plain: Folded, own_code: str) -> Iterator[Finding]:
    """Find any postal code by its shape, and the member's own seven digits in any writing. "" when not known."""
    shaped = plain.text.translate(KANJIDIGITS)
    for match in _POSTAL_CODE.finditer(shaped):
        yield finding(LeakKind.POSTAL_CODE, plain.span(*match.span()), plain.original)
    if own_code:
        for run in digit_runs(plain):
            if run.digits == own_code:
                yield finding(LeakKind.POSTAL_CODE, run.span(plain, 0, len(own_code)), plain.original)


def find_identity_numbers(plain: Folded) -> Iterator[Finding]:
    """Find what `forbidden` refuses to keep; its rules alone say what such a number looks like."""
    shaped = plain.text.translate(KANJIDIGITS)
    if forbidden_number(shaped.upper()) is None:
        return
    for match in _IDENTITY_SHAPE.finditer(shaped):
        beside = shaped[max(0, match.start() - _NAME_BESIDE) : match.end()].upper()
        if forbidden_number(beside) is not None:
            yield finding(LeakKind.IDENTITY_NUMBER, plain.span(*match.span()), plain.original)


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
    if not re.search("[十百千]", text):
        return int(text.translate(KANJIDIGITS))
    total = 0
    for count, unit in re.findall(rf"([{DIGITS}]?)([十百千])", text):
        total += (int(count.translate(KANJIDIGITS)) if count else 1) * {"十": 10, "百": 100, "千": 1000}[unit]
    rest = re.search(rf"[{DIGITS}]*$", text)
    return total + (int(rest.group().translate(KANJIDIGITS)) if rest and rest.group() else 0)
