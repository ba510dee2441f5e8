"""Whether answers can be true and may be kept: one place for every check of a single answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.answers import family_pairs, has_right_type
from nakodo_desktop.domain.fields import Field, Kind
from nakodo_desktop.domain.forbidden import forbidden_number
from nakodo_desktop.domain.japanese import (
    age_on,
    kana_trouble,
    parse_date,
    parse_email,
    parse_int,
    parse_phone,
    parse_postal_code,
)
from nakodo_desktop.domain.text_rules import text_trouble
from nakodo_desktop.domain.values import Answers, Problem, Trouble, Value

ADULT_AGE = 18  # 民法4条 (2022-04-01); 民法731条: marriageable age
OLDEST_AGE = 120
MOST_FAMILY = 20

MunicipalityKnown = Callable[[str], bool]


def check(answers: Answers, *, today: date, knows_municipality: MunicipalityKnown) -> tuple[Problem, ...]:
    """Every answer that cannot stand, in catalogue order. Unanswered fields are no problem here: see `interview`."""
    problems = []
    for field in catalog.FIELDS.values():
        trouble = answer_trouble(field, answers.get(field.key), today=today, knows_municipality=knows_municipality)
        if trouble is not None:
            problems.append(Problem(field.key, trouble.message))
    problems.extend(Problem(key, "この項目はありません。") for key in answers if key not in catalog.FIELDS)
    return tuple(problems)


def answer_trouble(field: Field, value: Value, *, today: date, knows_municipality: MunicipalityKnown) -> Trouble | None:
    """What is wrong with one answer, or None."""
    if value is None:
        return None
    if not has_right_type(field, value):
        return _misread(field, value) or Trouble("この項目に入らない値です。入力し直してください。")
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return _number_trouble(field, value)
    if isinstance(value, date):
        return _date_trouble(field, value, today=today)
    if isinstance(value, tuple):
        return _family_trouble(value) if field.kind is Kind.FAMILY else _wish_trouble(field, value)
    if field.kind is Kind.MUNICIPALITY:
        return None if knows_municipality(value) else Trouble("一覧から市区町村を選んでください。")
    return _text_trouble(field, value)


def _misread(field: Field, value: Value) -> Trouble | None:
    """A draft keeps what was typed and could not be read: why not is said here as it was at the field."""
    if not isinstance(value, str) or field.kind not in (Kind.DATE, Kind.INT):
        return None
    read = parse_date(value) if field.kind is Kind.DATE else parse_int(value)
    return read if isinstance(read, Trouble) else None


def _number_trouble(field: Field, value: int) -> Trouble | None:
    low, high = field.minimum, field.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        return Trouble(f"{field.label}は{low:,}〜{high:,}{field.unit}の間で入力してください。")
    return None


def _date_trouble(field: Field, value: date, *, today: date) -> Trouble | None:
    if value > today:
        return Trouble("今日より後の日付です。もう一度ご確認ください。")
    if field.key != "birth_date":
        return None
    age = age_on(value, today)
    if age < ADULT_AGE:
        return Trouble(f"{age}歳です。18歳未満の方はお預かりできません。生年月日をご確認ください。")
    if age > OLDEST_AGE:
        return Trouble(f"{age}歳になります。元号と年をご確認ください。")
    return None


def _text_trouble(field: Field, text: str) -> Trouble | None:
    trouble = text_trouble(text, one_line=field.kind is not Kind.NOTE, max_chars=field.max_chars)
    if trouble is not None:
        return trouble
    match field.kind:
        case Kind.CHOICE:
            known = text in dict(field.choices)
            return None if known else Trouble("一覧から選び直してください。")
        case Kind.KANA:
            return kana_trouble(text)
        case Kind.PHONE:
            return _parsed_trouble(parse_phone(text))
        case Kind.POSTAL_CODE:
            return _parsed_trouble(parse_postal_code(text))
        case Kind.EMAIL:
            return _parsed_trouble(parse_email(text))
        case Kind.TEXT | Kind.NOTE:
            return forbidden_number(text)
        case _:
            return None


def _parsed_trouble(parsed: str | Trouble) -> Trouble | None:
    return parsed if isinstance(parsed, Trouble) else None


def _family_trouble(value: tuple[str, ...]) -> Trouble | None:
    pairs = family_pairs(value)
    if len(pairs) > MOST_FAMILY:
        return Trouble(f"ご家族は{MOST_FAMILY}人までです。")
    relations, life = dict(catalog.RELATIONS), dict(catalog.LIFE)
    if any(who not in relations or state not in life for who, state in pairs):
        return Trouble("続柄と、存命・逝去を選んでください。")
    people = [who for who, _ in pairs]
    if people.count("father") > 1 or people.count("mother") > 1:
        return Trouble("父・母はお一人ずつにしてください。")
    return None


def _wish_trouble(field: Field, value: tuple[str, ...]) -> Trouble | None:
    if len(value) != 2 or value[0] not in dict(catalog.WISH_WEIGHTS):
        return Trouble("必須・希望・不問のどれかを選んでください。")
    weight, words = value
    if weight != "any" and not words.strip():
        return Trouble("どのような希望かを言葉で書いてください。")
    trouble = text_trouble(words, one_line=True, max_chars=field.max_chars)
    return trouble or forbidden_number(words)
