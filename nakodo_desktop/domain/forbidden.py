"""Numbers and facts the office must never hold; callers need not know how an identity number looks.

Half and full width, spaces and hyphens do not hide a number. Telephone numbers, postal codes, dates, years, amounts
and measures are set aside first, so that an ordinary note is never stopped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from nakodo_desktop.domain.values import Trouble


@dataclass(frozen=True)
class ForbiddenField:
    """A fact for which there is no column, no widget and no attachment kind (domain handbook 2.3)."""

    key_part: str  # no catalogue key and no column may contain it
    words: tuple[str, ...]  # no label may contain them
    reason: str


_ALIEN = "入会と紹介に要らない情報です（個人情報保護法17条・20条）。"
_SPECIAL = "要配慮個人情報で、お見合いのご紹介に要りません（個人情報保護法2条3項・20条2項）。"
_IDENTIFIER = "個人識別符号です（個人情報保護法施行令1条）。書類の種類と確認した日だけを記録します。"
FORBIDDEN_FIELDS: tuple[ForbiddenField, ...] = (
    ForbiddenField("registered_domicile", ("本籍",), _ALIEN),
    ForbiddenField("family_register", ("戸籍",), _ALIEN),
    ForbiddenField("race", ("人種",), _SPECIAL),
    ForbiddenField("ethnicity", ("民族",), _SPECIAL),
    ForbiddenField("lineage", ("門地",), _SPECIAL),
    ForbiddenField("criminal", ("犯罪", "前科"), _SPECIAL),
    ForbiddenField("disease", ("病名",), _SPECIAL),
    ForbiddenField("medication", ("投薬", "服薬"), _SPECIAL),
    ForbiddenField("family_employer", ("家族の勤務先", "父の勤務先", "母の勤務先"), _ALIEN),
    ForbiddenField("family_education", ("家族の学歴",), _ALIEN),
    ForbiddenField("family_illness", ("家族の病歴",), _SPECIAL),
    ForbiddenField("family_religion", ("家族の宗教",), _SPECIAL),
    ForbiddenField("political", ("支持政党", "政治"), _SPECIAL),
    ForbiddenField("debt", ("借金", "借入"), _ALIEN),
    ForbiddenField("credit", ("信用情報",), _ALIEN),
    ForbiddenField(
        "my_number_value",
        ("個人番号", "マイナンバーの番号"),
        "番号法19条・20条により、受け取ることも保管することもできません。",
    ),
    ForbiddenField("licence_number", ("免許証番号", "免許証の番号"), _IDENTIFIER),
    ForbiddenField("passport_number", ("旅券番号", "旅券の番号"), _IDENTIFIER),
    ForbiddenField("insurance_number", ("保険者番号",), _IDENTIFIER),
    ForbiddenField("pension_number", ("年金番号",), _IDENTIFIER),
    ForbiddenField("identity_image", ("身分証の画像", "身分証の写し", "身分証画像"), _IDENTIFIER),
    ForbiddenField("face_embedding", ("顔特徴", "顔認証"), _IDENTIFIER),
)

_REMOVE = "番号を消し、書類の種類と確認した日だけを記録してください。"
MY_NUMBER = Trouble(
    "マイナンバー（個人番号）と思われる12桁の数字があります。番号法19条・20条により、"
    "受け取ることも保管することもできません。数字を消してください。"
)
LICENCE = Trouble(f"運転免許証の番号と思われる数字があります。個人識別符号（個人情報保護法施行令1条）です。{_REMOVE}")
PASSPORT = Trouble(f"旅券の番号と思われる文字があります。個人識別符号（個人情報保護法施行令1条）です。{_REMOVE}")
RESIDENCE_CARD = Trouble(
    f"在留カードの番号と思われる文字があります。個人識別符号（個人情報保護法施行令1条）です。{_REMOVE}"
)
PENSION = Trouble(f"基礎年金番号と思われる数字があります。個人識別符号（個人情報保護法施行令1条）です。{_REMOVE}")
INSURANCE = Trouble(f"保険の記号・番号と思われる数字があります。個人識別符号（個人情報保護法施行令1条）です。{_REMOVE}")

_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_LONG_VOWEL_AS_HYPHEN = re.compile(r"(?<=[\d ])ー(?= ?\d)")
_SET_ASIDE = "□"
_HARMLESS = re.compile(
    r"(?<!\d)(?<!\d-)(?:"
    r"(?P<telephone>(?:\+81[ -]?)?\(?0\d{1,4}\)?[ -]?\d{1,8}(?:[ -]?\d{3,6})?)"
    r"|\+81[ -]?[1-9]\d{0,3}[ -]?\d{1,4}[ -]?\d{4}"
    r"|〒 ?\d{3}-?\d{4}|\d{3}-\d{4}"
    r"|(?:19|20)\d{2}[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}日?"
    r"|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?: ?(?:[01]\d|2[0-3]):?[0-5]\d)?"
    r")(?!\d)(?!-\d)"
)
_GROUPED = re.compile(r"\d+(?:(?: ?- ?| {1,2})\d+)*")  # what may be one number: digits with spaces or hyphens between
_FOUR_BY_FOUR = re.compile(
    r"(?<!\d)(?<!\d{4}[ -])(\d{4})[ ./・_,-]{1,3}(\d{4})[ ./・_,-]{1,3}(\d{4})(?!\d)(?![ -]\d{4}(?!\d))"
)
_PASSPORT = re.compile(r"(?<![A-Za-z])(?!NO|No|no|ID|id)(?:[A-Z]{2}[ -]?|[A-Za-z]{2})\d{7}(?!\d)")
_RESIDENCE_CARD = re.compile(r"(?<![A-Za-z])[A-Za-z]{2}[ -]?\d{8}[ -]?[A-Za-z]{2}(?![A-Za-z])")
_PENSION = re.compile(r"(?<!\d)(?<!\d-)[1-9]\d{3} ?- ?\d{6}(?!\d)(?!-\d)")
_EMPLOYMENT_INSURANCE = re.compile(r"(?<!\d)(?<!\d-)\d{4}-\d{6}-\d(?!\d)")


def _beside(names: str) -> re.Pattern[str]:
    """A number beside its own name needs no shape: with a misread digit it is still somebody's number."""
    called = rf"(?:{names})[^\d□\n]{{0,8}}(?:番号|記号|NO\.?|№)[^\d□\n]{{0,8}}\d(?:[ -]?\d){{3}}"
    long = rf"(?:{names})[^\d□\n]{{0,6}}\d(?:[ -]?\d){{7}}"
    return re.compile(f"{called}|{long}", re.IGNORECASE)


_BESIDE_ITS_NAME = (
    (_beside("マイナンバー(?:カード)?|個人番号(?:カード)?|MY ?NUMBER"), MY_NUMBER),
    (_beside("免許証?"), LICENCE),
    (_beside("旅券|パスポート|PASSPORT"), PASSPORT),
    (_beside("在留カード|特別永住者証明書"), RESIDENCE_CARD),
    (_beside("年金(?:手帳)?"), PENSION),
    (_beside("保険証?|保険者|国保|健保|社保|資格確認書"), INSURANCE),
)

# 公安委員会コード: how a licence number begins.
_LICENCE_OFFICES = frozenset(
    (*range(10, 15), *range(20, 26), 30, *range(40, 56), *range(60, 66), *range(70, 75), *range(80, 84), *range(90, 98))
)
_ELEVEN_DIGIT_TELEPHONES = ("050", "060", "070", "080", "090")
_LONG = 12
_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def forbidden_number(text: str) -> Trouble | None:
    """Say why a text must not be kept when it holds what looks like an identity number; None when it may stand."""
    plain = _LONG_VOWEL_AS_HYPHEN.sub("-", unicodedata.normalize("NFKC", text).translate(_HYPHENS))
    if _RESIDENCE_CARD.search(plain):
        return RESIDENCE_CARD
    if _PASSPORT.search(plain):
        return PASSPORT
    if _EMPLOYMENT_INSURANCE.search(plain):
        return INSURANCE
    rest = _HARMLESS.sub(_set_aside, plain)
    for pattern, trouble in _BESIDE_ITS_NAME:
        if pattern.search(rest):
            return trouble
    for digits, is_compact in _twelve_digits(rest):
        if has_my_number_check_digit(digits):
            return MY_NUMBER
        if is_compact and int(digits[:2]) in _LICENCE_OFFICES:
            return LICENCE
    return PENSION if _PENSION.search(rest) else None


def has_my_number_check_digit(digits: str) -> bool:
    """Check twelve digits as 平成26年総務省令85号5条 says: weights 6 5 4 3 2 7 6 5 4 3 2, modulus 11."""
    rest = sum(int(digit) * weight for digit, weight in zip(digits[:11], _WEIGHTS, strict=True)) % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def _set_aside(match: re.Match[str]) -> str:
    telephone = match["telephone"]
    if telephone is None:
        return _SET_ASIDE
    digits = re.sub(r"\D", "", telephone.removeprefix("+81"))
    is_telephone = len(digits) == 10 or (len(digits) == 11 and digits.startswith(_ELEVEN_DIGIT_TELEPHONES))
    return _SET_ASIDE if is_telephone else match.group()


def _twelve_digits(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what may be one number of twelve digits, and whether it is written compactly (in one or as 4-4-4)."""
    for match in _FOUR_BY_FOUR.finditer(text):
        if not all(_is_year(group) or group.endswith("00") for group in match.groups()):
            yield "".join(match.groups()), True
    for match in _GROUPED.finditer(text):
        groups = re.findall(r"\d+", match.group())
        digits = "".join(groups)
        if len(digits) == _LONG and len(groups) in (1, 2, 4, _LONG) and not _is_ordinary(groups):
            yield digits, len(groups) == 1


def _is_ordinary(groups: list[str]) -> bool:
    """True for four heights in a row and for a time stamp such as 202611231530."""
    return all(len(group) == 3 and 100 <= int(group) < 300 for group in groups) or _is_minute("".join(groups))


def _is_year(group: str) -> bool:
    return group[:2] in ("19", "20")


def _is_minute(digits: str) -> bool:
    if not _is_year(digits):
        return False
    try:
        datetime.strptime(digits, "%Y%m%d%H%M")
    except ValueError:
        return False
    return True
