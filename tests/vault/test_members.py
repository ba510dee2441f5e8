"""The narrow table: what goes in comes out, what is searched is found, and nobody's change is overwritten."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakodo_desktop.domain.declaration import DeclarationState, Standing, standing
from nakodo_desktop.domain.member import MemberId, MemberRow, MemberStatus
from nakodo_desktop.domain.member_query import Group, MemberQuery, SortBy
from nakodo_desktop.domain.search_keys import search_key
from nakodo_desktop.vault import members
from nakodo_desktop.vault.members import MemberFacts
from nakodo_desktop.vault.vault import Vault
from tests.vaultkit import Clock, VaultTemplate, pc_of

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
FACTS = MemberFacts(
    number="M-0001",
    legal_name="見本 太郎",
    kana="みほん たろう",
    sex="male",
    birth_date=date(1987, 3, 14),
    residence="東京都世田谷区",
    phone="090-0000-0000",
    last_interview_on=TODAY,
)


def insert(vault: Vault, facts: MemberFacts = FACTS, *, uid: str = "u1") -> MemberId:
    with vault.transaction() as tx:
        return members.insert(tx.db, facts, uid=uid, joined_on=TODAY, now=NOW)


def found(vault: Vault, text: str) -> list[MemberId]:
    return members.select_ids(vault.read(), MemberQuery(text=text), today=TODAY)


# --- in and out


def test_a_row_comes_back_as_it_went(vault: Vault) -> None:
    member_id = insert(vault)
    row = MemberRow(
        member_id,
        *("M-0001", "見本 太郎", "みほん たろう", "male", date(1987, 3, 14), "東京都世田谷区"),
        *(MemberStatus.PRE_PUBLISH, None, None, TODAY),
    )
    assert members.rows(vault.read(), [member_id]) == [row]
    kernel = members.kernel(vault.read(), member_id)
    assert kernel is not None
    assert (kernel.row, kernel.uid, kernel.joined_on, kernel.version) == (row, "u1", TODAY, 1)


@pytest.mark.parametrize(
    "name", ["𠮷野 𣘺子", "邊\U000e0101 太郎", "見本 😊", "<b>見本</b>", "' OR 1=1 --", "%_*", "か\u3099ぎ"]
)
def test_a_name_is_stored_letter_for_letter(vault: Vault, name: str) -> None:
    member_id = insert(vault, replace(FACTS, legal_name=name))
    assert members.rows(vault.read(), [member_id])[0].legal_name == name
    assert found(vault, name) == [member_id]


def test_rows_come_in_the_order_asked_for_and_the_gone_are_left_out(vault: Vault) -> None:
    first, second = insert(vault), insert(vault, replace(FACTS, number="M-0002"), uid="u2")
    asked = [MemberId(99), second, first]
    assert [row.id for row in members.rows(vault.read(), asked)] == [second, first]
    assert members.uids(vault.read(), asked) == ["u2", "u1"]
    with vault.transaction() as tx:
        members.delete(tx.db, second)
    assert [row.id for row in members.rows(vault.read(), asked)] == [first]
    assert members.kernel(vault.read(), second) is None


def test_facts_are_written_over_only_on_the_version_that_was_read(vault: Vault) -> None:
    member_id = insert(vault)
    changed = replace(FACTS, number="F-0001", legal_name="髙﨑 花子", kana="たかさき はなこ", sex="female", phone="")
    with vault.transaction() as tx:
        assert members.update_facts(tx.db, member_id, changed, version=1, now=NOW)
        assert not members.update_facts(tx.db, member_id, FACTS, version=1, now=NOW)
        assert not members.update_status(tx.db, member_id, MemberStatus.PAUSED, version=1, now=NOW)
        assert members.update_status(tx.db, member_id, MemberStatus.OMIAI, version=2, now=NOW)
    kernel = members.kernel(vault.read(), member_id)
    assert kernel is not None
    assert (kernel.version, kernel.row.legal_name, kernel.row.status) == (3, "髙﨑 花子", MemberStatus.OMIAI)
    assert (found(vault, "高崎"), found(vault, "F-0001"), found(vault, "見本")) == ([member_id], [member_id], [])
    assert found(vault, "0900000") == []


def test_a_member_whose_facts_stand_gets_a_new_version_all_the_same(vault: Vault) -> None:
    member_id = insert(vault)
    later = TODAY + timedelta(days=1)
    with vault.transaction() as tx:
        assert members.update_none(tx.db, member_id, last_interview_on=later, version=1, now=NOW)
        assert not members.update_none(tx.db, member_id, last_interview_on=TODAY, version=1, now=NOW)
    kernel = members.kernel(vault.read(), member_id)
    assert kernel is not None
    assert (kernel.version, kernel.row.last_interview_on, kernel.row.legal_name) == (2, later, FACTS.legal_name)


def test_a_declaration_is_noted_without_a_new_version(vault: Vault) -> None:
    member_id = insert(vault)
    with vault.transaction() as tx:
        members.note_declaration(tx.db, member_id, DeclarationState.SIGNED, until=date(2027, 2, 23), now=NOW)
    kernel = members.kernel(vault.read(), member_id)
    assert kernel is not None
    row = kernel.row
    assert (row.declaration_state, row.declaration_valid_until) == (DeclarationState.SIGNED, date(2027, 2, 23))
    assert kernel.version == 1
    with vault.transaction() as tx:
        members.note_declaration(tx.db, member_id, None, until=None, now=NOW)
    assert members.rows(vault.read(), [member_id])[0].declaration_state is None


# --- search


@pytest.mark.parametrize(
    ("name", "kana", "text"),
    [
        ("髙橋 太郎", "たかはし たろう", "高橋"),
        ("高橋 太郎", "たかはし たろう", "髙橋"),
        ("𠮷田 太郎", "よしだ たろう", "吉田"),
        ("渡邉 太郎", "わたなべ たろう", "渡辺"),
        ("齋藤 太郎", "さいとう たろう", "斎藤"),
        ("佐々木 太郎", "ささき たろう", "佐佐木"),
        ("見本 太郎", "みほん たろう", "ミホン"),
        ("見本 太郎", "みほん たろう", "ﾐﾎﾝ"),
        ("見本 太郎", "みほん たろう", "見本太郎"),
        ("見本 太郎", "みほん たろう", "　見本　太郎　"),
        ("見本 太郎", "みほん たろう", "たろう みほん"),
        ("見本 太郎", "みほん たろう", "見本 たろう"),
        ("見本 太郎", "みほん たろう", "ほんた"),
        ("見本 太郎", "みほん たろう", "M-0001"),
        ("見本 太郎", "みほん たろう", "m0001"),
        ("見本 太郎", "みほん たろう", "Ｍ－０００１"),
        ("見本 太郎", "みほん たろう", "090-0000"),
        ("見本 太郎", "みほん たろう", "０９００００"),
        ("見本 太郎", "みほん たろう", "(090)0000"),
        ("ミュラー 太郎", "みゅらー たろう", "みゅらー"),
        ("Müller 太郎", "みゅらー たろう", "muller"),
        ("邊\U000e0101見 太郎", "へんみ たろう", "辺見"),
        ("か\u3099ぎ 太郎", "がぎ たろう", "がぎ"),
        ("見本 太郎", "みほん たろう", "・"),  # nothing to look for finds everybody
        ("見本 太郎", "みほん たろう", ""),
    ],
)
def test_somebody_is_found_however_it_is_written(vault: Vault, name: str, kana: str, text: str) -> None:
    member_id = insert(vault, replace(FACTS, legal_name=name, kana=kana))
    assert found(vault, text) == [member_id]


@pytest.mark.parametrize("text", ["見本 花子", "M-0002", "M-0000", "0801", "taro", "太郎見本", "見本 本見"])
def test_somebody_else_is_not(vault: Vault, text: str) -> None:
    insert(vault)
    assert found(vault, text) == []


@pytest.mark.parametrize("text", ["%", "' --", "\x00", "\ud83d"])
def test_marks_alone_look_for_nothing(vault: Vault, text: str) -> None:
    assert found(vault, text) == [] == found(vault, "")
    insert(vault)
    assert found(vault, text) == [MemberId(1)]


def test_a_member_number_is_not_looked_for_in_telephones(vault: Vault) -> None:
    insert(vault, replace(FACTS, phone="090-0128-0000"))
    assert found(vault, "F-0128") == []
    assert found(vault, "0128") == [MemberId(1)]


# --- the whole list against a reader without an index


@dataclass(frozen=True)
class Somebody:
    facts: MemberFacts
    status: MemberStatus
    state: DeclarationState | None
    until: date | None


NAMES = st.sampled_from(
    [
        ("髙橋", "たかはし"),
        ("高橋", "たかはし"),
        ("見本", "みほん"),
        ("渡邉", "わたなべ"),
        ("佐々木", "ささき"),
        ("𠮷", "よし"),
    ]
)


@st.composite
def people(draw: Callable[..., Any]) -> list[Somebody]:
    made = []
    for running in range(1, draw(st.integers(0, 7)) + 1):
        (family, family_kana), (given, given_kana) = draw(NAMES), draw(NAMES)
        state = draw(st.sampled_from([None, *DeclarationState]))
        has_day = state in (DeclarationState.SIGNED, DeclarationState.EXPIRED, DeclarationState.FALSE_SUSPECTED)
        running += draw(st.sampled_from([0, 9_995]))
        made.append(
            Somebody(
                MemberFacts(
                    number=f"{draw(st.sampled_from('FM'))}-{running:04d}",
                    legal_name=f"{family} {given}",
                    kana=f"{family_kana} {given_kana}",
                    sex="female",
                    birth_date=draw(st.dates(date(1960, 1, 1), date(1999, 12, 31))),
                    residence=draw(st.sampled_from(["東京都世田谷区", "北海道札幌市中央区"])),
                    phone=draw(st.sampled_from(["090-0000-0001", "03-0000-1234", ""])),
                    last_interview_on=TODAY - timedelta(days=draw(st.integers(0, 3))),
                ),
                draw(st.sampled_from(MemberStatus)),
                state,
                TODAY + timedelta(days=draw(st.integers(-2, 20))) if has_day else None,
            )
        )
    return made


QUERIES = st.builds(
    MemberQuery,
    text=st.sampled_from(["", "高橋", "たか", "たか みほん", "M", "-000", "0001", "０９０", "辺 ささ", "居ない"]),
    group=st.sampled_from(Group),
    sort_by=st.sampled_from(SortBy),
    descending=st.booleans(),
)


def is_in(one: Somebody, group: Group) -> bool:
    in_use = (MemberStatus.OMIAI, MemberStatus.PRE_COURTSHIP, MemberStatus.SERIOUS)
    match group:
        case Group.ALL:
            return True
        case Group.ACTIVE:
            return one.status in in_use
        case Group.PAPERS:
            stands = standing(one.state, one.until, today=TODAY) in (Standing.VALID, Standing.DUE)
            return one.status in (*in_use, MemberStatus.PRE_PUBLISH) and not stands
        case Group.PRE_PUBLISH:
            return one.status is MemberStatus.PRE_PUBLISH
        case Group.LEFT:
            return not one.status.is_active


def is_meant(one: Somebody, text: str) -> bool:
    keys = [search_key(part) for part in (one.facts.legal_name, one.facts.kana, one.facts.number)]
    telephone = one.facts.phone.replace("-", "")
    wanted = [(term, search_key(term)) for term in text.split()]
    return all(
        any(key in part for part in keys) or (term.lstrip("-").isdecimal() and key in telephone) for term, key in wanted
    )


def place_of(one: Somebody, sort_by: SortBy) -> object:
    return {
        SortBy.KANA: search_key(one.facts.kana),
        SortBy.NUMBER: int(one.facts.number[2:]),
        SortBy.AGE: (TODAY - one.facts.birth_date).days,
        SortBy.RESIDENCE: one.facts.residence,
        SortBy.STATUS: list(MemberStatus).index(one.status),
        SortBy.DECLARATION: one.until or date.min,
        SortBy.LAST_INTERVIEW: one.facts.last_interview_on,
    }[sort_by]


def expected(everybody: Sequence[tuple[MemberId, Somebody]], query: MemberQuery) -> list[MemberId]:
    meant = [(i, one) for i, one in everybody if is_in(one, query.group) and is_meant(one, query.text)]
    if query.sort_by is SortBy.KANA:
        meant.sort(key=lambda pair: (search_key(pair[1].facts.kana), pair[0]), reverse=query.descending)
    else:
        meant.sort(key=lambda pair: (search_key(pair[1].facts.kana), pair[0]))
        meant.sort(key=lambda pair: place_of(pair[1], query.sort_by), reverse=query.descending)  # type: ignore[arg-type,return-value]  # one kind at a time
    return [i for i, _ in meant]


@pytest.fixture(scope="module")
def shared(vault_template: VaultTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """One vault for many examples; each is rolled back."""
    folder, keys = vault_template.copy(tmp_path_factory.mktemp("shared") / "vault")
    opened = Vault.open(folder, keys, now=Clock(), data_dir=pc_of(folder))
    yield opened
    opened.close()


class Undo(Exception):
    """Ends an example."""


@given(everybody=people(), query=QUERIES)
def test_the_list_is_what_a_patient_reader_would_pick(
    shared: Vault, everybody: list[Somebody], query: MemberQuery
) -> None:
    with contextlib.suppress(Undo), shared.transaction() as tx:
        known = []
        for number, one in enumerate(everybody):
            member_id = members.insert(tx.db, one.facts, uid=str(number), joined_on=TODAY, now=NOW)
            members.update_status(tx.db, member_id, one.status, version=1, now=NOW)
            members.note_declaration(tx.db, member_id, one.state, until=one.until, now=NOW)
            known.append((member_id, one))
        assert members.select_ids(tx.db, query, today=TODAY) == expected(known, query)
        counted = {group: sum(is_in(one, group) for one in everybody) for group in Group}
        assert members.counts(tx.db, today=TODAY) == counted
        raise Undo
