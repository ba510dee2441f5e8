"""Saves every readable row of a damaged database into a new vault beside it; the damaged one is only read.

The last way out, when no backup is new enough. What it could not read it counts, table by table.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nakodo_desktop.domain.staff import Role, Staff, StaffId
from nakodo_desktop.errors import FolderNotEmpty, VaultDamaged
from nakodo_desktop.vault import audit, canonical, files
from nakodo_desktop.vault.connection import Connection, Row, open_vault_connection, refuse_foreign_file
from nakodo_desktop.vault.generations import changing, new_generation
from nakodo_desktop.vault.header import Header, write_header
from nakodo_desktop.vault.header_notes import note_header
from nakodo_desktop.vault.keys import database_key
from nakodo_desktop.vault.loan import append_audit
from nakodo_desktop.vault.schema import migrate, migrations, schema_version
from nakodo_desktop.vault.slots import SlotKind
from nakodo_desktop.vault.staff import insert_staff, list_staff
from nakodo_desktop.vault.unlock import OpenedKeys

_TABLES = """
SELECT name FROM sqlite_schema
WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name
"""
_WITHOUT_ROWID = "SELECT 1 FROM sqlite_schema WHERE name = :table AND sql LIKE '%WITHOUT ROWID%'"
_TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
_RESTORE_META = """
INSERT INTO meta (id, vault_id, header_epoch, generation, last_generation, created_at)
VALUES (1, :vault_id, 0, 1, 1, :at) ON CONFLICT (id) DO NOTHING
"""
_NAME_LOST = "（名前が失われた担当者）"
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST_STEP = 1 << 40


@dataclass(frozen=True)
class Salvage:
    """`gaps`: table → how many stretches of it could not be read; empty when everything was saved."""

    folder: Path
    rows: dict[str, int]
    gaps: dict[str, int]


def salvage(keys: OpenedKeys, target: Path, *, at: datetime) -> Salvage:
    """Nobody may have the vault open. `target`: an empty or new folder. Slow.

    Raises FolderNotEmpty, VaultDamaged (not even the first page can be read), DiskFull, NotWritable.
    """
    header = keys.state.header
    source = _Source(keys.state.folder / header.database_name, keys.database_key())
    version = source.schema_version()
    _prepare(target)
    new, master_key = new_generation(header, slots=header.slots, generation=header.generation + 1)
    path = target / new.database_name
    rows: dict[str, int] = {}
    gaps: dict[str, int] = {}
    with closing(open_vault_connection(path, database_key(master_key, header.vault_id), create=True)) as db:
        migrate(db, migrations()[:version])
        db.execute("PRAGMA foreign_keys = OFF")
        triggers = [(row["name"], row["sql"]) for row in db.execute(_TRIGGERS)]
        for name, _ in triggers:
            db.execute(f'DROP TRIGGER "{name}"')
        for table in [str(row["name"]) for row in db.execute(_TABLES)]:
            by_rowid = db.execute(_WITHOUT_ROWID, {"table": table}).fetchone() is None
            rows[table], lost = _copy_table(source, db, table, by_rowid=by_rowid)
            if lost:
                gaps[table] = lost
        for _, sql in triggers:
            db.execute(sql)
        db.execute("PRAGMA foreign_keys = ON")
        with changing(db):
            meta = {"vault_id": canonical.from_bytes(header.vault_id), "at": at.isoformat(timespec="milliseconds")}
            db.execute(_RESTORE_META, meta)
            _restore_people(db, new)
            note_header(db, new)
            author = audit.Author(keys.staff_id or "", "salvage")
            append_audit(db, author, at=at, act="vault.salvaged", detail={"tables_with_gaps": len(gaps)})
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files.sync_file(path)
    state = write_header(target, new, master_key=master_key)
    return Salvage(state.folder, rows, gaps)


class _Source:
    """The damaged database. After each failure a new connection: the old one would go on failing everywhere."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def schema_version(self) -> int:
        refuse_foreign_file(self._path)
        with self._connection() as db:
            return schema_version(db)

    def rows(self, sql: str, parameters: dict[str, object]) -> Iterator[Row]:
        """As many as can be read. Raises VaultDamaged after the last of them."""
        with self._connection() as db:
            yield from db.execute(sql, parameters)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with closing(open_vault_connection(self._path, self._key)) as db:
            yield db


def _copy_table(source: _Source, db: Connection, table: str, *, by_rowid: bool) -> tuple[int, int]:
    """(rows saved, stretches lost)."""
    saved = lost = 0
    with changing(db):
        for row in _by_rowid(source, table) if by_rowid else _from_both_ends(source, table):
            if row is None:
                lost += 1
                continue
            values = dict(zip(row.keys(), row, strict=True))
            values.pop("_rowid", None)
            columns = ", ".join(f'"{name}"' for name in values)
            places = ", ".join("?" for _ in values)
            cursor = db.execute(f'INSERT OR IGNORE INTO "{table}" ({columns}) VALUES ({places})', list(values.values()))
            saved += cursor.rowcount
    return saved, lost


def _by_rowid(source: _Source, table: str) -> Iterator[Row | None]:
    """Row by row; None for each stretch that had to be jumped over."""
    sql = f'SELECT rowid AS _rowid, * FROM "{table}" WHERE rowid > :after ORDER BY rowid'
    after = -(1 << 62)
    while True:
        try:
            for row in source.rows(sql, {"after": after}):
                after = row["_rowid"]
                yield row
            return
        except VaultDamaged:
            yield None
        jumped = _next_readable(source, sql, after=after)
        if jumped is None:
            return
        after = jumped


def _next_readable(source: _Source, sql: str, *, after: int) -> int | None:
    """The smallest value behind which a row can be read again; None when there is none."""

    def readable(step: int) -> bool | None:
        try:
            return next(source.rows(sql + " LIMIT 1", {"after": after + step}), None) is not None or None
        except VaultDamaged:
            return False

    low, high = 0, 1
    while (answer := readable(high)) is False:
        low, high = high, high * 2
        if high > _LARGEST_STEP:
            return None
    if answer is None and low == 0:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if readable(middle) is False:
            low = middle
        else:
            high = middle
    return after + high


def _from_both_ends(source: _Source, table: str) -> Iterator[Row | None]:
    """Tables without row numbers: forwards up to the damage, then backwards up to it."""
    try:
        yield from source.rows(f'SELECT * FROM "{table}"', {})
    except VaultDamaged:
        yield None
    else:
        return
    key = '"' + '", "'.join(_first_column(source, table)) + '"'
    try:
        yield from source.rows(f'SELECT * FROM "{table}" ORDER BY {key} DESC', {})
    except VaultDamaged:
        return


def _first_column(source: _Source, table: str) -> list[str]:
    row = next(
        source.rows("SELECT name FROM pragma_table_info(:table) WHERE pk > 0 ORDER BY pk", {"table": table}), None
    )
    return ["rowid"] if row is None else [str(row["name"])]


def _restore_people(db: Connection, header: Header) -> None:
    """Whoever lost their row keeps their passphrase, as a clerk; the first as head if none is left."""
    known = list_staff(db)
    for slot in header.slots:
        if slot.kind is SlotKind.USER and all(record.staff.id != slot.staff_id for record in known):
            has_head = any(record.staff.role is Role.HEAD and record.removed_at is None for record in known)
            role = Role.CLERK if has_head else Role.HEAD
            insert_staff(db, Staff(StaffId(slot.staff_id), _NAME_LOST, role), slot_id=None, at=_NO_DATE)
            known = list_staff(db)


def _prepare(target: Path) -> None:
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(target.iterdir()):
            raise FolderNotEmpty(
                "救い出したデータの置き場所は、空のフォルダーにしてください。", "新しいフォルダーを選んでください。"
            )
    except OSError as exc:
        raise files.write_error(exc) from exc
