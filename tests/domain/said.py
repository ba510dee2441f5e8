"""What people might say, as hypothesis strategies over the catalogue: answers that stand, and half-typed ones."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.fields import Field, Kind
from nakodo_desktop.domain.values import Value

KANA = st.text(alphabet=[chr(code) for code in range(0x3041, 0x3097)], min_size=1, max_size=20)
WORDS = st.text(alphabet="見本架空お試しabc123 𠮷髙﨑😊", max_size=30)
ANYTHING = st.text(alphabet=st.characters(exclude_categories=()), max_size=20)  # lone surrogates too

_FAMILY = st.sampled_from([f"{who}/{life}" for who, _ in catalog.RELATIONS for life, _ in catalog.LIFE])
_WISH = st.one_of(
    st.just(("any", "")),
    st.tuples(st.sampled_from(["prefer", "must"]), st.just("同世代の方")),
)
_BY_KIND: dict[Kind, st.SearchStrategy[Value]] = {
    Kind.TEXT: WORDS,
    Kind.KANA: KANA,
    Kind.NOTE: WORDS.map(lambda text: f"{text}\n{text}"),
    Kind.DATE: st.dates(date(1927, 1, 1), date(2008, 11, 22)),
    Kind.FLAG: st.booleans(),
    Kind.POSTAL_CODE: st.integers(0, 9_999_999).map(lambda n: f"{n // 10_000:03d}-{n % 10_000:04d}"),
    Kind.PHONE: st.integers(0, 99_999_999).map(lambda n: f"090-{n // 10_000:04d}-{n % 10_000:04d}"),
    Kind.EMAIL: st.just("taro@example.jp"),
    Kind.MUNICIPALITY: st.sampled_from(["13112", "14100", "01100"]),
    Kind.FAMILY: st.lists(_FAMILY, max_size=6).map(tuple),
    Kind.WISH: _WISH,
    Kind.PHOTO: st.text(alphabet="0123456789abcdef", min_size=32, max_size=32),
}


def value_of(field: Field) -> st.SearchStrategy[Value]:
    """An answer of the field's own type."""
    if field.kind is Kind.CHOICE:
        return st.sampled_from([value for value, _ in field.choices])
    if field.kind is Kind.INT:
        return st.integers(field.minimum, field.maximum)
    return _BY_KIND[field.kind]


def answers() -> st.SearchStrategy[dict[str, Value]]:
    """Any part of an interview, each answer of its type."""
    return st.fixed_dictionaries({}, optional={key: value_of(field) for key, field in catalog.FIELDS.items()})


def choices() -> st.SearchStrategy[dict[str, Value]]:
    """The answers that decide what else is asked."""
    deciding = {field.asked.key for field in catalog.FIELDS.values() if field.asked is not None}
    return st.fixed_dictionaries({}, optional={key: value_of(catalog.FIELDS[key]) for key in sorted(deciding)})
