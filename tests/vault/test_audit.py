"""T30: the log only grows; edits in the middle show by themselves, a cut tail or a rewrite against a checkpoint."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from nakodo_desktop.vault import audit, canonical
from nakodo_desktop.vault.audit_reading import (
    AuditFilter,
    audit_csv,
    entries_about,
    find_entries,
    seen_by,
    verify_chain,
)
from nakodo_desktop.vault.beginnings import first_checkpoint, new_beginning
from nakodo_desktop.vault.checkpoints import (
    agrees,
    agrees_with_code,
    checkpoint_from_json,
    short_code,
)
from nakodo_desktop.vault.connection import Connection, open_vault_connection
from nakodo_desktop.vault.creation import create_vault
from nakodo_desktop.vault.secret_keys import AUDIT, secret_key
from nakodo_desktop.vault.vault import Vault
from tests.vault.colleague import unlock_here
from tests.vault.vault_content import add_clerk
from tests.vaultkit import CHEAPEST_KDF, TEST_PASSPHRASE, TEST_RECOVERY_CODE, pc_of, reopened

_FIRST_DAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def _attack(folder: Path, attack: Callable[[Connection], object]) -> None:
    """Somebody with the key and a program of their own: no authorizer, no triggers."""
    key = unlock_here(folder).database_key()
    with closing(open_vault_connection(folder / "vault-000001.db", key)) as db:
        triggers = [row["sql"] for row in db.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")]
        for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{row["name"]}"')
        attack(db)
        for trigger in triggers:
            db.execute(trigger)


def _filled(vault: Vault) -> Path:
    for number in range(20):
        add_clerk(vault, number)
    folder = vault.folder
    vault.close()
    return folder


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET act = 'other' WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 1",
        "INSERT OR REPLACE INTO audit SELECT seq, at, mono, actor, session, 'x', subject, detail, prev, mac FROM audit",
        "INSERT INTO audit SELECT 99, at, mono, actor, session, act, subject, detail, prev, mac FROM audit LIMIT 1",
        "INSERT INTO audit SELECT max(seq) + 1, at, mono, actor, '', act, '', detail, zeroblob(32), mac FROM audit",
    ],
)
def test_T30_the_log_only_grows_whoever_asks(vault_folder: Path, statement: str) -> None:
    refused = r"append-only|no gap|chain is broken|not authorized"
    with reopened(vault_folder) as vault, pytest.raises(dbapi2.DatabaseError, match=refused):
        vault.read().execute(statement)
    db = open_vault_connection(vault_folder / "vault-000001.db", unlock_here(vault_folder).database_key())
    with closing(db), pytest.raises(dbapi2.DatabaseError, match=refused.removesuffix("|not authorized")):
        db.execute(statement)


@pytest.mark.parametrize("column", ["at", "mono", "actor", "session", "act", "subject", "detail", "prev", "mac"])
def test_T30_an_edited_entry_is_found_at_its_place(vault: Vault, column: str) -> None:
    folder = _filled(vault)
    other = {"mono": "mono + 1", "prev": "zeroblob(32)", "mac": "zeroblob(32)", "detail": "'{\"a\":1}'"}
    value = other.get(column, "'x'")
    _attack(folder, lambda db: db.execute(f"UPDATE audit SET {column} = {value} WHERE seq = 7"))
    with reopened(folder) as again:
        report = verify_chain(again.read(), secret_key(again.read(), AUDIT))
    assert report.broken_at == 7


def test_T30_a_deleted_entry_is_found_at_its_place(vault: Vault) -> None:
    folder = _filled(vault)
    _attack(folder, lambda db: db.execute("DELETE FROM audit WHERE seq = 9"))
    with reopened(folder) as again:
        assert verify_chain(again.read(), secret_key(again.read(), AUDIT)).broken_at == 9


def test_T30_a_cut_tail_is_seen_only_against_a_checkpoint(vault: Vault) -> None:
    folder = _filled(vault)
    _attack(folder, lambda db: db.execute("DELETE FROM audit WHERE seq > 9"))
    with reopened(folder) as again:
        assert verify_chain(again.read(), secret_key(again.read(), AUDIT)).broken_at is None
        assert [finding.kind.value for finding in again.findings] == ["older_than_last_seen"]


def test_T30_a_rewrite_by_somebody_with_the_key_is_seen_against_a_checkpoint(vault: Vault) -> None:
    checkpoint = vault.checkpoint().checkpoint
    code = short_code(checkpoint)
    folder = _filled(vault)

    def rewrite(db: Connection) -> None:
        key, prev = secret_key(db, AUDIT), audit.GENESIS
        db.execute("UPDATE audit SET subject = 'someone-else' WHERE act = 'staff.add'")
        db.execute("UPDATE audit SET actor = 'nobody' WHERE seq = 1")
        for row in db.execute("SELECT * FROM audit ORDER BY seq").fetchall():
            mac = audit.entry_mac(key, prev, audit.signed_fields(row))
            db.execute("UPDATE audit SET prev = ?, mac = ? WHERE seq = ?", (prev, mac, row["seq"]))
            prev = mac

    assert_before = pc_of(folder)
    _attack(folder, rewrite)
    with reopened(folder) as again:
        db = again.read()
        assert verify_chain(db, secret_key(db, AUDIT)).broken_at is None
        assert not agrees(db, checkpoint)
        assert not agrees_with_code(db, again.vault_id, code=code)
        assert [finding.kind.value for finding in again.findings] == ["older_than_last_seen"]
    assert assert_before.is_dir()


def test_a_checkpoint_on_paper_fits_as_long_as_the_log_is_the_same(vault: Vault) -> None:
    code = short_code(vault.checkpoint().checkpoint)
    for number in range(5):
        add_clerk(vault, number)
    db = vault.read()
    assert agrees_with_code(db, vault.vault_id, code=code)
    assert agrees_with_code(db, vault.vault_id, code=code.lower().replace("-", "－", 1))
    seq, _, letters = code.partition("-")
    for wrong in (
        "",
        "x",
        seq,
        f"{int(seq) + 1}-{letters}",
        code[:-1] + ("A" if code[-1] != "A" else "B"),
        "99999-AAAA",
    ):
        assert not agrees_with_code(db, vault.vault_id, code=wrong)


def test_a_signed_checkpoint_cannot_be_edited(vault: Vault) -> None:
    document = vault.checkpoint().to_json()
    assert checkpoint_from_json(document).to_json() == document
    for key, value in (("seq", 999), ("vault_id", "x"), ("at", "2026-11-23T00:00:00.000+00:00"), ("sig", "")):
        with pytest.raises(ValueError, match=r".+"):
            checkpoint_from_json({**document, key: value})


def test_an_entry_outside_its_transaction_is_refused(vault: Vault) -> None:
    with pytest.raises(RuntimeError):
        vault.append_audit(datetime.now(UTC), "member.view", subject="x", detail=None)


@pytest.mark.parametrize(
    ("act", "subject", "detail"),
    [
        ("Member View", "", {}),
        ("", "", {}),
        ("member.view", "見本 太郎", {}),
        ("member.view", "", {"名前": "x"}),
        ("member.view", "", {"field": "見本"}),
        ("list.view", "", {"ids": ["a"] * 501}),
        ("list.view", "", {"ids": ["見本"]}),
        ("member.view", "x" * 201, {}),
        ("member.view", "line\nbreak", {}),
    ],
)
def test_the_log_takes_ids_and_never_values(vault: Vault, act: str, subject: str, detail: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"act|ids"), vault.transaction() as transaction:
        transaction.audit(act, subject=subject, detail=detail)


def test_who_saw_this_member_counts_lists_and_exports_too(vault: Vault) -> None:
    with vault.transaction() as transaction:
        transaction.audit("member.view", subject="m1")
        transaction.audit("list.view", detail={"screen": "members", "ids": ["m1", "m2", "m3"]})
        transaction.audit("export.begin", subject="batch-7", detail={"ids": ["m2"]})
        transaction.audit("member.view", subject="m3")
    found = [(entry.act, entry.actor) for entry in entries_about(vault.read(), "m1")]
    assert found == [("list.view", vault.staff.id), ("member.view", vault.staff.id)]
    assert [entry.act for entry in entries_about(vault.read(), "m2")] == ["export.begin", "list.view"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    entries=st.lists(
        st.tuples(st.sampled_from(["member.view", "list.view", "member.edit"]), st.sampled_from("abcdef")), max_size=12
    ),
    window=st.tuples(st.integers(0, 15), st.integers(0, 15)),
)
def test_T78_what_a_person_saw_equals_a_recount_by_hand(
    vault: Vault, entries: list[tuple[str, str]], window: tuple[int, int]
) -> None:
    begin = vault.checkpoint().checkpoint.at
    expected = set()
    since, until = begin + timedelta(seconds=window[0]), begin + timedelta(seconds=window[1])
    for act, member in entries:
        with vault.transaction() as transaction:
            if act == "list.view":
                transaction.audit(act, detail={"ids": [member]})
            else:
                transaction.audit(act, subject=member)
            if since <= transaction.now < until and act != "member.edit":
                expected.add(member)
    assert seen_by(vault.read(), vault.staff.id, since=since, until=until) == sorted(expected)
    assert seen_by(vault.read(), "nobody", since=since, until=until) == []


def test_the_viewer_filters_and_pages(vault: Vault) -> None:
    begin = vault.checkpoint().checkpoint.at
    for number in range(30):
        add_clerk(vault, number)
    db = vault.read()
    newest = find_entries(db, AuditFilter(act="staff"), limit=10)
    older = find_entries(db, AuditFilter(act="staff", before_seq=newest[-1].seq), limit=100)
    assert (len(newest), len(older)) == (10, 20)
    assert [entry.seq for entry in newest + older] == sorted((entry.seq for entry in newest + older), reverse=True)
    assert find_entries(db, AuditFilter(until=begin, act="staff")) == []
    assert len(find_entries(db, AuditFilter(since=begin, actor=vault.staff.id, act="staff.add"))) == 30
    assert find_entries(db, AuditFilter(act="sta")) == []


def test_the_csv_of_a_period_cannot_run_as_a_formula(vault: Vault) -> None:
    with vault.transaction() as transaction:
        transaction.audit("member.view", subject="=1+1")
        transaction.audit("member.view", subject=" @x")
    entries = find_entries(vault.read(), AuditFilter(act="member"))
    lines = audit_csv(entries, {vault.staff.id: "＝見本"}).decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith('"番号","日時"')
    assert '"\'=1+1"' in lines[2]
    assert '"\' @x"' in lines[1]
    assert '"\'＝見本"' in lines[1]
    assert len(lines) == 4


def test_two_thousand_entries_are_verified_within_the_budget(vault: Vault) -> None:
    with vault.transaction() as transaction:
        for _ in range(2000):
            transaction.audit("member.view", subject="m1")
    db = vault.read()
    assert verify_chain(db, secret_key(db, AUDIT)).entries > 2000


def test_canonical_json_has_one_spelling() -> None:
    value = {"b": [1, True, None, "葛󠄀"], "a": {"y": "", "x": -1}}
    raw = canonical.encode(value)
    assert raw.decode() == '{"a":{"x":-1,"y":""},"b":[1,true,null,"葛󠄀"]}'
    assert canonical.decode(raw) == value
    for other in (b'{"a": 1}', b'{"b":1,"a":1}', b'{"a":1.0}', b'{"a":NaN}', b'{"a":1,"a":1}', b'"\\u3042"', b" 1"):
        with pytest.raises(ValueError, match=r".+"):
            canonical.decode(other)
    for foreign in (1.5, {1: "x"}, b"x", {"a": {2}}):
        with pytest.raises(TypeError):
            canonical.encode(foreign)


@given(st.binary(max_size=40))
def test_bytes_come_back_from_their_one_spelling(data: bytes) -> None:
    text = canonical.from_bytes(data)
    assert canonical.to_bytes(text) == data
    for other in (text + "=", text + "A" * 4 + "!", text + "\n"):
        with pytest.raises(ValueError, match="base64url"):
            canonical.to_bytes(other)


def _begun(folder: Path, *, with_sheet: bool) -> str:
    beginning = new_beginning(at=_FIRST_DAY, with_sheet=with_sheet)
    code = short_code(first_checkpoint(beginning))
    create_vault(
        folder,
        passphrase=TEST_PASSPHRASE,
        head_name="見本 所長",
        recovery_code=TEST_RECOVERY_CODE if with_sheet else None,
        kdf=CHEAPEST_KDF,
        beginning=beginning,
    )
    return code


@pytest.mark.parametrize("with_sheet", [True, False])
def test_how_a_log_will_begin_is_known_before_there_is_a_vault(tmp_path: Path, with_sheet: bool) -> None:
    """So the first recovery sheet carries its checkpoint, and a log begun again from nothing is noticed by it."""
    folder = tmp_path / "office"
    code = _begun(folder, with_sheet=with_sheet)
    with reopened(folder) as vault:
        add_clerk(vault, 1)
        assert code.startswith("1-") and agrees_with_code(vault.read(), vault.vault_id, code=code)
    another = _begun(tmp_path / "another", with_sheet=with_sheet)
    with reopened(folder) as vault:
        assert not agrees_with_code(vault.read(), vault.vault_id, code=another)


def test_a_vault_with_other_ways_in_than_its_first_entry_tells_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ways in"):
        create_vault(
            tmp_path / "office",
            passphrase=TEST_PASSPHRASE,
            head_name="見本 所長",
            beginning=new_beginning(at=_FIRST_DAY, with_sheet=True),
        )
    assert not (tmp_path / "office").exists()
