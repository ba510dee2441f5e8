"""After this, the scan need not know where a member's facts come from or in how many ways each may be written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from nakodo_desktop.domain.kana import to_hiragana
from nakodo_desktop.domain.leak_dates import BirthDateWritings, writings_of
from nakodo_desktop.domain.leak_finding import LeakKind
from nakodo_desktop.domain.leak_fold import fold
from nakodo_desktop.domain.leak_gate import OwnGate, gate_for
from nakodo_desktop.domain.leak_latin import LatinNames, latin_names
from nakodo_desktop.domain.leak_mixed import MixedForm, mixed_forms
from nakodo_desktop.domain.leak_organisations import (
    employer_names,
    school_names,
    schools_in_short,
    station_names,
    stems,
)
from nakodo_desktop.domain.leak_romaji import kana_skeleton, skeleton
from nakodo_desktop.domain.leak_streets import Address, spellings, split_address
from nakodo_desktop.domain.municipality import Kind, Municipality
from nakodo_desktop.domain.search_keys import digits_key

_LONG_VOWEL = re.compile("(?<=[おこそとのほもよろごぞどぼぽ])う|(?<=[えけせてねへめれげぜでべぺ])い|"
                         "(?<=[うくすつぬふむゆるぐずぶぷ])う|(?<=[おこそとのほもよろごぞどぼぽ])お")  # fmt: skip
_NAME_PARTS = re.compile(r"[\s　・]+")  # Maria Jean, マリア・ジーン
_SURE_CHARS = 3
_SURE_LOCAL_PART = 5
_SURE_REVERSED_KANJI, _SURE_REVERSED_KANA = 3, 5


@dataclass(frozen=True, kw_only=True)
class OwnFacts:
    """What must not be read out of a member's own texts. Everything may be left out; "" and () are not known."""

    family_name: str = ""
    given_name: str = ""
    family_kana: str = ""
    given_kana: str = ""
    nicknames: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()  # names of the family
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    postal_code: str = ""
    address_line: str = ""  # town, house number and building as recorded
    hidden_places: tuple[str, ...] = ()  # ward, town or district that the site does not show: `hidden_places`
    employer: str = ""
    school: str = ""
    stations: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()  # other words that the member does not want to be found by
    birth_date: date | None = None


@dataclass(frozen=True)
class OwnName:
    """One name in one writing. `partners`: with one of these beside it, it is the full name."""

    text: str
    kind: LeakKind
    partners: tuple[str, ...] = ()
    is_doubtful: bool = False  # counts only where somebody is called by it: see leak_mixed
    is_given: bool = False  # nobody's household is called by it


@dataclass(frozen=True, kw_only=True)
class OwnIndex:
    """A member's facts made ready for any number of texts. Strings are folded (see leak_fold)."""

    names: tuple[OwnName, ...]  # found, then judged by the words around
    sure: tuple[tuple[str, LeakKind], ...]  # give the fact away wherever they stand
    words: tuple[tuple[str, LeakKind], ...]  # as words of their own
    latin: LatinNames
    phones: tuple[str, ...]
    postal_code: str
    address: Address
    birth_date: BirthDateWritings | None
    gate: OwnGate


def index_own(facts: OwnFacts) -> OwnIndex:
    """Work out every writing of the facts once."""
    sure: dict[str, LeakKind] = {}
    words: dict[str, LeakKind] = {}
    address = split_address(facts.address_line)
    for listing, kind in (
        (employer_names(facts.employer), LeakKind.EMPLOYER),
        (school_names(facts.school), LeakKind.SCHOOL),
        ([name for station in facts.stations for name in station_names(station)], LeakKind.STATION),
        (map(fold, facts.unwanted), LeakKind.UNWANTED),
        ((*address.names, *map(fold, facts.hidden_places)), LeakKind.ADDRESS),
        ([form for mail in facts.emails for form in _mail_forms(mail)], LeakKind.EMAIL),
        (_reversed(facts), LeakKind.NAME),
    ):
        for name in [form for one in listing for form in spellings(one)]:
            if len(name) >= _SURE_CHARS and not (kind is LeakKind.EMPLOYER and _is_short_word(name)):
                sure[name] = kind
            elif len(name) > 1:
                words[name] = kind
    for name in schools_in_short(facts.school):
        words.setdefault(name, LeakKind.SCHOOL)
    names = _names(facts)
    birth_date = None if facts.birth_date is None else writings_of(facts.birth_date)
    return OwnIndex(
        names=names,
        sure=tuple(sure.items()),
        words=tuple(words.items()),
        latin=_latin(facts),
        phones=_phone_digits(facts.phones),
        postal_code=digits_key(facts.postal_code),
        address=address,
        birth_date=birth_date,
        gate=gate_for(
            names=[(name.text, name.partners, name.is_doubtful) for name in names],
            facts=[*sure, *words, *stems(facts.school, facts.stations)],
            street=address.numbers,
            town=address.town,
            birth_date=birth_date,
        ),
    )


def hidden_places(municipality: Municipality | None) -> tuple[str, ...]:
    """The names below 市 that a member may write without thinking: 中央区 of 札幌市中央区, 例示町 of 架空郡例示町."""
    if municipality is None or municipality.kind is Kind.CITY:
        return ()
    if municipality.kind is Kind.WARD:
        return (municipality.name.removeprefix(municipality.city_name),)
    district, has_district, town = municipality.name.partition("郡")
    return (f"{district}郡", town) if has_district and town else (municipality.name,)


def name_forms(name: str, kana: str) -> tuple[str, ...]:
    """A family or given name in kanji and kana, folded, and each name of several: Maria Jean is also called Maria."""
    forms = [fold(name), *long_vowel_forms(fold(kana))]
    forms += [form for part in _parts(name) for form in (fold(part),)]
    forms += [form for part in _parts(kana) for form in long_vowel_forms(fold(part))]
    return tuple(dict.fromkeys(form for form in forms if form))


def _parts(name: str) -> list[str]:
    """The names of several; none of a single one."""
    parts = [part for part in _NAME_PARTS.split(name.strip()) if len(part) > 1]
    return parts if len(parts) > 1 else []


def long_vowel_forms(folded_kana: str) -> tuple[str, ...]:
    """たろう is also written たろー and たろお."""
    if not folded_kana:
        return ()
    places = [match.start() for match in _LONG_VOWEL.finditer(folded_kana)][:3]
    forms = []
    for marks in product("\0ーお", repeat=len(places)):
        letters = list(folded_kana)
        for place, mark in zip(places, marks, strict=True):
            if mark != "\0" and (mark == "ー" or letters[place] == "う"):
                letters[place] = mark
        forms.append("".join(letters))
    return tuple(dict.fromkeys(forms))


def _names(facts: OwnFacts) -> tuple[OwnName, ...]:
    family = name_forms(facts.family_name, facts.family_kana)
    given = name_forms(facts.given_name, facts.given_kana)
    names = {form: OwnName(form, LeakKind.NAME, given) for form in family}
    names |= {form: OwnName(form, LeakKind.NAME, family, is_given=True) for form in given if form not in names}
    for kind, listing in _called(facts):
        for name in listing:
            for part in _NAME_PARTS.split(name):
                for form in long_vowel_forms(fold(part)):
                    names.setdefault(form, OwnName(form, kind, family))
    for mixed, partners in _mixed(facts, family=family, given=given):
        names.setdefault(mixed.text, OwnName(mixed.text, LeakKind.NAME, partners, mixed.is_doubtful))
    for one in tuple(names.values()):
        if (cut := _without_long_end(one.text)) and not one.is_doubtful:
            names.setdefault(cut, replace(one, text=cut, is_doubtful=True))
    return tuple(names.values())


def _without_long_end(name: str) -> str:
    """よっしー is also written よっし～ and みほろう みほろ…; "" where too little would be left."""
    is_long = name.endswith("ー") or _LONG_VOWEL.search(name, len(name) - 1) is not None
    return name[:-1] if is_long and len(name) > _SURE_CHARS else ""


def _reversed(facts: OwnFacts) -> Iterator[str]:
    """The full name read backwards, in kanji and in kana."""
    for family, given, fewest in (
        (facts.family_name, facts.given_name, _SURE_REVERSED_KANJI),
        (facts.family_kana, facts.given_kana, _SURE_REVERSED_KANA),
    ):
        whole = fold(family) + fold(given)
        if family and given and len(whole) >= fewest and not whole.isascii():
            yield whole[::-1]


def _mail_forms(mail: str) -> Iterator[str]:
    """The address, and what stands before the @ when its digits make it one of a kind."""
    yield fold(mail)
    local_part = fold(mail.partition("@")[0])
    if len(local_part) >= _SURE_LOCAL_PART and any(map(str.isdigit, local_part)):
        yield local_part


def _mixed(
    facts: OwnFacts, *, family: tuple[str, ...], given: tuple[str, ...]
) -> Iterator[tuple[MixedForm, tuple[str, ...]]]:
    """With what makes a full name of each: しん庄じゅん例 is one, both its halves mixed."""
    families = mixed_forms(facts.family_name, facts.family_kana)
    givens = mixed_forms(facts.given_name, facts.given_kana)
    for form in families:
        yield form, (*given, *(other.text for other in givens))
    for form in givens:
        yield form, (*family, *(other.text for other in families))


def _called(facts: OwnFacts) -> tuple[tuple[LeakKind, tuple[str, ...]], ...]:
    return (
        (LeakKind.NICKNAME, facts.nicknames),
        (LeakKind.RELATIVE, facts.relatives),
        (LeakKind.UNWANTED, facts.unwanted),
    )


def _latin(facts: OwnFacts) -> LatinNames:
    families, givens = latin_forms(facts.family_kana), latin_forms(facts.given_kana)
    words = dict.fromkeys((*families, *givens), LeakKind.NAME)
    whole: dict[str, LeakKind] = {}
    for family, given in product(families, givens):
        whole |= dict.fromkeys((skeleton(family + given), skeleton(given + family)), LeakKind.NAME)
    written = (facts.family_name, facts.given_name)
    spelled = [(name, LeakKind.NAME) for whole_name in written for name in (whole_name, *_parts(whole_name))]
    spelled += [(name, kind) for kind, listing in _called(facts) for name in listing]
    spelled += [(mail.partition("@")[0], LeakKind.EMAIL) for mail in facts.emails]
    spelled += [(name, LeakKind.EMPLOYER) for name in employer_names(facts.employer)]
    for name, kind in spelled:
        letters = re.sub("[^a-z]", "", fold(name)) if unicodedata.normalize("NFKC", name).isascii() else ""
        words.setdefault(skeleton(letters), kind)
    for name, kind in spelled:
        if kind in (LeakKind.NICKNAME, LeakKind.RELATIVE, LeakKind.UNWANTED):
            words.setdefault(kana_skeleton(to_hiragana(name)), kind)
    return latin_names(words, whole=whole)


def latin_forms(kana: str) -> tuple[str, ...]:
    """The skeletons of a reading, and of each name of several."""
    skeletons = (kana_skeleton(to_hiragana(_NAME_PARTS.sub("", name))) for name in (kana, *_parts(kana)))
    return tuple(dict.fromkeys(form for form in skeletons if form))


def _phone_digits(phones: tuple[str, ...]) -> tuple[str, ...]:
    """Without the leading 0 (so +81 does not hide it), then without the area."""
    found: list[str] = []
    for phone in phones:
        digits = digits_key(phone)
        if len(digits) < 9:
            continue
        parts = re.split(r"\D+", unicodedata.normalize("NFKC", phone))
        local = "".join(parts[1:]) if len(parts) == 3 else digits[-8:]
        found += [digits.removeprefix("81").removeprefix("0"), local]
    return tuple(dict.fromkeys(number for number in found if len(number) >= 6))


def _is_short_word(name: str) -> bool:
    """A short katakana or Latin company name is also a piece of other words."""
    return len(name) <= 3 and not any("\u4e00" <= char <= "\u9fff" for char in name)
