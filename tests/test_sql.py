"""Every SQL constant against a migrated vault: a wrong column, a slow plan or a loose table fails in milliseconds."""

from __future__ import annotations

import ast
import hashlib
import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator

import pytest

from nakodo_desktop import vault as vault_package
from nakodo_desktop.domain.member_query import Group, MemberQuery, SortBy
from nakodo_desktop.vault.members import search_sql
from nakodo_desktop.vault.schema import migrations
from nakodo_desktop.vault.vault import Vault
from tests.schemakit import Table, read_tables
from tests.source_tree import ROOT, python_files, relative, tree_of
from tests.vaultkit import Clock, VaultTemplate, pc_of

STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s", re.IGNORECASE)
PARAMETER = re.compile(r"(?<![\w':]):([a-z_]\w*)")
PLACEHOLDER = re.compile(r"\{\w+\}")  # a template: its filled-in twin is the constant that runs
PINS = ROOT / "tests" / "vault" / "migration_pins.toml"


def constants() -> Iterator[tuple[str, str]]:
    """(module.NAME, statement) of every complete statement that a vault module holds, dictionaries of them too."""
    for found in pkgutil.iter_modules(vault_package.__path__):
        module = importlib.import_module(f"nakodo_desktop.vault.{found.name}")
        for name, value in vars(module).items():
            if name.isupper():
                values = value.values() if isinstance(value, dict) else [value]
                texts = [text for text in values if isinstance(text, str) and STATEMENT.match(text)]
                yield from ((f"{found.name}.{name}", text) for text in texts if not PLACEHOLDER.search(text))


SQL = sorted(set(constants()))


@pytest.fixture(scope="module")
def shared(vault_template: VaultTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """One open vault for all questions; nothing here writes."""
    folder, keys = vault_template.copy(tmp_path_factory.mktemp("asked") / "vault")
    opened = Vault.open(folder, keys, now=Clock(), data_dir=pc_of(folder))
    yield opened
    opened.close()


def empty_parameters(sql: str) -> dict[str, None]:
    return dict.fromkeys(PARAMETER.findall(sql))


def plan_of(vault: Vault, sql: str) -> list[str]:
    return [row["detail"] for row in vault.read().execute(f"EXPLAIN QUERY PLAN {sql}", empty_parameters(sql))]


def test_the_statements_are_found() -> None:
    names = {name for name, _ in SQL}
    assert {"members.INSERT", "profiles.UPSERT", "profiles.SELECT", "consents.WITHDRAW", "batches.LISTED"} <= names
    assert len(SQL) > 80


@pytest.mark.parametrize(("name", "sql"), SQL, ids=[name for name, _ in SQL])
def test_a_statement_fits_the_schema_and_daily_work(shared: Vault, name: str, sql: str) -> None:
    """On the restricted connection: what the authorizer forbids would fail, too."""
    assert shared.read().execute(f"EXPLAIN {sql}", empty_parameters(sql)).fetchone() is not None


@pytest.mark.parametrize("group", Group)
@pytest.mark.parametrize("sort_by", SortBy)
@pytest.mark.parametrize("text", ["", "見本 太郎"])
def test_the_list_reads_the_narrow_table_alone(shared: Vault, group: Group, sort_by: SortBy, text: str) -> None:
    sql, _ = search_sql(MemberQuery(text=text, group=group, sort_by=sort_by))
    plan = plan_of(shared, sql)
    assert plan
    assert [step for step in plan if not re.match(r"(SCAN|SEARCH) member\b|USE TEMP B-TREE", step)] == []


@pytest.mark.parametrize("descending", [False, True])
def test_the_list_in_kana_order_needs_no_sorting(shared: Vault, *, descending: bool) -> None:
    sql, _ = search_sql(MemberQuery(sort_by=SortBy.KANA, descending=descending))
    assert plan_of(shared, sql) == ["SCAN member USING COVERING INDEX member_by_kana"]


# Whole offices are read here on purpose: the leak scan looks for everybody's name in what leaves.
READ_EVERYBODY = {"members.ALL_NAMES", "members.PSEUDONYMS"}


@pytest.mark.parametrize(("name", "sql"), SQL, ids=[name for name, _ in SQL])
def test_no_statement_walks_through_wide_tables_or_pictures(shared: Vault, name: str, sql: str) -> None:
    if name in READ_EVERYBODY:
        assert any(step.startswith("SCAN profile") for step in plan_of(shared, sql)), "take it off the list"
    else:
        walked = [step for step in plan_of(shared, sql) if re.match(r"SCAN (profile|special_care|photo)\b", step)]
        assert walked == []


# --- the schema


@pytest.fixture(scope="module")
def tables(vault_template: VaultTemplate, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Table]:
    return read_tables(vault_template, tmp_path_factory.mktemp("schema") / "vault")


def test_every_table_is_strict(tables: dict[str, Table]) -> None:
    """A STRING column once turned '09012345678' into a number."""
    assert [table.name for table in tables.values() if not table.is_strict] == []


def columns_that_go_with_the_member(tables: dict[str, Table]) -> list[tuple[str, str]]:
    return [
        (table.name, column)
        for table in tables.values()
        for column in re.findall(r"(\w+) INTEGER[^,]*REFERENCES member \(id\) ON DELETE CASCADE", table.sql)
    ]


def test_a_deleted_member_is_looked_up_not_searched_for(shared: Vault, tables: dict[str, Table]) -> None:
    """Without an index the deletion would walk through every row of each of these tables."""
    found = columns_that_go_with_the_member(tables)
    assert {"profile", "special_care", "consent", "photo", "interview", "declaration"} <= {name for name, _ in found}
    for table, column in found:
        (step,) = plan_of(shared, f"SELECT 1 FROM {table} WHERE {column} = :id")
        assert step.startswith("SEARCH"), f"{table}.{column}"


# The one search builder, the one upsert for every column, and what works on tables it does not know by name.
BUILDERS = {"members.search_sql", "profiles._upsert"}
ANY_TABLE = {"checks", "salvage", "connection"}


def test_sql_stands_in_constants() -> None:
    """Style guide 29: so that the tests above see every statement."""
    loose = [
        f"{relative(path)}:{node.lineno}"
        for path in python_files("nakodo_desktop/vault")
        if path.stem not in ANY_TABLE
        for function in ast.walk(tree_of(path))
        if isinstance(function, ast.FunctionDef) and f"{path.stem}.{function.name}" not in BUILDERS
        for node in ast.walk(function)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_statement(node.value)
    ]
    assert loose == []


def is_statement(text: str) -> bool:
    return re.match(r"(SELECT|INSERT INTO|INSERT OR|UPDATE \w+ SET|DELETE FROM|WITH \w+ AS)\s", text) is not None


def test_a_released_migration_never_changes() -> None:
    """The pins say how they are kept."""
    pinned = tomllib.loads(PINS.read_text(encoding="utf-8"))["sha256"]
    present = {migration.name: hashlib.sha256(migration.sql.encode()).hexdigest() for migration in migrations()}
    lines = "\n".join(f'"{name}" = "{value}"' for name, value in present.items())
    assert present == pinned, f"as they are now:\n{lines}"
