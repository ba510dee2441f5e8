"""Every answer of the wide tables comes back as it went, and the history tells what it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.fields import Store
from nakodo_desktop.domain.values import Value
from nakodo_desktop.vault import profiles
from nakodo_desktop.vault.connection import IntegrityError
from nakodo_desktop.vault.vault import Vault
from tests import factory
from tests.domain import said
from tests.vault.recordkit import LATER, NOW, a_member, written
from tests.vaultkit import Clock, VaultTemplate, pc_of

WIDE = (Store.PROFILE, Store.SPECIAL_CARE)
KEYS = {key for store in WIDE for key in catalog.columns(store)}


@pytest.fixture(scope="module")
def shared(vault_template: VaultTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """One vault with one member for many examples; each writes over the one before."""
    folder, keys = vault_template.copy(tmp_path_factory.mktemp("shared") / "vault")
    opened = Vault.open(folder, keys, now=Clock(), data_dir=pc_of(folder))
    a_member(opened)
    yield opened
    opened.close()


def of_wide_tables(answers: dict[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in answers.items() if key in KEYS}


def test_a_whole_interview_comes_back(vault: Vault) -> None:
    member_id, answers = a_member(vault), of_wide_tables(factory.answers())
    written(vault, lambda db: profiles.save(db, member_id, answers))
    assert set(answers) == KEYS
    assert profiles.load(vault.read(), member_id, WIDE) == answers


@given(answers=said.answers())
def test_whatever_was_said_comes_back_and_nothing_of_before(shared: Vault, answers: dict[str, Value]) -> None:
    member_id = a_member_of(shared)
    written(shared, lambda db: profiles.save(db, member_id, answers))
    assert profiles.load(shared.read(), member_id, WIDE) == of_wide_tables(answers)


@given(before=said.answers(), after=said.answers(), few=st.integers(min_value=0, max_value=9))
def test_what_changed_alone_is_written_and_all_of_it(
    shared: Vault, before: dict[str, Value], after: dict[str, Value], few: int
) -> None:
    member_id = a_member_of(shared)
    written(shared, lambda db: profiles.save(db, member_id, before))
    changed = sorted(key for key in KEYS if before.get(key) != after.get(key))[:few]
    wanted = {key: (after if key in changed else before).get(key) for key in KEYS}
    written(shared, lambda db: profiles.save_changed(db, member_id, wanted, changed))
    assert profiles.load(shared.read(), member_id, WIDE) == {k: v for k, v in wanted.items() if v is not None}


def test_a_change_to_who_had_no_profile_makes_one(vault: Vault) -> None:
    member_id = a_member(vault)
    written(vault, lambda db: profiles.save_changed(db, member_id, {"height_cm": 170}, ["height_cm"]))
    assert profiles.load(vault.read(), member_id, WIDE) == {"height_cm": 170}


def a_member_of(vault: Vault) -> profiles.MemberId:
    row = vault.read().execute("SELECT id FROM member").fetchone()
    assert row is not None
    return profiles.MemberId(row[0])


def test_the_tables_are_read_apart(vault: Vault) -> None:
    member_id = a_member(vault)
    written(vault, lambda db: profiles.save(db, member_id, factory.answers()))
    assert set(profiles.load(vault.read(), member_id, [Store.PROFILE])) == set(catalog.columns(Store.PROFILE))
    assert set(profiles.load(vault.read(), member_id, [Store.SPECIAL_CARE])) == set(catalog.columns(Store.SPECIAL_CARE))
    assert profiles.load(vault.read(), member_id, []) == {}


def test_who_has_no_profile_has_no_answers(vault: Vault) -> None:
    assert profiles.load(vault.read(), a_member(vault), WIDE) == {}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sex", "other"),
        ("origin_prefecture", "48"),
        ("birth_date", "yesterday"),
        ("income_proof_seen", 2),
        ("height_cm", "high"),
        ("disability_flag", "unsure"),
    ],
)
def test_a_value_the_catalogue_does_not_know_does_not_get_in(vault: Vault, key: str, value: Value) -> None:
    member_id = a_member(vault)
    with pytest.raises(IntegrityError):
        written(vault, lambda db: profiles.save(db, member_id, {key: value}))


def test_changes_are_told_newest_first_and_can_be_forgotten_by_field(vault: Vault) -> None:
    member_id, other = a_member(vault), a_member(vault, 2)
    staff_id = vault.staff.id

    def note(db: profiles.Connection) -> None:
        for who in (member_id, other):
            profiles.note_change(db, who, "weight_kg", old="68", new="66", staff_id=staff_id, now=NOW)
            profiles.note_change(db, who, "hobbies", old=None, new='"登山"', staff_id=staff_id, now=LATER)

    written(vault, note)
    told = profiles.changes(vault.read(), member_id)
    assert [(c.field_key, c.old_value, c.new_value, c.staff_name, c.changed_at) for c in told] == [
        ("hobbies", None, '"登山"', vault.staff.name, LATER),
        ("weight_kg", "68", "66", vault.staff.name, NOW),
    ]
    written(vault, lambda db: profiles.forget_changes(db, member_id, ["hobbies", "sex"]))
    assert [change.field_key for change in profiles.changes(vault.read(), member_id)] == ["weight_kg"]
    assert len(profiles.changes(vault.read(), other)) == 2
