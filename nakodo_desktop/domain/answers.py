"""Answers as JSON and as words; nobody else needs to know how a value is written down."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.fields import Field, Kind
from nakodo_desktop.domain.japanese import format_wareki, parse_date, parse_email, parse_int, parse_phone
from nakodo_desktop.domain.japanese import parse_postal_code as parse_postal
from nakodo_desktop.domain.values import Answers, Trouble, Value

_TUPLES = frozenset({Kind.FAMILY, Kind.WISH})
_TYPES: dict[Kind, type] = {Kind.INT: int, Kind.FLAG: bool, Kind.DATE: date, Kind.FAMILY: tuple, Kind.WISH: tuple}


def to_json(answers: Answers) -> str:
    """Canonical JSON; unanswered keys are left out. ASCII, so that even half of a pasted emoji is not lost."""
    plain = {key: to_plain(value) for key, value in answers.items() if value is not None}
    return json.dumps(plain, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> dict[str, Value]:
    """The reverse of `to_json`. Keys of a field that no longer exists are dropped."""
    plain: Mapping[str, object] = json.loads(text)
    return {key: from_plain(catalog.FIELDS[key], raw) for key, raw in plain.items() if key in catalog.FIELDS}


def to_plain(value: Value) -> str | int | bool | list[str] | None:
    """A value as JSON and SQL know it: dates as ISO-8601 text, lists for FAMILY and WISH."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return list(value)


def from_plain(field: Field, raw: object) -> Value:
    """The reverse of `to_plain` for a value that this program wrote."""
    if raw is None:
        return None
    if field.kind is Kind.DATE:
        return _date_as_kept(str(raw))
    if field.kind in _TUPLES:
        if not isinstance(raw, list | tuple):
            raise TypeError(f"{field.key}: expected a list")
        return tuple(str(item) for item in raw)
    if field.kind is Kind.FLAG:
        return bool(raw)
    if isinstance(raw, str | int):
        return raw
    raise TypeError(f"{field.key}: {type(raw).__name__}")


def _date_as_kept(raw: str) -> date | str:
    """A draft keeps an unreadable date as it was typed; `profile.check` then names the trouble."""
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return raw


def read_answer(field: Field, raw: object) -> Value | Trouble:
    """What another program or a person wrote for this field. Choices by value or by label; dates in any writing."""
    if raw is None or raw == "":
        return None
    if field.kind in _TUPLES:
        return _read_list(field, raw)
    if field.kind is Kind.FLAG:
        return raw if isinstance(raw, bool) else Trouble("true か false で書いてください。")
    if field.kind is Kind.INT and isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if not isinstance(raw, str):
        return Trouble("文字で書いてください。")
    if field.kind is Kind.CHOICE:
        return _read_choice(field, raw)
    parser = _PARSERS.get(field.kind)
    return raw if parser is None else parser(raw)


_PARSERS: dict[Kind, Callable[[str], Value | Trouble]] = {
    Kind.DATE: parse_date,
    Kind.INT: parse_int,
    Kind.PHONE: parse_phone,
    Kind.POSTAL_CODE: parse_postal,
    Kind.EMAIL: parse_email,
}


def _read_choice(field: Field, raw: str) -> Value | Trouble:
    for value, label in field.choices:
        if raw in (value, label):
            return value
    return Trouble(f"次のどれかで書いてください：{'・'.join(label for _, label in field.choices)}")


def _read_list(field: Field, raw: object) -> Value | Trouble:
    if isinstance(raw, list | tuple) and all(isinstance(item, str) for item in raw):
        return tuple(str(item) for item in raw)
    example = '["father/alive"]' if field.kind is Kind.FAMILY else '["prefer", "同世代"]'
    return Trouble(f"文字の並びで書いてください（例：{example}）。")


def has_right_type(field: Field, value: Value) -> bool:
    """True when the value is of the Python type of its kind (`None` is)."""
    if value is None:
        return True
    expected = _TYPES.get(field.kind, str)
    return type(value) is expected


def describe(field: Field, value: Value, place_name: Callable[[str], str] = str) -> str:
    """The answer in words for a screen or a page; "" when not answered. `place_name` names a municipality code."""
    if value is None or value == "" or value == ():
        return ""
    if field.kind is Kind.FLAG:
        return "はい" if value else "いいえ"
    if field.kind is Kind.CHOICE:
        return field.choice_label(value)
    if field.kind is Kind.MUNICIPALITY:
        return place_name(str(value))
    if isinstance(value, date):
        return format_wareki(value)
    if isinstance(value, tuple):
        return _describe_family(value) if field.kind is Kind.FAMILY else _describe_wish(value)
    return f"{value:,}{field.unit}" if isinstance(value, int) else value


def family_pairs(value: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """("father/alive",) → (("father", "alive"),)."""
    pairs = (item.partition("/") for item in value)
    return tuple((relation, life) for relation, _, life in pairs)


def _describe_family(value: tuple[str, ...]) -> str:
    relations, life = dict(catalog.RELATIONS), dict(catalog.LIFE)
    return "、".join(f"{relations[who]}（{life[state]}）" for who, state in family_pairs(value))


def _describe_wish(value: tuple[str, ...]) -> str:
    weight, words = value
    label = dict(catalog.WISH_WEIGHTS)[weight]
    return f"{label}：{words}" if words else label
